import type { Uri } from '../base/span.ts';
import type { Detection } from '../formats/detect.ts';
import type { Tree } from '../syntax/tree.ts';
import { QuietPolicies } from './clean-policy-cache.ts';

/** What was worked out of documents alone, by document and version, so that an edit to one file costs that file. Old ones are dropped. */
export class ParseCache {
  /** How many documents were parsed because their version was not held. */
  parses = 0;
  /** What is known of policies that were looked at before. */
  readonly quiet = new QuietPolicies();
  readonly #trees: Versions<Tree>;
  readonly #detections: Versions<Detection>;
  readonly #wholeDetections: Versions<Detection>;

  constructor(limit = 256) {
    this.#trees = new Versions(limit);
    this.#detections = new Versions(limit * 8);
    this.#wholeDetections = new Versions(limit * 8);
  }

  get size(): number {
    return this.#trees.size;
  }

  /** The tree of a document at a version, made by `parse` when it is not there. */
  tree(doc: Uri, version: string, parse: () => Tree): Tree {
    return this.#trees.get(doc, version, () => {
      this.parses++;
      return parse();
    });
  }

  /** What a document is by its beginning at a version, found out by `detect` when it is not there. */
  detection(doc: Uri, version: string, detect: () => Detection): Detection {
    return this.#detections.get(doc, version, detect);
  }

  /** The same by all of its text. */
  wholeDetection(doc: Uri, version: string, detect: () => Detection): Detection {
    return this.#wholeDetections.get(doc, version, detect);
  }
}

/** One thing for each document, of its last version; those that were made longest ago go first. */
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
