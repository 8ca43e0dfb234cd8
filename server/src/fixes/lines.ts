/** Lines of a text by offset. A byte order mark belongs to no line, and `\n`, `\r\n` and `\r` end one. */

const BOM = 0xfeff;

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}

/** The offset at which the line of an offset starts. */
export function lineStart(text: string, offset: number): number {
  const { start } = lineAt(text, offset);
  return start === 0 && text.charCodeAt(0) === BOM ? 1 : start;
}

/** The offset at which the content of a line ends, before its line end. */
export function lineEnd(text: string, offset: number): number {
  return lineAt(text, offset).end;
}

/** The last line found. In a document of one line, each search would read the whole text again. */
let last: { readonly text: string; readonly start: number; readonly end: number } = { text: '', start: 0, end: 0 };

function lineAt(text: string, offset: number): { readonly start: number; readonly end: number } {
  if (last.text === text && last.start <= offset && offset <= last.end) return last;
  let start = offset;
  while (start > 0 && !isLineEnd(text.charCodeAt(start - 1))) start--;
  let end = offset;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
  last = { text, start, end };
  return last;
}

/** The offset at which the next line starts, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  if (end === text.length) return end;
  return text.startsWith('\r\n', end) ? end + 2 : end + 1;
}

/** The offset at which the line above the line of an offset ends; the start of the text when there is none. */
export function lineAbove(text: string, offset: number): number {
  const start = lineStart(text, offset);
  if (start < 1 || !isLineEnd(text.charCodeAt(start - 1))) return start;
  return text.startsWith('\r\n', start - 2) ? start - 2 : start - 1;
}

/** The white space that the line of an offset starts with. */
export function indentation(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return text.slice(start, skipSpaces(text, start));
}

/** Whether nothing but white space precedes an offset on its line. */
export function beginsLine(text: string, offset: number): boolean {
  const start = lineStart(text, offset);
  return skipSpaces(text, start) >= offset;
}

/** Whether two offsets are on one line. */
export function sameLine(text: string, a: number, b: number): boolean {
  return lineStart(text, a) === lineStart(text, b);
}

/** The first offset from the given one that holds neither a space nor a tab. */
export function skipSpaces(text: string, offset: number): number {
  let at = offset;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** The first offset at or before the given one that has neither a space nor a tab before it. */
export function skipSpacesBack(text: string, offset: number): number {
  let at = offset;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--;
  return at;
}

/** The first offset from the given one that holds no white space, or the end of the text. */
export function skipBlank(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && (text[at] === ' ' || text[at] === '\t' || isLineEnd(text.charCodeAt(at)))) at++;
  return at;
}

/** The first offset at or before the given one that has no white space before it. */
export function skipBlankBack(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t' || isLineEnd(text.charCodeAt(at - 1)))) at--;
  return at;
}

/** The line end that a text uses: that of its first line. */
export function lineEndOf(text: string): '\n' | '\r\n' | '\r' {
  const end = lineEnd(text, 0);
  if (text[end] !== '\r') return '\n';
  return text[end + 1] === '\n' ? '\r\n' : '\r';
}
