import { flatMap } from '../../base/flat-map.ts';
import { addTo } from '../../base/groups.ts';
import { memoizeName } from '../../base/memoize.ts';
import { ownText } from '../../base/own-text.ts';
import { bothTruths, eitherTruth, MAYBE, TRUE, type Truth } from '../../base/guard.ts';
import { edgeTo } from '../../model/edge.ts';
import { connectionOf, OWNING, type Connection, type RelationKind } from '../../model/relation.ts';
import type { ContentFacts } from '../../model/content.ts';
import type { Types } from '../../model/question.ts';
import type { Edge, Related, Resource } from '../../model/resource.ts';
import { Join, returnsOthers, type JoinInput } from './join.ts';
import { KeyedResources } from './keyed-resources.ts';
import type { Link } from './link.ts';
import { ResourceNames } from './names.ts';
import { LINKS } from './links.ts';
import {
  isConnected,
  isServiceConnection,
  serviceLink,
  type LinksOf,
  type ServiceConnection,
} from './service-links.ts';

/**
 * Finds the relations between the resources of a stack. The relations are data: `relations/links.ts` and
 * `schemas/relations/`.
 */
export class Relations {
  readonly #byType = new Map<string, Resource[]>();
  readonly #byFamily = new Map<string, Resource>();
  readonly #byAddress = new Map<string, Resource>();
  readonly #order = new Map<Resource, number>();
  readonly #closed: (resource: Resource) => boolean;
  readonly #linksOf: LinksOf;
  readonly #serviceLinks = new Map<ServiceConnection, readonly Link[]>();
  readonly #joins = new Map<Link, Join>();
  readonly #naming: { readonly names: ResourceNames; readonly keyed: KeyedResources };
  readonly #population: JoinInput = {
    ofTypes: (types) => {
      const lists = flatMap(types, (type) => this.#byType.get(type) ?? []);
      return types.length === 1 ? lists : lists.sort((a, b) => this.#order.get(a)! - this.#order.get(b)!);
    },
    at: (address) => this.#byFamily.get(address) ?? this.#byAddress.get(address),
    has: (resource) => this.#order.has(resource),
    isFamily: (address) => this.#byFamily.has(address),
  };

  /**
   * `closed` states whether these are all existing resources, or all resources that can refer to one of them. `facts`
   * returns what is known from an earlier version of the stack, once that is found. `variables` is equal for versions
   * that share the variable objects of their scenarios.
   */
  constructor(
    resources: readonly Resource[],
    linksOf: LinksOf,
    closed: boolean | ((resource: Resource) => boolean),
    facts: () => ContentFacts | undefined = () => undefined,
    variables?: number,
  ) {
    this.#linksOf = linksOf;
    const names = new ResourceNames(facts, variables);
    this.#naming = { names, keyed: new KeyedResources(this.#population, names) };
    this.#closed = typeof closed === 'boolean' ? () => closed : closed;
    for (const resource of resources) {
      addTo(this.#byType, resource.type, resource);
      if (!this.#byFamily.has(resource.family)) this.#byFamily.set(resource.family, resource);
      if (!this.#byAddress.has(resource.address)) this.#byAddress.set(resource.address, resource);
      this.#order.set(resource, this.#order.size);
    }
  }

  related(resource: Resource, kind: RelationKind): Related {
    if (kind === 'owner') return united(OWNING.map((connection) => this.#seenFrom(resource, connection, true)));
    if (kind === 'companions') return united(OWNING.map((connection) => this.#seenFrom(resource, connection, false)));
    const { connection, first } = connectionOf(kind);
    return this.#seenFrom(resource, connection, first);
  }

  /** The number of values and relations considered so far. */
  get visited(): number {
    return [...this.#joins.values()].reduce((sum, join) => sum + join.visited, 0);
  }

  #seenFrom(resource: Resource, connection: Connection, first: boolean): Related {
    return united(
      this.#linksFor(connection).map((link) => {
        const names = first !== (link.reversed === true);
        if (!(names ? Object.hasOwn(link.from, resource.type) : link.to.includes(resource.type)))
          return names && isServiceConnection(connection) && !this.#linksOf(resource.type) ? UNREAD : NOBODY;
        let join = this.#joins.get(link);
        if (!join) {
          const isRead = !isServiceConnection(connection) || this.#types().every((type) => this.#linksOf(type));
          join = new Join(link, this.#population, this.#naming, isRead ? this.#closed : () => false);
          this.#joins.set(link, join);
        }
        return names ? join.namedBy(resource) : join.referrersOf(resource);
      }),
    );
  }

  #linksFor(connection: Connection): readonly Link[] {
    if (!isServiceConnection(connection)) return LINKS[connection];
    let links = this.#serviceLinks.get(connection);
    if (!links) {
      links = [serviceLink(connection, this.#types(), this.#linksOf)];
      this.#serviceLinks.set(connection, links);
    }
    return links;
  }

  /** The types of the resources. */
  #types(): readonly string[] {
    return [...this.#byType.keys()];
  }
}

/** The types of the resources that determine a relation; undefined if they depend on data. */
export const relatedTypes = memoizeName((kind: RelationKind): Types | undefined => typesOfKind(kind));

/**
 * The same among the types of a stack. It outlives this version of the stack, so it has nothing of `linksOf`, which has
 * the documents of the version.
 * @param linksOf The same in all versions with the same shared content.
 */
export function relatedTypesAmong(types: readonly string[], linksOf: LinksOf, kind: RelationKind): Types | undefined {
  return relatedTypes(kind) ?? typesOfService(types, linksOf, kind);
}

/** The relation is known to be complete only if the data of all types is read. */
function typesOfService(all: readonly string[], linksOf: LinksOf, kind: RelationKind): Types | undefined {
  if (kind === 'owner' || kind === 'companions') return undefined;
  const { connection } = connectionOf(kind);
  if (!isServiceConnection(connection)) return undefined;
  return oneOf(new Set(all.filter((type) => isConnected(type, connection, linksOf)).map(ownText)));
}

/** A function of its own, because functions of one scope keep what any of them uses. */
function oneOf(connected: ReadonlySet<string>): Types {
  return { has: (type) => connected.has(type) || returnsOthers(type), amongAll: true };
}

function typesOfKind(kind: RelationKind): Types | undefined {
  const connections = kind === 'owner' || kind === 'companions' ? OWNING : [connectionOf(kind).connection];
  const types = new Set<string>();
  for (const connection of connections) {
    if (isServiceConnection(connection)) return undefined;
    for (const { from, to } of LINKS[connection]) for (const type of [...Object.keys(from), ...to]) types.add(type);
  }
  return { has: (type) => types.has(type) || returnsOthers(type) };
}

/** The relations of a resource if the properties that create them are unknown for its type. */
const UNREAD: Related = { edges: [], complete: MAYBE };

const NOBODY: Related = { edges: [], complete: TRUE };

/** The edges of several relations, one per resource. */
function united(all: readonly Related[]): Related {
  const some = all.length === 1 ? all : all.filter((one) => one !== NOBODY);
  if (some.length === 1) return some[0]!;
  if (some.length === 0) return NOBODY;
  const edges = new Map<Resource, Edge>();
  for (const edge of flatMap(some, (one) => one.edges)) {
    const before = edges.get(edge.resource);
    edges.set(
      edge.resource,
      before ? edgeTo(before.resource, eitherTruth(before.when, edge.when), () => before.via) : edge,
    );
  }
  return {
    edges: [...edges.values()],
    complete: some.reduce<Truth>((sum, one) => bothTruths(sum, one.complete), TRUE),
  };
}
