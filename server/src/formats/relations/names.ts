/**
 * What resources name and what they are named. An edit concerns few resources, so what follows from the content of the
 * others is known from the version before.
 */
import { ownEntry } from '../../base/table.ts';
import type { ContentFacts } from '../../model/content.ts';
import { stableNameOf, type Resource } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { designating, ownNames, type Designating, type Designation, type OwnName } from './designation.ts';
import type { Link } from './link.ts';

/** What a resource names by a link. */
export interface Designations {
  readonly designations: readonly Designation[];
  /** The value of one of them, by its index. */
  valueOf(index: number): Leaf;
}

/** What a link reads of a type. */
interface Reading {
  readonly paths: readonly string[];
  /** Identifies what follows from it. */
  readonly what: string;
}

export class ResourceNames {
  readonly #facts: () => ContentFacts | undefined;
  readonly #variables: number | undefined;
  readonly #readings = new Map<Link, Map<string, Reading>>();

  /**
   * `facts` returns what is known from an earlier version, once that is found. `variables` is equal for versions that
   * share the variable objects of their scenarios.
   */
  constructor(facts: () => ContentFacts | undefined, variables: number | undefined) {
    this.#facts = facts;
    this.#variables = variables;
  }

  /** The names of a resource in its scenarios, given the property that holds its name, if its type has one. */
  own(resource: Resource, property: string | undefined): readonly OwnName[] {
    return this.#known(property ?? '', resource, () => ownNames(resource, property), isUnconditional);
  }

  /** What a resource names by a link. */
  by(link: Link, resource: Resource): Designations {
    const { paths, what } = this.#readingOf(link, resource.type);
    let values: readonly Designating[] | undefined;
    const evaluated = (): readonly Designating[] => (values ??= designating(resource, paths, link));
    const designations = this.#known(
      what,
      resource,
      () => evaluated().map(({ designation }) => designation),
      (all) => all.every(({ when: { yes, no } }) => yes.isUnconditional() && no.isUnconditional()),
    );
    return { designations, valueOf: (index) => evaluated()[index]!.value };
  }

  #readingOf(link: Link, type: string): Reading {
    let readings = this.#readings.get(link);
    if (!readings) this.#readings.set(link, (readings = new Map()));
    let reading = readings.get(type);
    if (!reading) {
      const paths = ownEntry(link.from, type) ?? [];
      // Links that read the same name the same.
      readings.set(type, (reading = { paths, what: ['', link.before, link.host, ...paths].join('\n') }));
    }
    return reading;
  }

  /** @param isLasting Whether it has no scenarios, whose variables belong to one version unless versions share them. */
  #known<T>(what: string, resource: Resource, compute: () => T, isLasting: (result: T) => boolean): T {
    const facts = this.#facts();
    if (!facts) return compute();
    return this.#variables === undefined
      ? facts.of(what, stableNameOf(resource), compute, isLasting)
      : facts.of(`${this.#variables} ${what}`, stableNameOf(resource), compute, () => true);
  }
}

function isUnconditional(names: readonly OwnName[]): boolean {
  return names.every(({ when }) => when.isUnconditional());
}
