/** The data for the evaluation of access, of all services. */
import type { Stack } from '../../model/resource.ts';
import { holdersBeside } from '../allowance/beside.ts';
import type { Lookup } from '../allowance/identity-access.ts';
import { referenceOver } from '../data/reference.ts';

/** The lookup over data of `schemas/` by name; undefined if there is none. */
export function lookupOver(data: (name: string) => unknown, stack: Stack): Lookup | undefined {
  const reference = referenceOver(data);
  return (
    reference && {
      iam: reference.iam,
      actions: (prefix) => reference.service(prefix),
      beside: (policy) => holdersBeside(policy, stack),
    }
  );
}
