/** Hashes of source files, to tell whether a cached result is still valid. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function hashOf(...parts: readonly string[]): string {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('base64url');
}

/** The hash of all files of a folder, with their paths. */
export function hashOfFolder(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
  return hashOf(...files.flatMap((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]));
}

/** Hashes of modules with everything that they import from this repository. Imports of types only do not count. */
export class ModuleHashes {
  readonly #files = new Map<string, { readonly hash: string; readonly imports: readonly string[] }>();
  readonly #leftOut: ReadonlySet<string>;

  /** @param leftOut Paths of modules whose content and imports do not count. */
  constructor(leftOut: readonly string[] = []) {
    this.#leftOut = new Set(leftOut);
  }

  /** The hash of a module, by its absolute path. */
  of(entry: string): string {
    const reached = new Set<string>();
    const open = [entry];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (reached.has(path) || this.#leftOut.has(path)) continue;
      reached.add(path);
      open.push(...this.#file(path).imports);
    }
    return hashOf(...[...reached].sort().map((path) => this.#file(path).hash));
  }

  #file(path: string): { readonly hash: string; readonly imports: readonly string[] } {
    let file = this.#files.get(path);
    if (!file) {
      const text = readFileSync(path, 'utf8');
      const imports = [...text.matchAll(IMPORT)].map((match) => join(dirname(path), (match[1] ?? match[2])!));
      this.#files.set(path, (file = { hash: hashOf(text), imports }));
    }
    return file;
  }
}

/** An import or export from a relative path, static or dynamic, that is not of types only. */
const IMPORT = /^(?:import|export) (?!type\b)(?:[^'";]*? from )?'(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm;
