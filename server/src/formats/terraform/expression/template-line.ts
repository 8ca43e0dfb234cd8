/** The literal text of a template, line by line, with indentation and strip markers applied. */
import { sourceRange, type Escape, type TextPart } from './ast.ts';

/** A piece of literal text under construction: at most one line, including its line break. */
export class TemplateLine implements TextPart {
  readonly kind = 'text';
  start: number;
  end: number;
  value = '';
  escapes: Escape[] = [];

  constructor(start: number) {
    this.start = start;
    this.end = start;
  }

  /** Adds text that is the same in the source and in the value. */
  append(text: string): void {
    this.value += text;
    this.end += text.length;
  }

  /** Adds text with another source, up to the offset `end`. */
  appendEscape(text: string, end: number): void {
    this.escapes.push({ at: this.value.length, length: text.length, start: this.end, end });
    this.value += text;
    this.end = end;
  }

  /** Appends a later line, regardless of text removed between them. */
  appendLine(line: TemplateLine): void {
    const { length } = this.value;
    if (line.start !== this.end) this.escapes.push({ at: length, length: 0, start: this.end, end: line.start });
    for (const escape of line.escapes) this.escapes.push({ ...escape, at: escape.at + length });
    this.value += line.value;
    this.end = line.end;
  }

  /** Removes leading white space. */
  trimStart(): void {
    this.dropStart(this.value.length - this.value.trimStart().length);
  }

  /** Removes trailing white space. */
  trimEnd(): void {
    const value = this.value.trimEnd();
    this.end = value === '' ? this.start : sourceRange(this, 0, value.length).end;
    this.escapes = this.escapes.filter((escape) => escape.at < value.length);
    this.value = value;
  }

  /** Removes a number of characters at the start. */
  dropStart(count: number): void {
    const start = count < this.value.length ? sourceRange(this, count, count).start : this.end;
    this.escapes = this.escapes
      .filter((escape) => escape.at >= count)
      .map((escape) => ({ ...escape, at: escape.at - count }));
    this.value = this.value.slice(count);
    this.start = start;
  }
}

/**
 * Removes the common indentation of the lines of a `<<-` heredoc. Blank lines are ignored and unchanged; a line that
 * starts with a template sequence has no indentation.
 */
export function removeIndentation(pieces: readonly { readonly kind: string }[]): void {
  const starts = pieces.filter((_, i) => {
    const before = pieces[i - 1];
    return i === 0 || (before instanceof TemplateLine && before.value.endsWith('\n'));
  });
  const indented = starts.filter((piece) => !(piece instanceof TemplateLine && isBlank(piece)));
  const common = indented.reduce(
    (least, piece) => Math.min(least, piece instanceof TemplateLine ? indentationOf(piece) : 0),
    Infinity,
  );
  for (const piece of indented) if (piece instanceof TemplateLine) piece.dropStart(common);
}

function isBlank(line: TemplateLine): boolean {
  return line.value.endsWith('\n') && line.value.trim() === '';
}

function indentationOf(line: TemplateLine): number {
  return line.value.length - line.value.trimStart().length;
}
