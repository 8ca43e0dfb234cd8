import { some } from '../../base/words.ts';
import { all, any, judgement, not } from '../../model/judgement.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { accessOf, BOUNDED_ACTIONS } from '../../policy/identity-access.ts';
import { namesAction } from '../../policy/statement-names.ts';
import { defineRule, type Violation } from '../rule.ts';
import { who } from './identity-words.ts';
import { isDeny } from '../../policy/in-force.ts';

const KEY = 'iam:permissionsboundary';

export default defineRule({
  id: 'iam-identity-boundary-not-required',
  on: 'identity',
  topic: 'identity',
  severity: 'medium',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM identity that has to set permissions boundaries has to set them always',
  why: 'Where some statements demand a boundary for new users and roles and another one lets them be made or changed without, the demand is void: who wants a role without a boundary makes one.',
  remedy:
    'Add the condition iam:PermissionsBoundary with the ARN of the boundary to the statement, or leave the action out of it.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
      claim:
        'To delegate the making of users, every action that creates them or changes their policies is allowed under a condition on iam:PermissionsBoundary.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html',
      claim:
        'The actions for which the key iam:PermissionsBoundary counts, such as CreateRole, CreateUser, PutRolePolicy and AttachRolePolicy.',
      seen: '2026-11-26',
    },
  ],
  aliases: {},
  controls: {},
  fix: 'none',
  *check(identity, context) {
    const { iam } = context;
    if (!iam) return;
    const demanding = [...identity.grants, ...identity.inherited].flatMap(({ policy }) =>
      policy.statements.filter((statement) => demands(statement)).map((statement) => ({ policy, statement })),
    );
    if (demanding.length === 0) return;
    const meant = any(
      ...demanding.map(({ policy, statement }) => all(judgement(policy.exists), judgement(statement.when))),
    );
    const access = accessOf(identity, { ...context, iam });
    const found = new Map<
      Statement,
      { readonly policy: PolicyDocument; readonly violations: Violation[]; readonly names: Set<string> }
    >();
    for (const action of BOUNDED_ACTIONS)
      for (const { policy, statement, at, everywhere } of access.permissions(action)) {
        if (!policy || !statement) continue;
        // Another statement that denies it without the boundary does what a condition here would do.
        const guarded = any(
          ...demanding
            .filter((one) => one.statement !== statement)
            .map((one) =>
              all(judgement(one.statement.when), isDeny(one.statement), namesAction(one.statement, action)),
            ),
        );
        const wrong = all(meant, everywhere(), not(guarded));
        if (wrong.no.isAlways()) continue;
        const group = found.get(statement) ?? { policy, violations: [], names: new Set() };
        found.set(statement, group);
        group.names.add(action);
        group.violations.push({ wrong, at });
      }
    for (const { policy, violations, names } of found.values())
      yield {
        violations,
        subjects: [policy.host],
        message: () =>
          `${who(identity)} may use ${some([...names], 3)} without the condition iam:PermissionsBoundary, which other statements demand, so it can make what has no boundary; add the condition here too.`,
        related: () =>
          demanding
            .slice(0, 1)
            .map(({ statement }) => ({
              value: statement.conditions.find(({ key }) => key.toLowerCase() === KEY)!.values,
              message: 'The boundary is demanded here.',
            })),
      };
  },
});

function demands({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => key.toLowerCase() === KEY);
}
