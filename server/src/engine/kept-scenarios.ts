/**
 * Comparisons of the scenarios of drafts. The scenarios of a draft that is kept from an earlier version
 * (`kept-drafts.ts`) are only known after another call of its rule, so the results are kept too, from the version in
 * which it was found.
 */
import { flatMap } from '../base/flat-map.ts';
import { Guard } from '../base/guard.ts';
import { memoize, memoize2 } from '../base/memoize.ts';
import type { Span } from '../base/span.ts';
import type { ViolationPlace } from './narrow.ts';

/** A draft that is kept: the same object in all versions that have it. */
export interface KeptPlace {
  readonly identity: object;
  /** Whether the place has all scenarios, as most have, so that they are compared at once. */
  readonly isEverywhere: boolean;
  /** Whether the finding is known to be wrong in a scenario. */
  readonly isKnownWrong: boolean;
  /** The places of other values that are wrong in its scenarios, in the current version; computed once. */
  parts(compute: () => readonly Span[]): readonly Span[];
}

const keptPlaces = new WeakMap<ViolationPlace, KeptPlace>();

/** Marks a place as that of a draft that is kept. */
export function keepPlace(place: ViolationPlace, kept: KeptPlace): void {
  keptPlaces.set(place, kept);
}

/** The kept draft at a place; undefined if it is not kept. */
export function keptAt(place: ViolationPlace): KeptPlace | undefined {
  return keptPlaces.get(place);
}

/** Whether a violation is known to be wrong in a scenario of its place. Otherwise it is only not known to be right. */
export function isKnownWrong(place: ViolationPlace): boolean {
  return keptAt(place)?.isKnownWrong ?? place.guard.and(place.violation.wrong.yes).satisfiable();
}

/** Whether a violation is wrong at a place in no other scenario than one at another place. */
export function isWithinScenarios(one: ViolationPlace, other: ViolationPlace): boolean {
  const [kept, keptOther] = [keptAt(one), keptAt(other)];
  return kept && keptOther && !(kept.isEverywhere && keptOther.isEverywhere)
    ? isKeptWithin(kept.identity, keptOther.identity, one, other)
    : one.guard.coveredBy(other.guard);
}

const isKeptWithin = memoize2((_: object, __: object, { guard }: ViolationPlace, other: ViolationPlace) =>
  guard.coveredBy(other.guard),
);

/** Whether a violation concerns all scenarios. */
export function isInAllScenarios(place: ViolationPlace): boolean {
  const kept = keptAt(place);
  return kept && !kept.isEverywhere ? isKeptInAll(kept.identity, place) : Guard.always.coveredBy(place.guard);
}

const isKeptInAll = memoize((_: object, { guard }: ViolationPlace) => Guard.always.coveredBy(guard));

/** Groups of kept places whose findings are not joined, each by its first place. */
const apart = new WeakMap<object, readonly object[]>();

/** Whether it is known from an earlier version that the findings at some places are not joined. */
export function areKeptApart(places: readonly ViolationPlace[]): boolean {
  const first = places[0] && keptAt(places[0]);
  const known = first && apart.get(first.identity);
  return known?.length === places.length && places.every((place, index) => keptAt(place)?.identity === known[index]);
}

/** Keeps that the findings at some places are not joined, if they are all kept. */
export function keepApart(places: readonly ViolationPlace[]): void {
  const identities = flatMap(places, (place) => {
    const kept = keptAt(place);
    return kept ? [kept.identity] : [];
  });
  if (identities.length === places.length) apart.set(identities[0]!, identities);
}
