/** Policies that SAM writes. */
import type { PolicyDocument } from '../../model/policy.ts';

/** Whether SAM writes a policy, for a policy template, a connector, an event or a role. Its author cannot change it. */
export function isMadeBySam({ host, value }: PolicyDocument): boolean {
  return host.format === 'sam' && value.origin.edit === 'none';
}
