/** The data for the evaluation of access, of all services. */
import type { Stack } from '../../model/resource.ts';
import { policyHolders } from '../allowance/policy-holders.ts';
import type { IdentityContext } from '../allowance/identity-access.ts';
import { referenceOver } from '../data/reference.ts';

/** The lookup over data of `schemas/` by name; undefined if there is none. */
export function lookupOver(data: (name: string) => unknown, stack: Stack): IdentityContext | undefined {
  const reference = referenceOver(data);
  return (
    reference && {
      iam: reference.iam,
      actions: (prefix) => reference.service(prefix),
      beside: (policy) => policyHolders(policy, stack),
    }
  );
}
