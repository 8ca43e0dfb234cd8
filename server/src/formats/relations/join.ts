import { addTo, groupedBy } from '../../base/groups.ts';
import { bothTruths, Guard, MAYBE, TRUE, type Truth } from '../../base/guard.ts';
import { ownEntry } from '../../base/table.ts';
import { isTemplate } from '../../model/format.ts';
import type { Edge, Related, Resource } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import {
  addressKey,
  designationsOf,
  nameKey,
  ownNames,
  type Designation,
  type Key,
  type OwnName,
} from './designation.ts';
import { IDENTITIES } from './identity.ts';
import type { Link } from './link.ts';

/** The most resources that one value is taken to name. Instances of one configured resource share their address; a value that names more of them names all. */
const MOST_NAMED = 100;

/** The most resources with something open for which completeness is evaluated one by one. */
const MOST_EXACT = 16;

/** A resource that can be named. */
interface Named {
  readonly resource: Resource;
  /** The names by which others can know it, in its scenarios. */
  readonly names: readonly OwnName[];
  readonly matches: Match[];
  /** Values made in some way from it, which may name it. */
  readonly hints: { readonly naming: Naming; readonly designation: Designation }[];
  /** What is open to such a resource: see `Openness`. */
  readonly rank: number;
}

/** A resource under one of the keys by which others know it. */
interface Known {
  readonly named: Named;
  /** The name that the key is for, when it is for one. */
  readonly name: OwnName | undefined;
}

/** A resource that names others. */
interface Naming {
  readonly resource: Resource;
  readonly matches: Match[];
  /** The scenarios in which everything that it says names a resource that is here. */
  found: Guard;
  /** The scenarios in which the excluded resources are known, by what is open to them. */
  readonly settled: Guard[];
}

interface Match {
  readonly naming: Naming;
  readonly named: Named;
  readonly when: Truth;
  readonly via: Leaf;
}

/** What is open, by how much: a value that is open to names that are made is settled for all that have a written one. */
const RANKS = { none: 0, made: 1, chosen: 2, any: 3 } as const;
/** From which openness on a value may name a resource with such a name. */
const OPEN_TO = { made: RANKS.made, chosen: RANKS.chosen, none: RANKS.any } as const;

/** The resources of a stack as far as a join needs to know them. */
export interface Population {
  /** Those of some types, in the order of the documents. */
  ofTypes(types: readonly string[]): readonly Resource[];
  /** The one that a reference leads to. */
  at(address: string): Resource | undefined;
  /** Whether an address stands for a resource of its own, and not for the one that something was made for. */
  isFamily(address: string): boolean;
}

/** The resources that name each other through one link, computed for all resources at once. */
export class Join {
  readonly #naming = new Map<Resource, Naming>();
  readonly #named = new Map<Resource, Named>();
  readonly #byKey = new Map<Key, Known[]>();
  /** Those that may name others than are seen, by what is open. */
  readonly #unsettled: (readonly Naming[] | undefined)[] = [];
  readonly #settled: (Guard | undefined)[] = [];
  readonly #link: Link;
  readonly #population: Population;
  readonly #closed: (resource: Resource) => boolean;
  readonly #seen = new Map<Named, Related>();
  /** How many values and connections were looked at. */
  looked = 0;

  /** `closed` says whether all resources are here that can name a certain one. */
  constructor(link: Link, population: Population, closed: (resource: Resource) => boolean) {
    this.#link = link;
    this.#population = population;
    this.#closed = closed;
    for (const resource of population.ofTypes(link.to)) this.#addNamed(resource);
    for (const resource of population.ofTypes(Object.keys(link.from))) this.#addNaming(resource);
  }

  /** The resources that a resource names. The list is complete if every value leads to resources in the stack. */
  namedBy(resource: Resource): Related {
    const naming = this.#naming.get(resource);
    if (!naming) return { edges: [], complete: TRUE };
    const edges = [...groupedBy(naming.matches, ({ named }) => named)].flatMap(([named, matches]) =>
      edge(named.resource, naming, named, matches),
    );
    return { edges, complete: { yes: naming.found, no: Guard.never } };
  }

  /** Who names a resource. */
  naming(resource: Resource): Related {
    const named = this.#named.get(resource);
    if (!named) return { edges: [], complete: TRUE };
    let related = this.#seen.get(named);
    if (!related) this.#seen.set(named, (related = this.#namingOf(named)));
    return related;
  }

  #namingOf(named: Named): Related {
    const own = groupedBy(named.matches, ({ naming }) => naming);
    const edges = [...own].flatMap(([naming, matches]) => edge(naming.resource, naming, named, matches));
    return {
      edges,
      complete: this.#closed(named.resource) ? { yes: this.#completeFor(named, own), no: Guard.never } : MAYBE,
    };
  }

  #completeFor(named: Named, own: ReadonlyMap<Naming, readonly Match[]>): Guard {
    let complete: Guard = Guard.always;
    this.looked += own.size + named.hints.length;
    for (const [naming, matches] of own) {
      const said = saidOf(naming, named, matches);
      complete = complete.and(said.yes.or(said.no).or(naming.resource.exists.no));
    }
    for (const { naming, designation } of named.hints) {
      const said = own.get(naming);
      const there = said ? saidOf(naming, named, said).yes : Guard.never;
      complete = complete.and(designation.when.no.or(naming.resource.exists.no).or(there));
    }
    const unsettled = this.#unsettledFor(named.rank);
    // Where many are open, those that name the resource itself are not distinguished from the others, so that it is
    // said of fewer scenarios that these are all.
    if (unsettled.length > MOST_EXACT && unsettled.some((naming) => !own.has(naming)))
      return complete.and(this.#settledFor(named.rank));
    this.looked += unsettled.length;
    for (const naming of unsettled) if (!own.has(naming)) complete = complete.and(settledOrGone(naming, named.rank));
    return complete;
  }

  #unsettledFor(rank: number): readonly Naming[] {
    return (this.#unsettled[rank] ??= [...this.#naming.values()].filter(
      (naming) => !settledOrGone(naming, rank).isAlways(),
    ));
  }

  #settledFor(rank: number): Guard {
    return (this.#settled[rank] ??= this.#unsettledFor(rank).reduce<Guard>(
      (sum, naming) => sum.and(settledOrGone(naming, rank)),
      Guard.always,
    ));
  }

  #addNamed(resource: Resource): void {
    const identity = IDENTITIES[resource.type];
    const names = ownNames(resource, identity?.name);
    const named: Named = {
      resource,
      names,
      matches: [],
      hints: [],
      rank: Math.min(...names.map(({ kind }) => OPEN_TO[kind])),
    };
    this.#named.set(resource, named);
    const add = (key: Key, name: OwnName | undefined): void => addTo(this.#byKey, key, { named, name });
    add(addressKey(resource.family), undefined);
    // An instance is known by its own address, and together with the others of its module by that without its key.
    for (const address of new Set([resource.address, resource.address.replace(/\[[^[\]]*\]$/, '')])) {
      if (address !== resource.family && !this.#population.isFamily(address)) add(addressKey(address), undefined);
    }
    for (const id of resource.ids ?? []) add(nameKey(id.replace(/:\*$/, '')), undefined);
    for (const name of names) {
      if (name.text === undefined) continue;
      add(nameKey(name.text), name);
      if (identity?.arn !== undefined) add(nameKey(name.text, identity.arn), name);
    }
  }

  #addNaming(resource: Resource): void {
    const naming: Naming = {
      resource,
      matches: [],
      found: Guard.always,
      settled: [Guard.always, Guard.always, Guard.always, Guard.always],
    };
    this.#naming.set(resource, naming);
    for (const designation of designationsOf(resource, ownEntry(this.#link.from, resource.type) ?? [], this.#link))
      this.#addDesignation(naming, designation);
  }

  #addDesignation(naming: Naming, designation: Designation): void {
    this.looked++;
    const { when, value } = designation;
    let rank: number = RANKS[designation.open];
    let found: Guard = Guard.never;
    let isCut = false as boolean;
    const seen = new Set<Named>();
    const match = ({ named, name }: Known): void => {
      this.looked++;
      const said = name ? bothTruths(when, { yes: name.when, no: otherNames(named, name) }) : when;
      if (!said.yes.satisfiable()) return;
      found = found.or(said.yes);
      const made: Match = { naming, named, when: said, via: value };
      naming.matches.push(made);
      named.matches.push(made);
    };
    const matchAll = (key: Key, isMeant: (known: Known) => boolean): void => {
      for (const known of this.#byKey.get(key) ?? []) {
        if (seen.size >= MOST_NAMED && !seen.has(known.named)) {
          rank = RANKS.any;
          isCut = true;
          return;
        }
        seen.add(known.named);
        if (isMeant(known)) match(known);
        else known.named.hints.push({ naming, designation });
      }
    };
    for (const { to, attribute } of designation.references) {
      matchAll(addressKey(to), ({ named }) => isWhole(named.resource, attribute));
      if (attribute !== undefined && isOutside(this.#population.at(to))) rank = RANKS.any;
    }
    for (const hint of new Set(designation.hints)) matchAll(addressKey(hint), () => false);
    for (const key of new Set(designation.names)) matchAll(key, () => true);
    const all = isCut ? when.no : when.no.or(found);
    if (value.state !== 'absent' || rank > 0) naming.found = naming.found.and(all);
    for (let open = 1; open <= rank; open++) naming.settled[open] = naming.settled[open]!.and(all);
  }
}

/** The edge to one of two resources; none where they are never there together. */
function edge(other: Resource, naming: Naming, named: Named, matches: readonly Match[]): readonly Edge[] {
  const when = [naming.resource.exists, named.resource.exists].reduce(bothTruths, saidOf(naming, named, matches));
  return when.yes.satisfiable() ? [{ resource: other, when, via: matches[0]!.via }] : [];
}

/** The scenarios in which one resource names another by any of some values. */
function saidOf(naming: Naming, named: Named, matches: readonly Match[]): Truth {
  let yes: Guard = Guard.never;
  let no: Guard = naming.settled[named.rank]!;
  for (const { when } of matches) {
    yes = yes.or(when.yes);
    no = no.and(when.no);
  }
  return { yes, no };
}

function settledOrGone(naming: Naming, rank: number): Guard {
  return naming.settled[rank]!.or(naming.resource.exists.no);
}

/** Where a resource has another name that is known to be another. */
function otherNames({ names }: Named, name: OwnName): Guard {
  return names.reduce<Guard>(
    (sum, other) => (other === name || other.kind === 'made' ? sum : sum.or(other.when)),
    Guard.never,
  );
}

/** Whether an attribute stands for a resource as a whole. Terraform's attributes are its own, and hardly any that is written where a resource is named does not. */
function isWhole({ type, format }: Resource, attribute: string | undefined): boolean {
  return attribute === undefined || !isTemplate(format) || IDENTITIES[type]?.attributes.includes(attribute) === true;
}

/** Whether what a resource gives comes from outside: what a custom resource or a nested stack gives may be what it was given. */
function isOutside(resource: Resource | undefined): boolean {
  return (
    resource !== undefined &&
    /^(Custom::|AWS::(CloudFormation::(CustomResource|Stack)|Serverless::Application)$)/.test(resource.type)
  );
}
