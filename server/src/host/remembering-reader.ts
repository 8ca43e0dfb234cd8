import { isWholeFile } from '../base/file-head.ts';
import type { FileAnswer, FolderAnswer, Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';

/** A caching reader that reads each file at most once, so that all users see the same state. */
export class RememberingReader implements Reader {
  readonly #reader: Reader;
  readonly #files = new Map<Uri, FileAnswer>();
  readonly #heads = new Map<Uri, FileAnswer>();
  readonly #folders = new Map<Uri, FolderAnswer>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  file(uri: Uri): FileAnswer {
    return remembered(this.#files, uri, () => {
      const head = this.#heads.get(uri);
      return head?.kind === 'text' && isWholeFile(head.text) ? head : this.#reader.file(uri);
    });
  }
  head(uri: Uri): FileAnswer {
    return remembered(this.#heads, uri, () => this.#reader.head(uri));
  }
  folder(uri: Uri): FolderAnswer {
    return remembered(this.#folders, uri, () => this.#reader.folder(uri));
  }
  data(name: string): unknown {
    return this.#reader.data(name);
  }

  /** The text of a file that was read; empty if it could not be read. */
  text(uri: Uri): string {
    const answer = this.file(uri);
    return answer.kind === 'text' ? answer.text : '';
  }

  /** Why a file was refused, for its whole content or its head. */
  refusal(uri: Uri): string | undefined {
    for (const answer of [this.#files.get(uri), this.#heads.get(uri)])
      if (answer?.kind === 'refused') return answer.reason;
    return undefined;
  }
}

function remembered<T>(answers: Map<Uri, T>, uri: Uri, ask: () => T): T {
  const known = answers.get(uri);
  if (known !== undefined) return known;
  const answer = ask();
  answers.set(uri, answer);
  return answer;
}
