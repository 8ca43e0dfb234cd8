import { some } from '../../base/words.ts';
import { all, any, is, isPresent, not, YES, type Judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import { accessOf, type Permission } from '../../policy/identity-access.ts';
import type { Identity } from '../../policy/identity.ts';
import { namedByAws } from '../../policy/managed-policy.ts';
import { targetBy, targetOf, type Target } from '../../policy/target.ts';
import { defineRule, OF_RESOURCES, type Violation } from '../rule.ts';
import { carriersOf, who } from './identity-words.ts';

export default defineRule({
  id: 'iam-identity-boundary-removable',
  on: 'identity',
  formats: OF_RESOURCES,
  topic: 'identity',
  severity: 'high',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM identity cannot remove or change its own permissions boundary',
  why: 'A boundary limits what an identity can do whatever its policies say. One that its holder can take away, or rewrite, limits nothing.',
  remedy:
    'Deny these actions on the identity and on the policy of its boundary, or name other users, roles and policies.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
      claim:
        'Somebody who is given a boundary must not be able to delete or change it: the example denies DeleteUserPermissionsBoundary and the changing of the policy that is the boundary.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html',
      claim: 'Deletes the boundary of a role, so that the role may do all that its policies allow.',
      seen: '2026-11-26',
    },
  ],
  aliases: {},
  controls: {},
  fix: 'none',
  *check(identity, context) {
    const { iam } = context;
    if (!iam || !identity.boundary) return;
    const bounded = isPresent(identity.boundary);
    // Of an identity that is elsewhere nothing says that it has one.
    if (bounded.no.isAlways() || (identity.resource.external && !bounded.yes.satisfiable())) return;
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
        if (wrong.no.isAlways()) continue;
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
          `${who(identity)} has a permissions boundary and may use ${some([...names], 3)} on ${identity.resource.type === 'AWS::SSO::PermissionSet' ? 'the policy that is its boundary' : 'itself or on that policy'}, so it can free itself of the boundary; deny that.`,
        related: () =>
          leaves(identity.boundary!).map(({ value, guard }) => ({
            value,
            when: { yes: guard, no: bounded.no },
            message: 'The boundary is set here.',
          })),
      };
  },
});

/** An action that frees an identity of its boundary. */
interface Freeing {
  readonly action: string;
  /** What it has to be allowed on for that. */
  readonly own: readonly Target[];
  /** Where the boundary is one that can be freed of like that. */
  readonly where: Judgement;
}

/**
 * The role of a permission set AWS alone changes, and so it is with its own policies.
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
