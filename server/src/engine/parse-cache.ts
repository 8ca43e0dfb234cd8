import type { Uri } from '../base/span.ts';
import type { Detection } from '../formats/format.ts';
import type { Tree } from '../syntax/tree.ts';
import { CleanPolicyCache } from './clean-policy-cache.ts';
import type { LookCache } from './look-cache.ts';

/**
 * A cache of results that depend on one document, by document and version, so that an edit invalidates only that
 * document. Old entries are dropped.
 */
export class ParseCache {
  /** The number of parsed documents, for tests. */
  parses = 0;
  /** The cache of policies without findings. */
  readonly quiet = new CleanPolicyCache();
  /** The cache of looks without findings; undefined if each document is analyzed once. */
  readonly looks: LookCache | undefined;
  readonly #trees: Versions<Tree>;
  readonly #detections: Versions<Detection>;
  readonly #wholeDetections: Versions<Detection>;

  constructor(limit = 256, looks?: LookCache) {
    this.looks = looks;
    this.#trees = new Versions(limit);
    this.#detections = new Versions(limit * 8);
    this.#wholeDetections = new Versions(limit * 8);
  }

  get size(): number {
    return this.#trees.size;
  }

  /** The tree of a document at a version; calls `parse` if it is not cached. */
  tree(doc: Uri, version: string, parse: () => Tree): Tree {
    return this.#trees.get(doc, version, () => {
      this.parses++;
      return parse();
    });
  }

  /** The format of a document by its beginning at a version; calls `detect` if it is not cached. */
  detection(doc: Uri, version: string, detect: () => Detection): Detection {
    return this.#detections.get(doc, version, detect);
  }

  /** The format by its full text. */
  wholeDetection(doc: Uri, version: string, detect: () => Detection): Detection {
    return this.#wholeDetections.get(doc, version, detect);
  }
}

/** A map with one entry per document, of its last version; the oldest entries are dropped first. */
class Versions<T> {
  readonly #held = new Map<Uri, { readonly version: string; readonly made: T }>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#held.size;
  }

  get(doc: Uri, version: string, make: () => T): T {
    const held = this.#held.get(doc);
    if (held?.version === version) return held.made;
    const made = make();
    this.#held.delete(doc);
    this.#held.set(doc, { version, made });
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= this.#limit) break;
      this.#held.delete(oldest);
    }
    return made;
  }
}
