/** What a policy must contain so that a rule can report something about it. */
import type { PolicyDocument } from '../../model/policy.ts';
import type { OperatorFamily } from '../text/condition-operator.ts';
import { digestOf, traitMask, type PolicyDigest, type PolicyTrait } from './policy-digest.ts';

/** The needs of a rule. A policy must meet all of them. */
export interface PolicyNeeds {
  /** The traits that one statement must have. Of those in a list, it needs one. */
  readonly statement?: readonly (PolicyTrait | readonly PolicyTrait[])[];
  /** The prefixes of services. The policy must list an action of one of them. */
  readonly services?: readonly string[];
  /** Condition keys in lower case. The policy must have one of them; `aws:resourcetag/` for any tag. */
  readonly keys?: readonly string[];
  /** Families of condition operators. The policy must have one of them. */
  readonly operators?: readonly OperatorFamily[];
  /** The services whose resource must have the policy, for a resource policy. */
  readonly attachedTo?: readonly string[];
}

/** Whether a policy meets needs. */
export function meetsNeeds(policy: PolicyDocument, needs: PolicyNeeds): boolean {
  return meets(digestOf(policy), policy.service, needs);
}

/** Whether a policy with a digest, attached to a resource of a service, meets needs. */
function meets(
  { statements, services, keys, operators }: PolicyDigest,
  service: string | undefined,
  needs: PolicyNeeds,
): boolean {
  const masks = (needs.statement ?? []).map((traits) => traitMask(...[traits].flat()));
  return (
    statements.some((has) => masks.every((mask) => (has & mask) !== 0)) &&
    isAmong(services, needs.services) &&
    isAmong(keys, needs.keys) &&
    isAmong(operators, needs.operators) &&
    (needs.attachedTo === undefined || (service !== undefined && needs.attachedTo.includes(service)))
  );
}

/** Whether a policy has one of some things. Both are undefined where there is no limit. */
function isAmong<Thing>(has: ReadonlySet<Thing> | undefined, needed: readonly Thing[] | undefined): boolean {
  return needed === undefined || has === undefined || needed.some((one) => has.has(one));
}
