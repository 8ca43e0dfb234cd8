import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Program {
  readonly version: string;
  /** The folder of the program's data. */
  readonly schemas: string;
  /** The folder of the rule pages, if it exists. */
  readonly rulePages?: string;
  /** The web address of the repository, from `repository` in `package.json`. */
  readonly repository?: string;
}

interface Manifest {
  readonly version: string;
  readonly repository?: string | { readonly url: string };
}

/** The web address of a repository as npm writes it: `git+https://host/owner/name.git`. */
export function webAddressOf(repository: Manifest['repository']): string | undefined {
  const url = typeof repository === 'string' ? repository : repository?.url;
  return /^(?:git\+)?(https:\/\/[^\s?#]+?)(?:\.git)?\/?$/.exec(url ?? '')?.[1];
}

/** The installation of an entry point, searched in its parent folders. `entry` is the URL of the entry point. */
export function programOf(entry: string): Program {
  for (let folder = dirname(fileURLToPath(entry)); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    const schemas = join(folder, 'schemas');
    if (existsSync(manifest) && existsSync(schemas)) {
      const { version, repository } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
      const rulePages = join(folder, 'docs', 'rules');
      const address = webAddressOf(repository);
      return {
        version,
        schemas,
        ...(existsSync(rulePages) ? { rulePages } : {}),
        ...(address === undefined ? {} : { repository: address }),
      };
    }
    if (dirname(folder) === folder) throw new Error('The installation is damaged: the schemas directory is missing');
  }
}
