/** Policies that SAM writes. */
import { type Format, generatesResources } from '../../model/format.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';

/** Whether SAM writes a policy, for a policy template, a connector, an event or a role. Its author cannot change it. */
export function isMadeBySam({ host, value }: PolicyDocument): boolean {
  return isAddedBySam(host.format, value);
}

/** Whether SAM adds a value of a resource, such as the managed policy that a function needs for an event source. */
export function isAddedBySam(format: Format, { origin }: Value): boolean {
  return generatesResources(format) && origin.edit === 'none';
}
