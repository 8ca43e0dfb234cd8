/** Changes to a YAML document as replacements in its text. */
import { flatMap } from '../base/flat-map.ts';
import type { ListNode, MapNode, Node, Pair, Tree } from '../syntax/tree.ts';
import { Tagged, type NewNode } from '../syntax/tree-edit.ts';
import { besideInBlock, besideInFlow } from './beside.ts';
import { changeBlockList, changeBlockMap } from './block-writer.ts';
import type { Changes, ListChange, MapChange } from './changes.ts';
import { isFlow, wholeChildren } from './flow-style.ts';
import { changeFlowList, changeFlowMap, flowReplacement } from './flow-writer.ts';
import { isCollection, isList } from './new-node.ts';
import { Refused } from './refused.ts';
import { insertion, type Splice } from './splice.ts';
import { quotesByChoice, quotesKept, yamlScalar, type Quote } from './yaml-scalar.ts';
import { replaceValue } from './yaml-slot.ts';
import { blockItemSyntax, blockStyle, blockSyntax, flowItemSyntax, inQuotes, yamlFlow } from './yaml-style.ts';

/**
 * The replacements for all changes to a YAML document, in no order. Throws `Refused` where a change cannot be written
 * exactly.
 */
export function writeYaml(changes: Changes): Splice[] {
  const { tree } = changes;
  return [
    ...flatMap([...changes.replaced], ([node, value]) => replaceNode(tree, node, value)),
    ...flatMap([...changes.maps], ([map, change]) => [
      ...renameKeys(tree, map, change.renamed),
      ...changeMap(tree, map, change),
    ]),
    ...flatMap([...changes.lists], ([list, change]) => changeList(tree, list, change)),
    ...flatMap([...changes.beside], ([node, values]) =>
      isFlow(node.parent)
        ? besideInFlow(tree, node, values, yamlFlow(tree, node))
        : besideInBlock(tree, node, values, blockSyntax(tree, node)),
    ),
  ];
}

function replaceNode(tree: Tree, node: Node, value: NewNode): Splice[] {
  return isFlow(node.parent)
    ? [replaceInFlow(tree, node, node.parent, value)]
    : replaceValue(tree, node, value, { ...blockSyntax(tree, node), texts: quotesOfTexts(node, value) });
}

/** The quotes of a text that a list of texts replaces. */
function quotesOfTexts(node: Node, value: NewNode): Quote | undefined {
  return isList(value) && !value.some(isCollection) ? quotesByChoice(node) : undefined;
}

function replaceInFlow(tree: Tree, node: Node, parent: MapNode | ListNode, value: NewNode): Splice {
  const kept = typeof value === 'string' && node.kind === 'scalar' && !node.empty && node.style !== 'plain';
  const text =
    quotesKept(node, value, blockStyle(tree).quote) ??
    (kept
      ? yamlScalar(value, true, blockStyle(tree).quote, node.style)
      : flowReplacement(tree, node, value, inQuotes(yamlFlow(tree, parent), quotesOfTexts(node, value))));
  const anchored = node.anchor ? `&${node.anchor.name} ${text}` : text;
  if (node.start < node.end || parent.kind === 'list') return { start: node.start, end: node.end, newText: anchored };
  const { separator } = parent.pairs.find((pair) => pair.value === node)!;
  const at = separator >= 0 && tree.text[node.start] === ' ' ? node.start + 1 : node.start;
  return insertion(at, (separator < 0 ? ': ' : at === node.start ? ' ' : '') + anchored, -2);
}

function changeMap(tree: Tree, map: MapNode, change: MapChange): Splice[] {
  const emptied = map.style === 'block' && change.removed.size === map.pairs.length;
  if (emptied || isBare(tree, map)) return replaceNode(tree, map, tagged(map, Object.fromEntries(change.added)));
  return map.style === 'block'
    ? changeBlockMap(tree, map, change, blockSyntax(tree, map))
    : changeFlowMap(tree, map, change, yamlFlow(tree, map));
}

function changeList(tree: Tree, list: ListNode, change: ListChange): Splice[] {
  const emptied = list.style === 'block' && change.removed.size === list.items.length;
  if (emptied || isBare(tree, list)) {
    const items = flatMap(
      [...change.inserted].toSorted(([a], [b]) => a - b),
      ([, values]) => values,
    );
    return replaceNode(tree, list, tagged(list, items));
  }
  return list.style === 'block'
    ? changeBlockList(tree, list, change, blockItemSyntax(tree, list))
    : changeFlowList(tree, list, change, flowItemSyntax(tree, list));
}

/**
 * Whether a collection is an empty pair of brackets in a block collection: what is put into it gets lines of its own.
 */
function isBare(tree: Tree, node: MapNode | ListNode): boolean {
  return (
    node.style === 'flow' &&
    wholeChildren(node).length === 0 &&
    node.parent?.style === 'block' &&
    /(?:\{\s*\}|\[\s*\])$/.test(tree.text.slice(node.start, node.end))
  );
}

function tagged(node: Node, value: NewNode): NewNode {
  return node.tag ? new Tagged(node.tag.name, value) : value;
}

function renameKeys(tree: Tree, map: MapNode, renamed: ReadonlyMap<Pair, string>): Splice[] {
  return [...renamed].map(([{ key }, name]) => {
    if (key.kind !== 'scalar' || key.tag || key.style === 'literal' || key.style === 'folded')
      throw new Refused('The key is not a plain scalar.');
    const quotes = key.style === 'plain' ? 0 : 1;
    const newText = yamlScalar(name, map.style === 'flow', blockStyle(tree).quote, key.style);
    return { start: key.content.start - quotes, end: key.content.end + quotes, newText };
  });
}
