import { HEAD_SIZE, isWholeFile } from '../base/file-head.ts';
import type { Snapshot, SnapshotRequest } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { detect, parsedForDetection, type ReadHead } from '../formats/readers/detect.ts';
import type { Detection, DocumentReader, KnownUnits } from '../formats/format.ts';
import { parse, parsing } from '../syntax/parse.ts';
import type { Language, Tree } from '../syntax/tree.ts';
import type { ParseCache } from './parse-cache.ts';

/** The maximum number of named documents whose trees are held as long as the snapshot. */
const MOST_OWN = 16;

/** The documents of a snapshot as trees, and requests for missing files. */
export class Documents implements DocumentReader {
  readonly snapshot: Snapshot;
  readonly known: KnownUnits | undefined;
  readonly #cache: ParseCache;
  readonly wanted = new Map<string, SnapshotRequest>();
  /** The trees of few documents, which stay the same while the cache gets those of newer texts. */
  readonly #own: Map<Uri, Tree> | undefined;
  /** The beginnings of long documents, as far as they were parsed with yields. */
  readonly #heads = new Map<Uri, Tree>();

  constructor(snapshot: Snapshot, cache: ParseCache) {
    this.snapshot = snapshot;
    this.known = cache.knownUnits;
    this.#cache = cache;
    this.#own = snapshot.named.length <= MOST_OWN ? new Map() : undefined;
  }

  want(wanted: SnapshotRequest): void {
    this.wanted.set(JSON.stringify(wanted), wanted);
  }

  /** The format of a document; undefined until its beginning is read. An unreadable document has a reason. */
  detection(doc: Uri): Detection | undefined {
    const beginning = this.#beginning(doc);
    if (!beginning) return undefined;
    return beginning.isEnough ? beginning.detection : this.#wholeDetection(doc, beginning.detection);
  }

  /** Parses with yields what `detection` needs. */
  *detecting(doc: Uri): Generator<void, void, undefined> {
    yield* this.#parsingHead(doc);
    const beginning = this.#beginning(doc);
    if (beginning && !beginning.isEnough) yield* this.parsing(doc, beginning.detection.language);
  }

  /** Parses with yields what the format is detected by. */
  *#parsingHead(doc: Uri): Generator<void, void, undefined> {
    const answer = this.snapshot.head(doc);
    if (answer?.kind !== 'text' || this.#cache.isDetected(doc, answer.version)) return;
    const parsed = parsedForDetection(doc, answer.text);
    if (!parsed) return;
    const { text, language } = parsed;
    if (answer.text.length < HEAD_SIZE)
      yield* this.#cache.parsing(doc, answer.version, (known) => parsing(doc, text, language, known));
    else {
      const { tree } = yield* parsing(doc, text, language, new Map());
      // Meanwhile another analysis may have detected the format.
      if (!this.#cache.isDetected(doc, answer.version)) this.#heads.set(doc, tree);
    }
  }

  /**
   * The format of a document by its beginning, and whether the rest of the text cannot decide otherwise; undefined
   * until it is read.
   */
  #beginning(doc: Uri): { readonly detection: Detection; readonly isEnough: boolean } | undefined {
    const answer = this.snapshot.head(doc);
    if (!answer) {
      this.want({ head: doc });
      return undefined;
    }
    if (answer.kind !== 'text') return { detection: unreadable(answer), isEnough: true };
    const detection = this.#cache.detection(doc, answer.version, () =>
      detect(doc, answer.text, this.#readHead(answer)),
    );
    return { detection, isEnough: !detection.more || isWholeFile(answer.text) };
  }

  /** The format of a document by its full text, if its beginning is ambiguous. */
  #wholeDetection(doc: Uri, beginning: Detection): Detection | undefined {
    const answer = this.snapshot.file(doc);
    if (!answer) {
      this.want({ file: doc });
      return undefined;
    }
    if (answer.kind !== 'text') return beginning.format === 'none' ? unreadable(answer) : beginning;
    const { text, version } = answer;
    return this.#cache.wholeDetection(doc, version, () =>
      detect(
        doc,
        text,
        (uri, whole, language) => this.#cache.tree(uri, version, () => parse(uri, whole, language)),
        true,
      ),
    );
  }

  /** If the beginning is the whole document, the parsed tree is used for both. */
  #readHead({ text, version }: { readonly text: string; readonly version: string }): ReadHead {
    if (text.length >= HEAD_SIZE)
      return (doc, head, language) => {
        const tree = this.#heads.get(doc) ?? parse(doc, head, language);
        this.#heads.delete(doc);
        return tree;
      };
    return (doc, head, language) => this.#cache.tree(doc, version, () => parse(doc, head, language));
  }

  /** The tree of a document; undefined until it is read, or if it cannot be read. */
  tree(doc: Uri, language?: Language): Tree | undefined {
    const own = this.#own?.get(doc);
    if (own) return own;
    const answer = this.snapshot.file(doc);
    if (!answer) {
      this.want({ file: doc });
      return undefined;
    }
    if (answer.kind !== 'text') return undefined;
    const tree = this.#cache.tree(doc, answer.version, () => parse(doc, answer.text, language ?? this.#hcl(doc)));
    this.#own?.set(doc, tree);
    return tree;
  }

  /** Parses a document that was read, with yields, so that `tree` has it. */
  *parsing(doc: Uri, language: Language | undefined): Generator<void, void, undefined> {
    const answer = this.snapshot.file(doc);
    if (answer?.kind !== 'text') return;
    const { text, version } = answer;
    yield* this.#cache.parsing(doc, version, (known) => parsing(doc, text, language ?? this.#hcl(doc), known));
  }

  /** HCL for a document of that syntax, which its text does not show when a dropped tree is parsed again. */
  #hcl(doc: Uri): Language | undefined {
    return this.detection(doc)?.language === 'hcl' ? 'hcl' : undefined;
  }

  /** The files of a folder; 'none' if it cannot be listed, undefined until it is listed. */
  folder(uri: Uri): readonly Uri[] | 'none' | undefined {
    const answer = this.snapshot.folder(uri);
    if (answer === undefined) this.want({ folder: uri });
    return typeof answer === 'string' ? 'none' : answer;
  }

  /** Data of `schemas/`; null if there is none, undefined until it is loaded. */
  data<T>(name: string): T | null | undefined {
    const answer = this.snapshot.data(name);
    if (answer === undefined) this.want({ data: name });
    return answer as T | null | undefined;
  }
}

/** The detection of an unreadable document: no format, with the reason. */
function unreadable(
  answer: { readonly kind: 'missing' } | { readonly kind: 'refused'; readonly reason: string },
): Detection {
  return {
    format: 'none',
    reason: answer.kind === 'missing' ? 'it does not exist' : `it ${answer.reason}`,
    language: 'json',
  };
}
