/** Whether two trees, before and after edits of the text, differ where the edits are and nowhere else. */
import type { Range } from '../../server/src/base/span.ts';
import type { ListNode, MapNode, Node, Pair, Tree } from '../../server/src/syntax/tree.ts';

/** What changed although no edit is there: nodes, the order of keys, comments. Empty when all is well. */
export function changesElsewhere(before: Tree, after: Tree, edits: readonly Range[]): readonly string[] {
  const reasons: string[] = [];
  const compare = new Comparison(before.text, edits, (path, what) => reasons.push(`${path || 'the document'} ${what}`));
  if (before.roots.length !== after.roots.length)
    reasons.push(`${before.roots.length} documents became ${after.roots.length}`);
  before.roots.forEach((root, i) => {
    const other = after.roots[i];
    if (other) compare.node(root, other, '');
  });
  if (!keepsComments(before, after, edits)) reasons.push('comments changed');
  return reasons;
}

/**
 * Whether all comments are there, but for those at the end of a line that an edit removes, or right above a block of
 * HCL that it removes: they are about what was there.
 */
function keepsComments(before: Tree, after: Tree, edits: readonly Range[]): boolean {
  const textsOf = ({ text, comments }: Tree): readonly string[] =>
    comments.map(({ start, end }) => text.slice(start, end));
  const left = [...textsOf(after)];
  const lost = before.comments.filter(({ start, end }) => {
    if (left[0] !== before.text.slice(start, end)) return true;
    left.shift();
    return false;
  });
  return (
    left.length === 0 &&
    lost.every((comment) => endsRemovedLine(before.text, comment, edits) || isAboveRemoved(before.text, comment, edits))
  );
}

function endsRemovedLine(text: string, { start, end }: Range, edits: readonly Range[]): boolean {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const first = line + /\S/.exec(text.slice(line))!.index;
  return first < start && edits.some((edit) => edit.start <= first && edit.end >= end);
}

/** Whether a comment on a line of its own and the block of HCL that begins on the next line are in one edit. */
function isAboveRemoved(text: string, { start, end }: Range, edits: readonly Range[]): boolean {
  const next = /^[ \t]*\r?\n[ \t]*(?=\w[^\r\n]*\{\r?\n)/.exec(text.slice(end));
  return next !== null && edits.some((edit) => edit.start <= start && edit.end > end + next[0].length);
}

class Comparison {
  readonly #text: string;
  readonly #edits: readonly Range[];
  readonly #say: (path: string, what: string) => void;

  constructor(text: string, edits: readonly Range[], say: (path: string, what: string) => void) {
    this.#text = text;
    this.#edits = edits;
    this.#say = say;
  }

  node(before: Node, after: Node, path: string): void {
    if (this.#rewrites(before)) return;
    // What stood alone is the first of a list now.
    const first =
      (before.kind === 'map' || before.kind === 'scalar') && after.kind === 'list' && this.#touches(before)
        ? after.items[0]?.value
        : undefined;
    if (first?.kind === 'map' || (first?.kind === 'scalar' && sameNode(before, first)))
      this.node(before, first, `${path}[0]`);
    else if (before.kind === 'map' && after.kind === 'map' && sameMarks(before, after)) this.#map(before, after, path);
    else if (before.kind === 'list' && after.kind === 'list' && sameMarks(before, after))
      this.#list(before, after, path);
    else if (!this.#replaces(before) && !this.#fills(before) && !sameNode(before, after)) this.#say(path, 'changed');
  }

  #map(before: MapNode, after: MapNode, path: string): void {
    // Blocks of one type in HCL are several pairs; where their number changes they are compared like items of a list.
    const counted = new Set(blockTypes(before, after).filter((name) => countOf(before, name) !== countOf(after, name)));
    for (const name of counted) this.#blocks(before, after, name, path ? `${path}.${name}` : name);
    for (const pair of before.pairs.filter(({ name }) => !counted.has(name))) {
      const other = counterpart(pair, before, after);
      const below = path ? `${path}.${pair.name}` : pair.name;
      if (other) this.node(pair.value, other.value, below);
      else if (!this.#replaces(pair)) this.#say(below, 'is gone');
    }
    const kept = (map: MapNode, other: MapNode): string =>
      map.pairs
        .filter((pair) => !counted.has(pair.name) && counterpart(pair, map, other))
        .map((pair) => pair.name)
        .join(', ');
    if (kept(before, after) !== kept(after, before))
      this.#say(path, `has its keys in another order: ${kept(after, before)}`);
    if (after.pairs.some((pair) => !counterpart(pair, after, before)) && !this.#touches(before))
      this.#say(path, 'has new keys');
  }

  #blocks(before: MapNode, after: MapNode, name: string, path: string): void {
    const others = after.pairs.filter((pair) => pair.name === name);
    let at = 0;
    for (const pair of before.pairs.filter((one) => one.name === name)) {
      const found = others.findIndex((other, index) => index >= at && sameNode(pair.value, other.value));
      if (found >= 0) at = found + 1;
      else if (!this.#replaces(pair)) this.#say(path, 'is gone');
    }
  }

  /** Items that no edit touches are all there, in their order; an item that is edited in its place may differ. */
  #list(before: ListNode, after: ListNode, path: string): void {
    if (before.items.length === after.items.length) {
      before.items.forEach((item, i) => this.node(item.value, after.items[i]!.value, `${path}[${i}]`));
      return;
    }
    if (!this.#touches(before)) this.#say(path, 'has another number of items');
    let at = 0;
    before.items.forEach((item, i) => {
      // Of several that are alike, the one that was taken away is looked for nowhere.
      if (this.#replaces(item)) return;
      const found = after.items.findIndex((other, j) => j >= at && sameNode(item.value, other.value));
      if (found >= 0) at = found + 1;
      else if (!this.#appends(item)) this.#say(`${path}[${i}]`, 'is gone');
    });
  }

  /** Whether an edit writes something in the place of a part of the range. */
  #replaces(range: Range): boolean {
    return this.#edits.some(({ start, end }) =>
      start === end
        ? (start > range.start && start < range.end) ||
          (range.start === range.end &&
            (Math.abs(start - range.start) <= 1 || BETWEEN.test(this.#text.slice(range.end, start))))
        : (start < range.end && end > range.start) ||
          (range.start === range.end && start <= range.start && end >= range.start),
    );
  }

  /** Whether an edit adds content to an empty value that has only an anchor or a tag. */
  #fills(node: Node): boolean {
    return node.kind === 'scalar' && node.value === '' && this.#edits.some(({ start }) => start === node.end);
  }

  /**
   * Whether an edit begins where the range ends: it may add to a list at the end of an object, and take away what comes
   * behind.
   */
  #appends(range: Range): boolean {
    return this.#edits.some(({ start }) => start >= range.end && BETWEEN.test(this.#text.slice(range.end, start)));
  }

  /** Whether one edit writes the whole node anew. */
  #rewrites(node: Node): boolean {
    return node.start < node.end && this.#edits.some(({ start, end }) => start <= node.start && end >= node.end);
  }

  /** Whether an edit is in the range, or follows it. */
  #touches(range: Range): boolean {
    return this.#edits.some(
      ({ start, end }) =>
        end >= range.start && (start <= range.end || BETWEEN.test(this.#text.slice(range.end, start))),
    );
  }
}

function blockTypes(...maps: readonly MapNode[]): readonly string[] {
  return maps.flatMap(({ pairs }) =>
    pairs
      .filter(({ separator, value }) => separator < 0 && value.kind === 'map' && value.style === 'block')
      .map(({ name }) => name),
  );
}

function countOf({ pairs }: MapNode, name: string): number {
  return pairs.filter((pair) => pair.name === name).length;
}

/**
 * What may lie between the end of a collection, or of nothing, and the place where something is added to it. JavaScript
 * ends a line at U+2028 too; YAML and HCL do not.
 */
const BETWEEN = /^(?:\s|(?:#|\/\/)[^\r\n]*)*$/;

/** The pair of the same name in another map; of several with one name, the one with the same number. */
export function counterpart(pair: Pair, of: MapNode, other: MapNode): Pair | undefined {
  const number = of.pairs.filter(({ name }) => name === pair.name).indexOf(pair);
  return other.pairs.filter(({ name }) => name === pair.name)[number];
}

function sameMarks(a: Node, b: Node): boolean {
  return a.tag?.name === b.tag?.name && a.anchor?.name === b.anchor?.name;
}

/** Whether two nodes are written alike: values, styles of scalars, tags, anchors and the order of keys. */
export function sameNode(a: Node, b: Node): boolean {
  if (!sameMarks(a, b)) return false;
  switch (a.kind) {
    case 'scalar':
      return b.kind === 'scalar' && a.value === b.value && a.style === b.style;
    case 'alias':
      return b.kind === 'alias' && a.name === b.name;
    case 'list':
      return (
        b.kind === 'list' &&
        a.items.length === b.items.length &&
        a.items.every((item, i) => sameNode(item.value, b.items[i]!.value))
      );
    case 'map':
      return (
        b.kind === 'map' &&
        a.pairs.length === b.pairs.length &&
        a.pairs.every((pair, i) => pair.name === b.pairs[i]!.name && sameNode(pair.value, b.pairs[i]!.value))
      );
  }
}
