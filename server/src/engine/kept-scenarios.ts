/**
 * Comparisons of the scenarios of drafts. The scenarios of a draft that is kept from an earlier version
 * (`kept-drafts.ts`) are only known after another call of its rule, so the results are kept too.
 */
import { memoize2 } from '../base/memoize.ts';
import type { Span } from '../base/span.ts';
import type { ViolationPlace } from './narrow.ts';

/** A draft that is kept: the same object in all versions that have it. */
export interface KeptPlace {
  readonly identity: object;
  /** The places of other values that are wrong in its scenarios, in the current version; computed once. */
  parts(compute: () => readonly Span[]): readonly Span[];
}

/** Whether a violation is wrong at a place in no other scenario than one at another place. */
export function isWithinScenarios(one: ViolationPlace, other: ViolationPlace): boolean {
  return one.kept && other.kept
    ? isKeptWithin(one.kept.identity, other.kept.identity, one, other)
    : one.guard.coveredBy(other.guard);
}

const isKeptWithin = memoize2((_: object, __: object, { guard }: ViolationPlace, other: ViolationPlace) =>
  guard.coveredBy(other.guard),
);
