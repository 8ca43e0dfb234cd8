/** What is covered of the policies that Security Hub and the CIS benchmark check. */
import { isPolicyFile } from '../../../model/format.ts';
import type { Controls } from '../../../model/covered.ts';
import type { PolicyDocument } from '../../../model/policy.ts';

/**
 * The controls of a finding: those of customer managed policies. A policy in its own file can become one; inline
 * policies are not checked.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html
 */
export function ofCustomerManaged({ host }: PolicyDocument, controls: Controls): Controls {
  return host.type === 'AWS::IAM::ManagedPolicy' || isPolicyFile(host.format) ? controls : {};
}
