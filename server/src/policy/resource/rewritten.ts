/** Resources of policies with another suffix: references stay references. */
import { NewReference, NewText, type NewValue } from '../../model/edit.ts';
import { isTerraform } from '../../model/format.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';

/** A resource with a suffix: the ARN of a bucket and `/*`. Undefined for an interpolated part that is not a resource of the stack. */
export function appended(leaf: Leaf, end: string, stack: Stack): NewValue | undefined {
  return rewritten(leaf, stack, (last) => `${last}${end}`);
}

/** A resource without its suffix; undefined where it has another one. */
export function stripped(leaf: Leaf, end: string, stack: Stack): NewValue | undefined {
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
    // An attribute has its CloudFormation name there.
    if (piece.state !== 'reference' || !to) return undefined;
    pieces.push(new NewReference(to, piece.attribute?.toLowerCase() === 'arn' ? 'Arn' : piece.attribute));
  }
  const last = pieces.at(-1);
  const end = change(typeof last === 'string' ? last : '');
  if (end === undefined) return undefined;
  const all = [...(typeof last === 'string' ? pieces.slice(0, -1) : pieces), ...(end === '' ? [] : [end])];
  return all.length === 1 ? all[0]! : new NewText(...all);
}

/** Whether a string can be replaced by another one. Terraform references are expressions, which stay as they are. */
export function canBeReplaced({ state }: Leaf, { format }: Resource): boolean {
  return state === 'known' || !isTerraform(format);
}

/** The ARN of a resource of the stack instead of a reference to its name; undefined for other values, or a resource without such an attribute. */
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
