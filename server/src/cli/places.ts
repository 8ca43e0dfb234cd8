import { LineIndex, type Position } from '../base/line-index.ts';
import type { Range, Uri } from '../base/span.ts';
import type { LintedFile } from './lint.ts';

/** Converts offsets in the documents of a file to zero-based lines and characters. Each text is indexed once. */
export class Places {
  readonly #file: Pick<LintedFile, 'textOf'>;
  readonly #lines = new Map<Uri, LineIndex>();

  constructor(file: Pick<LintedFile, 'textOf'>) {
    this.#file = file;
  }

  lines(doc: Uri): LineIndex {
    const known = this.#lines.get(doc) ?? new LineIndex(this.#file.textOf(doc));
    this.#lines.set(doc, known);
    return known;
  }

  range(doc: Uri, range: Range): { readonly start: Position; readonly end: Position } {
    return this.lines(doc).range(range);
  }
}
