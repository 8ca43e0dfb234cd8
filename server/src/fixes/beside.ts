/**
 * Inserts values after a single object or string: they become the items of a list. The existing value is kept with its
 * comments.
 */
import { flatMap } from '../base/flat-map.ts';
import type { Node, Tree } from '../syntax/tree.ts';
import type { NewNode } from '../syntax/tree-edit.ts';
import { endWithComments, lineEndBehind } from './comments.ts';
import { beginsOwnLine, styleWithin } from './flow-style.ts';
import { flowText, type FlowSyntax } from './flow-text.ts';
import { beginsLine, indentation, sameLine } from './lines.ts';
import { depthOf, holderOf } from './place.ts';
import { Refused } from './refused.ts';
import { insertion, type Splice } from './splice.ts';
import { itemLines, type BlockSyntax } from './yaml-block.ts';
import { indentOf } from './yaml-style.ts';

/**
 * In brackets the list begins and ends right at the value; one that begins a line gets a line of its own in the list.
 */
export function besideInFlow(
  tree: Tree,
  node: Node,
  values: readonly NewNode[],
  general: FlowSyntax,
): readonly Splice[] {
  const syntax = {
    ...general,
    style: node.kind === 'map' || node.kind === 'list' ? styleWithin(tree, node, general.style) : general.style,
  };
  const onLines = !sameLine(tree.text, node.start, node.end);
  if (!onLines && beginsOwnLine(tree.text, node)) {
    const { lineEnd, unit } = syntax.style;
    const outer = indentation(tree.text, node.start);
    const line = lineEnd + outer + unit;
    return [
      insertion(node.start, `[${line}`),
      insertion(
        node.end,
        `${values.map((value) => `,${line}${flowText(value, syntax, outer + unit)}`).join('')}${lineEnd}${outer}]`,
      ),
    ];
  }
  const gap = onLines ? ' ' : syntax.style.gap;
  const texts = values.map(
    (value) => `,${gap}${flowText(value, syntax, onLines ? indentation(tree.text, node.start) : undefined)}`,
  );
  return [insertion(node.start, '['), insertion(node.end, `${texts.join('')}]`)];
}

/**
 * In lines a dash goes before the value. Where the keys of an object are further right than the dash they stay where
 * they are.
 */
export function besideInBlock(
  tree: Tree,
  node: Node,
  values: readonly NewNode[],
  syntax: BlockSyntax,
): readonly Splice[] {
  const holder = holderOf(node);
  if (node.kind === 'alias' || node.anchor || (node.kind === 'map' && node.tag))
    throw new Refused('The value is used elsewhere or belongs to a function.');
  if (holder?.kind === 'item') return besideInFlow(tree, inBrackets(node), values, syntax.flow);
  if (holder?.kind !== 'pair') throw new Refused('The target is not the value of a key.');
  const { text } = tree;
  const indent = indentOf(tree, holder.parent);
  // What is added within the object comes first.
  const order = -depthOf(node) + 0.5;
  const written = (dashes: string): string =>
    flatMap(values, (value) => itemLines(value, dashes, syntax))
      .map((line) => syntax.lineEnd + line)
      .join('');
  if (node.kind === 'map' && node.style === 'block') {
    const { start } = node.pairs[0]!;
    const dashes = ' '.repeat(Math.max(0, node.indent - 2));
    if (!beginsLine(text, start) || dashes.length < indent.length || node.indent < 2)
      throw new Refused('There is no space for a dash before it.');
    return [
      { start: start - 2, end: start, newText: '- ' },
      insertion(endWithComments(tree, node.end, indent.length), written(dashes), order),
    ];
  }
  const key = holder.pair.separator + 1;
  if (beginsLine(text, node.start) && sameLine(text, node.start, node.end)) {
    return [
      insertion(node.start, '- '),
      insertion(lineEndBehind(tree, node.end), written(indentation(text, node.start)), order),
    ];
  }
  if (!sameLine(text, key, node.end)) return besideInFlow(tree, inBrackets(node), values, syntax.flow);
  const dashes = indent + ' '.repeat(syntax.listStep);
  return [
    { start: key, end: node.start, newText: `${syntax.lineEnd}${dashes}- ` },
    insertion(lineEndBehind(tree, node.end), written(dashes), order),
  ];
}

/** The same node, if its source can be used in flow style. */
function inBrackets(node: Node): Node {
  if (node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded'))
    throw new Refused('The text below it cannot become a list item unchanged.');
  if (node.kind === 'scalar' && node.style === 'plain' && /[,[\]{}]/.test(node.value))
    throw new Refused('The text must be quoted in flow style.');
  if ((node.kind === 'map' || node.kind === 'list') && node.style === 'block')
    throw new Refused('Block style cannot be nested in flow style.');
  return node;
}
