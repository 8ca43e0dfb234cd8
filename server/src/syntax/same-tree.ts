/** What differs between two trees, whatever they look like: quotes, indentation and line ends do not count. */
import { readScalar } from './scalar.ts';
import type { ListNode, MapNode, Node, Pair, ScalarNode, Tree } from './tree.ts';

/** The keys and indexes that lead to a value. Of several pairs with one key, the second one is `key#2`. */
export type TreePath = readonly (string | number)[];

/** Whether two nodes say the same: structure, order of keys, tags, anchors, aliases and values. */
export function sameTree(a: Node | undefined, b: Node | undefined): boolean {
  return a && b ? compare(a, b, true).length === 0 : a === b;
}

/**
 * The paths at which two trees differ, as far down as can be told. A pair or item that only one of them has is a path of its
 * own; a map whose keys have another order is one too. With several documents in one of the files, their indexes come first.
 */
export function differences(a: Tree, b: Tree): readonly TreePath[] {
  if (a.roots.length <= 1 && b.roots.length <= 1) {
    const [mine, theirs] = [a.roots[0], b.roots[0]];
    if (!mine || !theirs) return mine === theirs ? [] : [[]];
    return compare(mine, theirs, false);
  }
  const paths: TreePath[] = [];
  for (let i = 0; i < Math.max(a.roots.length, b.roots.length); i++) {
    const [mine, theirs] = [a.roots[i], b.roots[i]];
    if (!mine || !theirs) paths.push([i]);
    else for (const path of compare(mine, theirs, false)) paths.push([i, ...path]);
  }
  return paths;
}

/** Whether two trees have other comments, or the same in another order. White space at their ends does not count. */
export function commentsDiffer(a: Tree, b: Tree): boolean {
  return a.comments.length !== b.comments.length || a.comments.some(({ start, end }, i) => {
    const other = b.comments[i]!;
    return a.text.slice(start, end).trimEnd() !== b.text.slice(other.start, other.end).trimEnd();
  });
}

interface Task {
  readonly path: TreePath;
  readonly a: Node;
  readonly b: Node;
}

function compare(a: Node, b: Node, justWhether: boolean): readonly TreePath[] {
  const found: TreePath[] = [];
  const tasks: Task[] = [{ path: [], a, b }];
  for (let task = tasks.pop(); task && !(justWhether && found.length > 0); task = tasks.pop()) {
    const { path } = task;
    const differ = (...more: (string | number)[]): void => void found.push([...path, ...more]);
    if (!alike(task.a, task.b)) differ();
    else if (task.a.kind === 'map') compareMaps(path, task.a, task.b as MapNode, tasks, differ);
    else if (task.a.kind === 'list') compareLists(path, task.a, task.b as ListNode, justWhether, tasks, differ);
  }
  return found;
}

/** Whether two nodes are the same, what they contain set aside. */
function alike(a: Node, b: Node): boolean {
  if (a.kind !== b.kind || a.tag?.name !== b.tag?.name || a.anchor?.name !== b.anchor?.name) return false;
  if (a.kind === 'alias') return a.name === (b as typeof a).name;
  return a.kind !== 'scalar' || sameScalar(a, b as ScalarNode);
}

function sameScalar(a: ScalarNode, b: ScalarNode): boolean {
  return a.value === b.value && typeof readScalar(a).value === typeof readScalar(b).value;
}

type Differ = (...more: (string | number)[]) => void;

function compareMaps(path: TreePath, a: MapNode, b: MapNode, tasks: Task[], differ: Differ): void {
  const mine = byKey(a);
  const theirs = byKey(b);
  for (const key of theirs.keys()) if (!mine.has(key)) differ(key);
  const common: string[] = [];
  for (const [key, pair] of mine) {
    const other = theirs.get(key);
    if (!other) {
      differ(key);
      continue;
    }
    common.push(key);
    if (sameKey(pair.key, other.key)) tasks.push({ path: [...path, key], a: pair.value, b: other.value });
    else differ(key);
  }
  const order = [...theirs.keys()].filter((key) => mine.has(key));
  if (common.some((key, i) => key !== order[i])) differ();
}

function sameKey(a: Node, b: Node): boolean {
  return alike(a, b) && (a.kind === 'scalar' || sameTree(a, b));
}

function byKey(map: MapNode): ReadonlyMap<string, Pair> {
  const pairs = new Map<string, Pair>();
  const seen = new Map<string, number>();
  for (const pair of map.pairs) {
    const occurrence = (seen.get(pair.name) ?? 0) + 1;
    seen.set(pair.name, occurrence);
    pairs.set(occurrence === 1 ? pair.name : `${pair.name}#${occurrence}`, pair);
  }
  return pairs;
}

/** An item that was put in or taken out moves the others, which are not different for that. */
function compareLists(path: TreePath, a: ListNode, b: ListNode, justWhether: boolean, tasks: Task[], differ: Differ): void {
  const [mine, theirs] = [a.items, b.items];
  const [short, long] = [Math.min(mine.length, theirs.length), Math.max(mine.length, theirs.length)];
  if (justWhether && short !== long) return differ();
  let first = 0;
  let last = 0;
  if (short !== long) {
    while (first < short && sameTree(mine[first]!.value, theirs[first]!.value)) first++;
    while (last < short - first && sameTree(mine.at(-1 - last)!.value, theirs.at(-1 - last)!.value)) last++;
  }
  for (let i = first; i < long - last; i++) {
    if (i < short - last) tasks.push({ path: [...path, i], a: mine[i]!.value, b: theirs[i]!.value });
    else differ(i);
  }
}
