import type { Uri } from '../base/span.ts';
import type { Detection, KnownUnits } from '../formats/format.ts';
import type { Tree } from '../syntax/tree.ts';
import type { ReadEntries } from '../syntax/yaml-entries.ts';
import type { TreeOfEntries } from '../syntax/yaml.ts';
import { CleanPolicyCache } from './clean-policy-cache.ts';
import { RuleCallCache } from './rule-call-cache.ts';

/**
 * A cache of results that depend on one document, by document and version, so that an edit invalidates only that
 * document. Old entries are dropped.
 */
export class ParseCache {
  /** The number of parsed documents, for tests. */
  parses = 0;
  /** The cache of policies without findings. */
  readonly quiet = new CleanPolicyCache();
  /** The rule calls for the last versions of stacks; undefined if each document is analyzed once. */
  readonly knownCalls: RuleCallCache | undefined;
  /** What formats know of the last versions of units; undefined if each document is analyzed once. */
  readonly knownUnits: KnownUnits | undefined;
  readonly #trees: Versions<Tree>;
  readonly #detections: Versions<Detection>;
  readonly #wholeDetections: Versions<Detection>;
  readonly #edited: EditedDocuments | undefined;
  /** The documents that are being parsed. */
  readonly #parsing = new Map<Uri, { readonly version: string; readonly steps: Generator<void, void, undefined> }>();

  /**
   * @param edits Whether documents are edited and parsed again, so that what did not change is taken over.
   */
  constructor({
    limit = 256,
    edits = false,
    knownCalls = edits ? new RuleCallCache() : undefined,
  }: { readonly limit?: number; readonly edits?: boolean; readonly knownCalls?: RuleCallCache | undefined } = {}) {
    this.knownCalls = knownCalls;
    this.knownUnits = edits ? new RecentUnits() : undefined;
    this.#trees = new Versions(limit);
    this.#edited = edits ? new EditedDocuments() : undefined;
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

  /** The tree of the last version of a document that was parsed, with its version. */
  last(doc: Uri): { readonly version: string; readonly made: Tree } | undefined {
    return this.#trees.last(doc);
  }

  /** Parses a document with yields, so that `tree` has it. Documents that are not edited are parsed by `tree`. */
  *parsing(
    doc: Uri,
    version: string,
    parse: (known: ReadEntries) => Generator<void, TreeOfEntries, undefined>,
  ): Generator<void, void, undefined> {
    if (!this.#edited || this.#trees.has(doc, version)) return;
    // A request can need the document while the analysis parses it, and goes on with that.
    let running = this.#parsing.get(doc);
    if (running?.version !== version)
      this.#parsing.set(doc, (running = { version, steps: this.#parse(doc, version, parse, this.#edited) }));
    while (running.steps.next().done !== true) yield;
    if (this.#parsing.get(doc) === running) this.#parsing.delete(doc);
  }

  *#parse(
    doc: Uri,
    version: string,
    parse: (known: ReadEntries) => Generator<void, TreeOfEntries, undefined>,
    edited: EditedDocuments,
  ): Generator<void, void, undefined> {
    const { tree, entries } = yield* parse(edited.entriesOf(doc));
    // JSON has none, and must not drop those of templates.
    if (entries.size > 0) edited.keep(doc, entries);
    this.tree(doc, version, () => tree);
  }

  /** Whether the format of a document at a version is cached. */
  isDetected(doc: Uri, version: string): boolean {
    return this.#detections.has(doc, version);
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

/** The maximum number of documents whose entries are kept. Only one is edited at a time. */
const MOST_EDITED = 4;

/** The entries of the documents that were parsed last. */
class EditedDocuments {
  readonly #held = new Map<Uri, ReadEntries>();

  entriesOf(doc: Uri): ReadEntries {
    return this.#held.get(doc) ?? new Map();
  }

  keep(doc: Uri, entries: ReadEntries): void {
    this.#held.delete(doc);
    this.#held.set(doc, entries);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= MOST_EDITED) break;
      this.#held.delete(oldest);
    }
  }
}

/** The maximum number of units of which something is known. */
const MOST_UNITS = 16;

class RecentUnits implements KnownUnits {
  readonly #held = new Map<Uri, object>();

  get(id: Uri): object | undefined {
    return this.#held.get(id);
  }

  keep(id: Uri, known: object): void {
    this.#held.delete(id);
    this.#held.set(id, known);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= MOST_UNITS) break;
      this.#held.delete(oldest);
    }
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

  has(doc: Uri, version: string): boolean {
    return this.#held.get(doc)?.version === version;
  }

  last(doc: Uri): { readonly version: string; readonly made: T } | undefined {
    return this.#held.get(doc);
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
