import { bothTruths, Guard, MAYBE, TRUE, type Truth } from '../base/guard.ts';
import type { ConnectionKind } from './relation.ts';
import type { Resource } from './resource.ts';
import type { Value } from './value.ts';

/** One connection on the way from a resource to another. */
export interface Hop {
  readonly from: Resource;
  readonly to: Resource;
  readonly kind: ConnectionKind;
  /** The value that makes the connection; it is in one of the two. */
  readonly via: Value;
}

/** A way from one resource to another, and the scenarios in which it exists. */
export interface Chain {
  readonly hops: readonly Hop[];
  readonly when: Truth;
}

export interface Chains {
  readonly chains: readonly Chain[];
  /** The scenarios in which these are all. */
  readonly complete: Truth;
}

/** One step to take: the kinds of connection that may be followed, and what has to be so of the resource that is reached. */
export interface Leg {
  readonly kinds: readonly ConnectionKind[];
  readonly where?: (reached: Resource) => Truth;
}

/**
 * The maximum number of ways that are followed at once; resources beyond are left out, and the ways are not all then.
 */
export const MOST_CHAINS = 32;

/** The ways from a resource along some kinds of connection, one after the other: `chainsFrom(instance, 'subnets', 'subnet-route-table-associations')`. */
export function chainsFrom(start: Resource, ...legs: readonly (ConnectionKind | Leg)[]): Chains {
  let chains: readonly Chain[] = [{ hops: [], when: TRUE }];
  let complete: Truth = TRUE;
  for (const leg of legs) {
    const { kinds, where } = typeof leg === 'string' ? { kinds: [leg], where: undefined } : leg;
    const next: Chain[] = [];
    const reached = new Map<Resource, Guard>();
    for (const chain of chains)
      for (const kind of kinds) {
        const from = chain.hops.at(-1)?.to ?? start;
        const related = from.related(kind);
        complete = bothTruths(complete, { yes: related.complete.yes.or(chain.when.no), no: Guard.never });
        for (const { resource: to, when, via } of related.edges) {
          const here = [when, ...(where ? [where(to)] : [])].reduce(bothTruths, chain.when);
          const before = reached.get(to) ?? Guard.never;
          // One way to a resource is enough, in each scenario.
          if (!here.yes.satisfiable() || here.yes.coveredBy(before)) continue;
          if (next.length === MOST_CHAINS) {
            complete = MAYBE;
            break;
          }
          reached.set(to, before.or(here.yes));
          next.push({ hops: [...chain.hops, { from, to, kind, via }], when: here });
        }
      }
    chains = next;
  }
  return { chains, complete };
}
