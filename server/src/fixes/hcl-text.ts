/**
 * New values and bodies of blocks in HCL, laid out as `terraform fmt` does.
 * https://developer.hashicorp.com/terraform/language/style
 */
import { flatMap } from '../base/flat-map.ts';
import { Blocks, Encoded, Tagged, Verbatim, type NewNode } from '../syntax/tree-edit.ts';
import { bareKey, scalarOf } from './expression-syntax.ts';
import { isCollection, isList, isObject } from './new-node.ts';
import { Refused } from './refused.ts';

export interface HclStyle {
  readonly lineEnd: string;
  /** The indentation of one level. */
  readonly unit: string;
  /** How the entries of objects are written; as `key = value` lines if not given. */
  readonly entries?: EntryStyle;
}

/** The entries of objects that are written as in JSON: `"key" : value,`. */
export interface EntryStyle {
  readonly quoted: boolean;
  /** What stands between a key and its value. */
  readonly sign: string;
  /** What separates entries on lines of their own. */
  readonly comma: ',' | '';
}

/** The maximum number of characters of a list of scalars on one line. */
const MOST_ON_LINE = 80;

/** Arguments that come first in a block, set off from the others. */
const FIRST: ReadonlySet<string> = new Set(['count', 'for_each', 'provider']);

/**
 * A value as text. `indent` is the indentation of the line that it starts on, when its children can have lines of their
 * own, and undefined if all of it has to stay on one line.
 */
export function hclText(value: NewNode, style: HclStyle, indent?: string): string {
  if (value instanceof Tagged) throw new Refused(`\`${value.tag}\` cannot be written in HCL.`);
  if (value instanceof Blocks) throw new Refused('A nested block cannot be written as a value.');
  if (value instanceof Verbatim) return value.text;
  if (value instanceof Encoded) return `jsonencode(${hclText(value.value, style, indent)})`;
  if (isList(value)) return listText(value, style, indent);
  if (!isObject(value)) return scalarOf(value);
  const members = Object.entries(value);
  if (members.length === 0) return '{}';
  const sign = style.entries?.sign ?? ' = ';
  if (indent === undefined)
    return `{ ${members.map(([key, member]) => `${keyText(key, style)}${sign}${hclText(member, style)}`).join(', ')} }`;
  const inner = indent + style.unit;
  const lines = style.entries
    ? members.map(([key, member]) => `${inner}${keyText(key, style)}${sign}${hclText(member, style, inner)}`)
    : entryLines(members, bareKey, style, inner);
  return ['{', lines.join(`${style.entries?.comma ?? ''}${style.lineEnd}`), `${indent}}`].join(style.lineEnd);
}

/** The key of an object. */
export function keyText(name: string, { entries }: HclStyle): string {
  return entries?.quoted ? scalarOf(name) : bareKey(name);
}

function listText(items: readonly NewNode[], style: HclStyle, indent: string | undefined): string {
  const onLine = (): string => `[${items.map((item) => hclText(item, style)).join(', ')}]`;
  if (items.length === 0 || indent === undefined) return onLine();
  if (!items.some(isCollection) && onLine().length <= MOST_ON_LINE) return onLine();
  const inner = indent + style.unit;
  const lines = items.map((item) => `${inner}${hclText(item, style, inner)},`);
  return ['[', ...lines, `${indent}]`].join(style.lineEnd);
}

/** The lines of arguments or of entries of an object. Those on one line have their `=` in one column. */
export function entryLines(
  members: readonly (readonly [name: string, value: NewNode])[],
  key: (name: string) => string,
  style: HclStyle,
  indent: string,
): readonly string[] {
  const entries = members.map(([name, value]) => ({ name: key(name), text: hclText(value, style, indent) }));
  return entries.map(({ name, text }, index) => {
    if (text.includes('\n')) return `${indent}${name} = ${text}`;
    const isBreak = (at: number): boolean => entries[at] === undefined || entries[at].text.includes('\n');
    let [first, last] = [index, index];
    while (!isBreak(first - 1)) first--;
    while (!isBreak(last + 1)) last++;
    const width = Math.max(...entries.slice(first, last + 1).map((entry) => entry.name.length));
    return `${indent}${name.padEnd(width)} = ${text}`;
  });
}

/** The lines between the braces of a block: arguments about its repetition, other arguments, and nested blocks. */
export function bodyLines(body: NewNode, style: HclStyle, indent: string): readonly string[] {
  if (!isObject(body)) throw new Refused('Only a block has a body.');
  const members = Object.entries(body);
  const args = members.filter(([, value]) => !(value instanceof Blocks));
  const groups = [
    entryLines(
      args.filter(([name]) => FIRST.has(name)),
      argumentName,
      style,
      indent,
    ),
    entryLines(
      args.filter(([name]) => !FIRST.has(name)),
      argumentName,
      style,
      indent,
    ),
    ...flatMap(members, ([name, value]) =>
      value instanceof Blocks ? value.bodies.map((inner) => blockLines(name, [], inner, style, indent)) : [],
    ),
  ].filter((lines) => lines.length > 0);
  return flatMap(groups, (lines, index) => (index === 0 ? lines : ['', ...lines]));
}

/** A block with its header and braces. */
export function blockLines(
  type: string,
  labels: readonly string[],
  body: NewNode,
  style: HclStyle,
  indent: string,
): readonly string[] {
  const header = [argumentName(type), ...labels.map((label) => JSON.stringify(label))].join(' ');
  const lines = bodyLines(body, style, indent + style.unit);
  return lines.length === 0 ? [`${indent}${header} {}`] : [`${indent}${header} {`, ...lines, `${indent}}`];
}

/**
 * The name of an argument or a type of block, which cannot be quoted.
 * https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers
 */
export function argumentName(name: string): string {
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)) throw new Refused(`\`${name}\` is not an identifier.`);
  return name;
}
