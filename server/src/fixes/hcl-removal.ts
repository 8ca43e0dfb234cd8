/** Removal of arguments and blocks of HCL, with their lines and the comments that belong to them. */
import type { Comment, MapNode, Pair, Tree } from '../syntax/tree.ts';
import { restOfLine } from './comments.ts';
import { isBlankLine } from './hcl-align.ts';
import { beginsLine, lineAbove, lineEnd, lineStart, nextLine, skipBlank } from './lines.ts';
import { deletion, type Splice } from './splice.ts';

/** The removal of a pair of a body; `removed` are all pairs of the body that are removed. */
export function removalOf(tree: Tree, map: MapNode, pair: Pair, removed: ReadonlySet<Pair>): Splice {
  const { text } = tree;
  const rest = restOfLine(tree, pair.end);
  if (!beginsLine(text, pair.start) || rest === undefined) return deletion(pair.start, pair.end);
  const end = nextLine(text, rest);
  const start = lineStart(text, commentAbove(tree, pair, end));
  const before = lineAbove(text, start);
  const isFirst = start === 0 || isOpening(text, map, before);
  const isBlankAbove = start > 0 && !isFirst && isBlankLine(text, lineStart(text, before));
  // One blank line stays between what is left.
  if ((isBlankAbove || isFirst) && end < text.length && isBlankLine(text, end))
    return deletion(start, nextLine(text, end));
  const closes = end >= text.length || text[skipBlank(text, end)] === '}';
  const previous = map.pairs[map.pairs.indexOf(pair) - 1];
  return deletion(
    closes && isBlankAbove && !(previous && removed.has(previous)) ? lineStart(text, before) : start,
    end,
  );
}

function isOpening(text: string, map: MapNode, offset: number): boolean {
  return map.parent !== undefined && lineStart(text, offset) <= map.start && lineEnd(text, offset) > map.start;
}

/** The start of the comment lines right above a pair, if they are about it alone; otherwise that of the pair. */
function commentAbove(tree: Tree, pair: Pair, end: number): number {
  const { text, comments } = tree;
  // Above arguments on adjacent lines, a comment can be about all of them.
  const isAlone =
    pair.separator < 0 || end >= text.length || isBlankLine(text, end) || !/[\w"]/.test(text[skipBlank(text, end)]!);
  if (!isAlone) return pair.start;
  let start = pair.start;
  for (let comment = above(text, comments, start); comment; comment = above(text, comments, start))
    start = comment.start;
  return start;
}

/** The comment that ends on the line above an offset and has its lines for itself. */
function above(text: string, comments: readonly Comment[], offset: number): Comment | undefined {
  const end = lineAbove(text, offset);
  if (end >= lineStart(text, offset)) return undefined;
  return comments.find(
    (comment) =>
      comment.end <= end &&
      text.slice(comment.end, end).trim() === '' &&
      comment.end >= lineStart(text, end) &&
      beginsLine(text, comment.start),
  );
}
