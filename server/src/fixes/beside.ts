/** Values behind an object that stands alone: they become the items of a list. What stands there stays as it is, with its comments. */
import type { MapNode, Tree } from '../syntax/tree.ts';
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

/** In brackets the list begins and ends right at the object; one on a line with its key gets a line of its own in the list. */
export function besideInFlow(tree: Tree, map: MapNode, values: readonly NewNode[], general: FlowSyntax): readonly Splice[] {
  const syntax = { ...general, style: styleWithin(tree, map, general.style) };
  const onLines = !sameLine(tree.text, map.start, map.end);
  if (!onLines && beginsOwnLine(tree.text, map)) {
    const { lineEnd, unit } = syntax.style;
    const outer = indentation(tree.text, map.start);
    const line = lineEnd + outer + unit;
    return [insertion(map.start, `[${line}`), insertion(map.end, `${values.map((value) => `,${line}${flowText(value, syntax, outer + unit)}`).join('')}${lineEnd}${outer}]`)];
  }
  const gap = onLines ? ' ' : syntax.style.gap;
  const texts = values.map((value) => `,${gap}${flowText(value, syntax, onLines ? indentation(tree.text, map.start) : undefined)}`);
  return [insertion(map.start, '['), insertion(map.end, `${texts.join('')}]`)];
}

/** In lines a dash goes in front of the object. Where its keys are further right than the dash they stay where they are. */
export function besideInBlock(tree: Tree, map: MapNode, values: readonly NewNode[], syntax: BlockSyntax): readonly Splice[] {
  const holder = holderOf(map);
  if (holder?.kind !== 'pair' || map.tag || map.anchor) throw new Refused('The place is no object under a key.');
  const { text } = tree;
  const indent = indentOf(tree, holder.parent);
  // What is added within the object comes first.
  const order = -depthOf(map) + 0.5;
  const written = (dashes: string): string => values.flatMap((value) => itemLines(value, dashes, syntax)).map((line) => syntax.lineEnd + line).join('');
  if (map.style === 'flow') {
    const key = holder.pair.separator + 1;
    if (!sameLine(text, key, map.end)) return besideInFlow(tree, map, values, syntax.flow);
    const dashes = indent + ' '.repeat(syntax.listStep);
    return [{ start: key, end: map.start, newText: `${syntax.lineEnd}${dashes}- ` }, insertion(lineEndBehind(tree, map.end), written(dashes), order)];
  }
  const { start } = map.pairs[0]!;
  const dashes = ' '.repeat(Math.max(0, map.indent - 2));
  if (!beginsLine(text, start) || dashes.length < indent.length || map.indent < 2) throw new Refused('There is no room for a dash in front of it.');
  return [{ start: start - 2, end: start, newText: '- ' }, insertion(endWithComments(tree, map.end, indent.length), written(dashes), order)];
}
