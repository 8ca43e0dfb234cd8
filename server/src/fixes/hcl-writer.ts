/** Changes to HCL as replacements in its text: arguments and blocks in bodies, tuples and objects in brackets. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { pairWith, type ListNode, type MapNode, type Node, type Pair, type Tree } from '../syntax/tree.ts';
import { Blocks, type NewNode } from '../syntax/tree-edit.ts';
import { besideInFlow } from './beside.ts';
import type { Changes, ListChange, MapChange } from './changes.ts';
import { commentsWithin, restOfLine } from './comments.ts';
import { beginsOwnLine, Votes } from './flow-style.ts';
import type { FlowSyntax } from './flow-text.ts';
import { changeFlowList, changeFlowMap } from './flow-writer.ts';
import { alignment } from './hcl-align.ts';
import { changeBody } from './hcl-body.ts';
import { blockLines, bodyLines, hclText, keyText, type HclStyle } from './hcl-text.ts';
import { beginsLine, indentation, lineEnd, lineEndOf, lineStart, sameLine } from './lines.ts';
import { Refused } from './refused.ts';
import { insertion, type Splice } from './splice.ts';

/** The maximum number of characters of a line with a list that items are added to. */
const MOST_ON_LINE = 120;

/** Carriage returns that are not part of a line end: HCL takes them as white space, and lines.ts as line ends. */
const hasLoneReturn = memoize(({ text }: Tree): boolean => /\r(?!\n)/.test(text));

/**
 * The replacements for all changes to an HCL document, in no order. Throws `Refused` where a change cannot be written
 * exactly.
 */
export function writeHcl(changes: Changes): Splice[] {
  const { tree } = changes;
  if (hasLoneReturn(tree)) throw new Refused('a carriage return without a line feed');
  const style = hclStyle(tree);
  const inLines = new Map<Node, Splice>(
    flatMap([...changes.lists], ([list, change]) => {
      const splice = change.inserted.size > 0 ? divided(changes, list, change, style) : undefined;
      return splice ? [[list, splice] as const] : [];
    }),
  );
  return [
    ...inLines.values(),
    ...[...changes.replaced]
      .filter(([{ parent }]) => !parent || !inLines.has(parent))
      .map(([node, value]) => replacement(tree, node, value, style)),
    ...flatMap([...changes.maps], ([map, change]) =>
      map.style === 'block' ? changeBody(tree, map, change, style) : changeObject(tree, map, change, style),
    ),
    ...flatMap([...changes.lists], ([list, change]) =>
      inLines.has(list) ? [] : changeFlowList(tree, list, change, syntaxOf({ ...style, ...entriesAround(tree, list) })),
    ),
    ...flatMap([...changes.beside], ([node, values]) =>
      isBody(node) ? besideBlock(tree, node, values, style) : besideInFlow(tree, node, values, syntaxOf(style)),
    ),
  ];
}

/** The indentation and the line ends that most blocks have. */
const hclStyle = memoize((tree: Tree): HclStyle => {
  const { text } = tree;
  const units = new Votes();
  const left: Node[] = [...tree.roots];
  for (let node = left.pop(); node; node = left.pop()) {
    const parts: readonly (Pair | ListNode['items'][number])[] =
      node.kind === 'map' ? node.pairs : node.kind === 'list' ? node.items : [];
    for (const { value } of parts) left.push(value);
    const [first] = parts;
    if (!first || (!node.parent && isBody(node)) || !beginsLine(text, first.start)) continue;
    const [outer, inner] = [indentation(text, node.start), indentation(text, first.start)];
    if (inner.startsWith(outer) && inner.length > outer.length) units.add(inner.slice(outer.length));
  }
  return { lineEnd: lineEndOf(text), unit: units.most() ?? '  ' };
});

/** The style of the entries in an object, in the objects in a list, or in the object around a node. */
function entriesAround({ text }: Tree, node: Node): Pick<HclStyle, 'entries'> {
  const inside = node.kind === 'list' ? node.items.map((item) => item.value) : [node];
  const maps = [...inside, ...ancestorsOf(node)].filter((one) => one.kind === 'map' && one.style === 'flow');
  const map = maps.find((one) => one.kind === 'map' && one.pairs.length > 0);
  const pair = map?.kind === 'map' ? map.pairs.at(-1) : undefined;
  if (!pair) return {};
  const quoted = text[pair.key.start] === '"';
  if (text[pair.separator] !== ':') return {};
  const sign = text.slice(pair.key.end, pair.value.start);
  const first = (map as MapNode).pairs[0]!;
  const comma = first === pair || text.slice(first.end).trimStart().startsWith(',') ? ',' : '';
  return { entries: { quoted, sign: sign.trim() === ':' && !sign.includes('\n') ? sign : ' : ', comma } };
}

function ancestorsOf(node: Node): readonly Node[] {
  return node.parent ? [node.parent, ...ancestorsOf(node.parent)] : [];
}

/** How values in brackets are written; `width` is that of the names of new entries on lines. */
function syntaxOf(style: HclStyle, width = 0, quoted = false): FlowSyntax {
  const key = (name: string): string => (quoted ? hclText(name, style) : keyText(name, style));
  const sign = style.entries?.sign ?? ' = ';
  return {
    style: { ...style, colon: ' = ', gap: ' ', padding: ' ', shortLists: true },
    spaced: false,
    key,
    scalar: (value) => hclText(value, style),
    layout: {
      comma: style.entries?.comma ?? '',
      value: (value, indent) => hclText(value, style, indent),
      pair: (name, value, indent) => {
        const text = hclText(value, style, indent);
        return `${key(name).padEnd(indent === undefined || text.includes('\n') ? 0 : width)}${sign}${text}`;
      },
    },
  };
}

/** A list on a line that would become too long, with a line for each item; undefined for any other list. */
function divided({ tree, replaced }: Changes, list: ListNode, change: ListChange, style: HclStyle): Splice | undefined {
  const { text } = tree;
  const around = list.parent;
  const isInLine = around?.kind !== 'map' || (around.style === 'block' && sameLine(text, around.start, around.end));
  const isPlain =
    commentsWithin(tree, list.start, list.end).length === 0 && list.items.every(({ value }) => value.kind === 'scalar');
  if (isInLine || !isPlain || !sameLine(text, list.start, list.end)) return undefined;
  const outer = indentation(text, list.start);
  const written = (value: NewNode): string => hclText(value, style, outer + style.unit);
  const added = (index: number): readonly string[] => (change.inserted.get(index) ?? []).map(written);
  const items = [
    ...flatMap(list.items, ({ value }, index) => {
      const fresh = replaced.get(value);
      const item = fresh === undefined ? text.slice(value.start, value.end) : written(fresh);
      return [...added(index), ...(change.removed.has(index) ? [] : [item])];
    }),
    ...added(list.items.length),
  ];
  const rest = lineEnd(text, list.start) - lineStart(text, list.start) - (list.end - list.start);
  if (items.length < 2 || rest + items.join(', ').length + 2 <= MOST_ON_LINE) return undefined;
  const lines = items.map((item) => `${outer}${style.unit}${item},`);
  return { ...rangeOf(list), newText: ['[', ...lines, `${outer}]`].join(style.lineEnd) };
}

function changeObject(tree: Tree, map: MapNode, change: MapChange, general: HclStyle): readonly Splice[] {
  const style = { ...general, ...entriesAround(tree, map) };
  const { text } = tree;
  const quoted = map.pairs.length > 0 && map.pairs.every(({ key }) => text[key.start] === '"');
  const key = (name: string): string => (quoted ? hclText(name, style) : keyText(name, style));
  const renamed = new Map([...change.renamed].map(([pair, name]) => [pair, key(name)]));
  const added = flatMap([...change.added], ([name, value]) =>
    hclText(value, style, '').includes('\n') ? [] : [key(name)],
  );
  const last = map.pairs.findLast((pair) => !change.removed.has(pair));
  const onLines = last !== undefined && beginsLine(text, last.start) && text[last.separator] === '=';
  if (!onLines)
    return [
      ...[...renamed].map(([pair, name]) => ({ start: pair.key.start, end: pair.key.end, newText: name })),
      ...changeFlowMap(tree, map, change, syntaxOf(style, 0, quoted)),
    ];
  const { width, splices } = alignment(tree, map, last, renamed, added, change.removed);
  const others = [...renamed.keys()].filter((pair) => !splices.some(({ start }) => start === pair.key.start));
  return [
    ...splices,
    ...others.map((pair) => ({ start: pair.key.start, end: pair.key.end, newText: renamed.get(pair)! })),
    ...changeFlowMap(tree, map, change, syntaxOf(style, width, quoted)),
  ];
}

function isBody(node: Node): node is MapNode {
  return node.kind === 'map' && node.style === 'block';
}

/** A new value in the place of another one. The body of a block keeps its header. */
function replacement(tree: Tree, node: Node, value: NewNode, style: HclStyle): Splice {
  const { text } = tree;
  if (!isBody(node)) {
    const pair = pairAround(node);
    const isArgument = pair !== undefined && isBody(node.parent!);
    const onLines = isArgument ? beginsLine(text, pair.start) : beginsOwnLine(text, node);
    return {
      ...rangeOf(node),
      newText: hclText(
        value,
        { ...style, ...entriesAround(tree, node) },
        onLines ? indentation(text, node.start) : undefined,
      ),
    };
  }
  const pair = pairAround(node);
  if (!pair || text[node.start] !== '{' || pair.value.start === pair.key.end)
    throw new Refused('The target is not a block.');
  if (commentsWithin(tree, node.start, node.end).length > 0) throw new Refused('A comment in the block would be lost.');
  if (pair.separator >= 0 || !beginsLine(text, pair.start)) throw new Refused('The target is not a block.');
  const indent = indentation(text, pair.start);
  const bodies =
    value instanceof Blocks ? value.bodies : Array.isArray(value) ? (value as readonly NewNode[]) : [value];
  const [first, ...others] = bodies;
  if (first === undefined) throw new Refused('A block cannot be replaced by nothing.');
  const lines = bodyLines(first, style, indent + style.unit);
  const blocks = flatMap(others, (body) => ['', ...blockLines(pair.name, [], body, style, indent)]);
  return { ...rangeOf(node), newText: ['{', ...lines, `${indent}}`, ...blocks].join(style.lineEnd) };
}

/** Writes other blocks of a type behind one. */
function besideBlock(tree: Tree, node: MapNode, values: readonly NewNode[], style: HclStyle): readonly Splice[] {
  const pair = pairAround(node);
  const { text } = tree;
  if (!pair || pair.separator >= 0 || !beginsLine(text, pair.start)) throw new Refused('The target is not a block.');
  const rest = restOfLine(tree, pair.end);
  if (rest === undefined) throw new Refused('Other content follows the block on its line.');
  const indent = indentation(text, pair.start);
  const lines = flatMap(values, (body) => ['', ...blockLines(pair.name, [], body, style, indent)]);
  return [insertion(rest, lines.map((line) => style.lineEnd + line).join(''))];
}

function rangeOf({ start, end }: Node): { start: number; end: number } {
  return { start, end };
}

function pairAround(node: Node): Pair | undefined {
  return node.parent?.kind === 'map' ? pairWith(node.parent, node) : undefined;
}
