/**
 * The layout of values in HCL as `terraform fmt` leaves it: two spaces, aligned equals signs, and short values on one
 * line.
 * https://developer.hashicorp.com/terraform/language/style#code-formatting
 */

/** A value before it is broken into lines: unchanged text, a list, an object, or a sequence of these. */
export type Layout =
  | string
  | { readonly kind: 'list'; readonly items: readonly Layout[] }
  | { readonly kind: 'object'; readonly entries: readonly Entry[] }
  | { readonly kind: 'row'; readonly parts: readonly Layout[] };

/** An argument, or an item of an object. */
export interface Entry {
  readonly key: string;
  readonly value: Layout;
}

/** The maximum length of a line with a list or an object. */
const WIDTH = 100;

/** The text of a value. `indent` is the indentation of its line, `column` the column of its first character. */
export function layoutText(value: Layout, indent: string, column = indent.length): string {
  const line = flat(value);
  if (line !== undefined && (typeof value === 'string' || column + line.length <= WIDTH)) return line;
  if (typeof value === 'string') return value;
  switch (value.kind) {
    case 'list':
      return listText(value.items, indent);
    case 'object':
      return `{\n${entryLines(value.entries, `${indent}  `).join('')}${indent}}`;
    case 'row': {
      let text = '';
      for (const part of value.parts) text += layoutText(part, indent, lastColumn(text, column));
      return text;
    }
  }
}

/** Entries on separate lines. The equals signs of adjacent lines are aligned; a value on several lines ends the run. */
export function entryLines(entries: readonly Entry[], indent: string): readonly string[] {
  const texts = entries.map(({ key, value }) => layoutText(value, indent, indent.length + key.length + 3));
  const widths = new Array<number>(entries.length).fill(0);
  for (let start = 0; start < entries.length;) {
    let end = start;
    while (end < entries.length && !texts[end]!.includes('\n')) end++;
    // A heredoc begins on the line of its argument.
    if (texts[end]?.startsWith('<<')) end++;
    const width = Math.max(0, ...entries.slice(start, end).map(({ key }) => key.length));
    widths.fill(width, start, end);
    start = Math.max(end, start + 1);
  }
  return entries.map(({ key }, index) => `${indent}${key.padEnd(widths[index]!)} = ${texts[index]!}\n`);
}

function listText(items: readonly Layout[], indent: string): string {
  const [only] = items;
  if (items.length === 1 && typeof only === 'object') return `[${layoutText(only, indent)}]`;
  const inner = `${indent}  `;
  const texts = items.map((item) => layoutText(item, inner));
  // Nothing can follow the end of a heredoc on its line.
  return `[\n${texts.map((text) => `${inner}${text}${text.startsWith('<<') ? `\n${inner}` : ''},\n`).join('')}${indent}]`;
}

/** A value on one line; undefined if it has to be broken. An object of several items is always broken. */
function flat(value: Layout): string | undefined {
  if (typeof value === 'string') return value.includes('\n') ? undefined : value;
  switch (value.kind) {
    case 'list':
      return joined(value.items, ', ', '[', ']');
    case 'object': {
      const [only] = value.entries;
      if (!only) return '{}';
      const text = value.entries.length === 1 ? flat(only.value) : undefined;
      return text === undefined ? undefined : `{ ${only.key} = ${text} }`;
    }
    case 'row':
      return joined(value.parts, '', '', '');
  }
}

function joined(values: readonly Layout[], between: string, before: string, after: string): string | undefined {
  const texts = values.map(flat);
  return texts.includes(undefined) ? undefined : `${before}${texts.join(between)}${after}`;
}

function lastColumn(text: string, column: number): number {
  const lineStart = text.lastIndexOf('\n') + 1;
  return lineStart === 0 ? column + text.length : text.length - lineStart;
}
