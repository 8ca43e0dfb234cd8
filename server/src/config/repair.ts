/** Repairs of unknown names in a configuration, for quick fixes. */
import type { Range } from '../base/span.ts';
import type { LoweredFix } from '../model/finding.ts';
import { withoutNode } from '../suppression/removal.ts';
import { pairWith, type Node, type Pair, type Tree } from '../syntax/tree.ts';
import { didYouMean, nearestName } from './nearest-name.ts';
import type { ReportError } from './nodes.ts';

/** An unknown name, and what can be done about it. */
export interface UnknownName {
  /** The node with the name. */
  readonly node: Node;
  readonly nearest?: string;
  /** The pair to remove, if the name is its key. */
  readonly pair?: Pair;
}

/** A key that has no meaning: it can be another one, or be removed. */
export function unknownKey(pair: Pair, known: readonly string[]): UnknownName {
  const nearest = nearestName(pair.name, known);
  // The nearest key can be there already.
  const isFree = pair.key.parent?.kind !== 'map' || !pair.key.parent.pairs.some(({ name }) => name === nearest);
  return { node: pair.key, pair, ...(nearest !== undefined && isFree ? { nearest } : {}) };
}

/** Reports a key that has no meaning. `where` names the mapping that contains it. */
export function reportUnknownKey(pair: Pair, known: readonly string[], where: string, say: ReportError): void {
  say(pair.key, `Unknown key "${pair.name}" in ${where}.${didYouMean(pair.name, known)}`, unknownKey(pair, known));
}

/** A word that is none of those that are valid. */
export function unknownWord(node: Node, written: string, known: readonly string[]): UnknownName {
  const nearest = nearestName(written, known);
  return { node, ...(nearest === undefined ? {} : { nearest }) };
}

/** The quick fixes of an unknown name. */
export function repairsOf(tree: Tree, { node, nearest, pair }: UnknownName): readonly LoweredFix[] {
  const removal = pair && isEffective(pair) ? withoutNode(tree, pair.value) : undefined;
  return [
    ...(nearest === undefined ? [] : [changeTo(tree, nameRange(node), nearest)]),
    ...(removal ? [fix(tree, `Remove ${pair!.name}`, removal.range, removal.newText)] : []),
  ];
}

/** The quick fix that replaces a name. */
export function changeTo(tree: Pick<Tree, 'doc'>, range: Range, name: string): LoweredFix {
  return fix(tree, `Change to ${name}`, range, name);
}

/** A key that is a string. Others have no name for a title. */
function isEffective({ key, value, name }: Pair): boolean {
  return name !== '' && key.parent?.kind === 'map' && pairWith(key.parent, value) !== undefined;
}

/** The name within its quotes and behind its anchor. */
function nameRange(node: Node): Range {
  return node.kind === 'scalar' ? node.content : node;
}

function fix({ doc }: Pick<Tree, 'doc'>, title: string, { start, end }: Range, newText: string): LoweredFix {
  return { title, safe: false, edits: [{ doc, range: { start, end }, newText }] };
}
