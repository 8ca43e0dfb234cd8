import { flatMap } from '../../base/flat-map.ts';
import { groupedBy } from '../../base/groups.ts';
import { bothTruths, Guard, MAYBE, TRUE, whole, type Truth } from '../../base/guard.ts';
import { edgeTo } from '../../model/edge.ts';
import { isTemplate } from '../../model/format.ts';
import type { Edge, Related, Resource } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { keyOfAddress, type Designation, type ResourceKey, type OwnName } from './designation.ts';
import { IDENTITIES } from './identity.ts';
import type { KeyedResources, NamedPopulation, ResourcesByKey } from './keyed-resources.ts';
import type { Link } from './link.ts';
import type { ResourceNames } from './names.ts';

/**
 * The maximum number of resources that one value names. Instances of one configured resource share an address; a value
 * that names more of them names all.
 */
const MOST_NAMED = 100;

/** The maximum number of resources with open values for which completeness is evaluated individually. */
const MOST_EXACT = 16;

/** A resource that others can name. */
interface Named {
  readonly resource: Resource;
  /** The names of the resource in its scenarios. */
  readonly names: readonly OwnName[];
  readonly matches: Match[];
  /** Values derived from it, which can name it. */
  readonly hints: { readonly referrer: Referrer; readonly designation: Designation }[];
  /** How open other values are to such a resource, see `Openness`. */
  readonly rank: number;
}

/** A resource that names others. */
interface Referrer {
  readonly resource: Resource;
  readonly matches: Match[];
  /** The resources that its values are derived from, which they can name. */
  readonly hints: { readonly named: Named; readonly designation: Designation }[];
  /** The scenarios in which all its values name resources of the stack. */
  found: Guard;
  /** The scenarios in which the resources that it can name are known, by openness. */
  readonly settled: Guard[];
}

interface Match {
  readonly referrer: Referrer;
  readonly named: Named;
  readonly when: Truth;
  /** The value by which one names the other. */
  via(): Leaf;
}

/** The levels of openness: a value that can only have generated names cannot name a resource with a literal name. */
const RANKS = { none: 0, made: 1, chosen: 2, any: 3 } as const;
/** The lowest openness at which a value can name a resource with such a name. */
const OPEN_TO = { made: RANKS.made, chosen: RANKS.chosen, none: RANKS.any } as const;

/** The resources of a stack, as a join needs them. */
export interface JoinInput extends NamedPopulation {
  /** The target of a reference. */
  at(address: string): Resource | undefined;
  has(resource: Resource): boolean;
}

/**
 * The pairs of resources in one relation. What a resource names is computed on demand, and for all resources at once
 * when it is asked what names one of them.
 */
export class Join {
  readonly #referrers = new Map<Resource, Referrer>();
  /** All referrers in document order, once they are known to the resources that they name. */
  #all: readonly Referrer[] | undefined;
  readonly #named = new Map<Resource, Named>();
  /** The resources with open values, by openness. */
  readonly #unsettled: (readonly Referrer[] | undefined)[] = [];
  readonly #settled: (Guard | undefined)[] = [];
  readonly #link: Link;
  readonly #population: JoinInput;
  readonly #closed: (resource: Resource) => boolean;
  readonly #names: ResourceNames;
  readonly #keyed: KeyedResources;
  #byKey: ResourcesByKey | undefined;
  readonly #seen = new Map<Named, Related>();
  /** The number of visited values and relations. */
  visited = 0;

  /** `closed` states whether all resources that can name a given one are in the stack. */
  constructor(
    link: Link,
    population: JoinInput,
    { names, keyed }: { readonly names: ResourceNames; readonly keyed: KeyedResources },
    closed: (resource: Resource) => boolean,
  ) {
    this.#link = link;
    this.#population = population;
    this.#names = names;
    this.#keyed = keyed;
    this.#closed = closed;
  }

  /** The resources that a resource names. The list is complete if every value leads to resources in the stack. */
  namedBy(resource: Resource): Related {
    if (!Object.hasOwn(this.#link.from, resource.type) || !this.#population.has(resource))
      return { edges: [], complete: TRUE };
    const referrer = this.#referrerOf(resource);
    const { matches: all, found } = referrer;
    const named = all.length === 0 ? [] : [...groupedBy(all, ({ named }) => named)];
    const edges = flatMap(named, ([one, matches]) => edge(one.resource, referrer, one, matches));
    return { edges, complete: { yes: found, no: Guard.never } };
  }

  /** The resources that name a resource. */
  referrersOf(resource: Resource): Related {
    if (!this.#link.to.includes(resource.type) || !this.#population.has(resource)) return { edges: [], complete: TRUE };
    const named = this.#namedOf(resource);
    let related = this.#seen.get(named);
    if (!related) {
      this.#all ??= this.#allReferrers();
      this.#seen.set(named, (related = this.#referrersOf(named)));
    }
    return related;
  }

  /** Makes all referrers known to the resources that they name. */
  #allReferrers(): readonly Referrer[] {
    // Only the first part can fail, so nothing is added twice.
    const all = this.#population.ofTypes(Object.keys(this.#link.from)).map((resource) => this.#referrerOf(resource));
    for (const referrer of all) {
      for (const match of referrer.matches) match.named.matches.push(match);
      for (const { named, designation } of referrer.hints) named.hints.push({ referrer, designation });
    }
    return all;
  }

  #referrersOf(named: Named): Related {
    const own = groupedBy(named.matches, ({ referrer }) => referrer);
    const edges = flatMap([...own], ([referrer, matches]) => edge(referrer.resource, referrer, named, matches));
    return {
      edges,
      complete: this.#closed(named.resource) ? { yes: this.#completeFor(named, own), no: Guard.never } : MAYBE,
    };
  }

  #completeFor(named: Named, own: ReadonlyMap<Referrer, readonly Match[]>): Guard {
    let complete: Guard = Guard.always;
    this.visited += own.size + named.hints.length;
    for (const [referrer, matches] of own) {
      const truth = referenceTruth(referrer, named, matches);
      complete = complete.and(whole(truth.yes.or(truth.no).or(referrer.resource.when.no)));
    }
    for (const { referrer, designation } of named.hints) {
      const ownMatches = own.get(referrer);
      const there = ownMatches ? referenceTruth(referrer, named, ownMatches).yes : Guard.never;
      complete = complete.and(whole(designation.when.no.or(referrer.resource.when.no).or(there)));
    }
    const unsettled = this.#unsettledFor(named.rank);
    // If many resources have open values, those that name the resource are not distinguished from others, so the list
    // counts as complete in fewer scenarios.
    if (unsettled.length > MOST_EXACT && unsettled.some((referrer) => !own.has(referrer)))
      return complete.and(this.#settledFor(named.rank));
    this.visited += unsettled.length;
    for (const referrer of unsettled)
      if (!own.has(referrer)) complete = complete.and(settledOrGone(referrer, named.rank));
    return complete;
  }

  #unsettledFor(rank: number): readonly Referrer[] {
    return (this.#unsettled[rank] ??= this.#all!.filter((referrer) => !settledOrGone(referrer, rank).isAlways()));
  }

  #settledFor(rank: number): Guard {
    return (this.#settled[rank] ??= this.#unsettledFor(rank).reduce<Guard>(
      (sum, referrer) => sum.and(settledOrGone(referrer, rank)),
      Guard.always,
    ));
  }

  #namedOf(resource: Resource): Named {
    let named = this.#named.get(resource);
    if (!named) {
      const names = this.#keyed.namesOf(resource);
      const rank = Math.min(...names.map(({ kind }) => OPEN_TO[kind]));
      this.#named.set(resource, (named = { resource, names, matches: [], hints: [], rank }));
    }
    return named;
  }

  #referrerOf(resource: Resource): Referrer {
    const known = this.#referrers.get(resource);
    if (known) return known;
    const referrer: Referrer = {
      resource,
      matches: [],
      hints: [],
      found: Guard.always,
      settled: [Guard.always, Guard.always, Guard.always, Guard.always],
    };
    const { designations, valueOf } = this.#names.by(this.#link, resource);
    for (let index = 0; index < designations.length; index++)
      this.#addDesignation(referrer, designations[index]!, () => valueOf(index));
    this.#referrers.set(resource, referrer);
    return referrer;
  }

  #addDesignation(referrer: Referrer, designation: Designation, via: () => Leaf): void {
    this.visited++;
    const { when, references, hints, names, absent } = designation;
    // Most values name nothing, because most properties are absent.
    const namesSome = references.length > 0 || names.length > 0 || hints.length > 0;
    const { found, isAny } = namesSome ? this.#match(referrer, designation, via) : NONE_FOUND;
    const rank = isAny ? RANKS.any : RANKS[designation.open];
    const all = when.no.or(found);
    if (!absent || rank > 0) referrer.found = referrer.found.and(all);
    for (let open = 1; open <= rank; open++) referrer.settled[open] = referrer.settled[open]!.and(all);
  }

  /** Adds the resources that a value names. */
  #match(referrer: Referrer, designation: Designation, via: () => Leaf): Found {
    const { when } = designation;
    const byKey = (this.#byKey ??= this.#keyed.ofTypes(this.#link.to));
    let found: Guard = Guard.never;
    let isAny = false;
    let isCut = false as boolean;
    const seen = new Set<Resource>();
    const match = (named: Named, name: OwnName | undefined): void => {
      this.visited++;
      const truth = name ? bothTruths(when, { yes: name.when, no: otherNames(named, name) }) : when;
      if (!truth.yes.satisfiable()) return;
      found = found.or(truth.yes);
      referrer.matches.push({ referrer, named, when: truth, via });
    };
    const matchAll = (key: ResourceKey, isMeant: (resource: Resource) => boolean): void => {
      for (const { resource, name } of byKey.get(key) ?? []) {
        if (seen.size >= MOST_NAMED && !seen.has(resource)) {
          isCut = true;
          return;
        }
        seen.add(resource);
        if (isMeant(resource)) match(this.#namedOf(resource), name);
        else referrer.hints.push({ named: this.#namedOf(resource), designation });
      }
    };
    for (const { to, attribute } of designation.references) {
      matchAll(keyOfAddress(to), (resource) => isWhole(resource, attribute));
      if (attribute !== undefined && returnsOthers(this.#population.at(to)?.type ?? '')) isAny = true;
    }
    for (const hint of distinct(designation.hints)) matchAll(keyOfAddress(hint), () => false);
    for (const key of distinct(designation.names)) matchAll(key, () => true);
    return { found: isCut ? Guard.never : found, isAny: isAny || isCut };
  }
}

/** What a value names. */
interface Found {
  /** The scenarios in which it names resources of the stack, all of which are known. */
  readonly found: Guard;
  /** Whether it can name any resource. */
  readonly isAny: boolean;
}

const NONE_FOUND: Found = { found: Guard.never, isAny: false };

/** Some texts, each once. Most values have one or none. */
function distinct(texts: readonly string[]): Iterable<string> {
  return texts.length < 2 ? texts : new Set(texts);
}

/** The edge to one of two resources; undefined if they never exist together. */
function edge(other: Resource, referrer: Referrer, named: Named, matches: readonly Match[]): readonly Edge[] {
  const when = [referrer.resource.when, named.resource.when].reduce(
    bothTruths,
    referenceTruth(referrer, named, matches),
  );
  return when.yes.satisfiable() ? [edgeTo(other, when, () => matches[0]!.via())] : [];
}

/** The scenarios in which a resource names another one by any of its values. */
function referenceTruth(referrer: Referrer, named: Named, matches: readonly Match[]): Truth {
  let yes: Guard = Guard.never;
  let no: Guard = referrer.settled[named.rank]!;
  for (const { when } of matches) {
    yes = yes.or(when.yes);
    no = no.and(when.no);
  }
  return { yes, no };
}

function settledOrGone(referrer: Referrer, rank: number): Guard {
  return whole(referrer.settled[rank]!.or(referrer.resource.when.no));
}

/** The scenarios in which a resource certainly has another name. */
function otherNames({ names }: Named, name: OwnName): Guard {
  return names.reduce<Guard>(
    (sum, other) => (other === name || other.kind === 'made' ? sum : sum.or(other.when)),
    Guard.never,
  );
}

/**
 * Whether an attribute identifies a resource. In Terraform, nearly every attribute that is used as the name of a
 * resource does.
 */
function isWhole({ type, format }: Resource, attribute: string | undefined): boolean {
  return attribute === undefined || !isTemplate(format) || IDENTITIES[type]?.attributes.includes(attribute) === true;
}

/**
 * Whether resources of a type return values from outside: an output of a custom resource or nested stack can be a value
 * that was passed to it.
 */
export function returnsOthers(type: string): boolean {
  return /^(Custom::|AWS::(CloudFormation::(CustomResource|Stack)|Serverless::Application)$)/.test(type);
}
