/** Compares the structure of a text in HCL with what the grammar of tree-sitter reads from it. */
import { fileURLToPath } from 'node:url';
import { Language, Parser, type Node as TheirNode } from 'web-tree-sitter';
import { parseHcl } from '../../server/src/syntax/hcl.ts';
import type { MapNode, Node, Pair, Tree } from '../../server/src/syntax/tree.ts';

const GRAMMAR = fileURLToPath(import.meta.resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm'));

/** What a body, block, argument, tuple or object is and where, one line each, in the order of the text. */
type Outline = readonly string[];

/** The reader of the oracle: the outline of a text, or undefined if it is not valid there. */
export async function oracle(): Promise<(text: string) => Outline | undefined> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(GRAMMAR));
  return (text) => {
    const tree = parser.parse(text)!;
    try {
      return tree.rootNode.hasError ? undefined : theirOutline(tree.rootNode);
    } finally {
      tree.delete();
    }
  };
}

/** The outline of our own tree. A text that is not valid has problems. */
export function ownOutline(text: string): { readonly tree: Tree; readonly outline: Outline } {
  const tree = parseHcl('file:///t.tf', text);
  const lines: string[] = tree.comments.map((comment) => line('comment', comment.start, comment.end));
  ownBody(tree.roots[0] as MapNode, lines);
  return { tree, outline: inOrder(lines) };
}

/** The places at which the two differ, a line each. */
export function differences(own: Outline, theirs: Outline): readonly string[] {
  const [left, right] = [new Set(own), new Set(theirs)];
  return [
    ...theirs.filter((one) => !left.has(one)).map((one) => `only the oracle has ${one}`),
    ...own.filter((one) => !right.has(one)).map((one) => `only the parser has ${one}`),
  ];
}

function line(what: string, start: number, end: number): string {
  return `${start}-${end} ${what}`;
}

function inOrder(lines: readonly string[]): Outline {
  return lines.toSorted((a, b) => Number.parseInt(a) - Number.parseInt(b) || (a < b ? -1 : 1));
}

function ownBody({ pairs }: MapNode, lines: string[]): void {
  for (const pair of pairs) {
    if (pair.separator < 0) ownBlock(pair, lines);
    else {
      lines.push(line(`argument ${pair.name}`, pair.start, pair.end), line('key', pair.key.start, pair.key.end));
      ownValue(pair.value, lines);
    }
  }
}

function ownBlock(pair: Pair, lines: string[]): void {
  const labels: string[] = [];
  let body = pair.value as MapNode;
  for (; body.indent < 0; body = body.pairs[0]!.value as MapNode)
    labels.push(line('label', body.pairs[0]!.key.start, body.pairs[0]!.key.end));
  lines.push(line(`block ${pair.name}`, pair.start, pair.end), line('body', body.start, body.end), ...labels);
  ownBody(body, lines);
}

function ownValue(node: Node, lines: string[]): void {
  if (node.kind === 'list') {
    lines.push(line('tuple', node.start, node.end));
    for (const { value } of node.items) {
      lines.push(line('item', value.start, value.end));
      ownValue(value, lines);
    }
  } else if (node.kind === 'map') {
    lines.push(line('object', node.start, node.end));
    for (const pair of node.pairs) {
      lines.push(line('entry', pair.start, pair.end), line('key', pair.key.start, pair.key.end));
      ownValue(pair.value, lines);
    }
  } else lines.push(line('value', node.start, node.end));
}

function theirOutline(root: TheirNode): Outline {
  const lines = root.descendantsOfType('comment').map((node) => line('comment', node.startIndex, node.endIndex));
  for (const node of root.namedChildren) if (node.type === 'body') theirBody(node, lines);
  return inOrder(lines);
}

function theirBody(body: TheirNode, lines: string[]): void {
  for (const node of body.namedChildren) {
    if (node.type === 'block') theirBlock(node, lines);
    else if (node.type === 'attribute') {
      const [key, value] = without('comment', node);
      lines.push(
        line(`argument ${key!.text}`, node.startIndex, node.endIndex),
        line('key', key!.startIndex, key!.endIndex),
      );
      theirValue(value!, lines);
    }
  }
}

function theirBlock(block: TheirNode, lines: string[]): void {
  const [type, ...rest] = without('comment', block);
  const start = rest.find((node) => node.type === 'block_start')!;
  lines.push(
    line(`block ${type!.text}`, block.startIndex, block.endIndex),
    line('body', start.startIndex, block.endIndex),
  );
  for (const node of rest.slice(0, rest.indexOf(start))) lines.push(line('label', node.startIndex, node.endIndex));
  for (const node of rest) if (node.type === 'body') theirBody(node, lines);
}

/** Tuples and objects whose keys are names or strings are read in detail, other expressions as a whole. */
function theirValue(expression: TheirNode, lines: string[]): void {
  const [collection, ...others] = without('comment', expression);
  const found =
    others.length === 0 && collection?.type === 'collection_value' ? collection.namedChildren[0]! : undefined;
  const elements = found ? without('comment', found).filter(({ type }) => !/_(?:start|end)$/.test(type)) : [];
  if (found?.type === 'tuple') {
    lines.push(line('tuple', found.startIndex, found.endIndex));
    for (const item of elements) {
      lines.push(line('item', item.startIndex, item.endIndex));
      theirValue(item, lines);
    }
  } else if (found?.type === 'object' && elements.every(hasWrittenKey)) {
    lines.push(line('object', found.startIndex, found.endIndex));
    for (const element of elements) {
      const [key, value] = without('comment', element);
      lines.push(line('entry', element.startIndex, element.endIndex), line('key', key!.startIndex, key!.endIndex));
      theirValue(value!, lines);
    }
  } else lines.push(line('value', expression.startIndex, expression.endIndex));
}

function hasWrittenKey(element: TheirNode): boolean {
  const [key] = without('comment', element);
  return /^(?:[\p{ID_Start}_][\p{ID_Continue}-]*|"(?:[^"\\\n$%]|\\.|[$%](?!\{))*")$/u.test(key!.text);
}

function without(type: string, { namedChildren }: TheirNode): readonly TheirNode[] {
  return namedChildren.filter((node) => node.type !== type);
}
