/** The partition of the deployment in ARNs. */
import { isModule, type Format } from '../../model/format.ts';
import type { Stack } from '../../model/resource.ts';
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

/**
 * The expression of a Terraform configuration for the partition: the data source, if the configuration declares it and
 * thus supports several partitions.
 */
export function declaredPartition(format: Format, { sources = [] }: Pick<Stack, 'sources'>): string | undefined {
  const declared = isModule(format)
    ? sources.find(({ address, repeated }) => !repeated && /^data\.aws_partition\.[\w-]+$/.test(address))
    : undefined;
  return declared && `\${${declared.address}.partition}`;
}
