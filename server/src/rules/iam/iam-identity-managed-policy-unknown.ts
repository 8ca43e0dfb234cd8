import type { Fix } from '../../model/edit.ts';
import { all, is, judgement } from '../../model/judgement.ts';
import type { Leaf } from '../../model/value.ts';
import { writtenIn } from '../../policy/granted.ts';
import type { Identity } from '../../policy/identity.ts';
import { managedPath, namedByAws } from '../../policy/managed-policy.ts';
import { nearest } from '../../policy/nearest.ts';
import { defineRule, OF_RESOURCES } from '../rule.ts';
import { who } from './identity-words.ts';

export default defineRule({
  id: 'iam-identity-managed-policy-unknown',
  on: 'identity',
  formats: OF_RESOURCES,
  topic: 'identity',
  severity: 'low',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM identity has policies of AWS that exist',
  why: 'A policy of AWS that does not exist, for the path before its name is missing or AWS has retired it, cannot be attached, and the deployment fails.',
  remedy: 'Write the ARN as AWS lists it, with its path, or the policy that has taken its place.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html',
      claim:
        'The policies that AWS manages, each with its ARN; some have a path such as service-role or job-function before the name.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-deprecated.html',
      claim:
        'Where a change could break what depends on a policy, AWS makes a new one and deprecates the old; an earlier version of the page says that a deprecated policy works where it is attached and cannot be attached anew.',
      seen: '2026-11-26',
    },
  ],
  aliases: {},
  controls: {},
  fix: 'suggestion',
  *check(identity, { iam }) {
    const known = iam?.managedPolicies;
    if (!known || identity.managed.length === 0) return;
    const missing = { ...namedByAws((path) => iam.managed(path) === undefined), collection: false };
    for (const { value, when } of identity.managed) {
      const wrong = all(judgement(when), is(value, missing));
      if (wrong.yes.satisfiable())
        yield {
          violations: [{ wrong, at: value }],
          message: (_, leaf) => {
            const path = managedPath(leaf) ?? '';
            const meant = likely(path, known.paths);
            const hint = meant === undefined ? 'Name an existing policy' : `Did you mean ${meant}?`;
            return `${who(identity)} attaches the AWS managed policy ${path}, which does not exist (as of ${known.date}). ${hint}.`;
          },
          fixes: (leaf) => replaced(identity, leaf, known.paths),
        };
    }
  },
});

/** The policy that is meant: the only one of this name in another path, or of almost this name. */
function likely(path: string, paths: readonly string[]): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const elsewhere = paths.filter((other) => other.slice(other.lastIndexOf('/') + 1).toLowerCase() === name);
  return elsewhere.length === 1 ? elsewhere[0] : elsewhere.length > 1 ? undefined : nearest(path, paths);
}

function replaced({ resource }: Identity, leaf: Leaf, paths: readonly string[]): readonly Fix[] {
  const path = managedPath(leaf);
  const meant = path === undefined ? undefined : likely(path, paths);
  // An ARN in which something is put in is written by hand.
  const [written] = writtenIn(leaf);
  if (written === undefined || path === undefined || meant === undefined) return [];
  return [
    {
      title: `Attach ${meant}`,
      safe: false,
      uncovers: 'effect',
      edits: [{ op: 'replace', resource, target: leaf, value: `${written.slice(0, -path.length)}${meant}` }],
    },
  ];
}
