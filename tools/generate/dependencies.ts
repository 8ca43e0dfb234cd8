/** Hashes of everything that a result depends on, to decide whether a cached result is still valid. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Returns the content of a file by its absolute path. */
export type ReadContent = (path: string) => string | Uint8Array;

/** The modules of a bundle with their imports, by absolute path. */
export type Modules = ReadonlyMap<string, readonly string[]>;

/**
 * A hash of contents in their order. Their lengths are part of it, so that other boundaries between them give another
 * hash.
 */
export function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('base64url');
}

/**
 * The hash of all files of a folder, with their paths.
 * @param leftOut Absolute paths of files that do not count.
 */
export function hashOfFolder(folder: string, read: ReadContent, leftOut: readonly string[] = []): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !leftOut.includes(path))
    .sort();
  return hashOf(...files.flatMap((path) => [path.slice(folder.length), read(path)]));
}

/** Hashes of modules with everything that they import from this repository. */
export class ModuleHashes {
  readonly #modules: Modules;
  readonly #hashes = new Map<string, string>();
  readonly #read: ReadContent;
  readonly #leftOut: ReadonlySet<string>;

  /** @param leftOut Paths of modules whose content and imports do not count. */
  constructor(modules: Modules, read: ReadContent, leftOut: readonly string[] = []) {
    this.#modules = modules;
    this.#read = read;
    this.#leftOut = new Set(leftOut);
  }

  /**
   * The hash of a module, by its absolute path.
   * @param known Modules that are part of the key already, with all that they import.
   */
  of(entry: string, known: ReadonlySet<string> = new Set()): string {
    return hashOf(...[...this.reachedBy(entry, known)].sort().map((path) => this.#hash(path)));
  }

  /** The modules that a module needs, itself included. */
  reachedBy(entry: string, known: ReadonlySet<string> = new Set()): ReadonlySet<string> {
    const reached = new Set<string>();
    const open = [entry];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (reached.has(path) || known.has(path) || this.#leftOut.has(path)) continue;
      const imports = this.#modules.get(path);
      if (!imports) throw new Error(`${path} is not in the bundle`);
      reached.add(path);
      open.push(...imports);
    }
    return reached;
  }

  #hash(path: string): string {
    let hash = this.#hashes.get(path);
    if (hash === undefined) this.#hashes.set(path, (hash = hashOf(this.#read(path))));
    return hash;
  }
}
