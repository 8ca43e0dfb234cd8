import { indexFrom, LineMatches, lineMatches, type MatchOffsets } from '../base/line-matches.ts';
import { memoize } from '../base/memoize.ts';
import type { Range } from '../base/span.ts';
import type { Tree } from './tree.ts';

/** The matches of patterns in the text of a tree. A text in a string is not edited by itself. */
export const matchesIn = memoize((tree: Tree): LineMatches =>
  tree.layer ? new LineMatches(tree.text) : lineMatches(tree),
);

/**
 * An escape in a string that may hide a letter, or the end of a line in a word, as the source of a pattern for what
 * strings contain.
 */
export const ESCAPE: string = String.raw`\\(?=[uUx\r\n])`;

/** Whether a range contains the beginning of one of some matches. */
export type MayHold = (range: Range) => boolean;

/**
 * Whether a range contains the beginning of a match. A large document has few, so that most of its tree need not be
 * walked, nor its nodes be made.
 */
export function holding(tree: Tree, pattern: RegExp): MayHold {
  return amongPlaces(matchesIn(tree).of(pattern));
}

/** Does `holding` in steps. */
export function* findingHolding(tree: Tree, pattern: RegExp): Generator<void, MayHold, undefined> {
  return amongPlaces(yield* matchesIn(tree).finding(pattern));
}

/** Whether a range contains one of some places. */
export function amongPlaces(places: MatchOffsets): MayHold {
  /** The last index. A tree is walked in its order, and most nodes have no match, so the next is usually the same. */
  let index = 0;
  return ({ start, end }) => {
    const isSame = places[index]! >= start && (index === 0 || places[index - 1]! < start);
    if (!isSame) index = indexFrom(places, start);
    return places[index]! < end;
  };
}
