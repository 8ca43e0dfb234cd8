/** Changes to the body of a block, or of a file, in HCL. */
import { flatMap } from '../base/flat-map.ts';
import type { MapNode, Pair, Tree } from '../syntax/tree.ts';
import { Blocks, type NewNode } from '../syntax/tree-edit.ts';
import type { MapChange, NewBlock } from './changes.ts';
import { commentsWithin, restOfLine } from './comments.ts';
import { alignment, isBlankLine, isOnLine } from './hcl-align.ts';
import { removalOf } from './hcl-removal.ts';
import { argumentName, blockLines, bodyLines, entryLines, hclText, type HclStyle } from './hcl-text.ts';
import { beginsLine, indentation, nextLine, sameLine, skipSpaces } from './lines.ts';
import { Refused } from './refused.ts';
import { deletion, insertion, type Splice } from './splice.ts';

/** Removes and renames arguments and blocks of a body and writes new ones. */
export function changeBody(tree: Tree, map: MapNode, change: MapChange, style: HclStyle): readonly Splice[] {
  if (map.parent && tree.text[map.start] !== '{') {
    if (change.added.size === 0 && change.removed.size === 0 && change.renamed.size === 0)
      return flatMap([...change.blocks.values()], (block) => addedBlock(tree, map, block, style));
    throw new Refused('The target is the label of a block.');
  }
  if (map.parent && tree.text[map.end - 1] !== '}') throw new Refused('The target has an unclosed bracket.');
  if (map.parent && sameLine(tree.text, map.start, map.end)) return changeOneLine(tree, map, change, style);
  const behind = (): readonly Splice[] =>
    flatMap([...change.blocks.values()], (block) => addedBlock(tree, map, block, style));
  // A file can have many blocks, and each fix adds only one.
  if (change.added.size === 0 && change.removed.size === 0 && change.renamed.size === 0) return [...behind()];
  const renamed = new Map([...change.renamed].map(([pair, name]) => [pair, argumentName(name)]));
  const args = [...change.added].filter(([, value]) => !(value instanceof Blocks));
  const blocks = flatMap([...change.added], ([name, value]) =>
    value instanceof Blocks ? value.bodies.map((body) => ({ name, body })) : [],
  );
  const kept = map.pairs.filter((pair) => !change.removed.has(pair));
  return [
    ...[...change.removed].map((pair) => removalOf(tree, map, pair, change.removed)),
    ...addedArguments(tree, map, change.removed, renamed, args, style),
    ...addedBlocks(tree, map, kept, blocks, args.length > 0, style),
    ...behind(),
  ];
}

/** Arguments about a block as a whole, which are set off from its own. */
const ABOUT_BLOCK: ReadonlySet<string> = new Set(['count', 'for_each', 'provider', 'depends_on', 'source']);

/** The argument that new ones follow: the last one on one line, else the last one. */
function precursor(tree: Tree, kept: readonly Pair[]): Pair | undefined {
  const args = kept.filter(({ separator }) => separator >= 0);
  const own = args.filter(({ name }) => !ABOUT_BLOCK.has(name));
  return (
    own.findLast((pair) => isOnLine(tree, pair)) ?? own.at(-1) ?? args.findLast(({ name }) => name !== 'depends_on')
  );
}

type NewArgument = readonly [name: string, value: NewNode];

function addedArguments(
  tree: Tree,
  map: MapNode,
  removed: ReadonlySet<Pair>,
  renamed: ReadonlyMap<Pair, string>,
  added: readonly NewArgument[],
  style: HclStyle,
): readonly Splice[] {
  const { text } = tree;
  const before =
    added.length > 0
      ? precursor(
          tree,
          map.pairs.filter((pair) => !removed.has(pair)),
        )
      : undefined;
  const others = [...renamed].filter(([pair]) => pair !== before);
  const splices = new Map<number, Splice>();
  const add = (all: readonly Splice[]): void => all.forEach((one) => splices.set(one.start, one));
  for (const [pair] of others) add(alignment(tree, map, pair, renamed, [], removed).splices);
  if (added.length === 0) return [...splices.values()];
  if (!before) return [...splices.values(), firstArguments(tree, map, added, style)];
  const indent = indentation(text, before.start);
  const texts = added.map(([name, value]) => ({ name: argumentName(name), text: hclText(value, style, indent) }));
  // A blank line sets off arguments about the block as a whole.
  const isApart = ABOUT_BLOCK.has(before.name);
  const { width, splices: aligned } = alignment(
    tree,
    map,
    before,
    renamed,
    isApart ? [] : texts.filter((one) => !one.text.includes('\n')).map(({ name }) => name),
    removed,
  );
  add(aligned);
  const lines = isApart
    ? ['', ...entryLines(added, argumentName, style, indent)]
    : texts.map((one) => `${indent}${one.name.padEnd(one.text.includes('\n') ? 0 : width)} = ${one.text}`);
  return [...splices.values(), insertion(endOfLine(tree, before), lines.map((line) => style.lineEnd + line).join(''))];
}

/** Arguments of a body that has none, before its blocks. */
function firstArguments(tree: Tree, map: MapNode, added: readonly NewArgument[], style: HclStyle): Splice {
  const { text } = tree;
  const lines = entryLines(added, argumentName, style, innerIndent(tree, map, style));
  if (!map.parent) throw new Refused('A file has no arguments.');
  const at = map.pairs.length === 0 ? lastLine(tree, map) : (restOfLine(tree, map.start + 1) ?? map.start + 1);
  const next = nextLine(text, at);
  const isApart = map.pairs.length === 0 || isBlankLine(text, next);
  return insertion(at, [...lines, ...(isApart ? [] : [''])].map((line) => style.lineEnd + line).join(''));
}

/**
 * The arguments and blocks at the end of a resource.
 * https://developer.hashicorp.com/terraform/language/style#resource-order
 */
const LAST: ReadonlySet<string> = new Set(['connection', 'depends_on', 'lifecycle', 'provisioner']);

/** New nested blocks at the end of a body, each behind a blank line. */
function addedBlocks(
  tree: Tree,
  map: MapNode,
  kept: readonly Pair[],
  blocks: readonly { readonly name: string; readonly body: NewNode }[],
  hasArguments: boolean,
  style: HclStyle,
): readonly Splice[] {
  if (blocks.length === 0) return [];
  const last = kept.findLast(({ name }) => !LAST.has(name)) ?? kept.at(-1);
  const indent = innerIndent(tree, map, style);
  const at = last ? endOfLine(tree, last) : lastLine(tree, map);
  const isFirst = !last && !hasArguments;
  const lines = flatMap(blocks, ({ name, body }, index) => [
    ...(isFirst && index === 0 ? [] : ['']),
    ...blockLines(name, [], body, style, indent),
  ]);
  const isApart = last === kept.at(-1) || isBlankLine(tree.text, nextLine(tree.text, at));
  return [insertion(at, [...lines, ...(isApart ? [] : [''])].map((line) => style.lineEnd + line).join(''), 1)];
}

/** A new block behind another one, in the same distance as blocks before it. */
function addedBlock(
  tree: Tree,
  map: MapNode,
  { behind, type, labels, bodies }: NewBlock,
  style: HclStyle,
): readonly Splice[] {
  const { text } = tree;
  const at = endOfLine(tree, behind);
  const indent = indentation(text, behind.start);
  const next = nextLine(text, at);
  const follows =
    at < text.length && next < text.length && !isBlankLine(text, next) && text[skipSpaces(text, next)] !== '}';
  const lines = flatMap(bodies, (body) => ['', ...blockLines(type, labels, body, style, indent)]);
  const all = follows && !map.parent ? [...lines, ''] : lines;
  return [insertion(at, all.map((line) => style.lineEnd + line).join(''), 2)];
}

/** A block in braces on one line, which can have one argument. Further ones put each on a line of its own. */
function changeOneLine(tree: Tree, map: MapNode, change: MapChange, style: HclStyle): readonly Splice[] {
  const { text } = tree;
  const kept = map.pairs.filter((pair) => !change.removed.has(pair));
  const [only] = kept;
  const open = map.start + 1;
  const close = map.end - 1;
  if (kept.length > 1 || change.blocks.size > 0 || commentsWithin(tree, open, close).length > 0)
    throw new Refused('The block has other content on its line.');
  if (change.added.size === 0) {
    return [
      ...(change.removed.size > 0 ? [deletion(open, close)] : []),
      ...[...change.renamed].map(([{ key }, name]) => ({
        start: key.start,
        end: key.end,
        newText: argumentName(name),
      })),
    ];
  }
  const outer = indentation(text, map.start);
  const indent = outer + style.unit;
  const added = Object.fromEntries(change.added);
  if (!only) {
    const lines = bodyLines(added, style, indent);
    return [{ start: open, end: close, newText: ['', ...lines, outer].join(style.lineEnd) }];
  }
  if (only.separator < 0) throw new Refused('The block has other content on its line.');
  const name = argumentName(change.renamed.get(only) ?? only.name);
  const args = [...change.added].filter(([, value]) => !(value instanceof Blocks));
  const names = args.filter(([, value]) => !hclText(value, style, indent).includes('\n')).map(([key]) => key);
  const width = Math.max(
    0,
    ...[name, ...(names.length > 0 && names[0] === args[0]?.[0] ? names : [])].map(({ length }) => length),
  );
  const lines = args.map(
    ([key, value]) => `${indent}${key.padEnd(names.includes(key) ? width : 0)} = ${hclText(value, style, indent)}`,
  );
  const blocks = flatMap([...change.added], ([key, value]) =>
    value instanceof Blocks ? flatMap(value.bodies, (body) => ['', ...blockLines(key, [], body, style, indent)]) : [],
  );
  return [
    { start: open, end: only.separator, newText: `${style.lineEnd}${indent}${name.padEnd(width)} ` },
    { start: only.end, end: close, newText: ['', ...lines, ...blocks, outer].join(style.lineEnd) },
  ];
}

/** The indentation of what is in a body. */
function innerIndent(tree: Tree, map: MapNode, style: HclStyle): string {
  const { text } = tree;
  const first = map.pairs.find((pair) => beginsLine(text, pair.start));
  if (first) return indentation(text, first.start);
  return map.parent ? indentation(text, map.start) + style.unit : '';
}

/** The end of the last line before the closing brace of a body without arguments and blocks. */
function lastLine(tree: Tree, map: MapNode): number {
  const comment = commentsWithin(tree, map.start, map.end).at(-1);
  return restOfLine(tree, comment?.end ?? map.start + 1) ?? comment?.end ?? map.start + 1;
}

/** The end of the line on which an argument or a block ends. */
function endOfLine(tree: Tree, { end }: Pair): number {
  const rest = restOfLine(tree, end);
  if (rest === undefined) throw new Refused('Other content follows on its line.');
  return rest;
}
