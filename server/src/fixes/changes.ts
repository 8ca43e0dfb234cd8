/** The pending changes to each node of a tree: edits of the same node are combined, conflicting ones rejected. */
import { addTo } from '../base/groups.ts';
import type { Range } from '../base/span.ts';
import type { ListNode, MapNode, Node, Pair, Tree } from '../syntax/tree.ts';
import { Blocks, type NewNode, type TreeEdit } from '../syntax/tree-edit.ts';
import { commentsAbout, commentsWithin, endOfChild, restOfLine } from './comments.ts';
import { removalOf } from './hcl-removal.ts';
import { nested, sameValue, mergedObjects, withMember } from './new-node.ts';
import { checkKept, checkMerged, checkOnce, checkPlace, checkTag, holderOf, onlyPair } from './place.ts';
import { Refused } from './refused.ts';

export interface MapChange {
  readonly removed: Set<Pair>;
  readonly renamed: Map<Pair, string>;
  /** New pairs, which go after those that are there. */
  readonly added: Map<string, NewNode>;
  /** New blocks of HCL by their header. */
  readonly blocks: Map<string, NewBlock>;
}

/** A block to write behind another one. */
export interface NewBlock {
  readonly behind: Pair;
  readonly type: string;
  readonly labels: readonly string[];
  readonly bodies: readonly NewNode[];
}

export interface ListChange {
  /** Indexes of items. */
  readonly removed: Set<number>;
  /** New items by the index of the item that they go before, or the number of items. */
  readonly inserted: Map<number, NewNode[]>;
}

/** Characters in place of others. */
export interface TextChange {
  readonly range: Range;
  readonly text: string;
}

export interface Changes {
  readonly tree: Tree;
  readonly replaced: Map<Node, NewNode>;
  /** Changes to parts of the texts of scalars. */
  readonly texts: Map<Node, readonly TextChange[]>;
  /** What goes after values that are on their own. */
  readonly beside: Map<Node, readonly NewNode[]>;
  readonly maps: Map<MapNode, MapChange>;
  readonly lists: Map<ListNode, ListChange>;
}

/** Collects the edits of one tree. Throws `Refused` if one is not applicable or conflicts with others. */
export function collectChanges(tree: Tree, edits: readonly TreeEdit[]): Changes {
  const changes: Changes = {
    tree,
    replaced: new Map(),
    texts: new Map(),
    beside: new Map(),
    maps: new Map(),
    lists: new Map(),
  };
  for (const edit of edits) collect(changes, edit);
  const changed = [...changes.maps.keys(), ...changes.lists.keys()];
  const within = [...changed, ...changes.texts.keys(), ...changes.beside.keys()];
  if (within.some((node) => changes.replaced.has(node))) throw gone();
  for (const node of [...changes.replaced.keys(), ...within]) checkAround(changes, node);
  for (const { renamed, removed } of changes.maps.values())
    if ([...renamed.keys()].some((pair) => removed.has(pair))) throw gone();
  return changes;
}

function collect(changes: Changes, edit: TreeEdit): void {
  switch (edit.op) {
    case 'set':
      return set(changes, edit.at, edit.path, edit.value, edit.blocks ?? 0);
    case 'replace':
      return replace(changes, edit.at, edit.value);
    case 'replaceText':
      return replaceText(changes, edit.at, edit);
    case 'removePair':
      return removePair(changes, edit.map, edit.pair, edit.unlessCommented);
    case 'renameKey':
      return renameKey(changes, edit.pair, edit.name);
    case 'addBlock':
      return addBlock(changes, edit);
    case 'addBeside':
      return addBeside(changes, edit.at, edit.value);
    case 'insertItem':
      return insertItem(changes, edit.list, edit.index, edit.value);
    case 'removeItem':
      return removeItem(changes, edit.list, edit.index, edit.unlessCommented);
  }
}

function set(changes: Changes, at: Node, path: readonly string[], value: NewNode, blocks: number): void {
  let node = at;
  for (let depth = 0; depth < path.length; depth++) {
    const rest = path.slice(depth);
    const inner = Math.max(0, blocks - depth);
    const pending = changes.replaced.get(node);
    if (pending !== undefined) {
      changes.replaced.set(node, withMember(pending, rest, value, inner));
      return;
    }
    if (node.kind === 'alias')
      throw new Refused(`The value comes from the anchor \`&${node.name}\`, which is defined elsewhere.`);
    if (depth > 0) checkTag(node);
    if (isNothing(node)) return replace(changes, node, nested(rest, value, inner));
    if (node.kind !== 'map')
      throw new Refused(
        `${nameOf(node)} holds ${node.kind === 'list' ? 'a list' : 'a value'}, so \`${rest[0]!}\` cannot be written into it.`,
      );
    const pair = onlyPair(changes.tree, node, rest[0]!);
    if (!pair) {
      checkPlace(changes.tree, node);
      if (rest.length > 1) checkMerged(node, rest[0]!);
      return add(mapChange(changes, node), rest, value, inner);
    }
    node = pair.value;
  }
  replace(changes, node, value);
}

function add(change: MapChange, path: readonly string[], value: NewNode, blocks: number): void {
  const [key, ...rest] = path;
  const inner = Math.max(0, blocks - 1);
  if ([...change.renamed.values()].includes(key!)) throw new Refused(`The key \`${key!}\` already exists.`);
  const pending = change.added.get(key!);
  if (pending !== undefined) change.added.set(key!, withMember(pending, rest, value, inner));
  else {
    const fresh = nested(rest, value, inner);
    change.added.set(key!, blocks > 0 && rest.length > 0 ? new Blocks([fresh]) : fresh);
  }
}

function replace(changes: Changes, node: Node, value: NewNode): void {
  checkPlace(changes.tree, node);
  checkKept(changes.tree, node);
  const pending = changes.replaced.get(node);
  if (pending !== undefined && !sameValue(pending, value)) throw new Refused('Two changes set different values.');
  changes.replaced.set(node, value);
}

function replaceText(changes: Changes, node: Node, { range, text }: TextChange): void {
  checkPlace(changes.tree, node);
  const others = changes.texts.get(node) ?? [];
  const same = others.find((other) => other.range.start < range.end && other.range.end > range.start);
  if (same && (same.text !== text || same.range.start !== range.start || same.range.end !== range.end))
    throw new Refused('Two changes set different values.');
  if (!same) changes.texts.set(node, [...others, { range, text }]);
}

function removePair(changes: Changes, map: MapNode, pair: Pair, unlessCommented = false): void {
  // Blocks of one type in HCL are several values.
  if (!isBlock(pair)) checkOnce(map, pair.name);
  checkPlace(changes.tree, map);
  checkKept(changes.tree, pair.key);
  checkKept(changes.tree, pair.value);
  if (unlessCommented) checkComments(changes.tree, commentsOfPair(changes.tree, map, pair));
  mapChange(changes, map).removed.add(pair);
}

/** The comments that are removed with a pair. */
function commentsOfPair(tree: Tree, map: MapNode, pair: Pair): readonly Range[] {
  if (tree.language === 'hcl') {
    const { start, end } = removalOf(tree, map, pair, new Set());
    return commentsWithin(tree, start, end);
  }
  const { end } = pair.value;
  return commentsWithin(
    tree,
    pair.key.start,
    map.style === 'block' ? endOfChild(tree, pair.value, map.indent) : (restOfLine(tree, end) ?? end),
  );
}

function renameKey(changes: Changes, pair: Pair, name: string): void {
  const map = pair.key.parent;
  if (map?.kind !== 'map') throw new Refused('The key is not in a map.');
  checkPlace(changes.tree, pair.key);
  checkOnce(map, pair.name);
  const change = mapChange(changes, map);
  if (map.pairs.some((other) => other !== pair && other.name === name) || change.added.has(name)) {
    throw new Refused(`The key \`${name}\` already exists.`);
  }
  const pending = change.renamed.get(pair);
  if (pending !== undefined && pending !== name) throw new Refused('Two changes rename the key differently.');
  change.renamed.set(pair, name);
}

function insertItem(changes: Changes, list: ListNode, index: number, value: NewNode): void {
  if (index < 0 || index > list.items.length) throw new Refused('The list has no such position.');
  checkPlace(changes.tree, list);
  const { inserted } = listChange(changes, list);
  addTo(inserted, index, value);
}

function addBlock(
  changes: Changes,
  { map, behind, type, labels, value }: Extract<TreeEdit, { readonly op: 'addBlock' }>,
): void {
  const { blocks } = mapChange(changes, map);
  // A block without labels has no name that could be the same.
  const key = [type, ...labels].join(' ') + (labels.length > 0 ? '' : ` ${map.pairs.indexOf(behind)}`);
  const pending = blocks.get(key);
  const bodies = !pending
    ? [value]
    : labels.length > 0
      ? [mergedObjects(pending.bodies[0]!, value)]
      : [...pending.bodies, value];
  blocks.set(key, { behind: pending?.behind ?? behind, type, labels, bodies });
}

function isBlock({ separator, value }: Pair): boolean {
  return separator < 0 && value.kind === 'map' && value.style === 'block';
}

function addBeside(changes: Changes, node: Node, value: NewNode): void {
  checkPlace(changes.tree, node);
  changes.beside.set(node, [...(changes.beside.get(node) ?? []), value]);
}

function removeItem(changes: Changes, list: ListNode, index: number, unlessCommented = false): void {
  const item = list.items[index];
  if (!item) throw new Refused('The list has no such item.');
  checkPlace(changes.tree, list);
  checkKept(changes.tree, item.value);
  if (unlessCommented) checkComments(changes.tree, commentsAbout(changes.tree, list, index));
  listChange(changes, list).removed.add(index);
}

function checkComments({ text }: Tree, [comment]: readonly Range[]): void {
  if (comment)
    throw new Refused(
      `A comment on line ${text.slice(0, comment.start).split('\n').length} would be lost or misplaced.`,
    );
}

function mapChange(changes: Changes, map: MapNode): MapChange {
  const change = changes.maps.get(map) ?? {
    removed: new Set(),
    renamed: new Map(),
    added: new Map(),
    blocks: new Map(),
  };
  changes.maps.set(map, change);
  return change;
}

function listChange(changes: Changes, list: ListNode): ListChange {
  const change = changes.lists.get(list) ?? { removed: new Set(), inserted: new Map() };
  changes.lists.set(list, change);
  return change;
}

/** Refuses a change to a node when another one takes away something around it. */
function checkAround(changes: Changes, node: Node): void {
  for (let inner = node; inner.parent; inner = inner.parent) {
    const holder = holderOf(inner);
    if (!holder || changes.replaced.has(holder.parent)) throw gone();
    if (holder.kind === 'pair' && changes.maps.get(holder.parent)?.removed.has(holder.pair)) throw gone();
    if (holder.kind === 'item' && changes.lists.get(holder.parent)?.removed.has(holder.index)) throw gone();
  }
}

function gone(): Refused {
  return new Refused('One change is within a range that another change removes.');
}

/** Whether a node stands for no value, so that a map can take its place. */
function isNothing(node: Node): boolean {
  return (
    node.kind === 'scalar' && (node.empty || (node.style === 'plain' && /^(?:~|null|Null|NULL)$/.test(node.value)))
  );
}

function nameOf(node: Node): string {
  const holder = holderOf(node);
  return holder?.kind === 'pair' ? `\`${holder.pair.name}\`` : 'The target';
}
