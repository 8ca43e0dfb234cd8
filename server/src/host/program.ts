import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Program {
  readonly version: string;
  /** The folder of the program's data. */
  readonly schemas: string;
  /** The folder of the rule pages, if it exists. */
  readonly rulePages?: string;
}

/** The installation of an entry point, searched in its parent folders. `entry` is the URL of the entry point. */
export function programOf(entry: string): Program {
  for (let folder = dirname(fileURLToPath(entry)); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    const schemas = join(folder, 'schemas');
    if (existsSync(manifest) && existsSync(schemas)) {
      const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
      const rulePages = join(folder, 'docs', 'rules');
      return { version, schemas, ...(existsSync(rulePages) ? { rulePages } : {}) };
    }
    if (dirname(folder) === folder) throw new Error('The installation is damaged: the schemas directory is missing');
  }
}
