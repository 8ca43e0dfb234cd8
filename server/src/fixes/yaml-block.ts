/** New values as lines of block YAML. */
import { flatMap } from '../base/flat-map.ts';
import { Tagged, type NewNode } from '../syntax/tree-edit.ts';
import { flowText, type FlowSyntax } from './flow-text.ts';
import { isCollection, isList, isObject } from './new-node.ts';
import { Refused } from './refused.ts';
import { isName, quoted, yamlScalar, type Quote } from './yaml-scalar.ts';
import type { BlockStyle } from './yaml-style.ts';

/** A value in a block collection: what follows its key or dash on the line, and whole lines below. */
export interface BlockValue {
  readonly head: string;
  readonly tail: readonly string[];
}

export interface BlockSyntax extends BlockStyle {
  readonly flow: FlowSyntax;
  /** The quotes of all new texts, if they have some. */
  readonly texts?: Quote | undefined;
}

/** The lines of a new pair in a map whose keys have the given indentation. */
export function pairLines(key: string, value: NewNode, indent: string, syntax: BlockSyntax): readonly string[] {
  const { head, tail } = underKey(value, indent, syntax);
  return [`${indent}${yamlScalar(key, false, syntax.quote)}:${head && ` ${head}`}`, ...tail];
}

/** The lines of a new item in a list whose dashes have the given indentation. */
export function itemLines(value: NewNode, indent: string, syntax: BlockSyntax): readonly string[] {
  const { head, tail } = behindDash(value, indent, syntax);
  return [`${indent}-${head && ` ${head}`}`, ...tail];
}

/** A value under a key with the given indentation. */
export function underKey(value: NewNode, indent: string, syntax: BlockSyntax): BlockValue {
  if (value instanceof Tagged) return tagged(value, syntax, (inner) => underKey(inner, indent, unquoted(syntax)));
  if (isEmpty(value) || !isCollection(value)) return { head: flat(value, syntax), tail: [] };
  const step = isList(value) ? syntax.listStep : syntax.step;
  return { head: '', tail: lines(value, indent + ' '.repeat(step), syntax) };
}

/** A value after a dash with the given indentation; below it, if an anchor is in front. */
export function behindDash(value: NewNode, indent: string, syntax: BlockSyntax, anchored = false): BlockValue {
  return compact(value, `${indent}  `, syntax, anchored);
}

/** A value at the top of a document; on the next line, if an anchor is in front. */
export function atRoot(value: NewNode, syntax: BlockSyntax, anchored = false): BlockValue {
  return compact(value, '', syntax, anchored);
}

/** A value whose first line continues the line that is there, unless a tag or an anchor comes between. */
function compact(value: NewNode, indent: string, syntax: BlockSyntax, anchored: boolean): BlockValue {
  if (value instanceof Tagged) return tagged(value, syntax, (inner) => compact(inner, indent, unquoted(syntax), true));
  if (isEmpty(value) || !isCollection(value)) return { head: flat(value, syntax), tail: [] };
  const all = lines(value, indent, syntax);
  return anchored ? { head: '', tail: all } : { head: all[0]!.slice(indent.length), tail: all.slice(1) };
}

function lines(value: NewNode, indent: string, syntax: BlockSyntax): readonly string[] {
  if (isList(value)) return flatMap(value, (item) => itemLines(item, indent, syntax));
  return isObject(value)
    ? flatMap(Object.entries(value), ([key, member]) => pairLines(key, member, indent, syntax))
    : [];
}

/** A tag, with a list of plain values after it on the line: `!GetAtt [Bucket, Arn]`. */
function tagged({ tag, value }: Tagged, syntax: BlockSyntax, write: (value: NewNode) => BlockValue): BlockValue {
  if (value instanceof Tagged) throw new Refused('A value cannot have two tags.');
  if (syntax.texts && typeof value === 'string' && !isName(value))
    return { head: `${tag} ${quoted(value, syntax.texts)}`, tail: [] };
  const { head, tail } =
    isList(value) && !value.some((item) => isCollection(item) || item instanceof Tagged)
      ? { head: flowText(value, syntax.flow), tail: [] }
      : write(value);
  return { head: head === '' ? tag : `${tag} ${head}`, tail };
}

function unquoted(syntax: BlockSyntax): BlockSyntax {
  return { ...syntax, texts: undefined };
}

function flat(value: NewNode, syntax: BlockSyntax): string {
  return isCollection(value)
    ? flowText(value, syntax.flow)
    : syntax.texts && typeof value === 'string'
      ? quoted(value, syntax.texts)
      : yamlScalar(value as string | number | boolean | null, false, syntax.quote);
}

function isEmpty(value: NewNode): boolean {
  return isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
