import type { Fix } from '../../../model/edit.ts';
import { all, is, judgement } from '../../../model/judgement.ts';
import { unlessUnknown } from '../../../model/quantified.ts';
import type { Leaf } from '../../../model/value.ts';
import { writtenIn } from '../../../policy/statement/written.ts';
import type { Identity } from '../../../policy/allowance/identity.ts';
import { managedPath, namedByAws } from '../../../policy/data/managed-policy.ts';
import { nearest } from '../../../policy/text/nearest.ts';
import { defineRule, OF_RESOURCES } from '../../rule.ts';
import { permissionSubject } from './identity-words.ts';

export default defineRule({
  id: 'iam-identity-managed-policy-unknown',
  on: 'identity',
  formats: OF_RESOURCES,
  topic: 'identity',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-26',
  title: 'Attached AWS managed policies should exist and be attachable',
  keywords: [
    'unknown managed policy',
    'deprecated AWS managed policy',
    'service-role',
    'aws-service-role',
    'NoSuchEntity',
    'PolicyNotAttachable',
  ],
  why: 'The deployment fails if an AWS managed policy does not exist, because its ARN is wrong, for example without the path, or because AWS has removed it. It also fails for the policy of a service-linked role.',
  remedy: 'Use the ARN from the AWS managed policy reference, including its path, or the policy that replaces it.',
  sources: {
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html':
      'The AWS managed policies, each with its ARN; some have a path such as service-role or job-function before the name.',
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSSSMOpsInsightsServiceRolePolicy.html':
      'A policy with the path aws-service-role is attached to its service-linked role, and cannot be attached to other users, groups or roles.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-deprecated.html':
      'Where a change could break what depends on a policy, AWS creates a new one and deprecates the old; an earlier version of the page says that a deprecated policy works where it is attached and cannot be attached again.',
  },
  fix: 'suggestion',
  *check(identity, { iam }) {
    const known = iam?.managedPolicies;
    if (!known || identity.managed.length === 0) return;
    const unusable = {
      ...namedByAws((path) => isOfServiceLinkedRole(path) || iam.managed(path) === undefined),
      collection: false,
    };
    for (const { value, when } of identity.managed) {
      const wrong = unlessUnknown(all(judgement(when), is(value, unusable)));
      yield {
        violations: [{ wrong, at: value }],
        message: (_, leaf) => {
          const path = managedPath(leaf) ?? '';
          const intended = likely(path, known.paths);
          if (isOfServiceLinkedRole(intended ?? path))
            return `${permissionSubject(identity)} attaches ${nameIn(path)}. Only its service-linked role can have this policy; attach another one.`;
          const hint = intended === undefined ? 'attach an existing policy' : `the closest match is ${intended}`;
          return `${permissionSubject(identity)} attaches the unknown policy ${path}. It is not an AWS managed policy (as of ${known.date}); ${hint}.`;
        },
        fixes: (leaf) => replaced(identity, leaf, known.paths),
      };
    }
  },
});

/** Whether a policy is that of a service-linked role, which AWS attaches. */
function isOfServiceLinkedRole(path: string): boolean {
  return path.startsWith('aws-service-role/');
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The closest existing policy: the only one with this name in another path, or one with a similar name. */
function likely(path: string, paths: readonly string[]): string | undefined {
  if (isOfServiceLinkedRole(path)) return undefined;
  const name = nameIn(path).toLowerCase();
  const elsewhere = paths.filter((other) => nameIn(other).toLowerCase() === name);
  if (elsewhere.length > 0) return elsewhere.length === 1 ? elsewhere[0] : undefined;
  return nearest(
    path,
    paths.filter((other) => !isOfServiceLinkedRole(other)),
  );
}

function replaced({ resource }: Identity, leaf: Leaf, paths: readonly string[]): readonly Fix[] {
  const path = managedPath(leaf);
  const intended = path === undefined ? undefined : likely(path, paths);
  // An interpolated ARN has no single text to replace.
  const [written] = writtenIn(leaf);
  if (written === undefined || path === undefined || intended === undefined || isOfServiceLinkedRole(intended))
    return [];
  return [
    {
      title: `Attach ${intended}`,
      safe: false,
      uncovers: 'effect',
      edits: [{ op: 'replace', resource, target: leaf, value: `${written.slice(0, -path.length)}${intended}` }],
    },
  ];
}
