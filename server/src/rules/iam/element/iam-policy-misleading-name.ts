import { flatMap } from '../../../base/flat-map.ts';
import { all, any, is, isPresent, judgement, not, type Judgement, type Predicate } from '../../../model/judgement.ts';
import type { PolicyDocument, PolicyKind } from '../../../model/policy.ts';
import { sometimes } from '../../../model/quantified.ts';
import type { Value } from '../../../model/value.ts';
import { gapInStatement } from '../../../policy/statement/needed-elements.ts';
import { defineRule } from '../../rule.ts';

/** The AWS name of each kind of policy. */
const WORDS: Readonly<Record<PolicyKind, string>> = {
  identity: 'an identity policy',
  trust: 'a role trust policy',
  resource: 'a resource-based policy',
  boundary: 'a permissions boundary',
  'permission-set': 'a permission set policy',
  session: 'a session policy',
  endpoint: 'a VPC endpoint policy',
  scp: 'a service control policy (SCP)',
  rcp: 'a resource control policy (RCP)',
  unclear: 'a policy',
};

export default defineRule({
  id: 'iam-policy-misleading-name',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['misleading-name'] },
  topic: 'identity',
  severity: 'info',
  profile: 'recommended',
  judged: '2026-11-28',
  title: 'Policy names should match the policy type',
  keywords: [
    'misleading file name',
    'service control policy',
    'trust policy',
    'resource-based policy',
    'missing Principal',
  ],
  why: 'A policy without a principal grants permissions to the identity that it is attached to, whatever its file is called. A user who trusts the name may attach it to the wrong place or not review it.',
  remedy:
    'Rename the file, or correct the Principal element. If the name is right, declare the policy type in .stackwarden.yaml under policies.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html':
      'Principal is required in resource-based policies and role trust policies and not allowed in identity-based policies.',
    'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html':
      'Service control policies do not support the Principal and NotPrincipal elements.',
  },
  fix: 'none',
  *check(policy) {
    const { suggests } = policy;
    const statement = policy.statements[0];
    if (!suggests || !statement) return;
    yield {
      violations: [{ wrong: all(judgement(policy.when), hasContent(policy)), at: placeOf(policy) }],
      message: `The name or folder of ${policy.host.displayName} suggests ${WORDS[suggests]}. It is ${WORDS[policy.kind]}${policy.kind === 'identity' ? ' (no Principal)' : ''}; rename it, or correct Principal.`,
    };
  },
});

const SOMETHING: Predicate = {
  known: ({ value }) => value !== null,
  text: () => true,
  reference: () => true,
  collection: true,
};

/** Whether the statements name principals or not, as the kind of the policy requires. */
function hasContent({ kind, statements, complete }: PolicyDocument): Judgement {
  const named = any(
    ...flatMap(statements, ({ when, principals, notPrincipals }) =>
      [principals, notPrincipals].map((value) => all(judgement(when), is(value, SOMETHING))),
    ),
  );
  return kind === 'identity' ? all(judgement(complete), not(named)) : named;
}

/** The place of the finding: the first principal, or where it is missing in the first statement. */
function placeOf({ statements }: PolicyDocument): Value {
  const found = flatMap(statements, ({ principals, notPrincipals }) => [principals, notPrincipals]).find((value) =>
    sometimes(isPresent(value)),
  );
  return found ?? gapInStatement(statements[0]!.value);
}
