/** Scalars as YAML text, quoted if a reader would interpret them differently. */
import type { ListNode, Node, ScalarNode, ScalarStyle } from '../syntax/tree.ts';
import { Tagged, type NewNode } from '../syntax/tree-edit.ts';
import { Refused } from './refused.ts';

export type Quote = "'" | '"';

/**
 * A scalar on one line.
 * @param flow whether it stands inside brackets.
 * @param quote the quotes to use where some are needed.
 * @param style the style of the scalar that it replaces, which is kept when the value is a text.
 */
export function yamlScalar(
  value: string | number | boolean | null,
  flow: boolean,
  quote: Quote,
  style?: ScalarStyle,
): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Refused(`The number ${value} cannot be written.`);
  if (typeof value !== 'string') return String(value);
  if (style === 'single' || style === 'double') return quoted(value, style === 'single' ? "'" : '"');
  return isPlain(value, flow) ? value : quoted(value, quote);
}

/**
 * A text with a tag, as `!Sub "…"`, in the quotes of the one that it replaces, which has the same tag or none;
 * undefined for anything else.
 */
export function quotesKept(node: Node, value: NewNode, quote: Quote): string | undefined {
  if (
    !(value instanceof Tagged) ||
    typeof value.value !== 'string' ||
    node.kind !== 'scalar' ||
    node.empty ||
    !continues(node, value)
  )
    return undefined;
  return node.style === 'single' || node.style === 'double'
    ? `${value.tag} ${yamlScalar(value.value, true, quote, node.style)}`
    : undefined;
}

/**
 * Whether a text with a tag is the text of a scalar with something else in it. A name such as that of `!Ref` needs no
 * quotes, whatever was there.
 */
export function continues(node: ScalarNode, { tag, value }: Tagged): boolean {
  return node.tag ? node.tag.name === tag : typeof value === 'string' && !isPlain(value, true);
}

/** Whether a text needs no quotes after a tag, like the name of `!Ref`. */
export function isName(value: string): boolean {
  return isPlain(value, true);
}

/** The quotes that all items of a list have, which new items take over; undefined for other lists. */
export function quotesOfItems({ items }: ListNode): Quote | undefined {
  const styles = new Set(items.map(({ value }) => (value.kind === 'scalar' && !value.empty ? value.style : undefined)));
  return styles.size === 1 ? quoteOf([...styles][0]) : undefined;
}

/** The quotes of a text that does not need them, so that the texts in its place take them over. */
export function quotesByChoice(node: Node): Quote | undefined {
  return node.kind === 'scalar' && isPlain(node.value, false) ? quoteOf(node.style) : undefined;
}

function quoteOf(style: ScalarStyle | undefined): Quote | undefined {
  return style === 'single' ? "'" : style === 'double' ? '"' : undefined;
}

/** A text in quotes; in double ones if it holds what single quotes cannot. */
export function quoted(value: string, quote: Quote): string {
  if (quote === "'" && !/[^\x20-\x7E\xA0-\u2027\u202A-\uFEFE\uFF00-\uFFFD]/.test(value))
    return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value).replace(
    /[\x7F-\x9F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What some reader of YAML 1.1 or 1.2 takes for a boolean, a null, a number, a date, a merge key or a default key. */
const NOT_A_TEXT = new RegExp(
  ['^(?:~|null|true|false|yes|no|on|off|y|n|<<|=)$', '^[-+]?\\.(?:inf|nan)$', '^[-+.]?[0-9][-+.0-9_:a-fotxz ]*$'].join(
    '|',
  ),
  'i',
);

/** Whether every reader takes the bare characters for this very text. */
function isPlain(value: string, flow: boolean): boolean {
  if (value === '' || value.trim() !== value || NOT_A_TEXT.test(value)) return false;
  if (/^[-?:,[\]{}#&*!|>'"%@`=]/.test(value) || /^\.\.\.(?:\s|$)/.test(value)) return false;
  if (/: |:$| #|[^\x20-\x7E\xA0-\u2027\u202A-\uFEFE\uFF00-\uFFFD]/.test(value)) return false;
  return !flow || !/[,[\]{}]/.test(value);
}
