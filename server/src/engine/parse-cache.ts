import type { Uri } from '../base/span.ts';
import type { Tree } from '../syntax/tree.ts';

/** Located trees by document and version, so that an edit to one file parses that file alone. Old ones are dropped. */
export class ParseCache {
  readonly #trees = new Map<Uri, { version: string; tree: Tree }>();
  readonly #limit: number;

  constructor(limit = 256) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#trees.size;
  }

  /** The tree of a document at a version, made by `parse` when it is not there. */
  tree(doc: Uri, version: string, parse: () => Tree): Tree {
    const held = this.#trees.get(doc);
    if (held?.version === version) return held.tree;
    const tree = parse();
    this.#trees.delete(doc);
    this.#trees.set(doc, { version, tree });
    for (const oldest of this.#trees.keys()) {
      if (this.#trees.size <= this.#limit) break;
      this.#trees.delete(oldest);
    }
    return tree;
  }
}
