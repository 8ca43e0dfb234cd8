/** Random edits of a tree that do not contradict each other and ask for nothing that must be refused. */
import fc from 'fast-check';
import { Tagged, type NewNode, type TreeEdit } from '../../server/src/syntax/tree-edit.ts';
import { childrenOf, type Node, type Tree } from '../../server/src/syntax/tree.ts';

/** A wish, made into an edit when the tree is known. */
export interface Wish {
  readonly where: number;
  readonly what: number;
  readonly index: number;
  readonly key: string;
  readonly value: NewNode;
}

const TEXTS = [
  'text',
  'true',
  'no',
  'y',
  '2012-10-17',
  '*',
  '1',
  '0x1F',
  '1:30',
  '',
  ' x',
  'x ',
  'a: b',
  'a #b',
  "it's",
  '"',
  '\\',
  'a\nb\n',
  '- x',
  '[x]',
  '{a}',
  'a, b',
  '&x',
  '!x',
  '%x',
  '@x',
  '`x',
  '|',
  '>',
  '~',
  '<<',
  '=',
  's3:*',
  'arn:aws:s3:::b/*',
  '${A}',
  'é𝒳',
  '\u0000',
  '\u0085',
  '\u2028',
  '\uFEFF',
  '---',
  '...',
  '?',
  ': ',
  '#',
  'x:',
  '.5',
  '+1',
  '1e3',
  '12_3',
  '\t',
  '1.2.3',
];

const scalar: fc.Arbitrary<NewNode> = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.constantFrom(1.5, -0.25),
);

/** Values that JSON has too; with tags if `tags`. */
function newValue(tags: boolean): fc.Arbitrary<NewNode> {
  return fc.letrec<{ value: NewNode }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 2, depthIdentifier: 'value' },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc
        .array(fc.tuple(fc.constantFrom('A', 'B b', 'c: d', '*', 'yes', '"'), tie('value')), { maxLength: 3 })
        .map((all) => Object.fromEntries(all) as NewNode),
      ...(tags
        ? [
            tie('value')
              .filter((inner) => !(inner instanceof Tagged))
              .map((inner): NewNode => new Tagged('!T', inner)),
          ]
        : []),
    ),
  })).value;
}

export function wishes(tags: boolean): fc.Arbitrary<readonly Wish[]> {
  return fc.array(
    fc.record({
      where: fc.nat(1000),
      what: fc.nat(5),
      index: fc.nat(10),
      key: fc.constantFrom('New', 'on', 'x: y', 'Deep/Er', '*/'),
      value: newValue(tags),
    }),
    { minLength: 1, maxLength: 4 },
  );
}

/** The wishes that can be granted together. */
export function granted(tree: Tree, all: readonly Wish[]): readonly TreeEdit[] {
  const nodes = nodesOf(tree.roots[0]!);
  const edits: TreeEdit[] = [];
  const gone = new Set<Node>();
  const touched = new Set<Node>();
  for (const wish of all) {
    const node = nodes[wish.where % nodes.length]!;
    const made = grant(tree, node, wish);
    if (!made || around(made.at).some((n) => gone.has(n)) || isShared(tree, made.at)) continue;
    if (made.gone && nodesOf(made.gone).some((n) => touched.has(n) || n.anchor || gone.has(n))) continue;
    if (edits.some((other) => contradicts(other, made.edit))) continue;
    if (made.gone) gone.add(made.gone);
    touched.add(made.at);
    edits.push(made.edit);
  }
  return edits;
}

interface Made {
  readonly edit: TreeEdit;
  /** The place that changes. */
  readonly at: Node;
  /** What it takes away. */
  readonly gone?: Node;
}

function grant(tree: Tree, node: Node, { what, index, key, value }: Wish): Made | undefined {
  const path = key.split('/');
  switch (what) {
    case 0:
    case 1:
      return grantSet(tree, node, path, value);
    case 2:
      return node.parent && isValue(node)
        ? { edit: { tree, op: 'replace', at: node, value }, at: node, gone: node }
        : undefined;
    case 3: {
      if (node.kind !== 'map' || !hasBraces(tree, node)) return undefined;
      const pair = node.pairs[index % Math.max(1, node.pairs.length)];
      return pair && { edit: { tree, op: 'removePair', map: node, pair }, at: node, gone: pair.value };
    }
    case 4: {
      if (node.kind === 'map') {
        const pair = node.pairs[index % Math.max(1, node.pairs.length)];
        return pair && { edit: { tree, op: 'renameKey', pair, name: `${path[0]!}${pair.start}` }, at: node };
      }
      return node.kind === 'list'
        ? { edit: { tree, op: 'insertItem', list: node, index: index % (node.items.length + 1), value }, at: node }
        : undefined;
    }
    default: {
      const item = node.kind === 'list' ? node.items[index % Math.max(1, node.items.length)] : undefined;
      return node.kind === 'list' && item
        ? { edit: { tree, op: 'removeItem', list: node, index: node.items.indexOf(item) }, at: node, gone: item.value }
        : undefined;
    }
  }
}

function grantSet(tree: Tree, node: Node, path: readonly string[], value: NewNode): Made | undefined {
  if (node.kind === 'map' && hasBraces(tree, node))
    return { edit: { tree, op: 'set', at: node, path, value }, at: node };
  const nothing = node.kind === 'scalar' && node.empty && !node.tag && isValue(node);
  return nothing ? { edit: { tree, op: 'set', at: node, path, value }, at: node, gone: node } : undefined;
}

function contradicts(a: TreeEdit, b: TreeEdit): boolean {
  if (a.op === 'set' && b.op === 'set') return a.at === b.at && a.path[0] === b.path[0];
  if (a.op === 'renameKey' && b.op === 'renameKey') return a.pair === b.pair;
  if (a.op === 'renameKey' && b.op === 'removePair') return a.pair === b.pair;
  if (b.op === 'renameKey' && a.op === 'removePair') return a.pair === b.pair;
  return false;
}

/** Whether a node is the value of a pair or an item, with a colon or a bracket to write behind. */
function isValue(node: Node): boolean {
  const { parent } = node;
  return parent?.kind === 'list' || (parent?.kind === 'map' && parent.pairs.some((pair) => pair.value === node));
}

function hasBraces(tree: Tree, node: Node): boolean {
  return node.kind !== 'map' || node.style === 'block' || tree.text[node.end - 1] === '}';
}

function isShared(tree: Tree, node: Node): boolean {
  const used = new Set(nodesOf(tree.roots[0]!).map((n) => (n.kind === 'alias' ? n.target : undefined)));
  return around(node).some((n) => used.has(n));
}

function around(node: Node): readonly Node[] {
  const result: Node[] = [];
  for (let next: Node | undefined = node; next; next = next.parent) result.push(next);
  return result;
}

export function nodesOf(node: Node): readonly Node[] {
  return [node, ...childrenOf(node).flatMap(nodesOf)];
}
