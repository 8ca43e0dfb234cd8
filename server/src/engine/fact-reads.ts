/**
 * Facts about policies for explanations. A fact that is known from an earlier version of the stack is not computed
 * again, which would read the policy. Only the resources that it read are known, until an explanation needs the values.
 */
import { note, noting, unnoted, type Reads } from '../base/reads.ts';
import type { Address } from '../model/value.ts';
import { Read } from './observed.ts';

/** The resources whose text has the values that were read, and whether another text has one. */
export interface ReadPlaces {
  readonly parts: ReadonlySet<Address>;
  readonly elsewhere: boolean;
  /** Whether such another text also has resources, or a part of one. */
  readonly overlaps: boolean;
}

/** The places of all that was read, and of the properties of resources, which the elements of statements are not. */
export interface AllReadPlaces extends ReadPlaces {
  readonly properties: ReadPlaces;
}

/** A property of a resource, the same in all versions of a stack. */
export interface PropertyName {
  /** The name of the resource (`stableNameOf`), and the canonical path. */
  readonly resource: string;
  readonly path: string;
}

/** The places of the values from which a fact follows, and the properties among these. */
interface FactPlaces extends AllReadPlaces {
  readonly names: readonly PropertyName[];
}

/** A fact, with where the values are from which it follows. */
export interface PlacedFact<T> extends FactPlaces {
  readonly value: T;
}

/** Represents the values that were read for a fact. */
export class FactReads {
  readonly places: FactPlaces;
  readonly #compute: () => unknown;
  #reads: readonly Read[] | undefined;

  constructor(places: FactPlaces, compute: () => unknown) {
    this.places = places;
    this.#compute = compute;
  }

  /** The values, for which the fact is computed if it was known. */
  reads(): readonly Read[] {
    return (this.#reads ??= readsAmong(unnoted(() => noting(this.#compute)).reads));
  }
}

/** Computes a fact. Only its questions are noted for the caller, not the values that it reads. */
export function placedFact<T>(compute: () => T, placesOf: (reads: readonly Read[]) => FactPlaces): PlacedFact<T> {
  const { result, reads } = unnoted(() => noting(compute));
  for (const read of reads ?? []) if (!(read instanceof Read)) note(read);
  return { value: result, ...placesOf(readsAmong(reads)) };
}

function readsAmong(reads: Reads | undefined): readonly Read[] {
  return [...(reads ?? [])].filter((read) => read instanceof Read);
}
