import { unrecorded } from '../base/reads.ts';
import type { FileAnswer, FolderAnswer, Reader, Snapshot, SnapshotRequest } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { endsStep, finished, type Progress, type Steps } from '../base/steps.ts';
import type { Analysis, AnalysisOptions, ReadingOptions } from './analysis.ts';
import { analyzing, gathering } from './analyze.ts';
import { ParseCache } from './parse-cache.ts';

/** A snapshot that grows with the answers of a host. */
export class GrowingSnapshot implements Snapshot {
  readonly named: readonly Uri[];
  readonly #files = new Map<Uri, FileAnswer>();
  readonly #heads = new Map<Uri, FileAnswer>();
  readonly #folders = new Map<Uri, FolderAnswer>();
  readonly #data = new Map<string, unknown>();

  constructor(named: readonly Uri[]) {
    this.named = named;
  }

  file(uri: Uri): FileAnswer | undefined {
    return this.#files.get(uri);
  }
  head(uri: Uri): FileAnswer | undefined {
    return this.#heads.get(uri) ?? this.#files.get(uri);
  }
  folder(uri: Uri): FolderAnswer | undefined {
    return this.#folders.get(uri);
  }
  data(name: string): unknown {
    return this.#data.get(name);
  }

  /** Reads all requests and returns whether anything was new. */
  grow(reader: Reader, options: ReadingOptions, cache: ParseCache): boolean {
    return finished(this.growing(reader, options, cache));
  }

  /** Reads all requests in steps, and returns whether anything was new. */
  *growing(reader: Reader, options: ReadingOptions, cache: ParseCache): Steps<boolean> {
    const wanted = yield* gathering(this, options, cache);
    for (const [index, want] of wanted.entries()) {
      this.#read(want, reader);
      if (endsStep(index)) yield this.#progress();
    }
    return wanted.length > 0;
  }

  /** The progress of reading: the named files whose beginnings were read. */
  #progress(): Progress {
    return { stage: 'reading', done: Math.min(this.#heads.size, this.named.length), total: this.named.length };
  }

  #read(want: SnapshotRequest, reader: Reader): void {
    if ('file' in want)
      this.#files.set(
        want.file,
        answered(() => reader.file(want.file), UNREADABLE),
      );
    else if ('head' in want)
      this.#heads.set(
        want.head,
        answered(() => reader.head(want.head), UNREADABLE),
      );
    else if ('folder' in want)
      this.#folders.set(
        want.folder,
        answered(() => reader.folder(want.folder), 'refused'),
      );
    else this.#data.set(want.data, reader.data(want.data) ?? null);
  }
}

const UNREADABLE: FileAnswer = { kind: 'refused', reason: 'cannot be read' };

/** The answer of a host. If the host throws, the file is unreadable. */
function answered<T>(read: () => T, failed: T): T {
  try {
    return read();
  } catch {
    return failed;
  }
}

/** Reads all that the named documents need. */
export function collect(
  reader: Reader,
  named: readonly Uri[],
  options: ReadingOptions,
  cache = new ParseCache(),
): Snapshot {
  return finished(collecting(reader, named, options, cache));
}

function* collecting(
  reader: Reader,
  named: readonly Uri[],
  options: ReadingOptions,
  cache: ParseCache,
): Steps<Snapshot> {
  const snapshot = new GrowingSnapshot(named);
  while (yield* snapshot.growing(reader, options, cache));
  return snapshot;
}

/**
 * Reads all that the named documents need, and analyzes them. Without a cache that outlives it, nothing is analyzed
 * again, so no computation is recorded.
 */
export function run(reader: Reader, named: readonly Uri[], options: AnalysisOptions, cache?: ParseCache): Analysis {
  return cache
    ? finished(running(reader, named, options, cache))
    : unrecorded(() => finished(running(reader, named, options)));
}

/** Does `run` in steps. */
export function* running(
  reader: Reader,
  named: readonly Uri[],
  options: AnalysisOptions,
  cache = new ParseCache(),
): Steps<Analysis> {
  const snapshot = yield* collecting(reader, named, options, cache);
  return yield* analyzing(snapshot, options, cache);
}
