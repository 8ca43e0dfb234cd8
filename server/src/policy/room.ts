/** How much longer a policy may become. */
import type { PolicyDocument } from '../model/policy.ts';
import { leastSize } from './size.ts';

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
  return quota - others.reduce((sum, one) => sum + leastSize(one.value), leastSize(value));
}

/** The characters that actions take in a list. */
export function lengthOfList(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length + 3, 0);
}
