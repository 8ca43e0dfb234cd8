/** Other ways of writing the same document, in which the same has to be found. */
import { schemaData } from '../../server/src/host/schema-data.ts';
import { childrenOf, valueOf, type Node, type Pair, type Tree } from '../../server/src/syntax/tree.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { asJsonText, type JsonStyle } from '../kit/as-json.ts';
import { treeOf, withText, type Input } from './inputs.ts';

export interface Variant {
  readonly name: string;
  /** The input written in another way, or undefined when it cannot be. `random` gives numbers from 0 up to 1. */
  readonly of: (input: Input, random: () => number) => Input | undefined;
}

export const VARIANTS: readonly Variant[] = [
  { name: 'as JSON', of: asJson },
  { name: 'with its keys in another order', of: shuffled },
  { name: 'with comments', of: commented },
  { name: 'with lists of one object for objects', of: listed },
];

/** The tree of a document without mistakes, in a syntax that can be written as JSON. */
function wholeTree(input: Input): Tree | undefined {
  const tree = treeOf(input.doc, input.texts.get(input.doc)!);
  return tree.language !== 'hcl' && tree.problems.length === 0 && tree.roots.length === 1 ? tree : undefined;
}

function asJson(input: Input): Input | undefined {
  const tree = wholeTree(input);
  return tree?.language === 'yaml' && isPlain(tree)
    ? withText(input, asJsonText(tree), input.doc.replace(/\.\w+$/, '.json'))
    : undefined;
}

/**
 * What a suppression, a merge key or a credential in a comment says is lost in JSON, and what is written once for
 * several resources is one finding.
 */
function isPlain(tree: Tree): boolean {
  const hasLongWords = tree.comments.some(({ start, end }) => /[A-Za-z0-9/+]{20}/.test(tree.text.slice(start, end)));
  return (
    !hasLongWords &&
    !/stackwarden|<<\s*:/.test(tree.text) &&
    !hasDuplicates(tree.roots[0]!) &&
    !hasAliases(tree.roots[0]!)
  );
}

function shuffled(input: Input, random: () => number): Input | undefined {
  const tree = wholeTree(input);
  if (!tree || !isPlain(tree)) return undefined;
  const order: JsonStyle['order'] = (pairs) =>
    pairs
      .map((pair) => ({ pair, by: random() }))
      .sort((a, b) => a.by - b.by)
      .map(({ pair }) => pair);
  return withText(input, asJsonText(tree, { order }), input.doc.replace(/\.ya?ml$/, '.json'));
}

/** Keys of conditions are the same in any case, and the later one of two is said to be too many. */
function hasDuplicates(node: Node): boolean {
  if (node.kind === 'map' && new Set(node.pairs.map(({ name }) => name.toLowerCase())).size < node.pairs.length)
    return true;
  return childrenOf(node).some(hasDuplicates);
}

function hasAliases(node: Node): boolean {
  return node.kind === 'alias' || childrenOf(node).some(hasAliases);
}

/** Comments go between lines that are not inside of a scalar. */
function commented(input: Input, random: () => number): Input | undefined {
  const tree = wholeTree(input);
  if (tree?.language !== 'yaml') return undefined;
  const scalars = scalarsOf(tree.roots[0]!);
  let text = '';
  let offset = 0;
  for (const line of tree.text.split(/(?<=\n)/)) {
    const inside = scalars.some(({ start, end }) => start < offset && offset <= end + 1);
    if (!inside && offset > 0 && random() < 0.3)
      text += `${' '.repeat(Math.floor(random() * 6))}# "note: [${random() < 0.5 ? '' : '}'}\n`;
    text += line;
    offset += line.length;
  }
  return withText(input, text);
}

function scalarsOf(node: Node): readonly Node[] {
  return node.kind === 'scalar' ? [node] : childrenOf(node).flatMap(scalarsOf);
}

/** In Terraform JSON an object that stands for a block may stand in a list of one. */
function listed(input: Input, random: () => number): Input | undefined {
  const tree = wholeTree(input);
  if (!tree || !/\.tf\.json$/.test(input.doc) || !isPlain(tree)) return undefined;
  const chosen = new Set(blocksOf(tree).filter((node) => node.kind === 'map' && random() < 0.5));
  return withText(input, asJsonText(tree, { listed: (node) => chosen.has(node) }));
}

/** The objects of a document that stand for blocks: resources, their names, their bodies and what is nested there. */
function blocksOf(tree: Tree): readonly Node[] {
  const resources = valueOf(tree.roots[0], 'resource');
  if (!resources) return [];
  return [
    resources,
    ...pairsOf(resources).flatMap(({ name: type, value: names }) => {
      const found = schemaOf(type);
      return [
        names,
        ...pairsOf(names).flatMap(({ value }) => [
          value,
          ...(found ? nestedBlocks(value, found.schema, found.named) : []),
        ]),
      ];
    }),
  ];
}

function nestedBlocks(node: Node, schema: Schema, named: Schema): readonly Node[] {
  return pairsOf(node).flatMap(({ name, value }) => {
    const inner = blockSchema(schema, name, named);
    return inner ? [value, ...nestedBlocks(value, inner, named)] : [];
  });
}

function pairsOf(node: Node): readonly Pair[] {
  return node.kind === 'map' ? node.pairs : [];
}

type Schema = Readonly<Record<string, unknown>>;

/**
 * The attributes of a nested block, which is an object with its nesting as the only key; undefined for an attribute.
 */
function blockSchema(schema: Schema, name: string, named: Schema): Schema | undefined {
  const entry = schema[name];
  if (typeof entry !== 'object' || entry === null) return undefined;
  const [[nesting, inner] = ['', undefined]] = Object.entries(entry);
  if (!/^(list|set)1?[!~]?$/.test(nesting)) return undefined;
  return (typeof inner === 'string' ? named[inner.slice(1)] : inner) as Schema | undefined;
}

/** The attributes of a resource type, and the blocks that they refer to by name. */
function schemaOf(type: string): { readonly schema: Schema; readonly named: Schema } | undefined {
  const data = schemaData(SCHEMAS, `terraform/${type.split('_')[1] ?? ''}`) as {
    readonly resources: Schema;
    readonly blocks?: Schema;
  } | null;
  const schema = data?.resources[type] as Schema | undefined;
  return data && schema ? { schema, named: data.blocks ?? {} } : undefined;
}
