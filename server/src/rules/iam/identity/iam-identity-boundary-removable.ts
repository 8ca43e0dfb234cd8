import { some } from '../../../base/words.ts';
import { all, any, is, isPresent, judge, not, YES, type Judgement } from '../../../model/judgement.ts';
import { leaves } from '../../../model/navigate.ts';
import { never, sometimes } from '../../../model/quantified.ts';
import { accessOf, type Permission } from '../../../policy/allowance/identity-access.ts';
import type { Identity } from '../../../policy/allowance/identity.ts';
import { namedByAws } from '../../../policy/data/managed-policy.ts';
import { targetBy, targetOf, type Target } from '../../../policy/resource/target.ts';
import { defineRule, OF_RESOURCES, type Violation } from '../../rule.ts';
import { carriersOf, permissionSubject } from './identity-words.ts';

export default defineRule({
  id: 'iam-identity-boundary-removable',
  on: 'identity',
  formats: OF_RESOURCES,
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'IAM identities should not be able to change their own permissions boundary',
  keywords: [
    'boundary-removable',
    'privilege escalation',
    'iam:DeleteRolePermissionsBoundary',
    'iam:CreatePolicyVersion',
  ],
  why: 'A permissions boundary limits the effective permissions of an identity. A boundary that the identity can remove or change limits nothing.',
  remedy:
    'Deny these actions on the identity and on the boundary policy, or restrict Resource to other users, roles and policies.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html':
      'An identity with a boundary must not be able to delete or change it: the example denies DeleteUserPermissionsBoundary and changes to the boundary policy.',
    'https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html':
      'Deletes the boundary of a role, after which the role can do all that its policies allow.',
  },
  fix: 'none',
  *check(identity, context) {
    const { iam } = context;
    if (!iam || !identity.boundary) return;
    const bounded = isPresent(identity.boundary);
    // Whether an external identity has a boundary is unknown.
    if (never(bounded) || (identity.resource.external && !sometimes(bounded))) return;
    const access = accessOf(identity, { ...context, iam });
    const found = new Map<
      object,
      { readonly violations: Violation[]; readonly names: Set<string>; readonly permissions: Permission[] }
    >();
    for (const { action, own, where } of freeingOf(identity))
      for (const permission of access.permissions(action)) {
        const wrong = all(
          bounded,
          where,
          any(
            ...own.map((target) =>
              any(permission.for(target), all(permission.everywhere(), not(permission.keptFrom(target)))),
            ),
          ),
        );
        if (never(wrong)) continue;
        const cause = permission.statement ?? permission.at;
        const group = found.get(cause) ?? { violations: [], names: new Set(), permissions: [] };
        found.set(cause, group);
        group.names.add(action);
        group.violations.push({ wrong, at: permission.at });
        group.permissions.push(permission);
      }
    for (const { violations, names, permissions } of found.values())
      yield {
        violations,
        subjects: carriersOf(permissions),
        message: () =>
          `${permissionSubject(identity)} can remove or change its own permissions boundary. Deny ${some([...names], 3)} on ${identity.resource.type === 'AWS::SSO::PermissionSet' ? 'the boundary policy' : 'the identity and the boundary policy'}.`,
        related: () =>
          leaves(identity.boundary!).map(({ value }) => ({
            value,
            when: judge(identity.boundary!, (leaf) => leaf === value),
            message: 'The boundary is set here.',
          })),
      };
  },
});

/** An action that removes or changes the boundary of an identity. */
interface Freeing {
  readonly action: string;
  /** The resources on which it must be allowed. */
  readonly own: readonly Target[];
  /** Where it allows the boundary to be removed or changed. */
  readonly where: Judgement;
}

/**
 * The actions that remove or change the boundary of an identity. Only AWS can change the role of a permission set and
 * AWS managed policies.
 * https://repost.aws/knowledge-center/identity-center-aws-reserved-sso (2026-11-27)
 */
function freeingOf({ resource, boundary, boundaries }: Identity): readonly Freeing[] {
  const kind = resource.type === 'AWS::IAM::User' ? 'User' : 'Role';
  const policies =
    boundaries.length > 0 ? boundaries.map(({ policy }) => targetOf(policy.host)) : [targetBy(boundary!)];
  const changeable = not(
    is(
      boundary!,
      namedByAws(() => true),
    ),
  );
  return [
    ...(resource.type === 'AWS::SSO::PermissionSet'
      ? []
      : [`iam:Delete${kind}PermissionsBoundary`, `iam:Put${kind}PermissionsBoundary`].map((action): Freeing => ({
          action,
          own: [targetOf(resource)],
          where: YES,
        }))),
    ...['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'].map((action): Freeing => ({
      action,
      own: policies,
      where: changeable,
    })),
  ];
}
