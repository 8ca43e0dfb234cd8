import { LineIndex, type Position } from '../base/line-index.ts';
import type { Range, Span, Uri } from '../base/span.ts';
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

/** A place as people and most tools count it: lines and columns from 1, the end exclusive, as UTF-16 code units. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The lines and columns of a range of offsets. */
export function regionOf(at: Span, places: Places): Region {
  const { start, end } = places.range(at.doc, at);
  return { ...counted(start), endLine: end.line + 1, endColumn: end.character + 1 };
}

function counted({ line, character }: Position): { readonly line: number; readonly column: number } {
  return { line: line + 1, column: character + 1 };
}
