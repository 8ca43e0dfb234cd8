/**
 * The places at which an escalation of an identity is certainly reported. A place has one finding, so further targets
 * of the same grant add nothing there. An identity whose grants name many roles is therefore compared with few of them.
 */
import { leaves } from '../../model/navigate.ts';
import type { Resource } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import type { Permission } from '../allowance/identity-access.ts';
import type { Escalation } from './escalation.ts';

export class ReportedPlaces {
  readonly #identity: Resource;
  readonly #reported = new Set<Leaf>();

  constructor(identity: Resource) {
    this.#identity = identity;
  }

  /** Whether each place of a grant has a finding. */
  has({ at }: Permission): boolean {
    return leaves(at).every(({ value }) => this.#reported.has(value));
  }

  /** Adds the places at which an escalation is certain. One that only strict profiles report does not count. */
  add({ intended, conditional, anchor, open }: Escalation): void {
    if (intended || conditional) return;
    for (const permission of anchor.permissions) {
      if (this.has(permission)) continue;
      const where = open(permission).yes.and(this.#identity.when.yes);
      for (const { guard, value } of leaves(permission.at))
        if (where.and(guard).reached().satisfiable()) this.#reported.add(value);
    }
  }
}
