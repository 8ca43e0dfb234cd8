/** Parses the nodes of a configuration and reports errors at their ranges. */
import type { Range } from '../base/span.ts';
import type { UnknownName } from './repair.ts';
import { resolved, type ListNode, type MapNode, type Node, type Pair, type ScalarNode } from '../syntax/tree.ts';

/** Reports an error. An unknown name can be repaired. */
export type ReportError = (range: Range, message: string, unknown?: UnknownName) => void;

/** The effective pairs of a map; of duplicate keys, the last one. */
export function pairsOf(map: MapNode | undefined, say: ReportError): readonly Pair[] {
  const last = new Map<string, Pair>();
  for (const pair of map?.pairs ?? []) {
    const earlier = last.get(pair.name);
    if (earlier) say(earlier.key, `Duplicate key "${pair.name}". The last one is used.`);
    last.set(pair.name, pair);
  }
  return [...last.values()];
}

/** A node as a map; undefined and reported otherwise. `what` names it. */
export function settingMap(node: Node, what: string, say: ReportError): MapNode | undefined {
  const map = resolved(node);
  if (map?.kind === 'map') return map;
  if (!isNothing(map)) say(node, `Expected ${what} to be a mapping, such as "name: value".`);
  return undefined;
}

/** A node as a list; undefined and reported otherwise. `what` names it. */
export function settingList(node: Node, what: string, say: ReportError): ListNode | undefined {
  const list = resolved(node);
  if (list?.kind === 'list') return list;
  if (!isNothing(list)) say(node, `Expected ${what} to be a list.`);
  return undefined;
}

const TRUE = /^(true|True|TRUE)$/;
const FALSE = /^(false|False|FALSE)$/;
const NULL = /^(~|null|Null|NULL)$/;

/**
 * The boolean of an unquoted scalar, as the core schema of YAML 1.2 has it; undefined for any other node, such as `yes`
 * or `"true"`.
 * https://yaml.org/spec/1.2.2/#1032-tag-resolution
 */
export function settingBoolean(node: Node): boolean | undefined {
  const scalar = plainOf(node);
  if (!scalar) return undefined;
  return TRUE.test(scalar.value) ? true : FALSE.test(scalar.value) ? false : undefined;
}

/** A positive integer of at most nine digits. */
export function settingNumber(node: Node): number | undefined {
  const scalar = plainOf(node);
  return scalar && /^[1-9]\d{0,8}$/.test(scalar.value) ? Number(scalar.value) : undefined;
}

/** A string that is not empty, quoted or not. */
export function settingText(node: Node): string | undefined {
  const scalar = resolved(node);
  return scalar?.kind === 'scalar' && !isNothing(scalar) && scalar.value !== '' ? scalar.value : undefined;
}

/** The range of a value, or of its key if there is no value. */
export function placeOf(pair: Pair): Range {
  return pair.value.end > pair.value.start ? pair.value : pair.key;
}

/** A setting without a value is ignored. */
function isNothing(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && (node.empty || (node.style === 'plain' && NULL.test(node.value)));
}

function plainOf(node: Node): ScalarNode | undefined {
  const scalar = resolved(node);
  return scalar?.kind === 'scalar' && scalar.style === 'plain' && !scalar.tag ? scalar : undefined;
}
