import { flatMap } from '../../../base/flat-map.ts';
import { some } from '../../../base/words.ts';
import { all, any, judgement, not } from '../../../model/judgement.ts';
import type { PolicyDocument, Statement } from '../../../model/policy.ts';
import { never } from '../../../model/quantified.ts';
import { accessOf, BOUNDED_ACTIONS } from '../../../policy/allowance/identity-access.ts';
import { namesAction } from '../../../policy/resource/statement-names.ts';
import { defineRule, type Violation } from '../../rule.ts';
import { permissionSubject } from './identity-words.ts';
import { isDeny } from '../../../policy/condition/in-force.ts';

const KEY = 'iam:permissionsboundary';

export default defineRule({
  id: 'iam-identity-boundary-not-required',
  on: 'identity',
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'IAM identities should not be able to bypass a required permissions boundary',
  keywords: ['iam:PermissionsBoundary', 'delegated administration', 'privilege escalation', 'iam:CreateRole'],
  why: 'A boundary that some statements require for new users and roles is ineffective if another statement allows the same actions without it: the identity can then create or change roles without a boundary.',
  remedy:
    'Add the condition iam:PermissionsBoundary with the ARN of the boundary to the statement, or remove the action from it.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html':
      'To delegate the creation of users, every action that creates them or changes their policies is allowed under a condition on iam:PermissionsBoundary.',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html':
      'The actions for which the key iam:PermissionsBoundary counts, such as CreateRole, CreateUser, PutRolePolicy and AttachRolePolicy.',
  },
  fix: 'none',
  *check(identity, context) {
    const { iam } = context;
    if (!iam) return;
    const demanding = flatMap([...identity.grants, ...identity.inherited], ({ policy }) =>
      policy.statements.filter((statement) => demands(statement)).map((statement) => ({ policy, statement })),
    );
    if (demanding.length === 0) return;
    const intended = any(
      ...demanding.map(({ policy, statement }) => all(judgement(policy.when), judgement(statement.when))),
    );
    const access = accessOf(identity, { ...context, iam });
    const found = new Map<
      Statement,
      { readonly policy: PolicyDocument; readonly violations: Violation[]; readonly names: Set<string> }
    >();
    for (const action of BOUNDED_ACTIONS)
      for (const permission of access.permissions(action)) {
        const { policy, statement, at } = permission;
        if (!policy || !statement) continue;
        // A Deny statement for requests without the boundary has the same effect as the condition.
        const guarded = any(
          ...demanding
            .filter((one) => one.statement !== statement)
            .map((one) =>
              all(judgement(one.statement.when), isDeny(one.statement), namesAction(one.statement, action)),
            ),
        );
        const wrong = all(intended, permission.everywhere(), not(guarded));
        if (never(wrong)) continue;
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
          `${permissionSubject(identity)} can bypass the required permissions boundary. It can use ${some([...names], 3)} without it; add the iam:PermissionsBoundary condition here too.`,
        related: () =>
          demanding
            .slice(0, 1)
            .map(({ statement }) => ({
              value: statement.conditions.find(({ key }) => key.toLowerCase() === KEY)!.values,
              message: 'Another statement requires the boundary here.',
            })),
      };
  },
});

function demands({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => key.toLowerCase() === KEY);
}
