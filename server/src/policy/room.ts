/** How much longer a policy may become. */
import { leaves } from '../model/navigate.ts';
import type { PolicyDocument } from '../model/policy.ts';
import type { Value } from '../model/value.ts';

/**
 * The characters that a policy may have, white space left out: managed policies each, the inline ones of an identity together.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const QUOTAS: Readonly<Record<string, number>> = {
  'AWS::IAM::ManagedPolicy': 6144,
  'AWS::IAM::Role': 10240, 'AWS::IAM::RolePolicy': 10240, 'AWS::IAM::Policy': 10240,
  'AWS::IAM::Group': 5120, 'AWS::IAM::GroupPolicy': 5120,
  'AWS::IAM::User': 2048, 'AWS::IAM::UserPolicy': 2048,
};

/** What a policy of which it is not known what it is attached to may have: as much as a managed one. */
const UNKNOWN = 6144;

/** The number of characters that a fix can add to a policy. */
export function roomIn({ host, value }: PolicyDocument): number {
  const quota = QUOTAS[host.type] ?? UNKNOWN;
  const others = host.policies().documents.filter((one) => one.value !== value && one.kind === 'identity' && host.type !== 'AWS::IAM::ManagedPolicy');
  return quota - others.reduce((sum, one) => sum + lengthOf(one.value), lengthOf(value));
}

/** The characters that actions take in a list. */
export function lengthOfList(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length + 3, 0);
}

/** The length of a reference that is not known: that of a usual ARN. */
const USUAL = 60;

function lengthOf(value: Value): number {
  let most = 0;
  for (const { value: leaf } of leaves(value)) most = Math.max(most, lengthOfLeaf(leaf));
  return most;
}

function lengthOfLeaf(leaf: ReturnType<typeof leaves>[number]['value']): number {
  switch (leaf.state) {
    case 'known': return leaf.raw.length + 2;
    case 'text': return leaf.pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : USUAL / 4), 2);
    case 'list': return leaf.items.reduce((sum, item) => sum + lengthOf(item.value) + 1, 2);
    case 'object': return leaf.entries.reduce((sum, entry) => sum + entry.key.length + 4 + lengthOf(entry.value), 2);
    case 'absent': return 0;
    default: return USUAL;
  }
}
