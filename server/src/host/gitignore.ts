import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/**
 * What `.gitignore` files exclude: those of the directories from the repository, or from a root outside of one, to the
 * file. As for git, nothing in an excluded directory can be included again.
 */
export class GitIgnore {
  readonly #patterns = new Map<string, Ignore | undefined>();
  readonly #directories = new Map<string, boolean>();
  readonly #tops = new Map<string, string>();

  /** Whether a file is excluded. Without a repository, only files within `root` are read. */
  ignores(file: string, root: string): boolean {
    const folder = dirname(file);
    const top = this.#topOf(folder, root);
    return this.#ignoresDirectory(folder, top) || this.#matches(file, folder, top);
  }

  #ignoresDirectory(folder: string, top: string): boolean {
    if (folder === top || !folder.startsWith(top + sep)) return false;
    const key = `${top}\0${folder}`;
    const known = this.#directories.get(key);
    if (known !== undefined) return known;
    const parent = dirname(folder);
    const ignored = this.#ignoresDirectory(parent, top) || this.#matches(`${folder}/`, parent, top);
    this.#directories.set(key, ignored);
    return ignored;
  }

  /** The nearest `.gitignore` that has a matching pattern decides. */
  #matches(path: string, nearest: string, top: string): boolean {
    for (let folder = nearest; ; folder = dirname(folder)) {
      const name = relative(folder, path).replaceAll(sep, '/') + (path.endsWith('/') ? '/' : '');
      const patterns = this.#patternsOf(folder);
      if (patterns && ignore.isPathValid(name)) {
        const { ignored, unignored } = patterns.test(name);
        if (ignored || unignored) return ignored;
      }
      if (folder === top || dirname(folder) === folder) return false;
    }
  }

  #patternsOf(folder: string): Ignore | undefined {
    if (!this.#patterns.has(folder)) this.#patterns.set(folder, patternsIn(join(folder, '.gitignore')));
    return this.#patterns.get(folder);
  }

  /** The repository of a folder. */
  #topOf(folder: string, root: string): string {
    const known = this.#tops.get(folder);
    if (known !== undefined) return known;
    const parent = dirname(folder);
    const top =
      folder === root || parent === folder || existsSync(join(folder, '.git')) ? folder : this.#topOf(parent, root);
    this.#tops.set(folder, top);
    return top;
  }
}

function patternsIn(file: string): Ignore | undefined {
  try {
    return ignore({ ignorecase: false }).add(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
