/** Resources of policies with a suffix added or removed. References are kept. */
import { NewReference, NewText, type NewValue } from '../../model/edit.ts';
import { isTerraform } from '../../model/format.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';

/**
 * A resource with a suffix, such as the ARN of a bucket and `/*`. Undefined if an interpolated part is not a resource
 * of the stack.
 */
export function withSuffix(leaf: Leaf, end: string, stack: Stack): NewValue | undefined {
  return rewritten(leaf, stack, (last) => `${last}${end}`);
}

/** A resource without its suffix; undefined if it has another suffix. */
export function withoutSuffix(leaf: Leaf, end: string, stack: Stack): NewValue | undefined {
  return rewritten(leaf, stack, (last) => (last.endsWith(end) ? last.slice(0, -end.length) : undefined));
}

function rewritten(leaf: Leaf, stack: Stack, change: (last: string) => string | undefined): NewValue | undefined {
  if (leaf.state === 'known') return typeof leaf.value === 'string' ? change(leaf.raw) : undefined;
  if (leaf.state !== 'template' && leaf.state !== 'reference') return undefined;
  const pieces: (string | NewReference)[] = [];
  for (const piece of leaf.state === 'template' ? leaf.pieces : [leaf]) {
    if (typeof piece === 'string') {
      pieces.push(piece);
      continue;
    }
    const to = piece.state === 'reference' ? stack.byAddress(piece.to) : undefined;
    // New references use the CloudFormation name of an attribute.
    if (piece.state !== 'reference' || !to) return undefined;
    pieces.push(new NewReference(to, piece.attribute?.toLowerCase() === 'arn' ? 'Arn' : piece.attribute));
  }
  const last = pieces.at(-1);
  const end = change(typeof last === 'string' ? last : '');
  if (end === undefined) return undefined;
  const all = [...(typeof last === 'string' ? pieces.slice(0, -1) : pieces), ...(end === '' ? [] : [end])];
  return all.length === 1 ? all[0]! : new NewText(...all);
}

/** Whether a string can be replaced. Terraform references are expressions, which are not edited. */
export function canBeReplaced({ state }: Leaf, { format }: Resource): boolean {
  return state === 'known' || !isTerraform(format);
}

/**
 * A reference to the ARN of a resource instead of its name; undefined for other values, or for a resource without an
 * ARN attribute.
 */
export function arnInstead(leaf: Leaf, stack: Stack): NewReference | undefined {
  const to = leaf.state === 'reference' ? stack.byAddress(leaf.to) : undefined;
  return to && WITH_ARN.has(to.type) ? new NewReference(to, 'Arn') : undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html */
const WITH_ARN: ReadonlySet<string> = new Set([
  'AWS::S3::Bucket',
  'AWS::DynamoDB::Table',
  'AWS::SQS::Queue',
  'AWS::Lambda::Function',
  'AWS::KMS::Key',
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::Kinesis::Stream',
  'AWS::ECS::Cluster',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::CodeBuild::Project',
  'AWS::Events::EventBus',
]);
