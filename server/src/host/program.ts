import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Program {
  readonly version: string;
  /** The folder with the program's data. */
  readonly schemas: string;
  /** The folder with the pages of the rules, when it is there. */
  readonly rulePages?: string;
}

/** What was installed together with an entry point, looked for in the folders above it. `entry` is the entry's own url. */
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
