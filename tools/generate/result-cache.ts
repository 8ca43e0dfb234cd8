/** Results of earlier runs by a hash of everything that they depend on. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export class PageResultCache {
  readonly #path: string;
  readonly #earlier: ReadonlyMap<string, unknown>;
  readonly #used = new Map<string, unknown>();

  /** @param path The file that keeps the results; if it is missing or damaged, the cache is empty. */
  constructor(path: string) {
    this.#path = path;
    this.#earlier = read(path);
  }

  /** Whether there is a result with this key. */
  has(key: string): boolean {
    return this.#used.has(key) || this.#earlier.has(key);
  }

  /** The result with this key, from an earlier run if there is one. It has to be JSON. */
  get<T>(key: string, compute: () => T): T {
    if (!this.#used.has(key)) this.#used.set(key, this.#earlier.has(key) ? this.#earlier.get(key) : compute());
    return this.#used.get(key) as T;
  }

  /** Keeps the results of this run, and only these. */
  save(): void {
    const isSame =
      this.#used.size === this.#earlier.size && [...this.#used.keys()].every((key) => this.#earlier.has(key));
    if (isSame) return;
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, JSON.stringify([...this.#used]));
  }
}

function read(path: string): ReadonlyMap<string, unknown> {
  try {
    return new Map(JSON.parse(readFileSync(path, 'utf8')) as [string, unknown][]);
  } catch {
    return new Map();
  }
}
