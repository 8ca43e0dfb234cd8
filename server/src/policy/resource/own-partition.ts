/** The partition of the deployment in ARNs. */
import type { Hole } from '../../model/value.ts';

/** Whether an interpolated part is the partition of the deployment: `AWS::Partition`, or `data.aws_partition` in Terraform. */
export function isOwnPartition(hole: Hole): boolean {
  return hole.state === 'unknown'
    ? hole.input?.endsWith('#AWS::Partition') === true
    : /(?:^|\.)data\.aws_partition\./.test(hole.to) && hole.attribute === 'partition';
}
