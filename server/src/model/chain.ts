import { bothTruths, Guard, MAYBE, TRUE, type Truth } from '../base/guard.ts';
import type { ConnectionKind } from './relation.ts';
import type { Resource } from './resource.ts';
import type { Value } from './value.ts';

/** One relation on the path from a resource to another. */
export interface Hop {
  readonly from: Resource;
  readonly to: Resource;
  readonly kind: ConnectionKind;
  /** The value that creates the relation, in either resource. */
  readonly via: Value;
}

/** A path from one resource to another, and the scenarios in which it exists. */
export interface Chain {
  readonly hops: readonly Hop[];
  readonly when: Truth;
}

export interface Chains {
  readonly chains: readonly Chain[];
  /** The scenarios in which the paths are complete. */
  readonly complete: Truth;
}

/** One step of a path: the kinds of relations to follow, and a condition on the reached resource. */
export interface HopPattern {
  readonly kinds: readonly ConnectionKind[];
  readonly where?: (reached: Resource) => Truth;
}

/** The maximum number of paths that are followed at once; beyond it, the paths are incomplete. */
export const MAX_CHAINS = 32;

/**
 * The paths from a resource along kinds of relations, in order: `chainsFrom(instance, 'subnets',
 * 'subnet-route-table-associations')`.
 */
export function chainsFrom(start: Resource, ...hops: readonly (ConnectionKind | HopPattern)[]): Chains {
  let chains: readonly Chain[] = [{ hops: [], when: TRUE }];
  let complete: Truth = TRUE;
  for (const leg of hops) {
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
          // One path to a resource is sufficient in each scenario.
          if (!here.yes.satisfiable() || here.yes.coveredBy(before)) continue;
          if (next.length === MAX_CHAINS) {
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
