/** The style of block collections and strings in a YAML document. */
import { memoize } from '../base/memoize.ts';
import type { ListNode, MapNode, Node, Tree } from '../syntax/tree.ts';
import { flowStyle, isFlow, styleSample, Votes } from './flow-style.ts';
import type { FlowSyntax } from './flow-text.ts';
import { indentation, lineEndOf, lineStart } from './lines.ts';
import { Refused } from './refused.ts';
import type { BlockSyntax } from './yaml-block.ts';
import { isName, quoted, quotesOfItems, yamlScalar, type Quote } from './yaml-scalar.ts';

export interface BlockStyle {
  readonly lineEnd: string;
  /** How much further right the keys of a map inside a map are. */
  readonly step: number;
  /** How much further right than the key the dashes of its list are. */
  readonly listStep: number;
  readonly quote: Quote;
}

/** The style that most of a tree's block collections and quoted texts have. */
export const blockStyle = memoize(learn);

function learn(tree: Tree): BlockStyle {
  const steps = new Votes();
  const listSteps = new Votes();
  const { blocks, quotes } = styleSample(tree);
  for (const node of blocks)
    for (const { value } of node.pairs) {
      if (value.kind === 'map' && value.style === 'block' && value.indent > node.indent)
        steps.add(String(value.indent - node.indent));
      if (value.kind === 'list' && value.style === 'block')
        listSteps.add(String(Math.max(0, value.indent - node.indent)));
    }
  const step = Number(steps.most() ?? 2);
  return {
    lineEnd: lineEndOf(tree.text),
    step,
    listStep: Number(listSteps.most() ?? step),
    quote: quotes.most() === 'single' ? "'" : '"',
  };
}

/** The indentation of the children of a block collection. */
export function indentOf(tree: Tree, node: MapNode | ListNode): string {
  const { text } = tree;
  const children = node.kind === 'map' ? node.pairs : node.items;
  for (const { start } of children) {
    if (text.slice(lineStart(text, start), start).includes('\t'))
      throw new Refused('The target is indented with tabs.');
    const indent = indentation(text, start);
    if (lineStart(text, start) + indent.length === start) return indent;
  }
  const { start } = children[0]!;
  return ' '.repeat(start - lineStart(text, start));
}

/** How a tree writes new values around a node in a block collection. */
export function blockSyntax(tree: Tree, node: Node): BlockSyntax {
  return { flow: yamlFlow(tree, node), ...blockStyle(tree) };
}

/** How new items of a list in lines are written: in the quotes of its other items. */
export function blockItemSyntax(tree: Tree, list: ListNode): BlockSyntax {
  return { ...blockSyntax(tree, list), texts: quotesOfItems(list) };
}

/** How new items of a list in brackets are written: in the quotes of its other items. */
export function flowItemSyntax(tree: Tree, list: ListNode): FlowSyntax {
  return inQuotes(yamlFlow(tree, list), quotesOfItems(list));
}

/** A syntax that writes all texts in quotes, except for names with a tag. */
export function inQuotes(syntax: FlowSyntax, quote: Quote | undefined): FlowSyntax {
  if (!quote) return syntax;
  const written =
    (needsNone: (text: string) => boolean): FlowSyntax['scalar'] =>
    (value) =>
      typeof value === 'string' && !needsNone(value) ? quoted(value, quote) : syntax.scalar(value);
  return { ...syntax, scalar: written(() => false), inTag: { ...syntax, scalar: written(isName) } };
}

/** How a tree writes inside the brackets of a collection: a map whose keys are quoted is taken for JSON. */
export function yamlFlow(tree: Tree, node: Node): FlowSyntax {
  const { quote } = blockStyle(tree);
  const quotes = quotesOf(node);
  return {
    // Only a collection in brackets has it.
    get style() {
      return flowStyle(tree);
    },
    spaced: !quotes,
    key: (name) => (quotes ? quoted(name, quotes) : yamlScalar(name, true, quote)),
    scalar: (value) => (quotes && typeof value === 'string' ? quoted(value, quotes) : yamlScalar(value, true, quote)),
    tagged: (tag, value) => (value === '' ? tag : `${tag} ${value}`),
  };
}

/** The quotes that all keys of the nearest map in brackets have. */
function quotesOf(node: Node): Quote | undefined {
  for (let around: Node | undefined = node; isFlow(around); around = around.parent) {
    if (around.kind !== 'map' || around.pairs.length === 0) continue;
    const styles = new Set(around.pairs.map(({ key }) => (key.kind === 'scalar' ? key.style : 'plain')));
    if (styles.size > 1) return undefined;
    return styles.has('double') ? '"' : styles.has('single') ? "'" : undefined;
  }
  return undefined;
}
