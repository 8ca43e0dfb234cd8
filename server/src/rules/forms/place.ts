/** The places of a form: the property in each resource type, and where it counts. */
import { flatMap } from '../../base/flat-map.ts';
import type { WrittenCovered } from '../../model/covered.ts';
import { all, not, UNKNOWABLE, type Judgement } from '../../model/judgement.ts';
import type { Value } from '../../model/value.ts';
import { meetsAll, meetsAny, pathsIn, type Tests } from './test.ts';

/** Where a property counts. */
export interface PlaceScope<Path extends string = string> {
  /** It counts only where all of these are met. */
  readonly onlyIf?: Tests<Path>;
  /** It does not count where one of these is met. */
  readonly unless?: Tests<Path>;
  /** Where one of these is met, it is not known whether it counts. */
  readonly undecidedIf?: Tests<Path>;
}

/**
 * The path of a property in one resource type, where it counts, and what the rule covers there alone. The rule covers
 * that of all its places.
 */
export interface Place<Path extends string = string> extends PlaceScope<Path>, WrittenCovered {
  readonly path: Path;
}

/** Whether a property counts, by the other properties of its resource. */
export function countsIn(get: (path: string) => Value, { onlyIf, unless, undecidedIf }: PlaceScope): Judgement {
  return all(meetsAll(get, onlyIf), not(meetsAny(get, unless)), not(all(meetsAny(get, undecidedIf), UNKNOWABLE)));
}

/** The paths that decide whether a property counts. */
export function scopePaths({ onlyIf, unless, undecidedIf }: PlaceScope): readonly string[] {
  return pathsIn(onlyIf, unless, undecidedIf);
}

/** The places in each type, each written as a path, a place, or a list of these. */
export function placesByType<P extends Place>(written: object): ReadonlyMap<string, readonly P[]> {
  return new Map(
    Object.entries<unknown>(written as Record<string, unknown>).map(([type, places]) => [
      type,
      (Array.isArray(places) ? (places as readonly unknown[]) : [places]).map((place) =>
        typeof place === 'string' ? ({ path: place } as P) : (place as P),
      ),
    ]),
  );
}

/** The paths that a rule reads of each type. */
export function readsIn<P>(
  places: ReadonlyMap<string, readonly P[]>,
  pathsOf: (place: P) => readonly string[],
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...places].map(([type, list]) => [type, [...new Set(flatMap(list, pathsOf))]]));
}

/** The path of the first place. Its last name is used for the property in texts about all types. */
export function firstPath(places: ReadonlyMap<string, readonly Place[]>): string | undefined {
  return [...places.values()][0]?.[0]?.path;
}
