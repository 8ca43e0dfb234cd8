/** The partition of the deployment in ARNs. */
import type { UnknownPiece } from '../../model/value.ts';

/**
 * Whether an interpolated part is the partition of the deployment: `AWS::Partition`, or `data.aws_partition` in
 * Terraform.
 */
export function isOwnPartition(piece: UnknownPiece): boolean {
  return piece.state === 'unknown'
    ? piece.input?.endsWith('#AWS::Partition') === true
    : /(?:^|\.)data\.aws_partition\./.test(piece.to) && piece.attribute === 'partition';
}
