/** The checks of other tools for Allow with NotPrincipal, by the service of the policy. */
import { ownEntry } from '../base/table.ts';
import type { Aliases } from '../model/finding.ts';

const PEERS: Readonly<Record<string, Aliases>> = {
  s3: { cfn_nag: ['F9'], guard: ['S3_BUCKETPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL'] },
  sns: { cfn_nag: ['F8'], guard: ['SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL'] },
  sqs: { cfn_nag: ['F7'], guard: ['SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL'] },
  // The trust policy of a role.
  sts: { cfn_nag: ['F6'], guard: ['IAM_ROLE_NO_ALLOW_PLUS_NOT_PRINCIPAL'] },
};

/** The checks for a service prefix; empty for an unknown service and for one without checks. */
export function notPrincipalPeers(service: string | undefined): Aliases {
  return (service === undefined ? undefined : ownEntry(PEERS, service)) ?? {};
}
