import type { FileAnswer, FolderAnswer, Reader, Snapshot } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import type { Analysis, AnalysisOptions, ReadingOptions } from './analysis.ts';
import { analyze, gather } from './analyze.ts';
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
    const wanted = gather(this, options, cache);
    for (const want of wanted) {
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
    return wanted.length > 0;
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
  const snapshot = new GrowingSnapshot(named);
  while (snapshot.grow(reader, options, cache));
  return snapshot;
}

/** Reads all that the named documents need, and analyzes them. */
export function run(
  reader: Reader,
  named: readonly Uri[],
  options: AnalysisOptions,
  cache = new ParseCache(),
): Analysis {
  return analyze(collect(reader, named, options, cache), options, cache);
}
