/** Whether a principal that can attach policies can attach one with administrator permissions. */
import { flatMap } from '../../base/flat-map.ts';
import { all, any, UNKNOWABLE, type Judgement } from '../../model/judgement.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { RequestContext } from '../condition/condition-holds.ts';
import { shapeOf } from '../text/unknown-piece.ts';
import type { IamData } from '../data/iam-data.ts';
import type { IdentityAccess, Permission } from '../allowance/identity-access.ts';
import { targetsLike } from '../resource/target.ts';

/** Actions that attach an existing policy. A condition on iam:PolicyARN can restrict its ARN. */
const ATTACHING: ReadonlySet<string> = new Set([
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:AttachGroupPolicy',
]);

const KEY = 'iam:policyarn';

/** Policies that allow everything or allow privilege escalation. */
const POWERFUL = ['AdministratorAccess', 'IAMFullAccess'] as const;

/** The maximum number of policies in a condition that are examined. */
const MOST_LISTED = 64;

/**
 * The grants that allow a policy with administrator permissions to be attached; for other actions, all grants. A
 * condition with a list of policies excludes that, unless one of them has such permissions. A pattern for policies of
 * the account does not, if such a policy exists or can be created.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export function attachable(
  { action, limited }: Permission,
  access: IdentityAccess,
  iam: IamData,
  granted: (request?: RequestContext) => Judgement,
): Judgement {
  const conditions = ATTACHING.has(action)
    ? (limited?.conditions.filter(({ key }) => key.toLowerCase() === KEY) ?? [])
    : [];
  if (conditions.length === 0) return granted();
  const listed = flatMap(conditions, ({ values }) =>
    flatMap(itemsOf(values, true).items, ({ value }) =>
      flatMap(leaves(value), ({ value: leaf }) =>
        leaf.state === 'known' ? [leaf.raw] : leaf.state === 'template' ? [shapeOf(leaf)] : [],
      ),
    ),
  ).slice(0, MOST_LISTED);
  const partitions = new Set(['aws', ...flatMap(listed, (arn) => /^arn:([a-z-]+):/.exec(arn)?.[1] ?? [])]);
  const ofAws = flatMap([...partitions], (partition) =>
    POWERFUL.map((name) => `arn:${partition}:iam::aws:policy/${name}`),
  );
  const asPowerful = listed.filter((arn) => {
    const policy = iam.managed(arn);
    return policy && (policy.admin || policy.services.includes('iam'));
  });
  const by = (arn: string): Judgement => granted(new Map([[KEY, [arn]]]));
  return any(
    ...[...ofAws, ...asPowerful].map(by),
    ...flatMap(listed, (arn) => {
      const own = /^arn:[^:]*:iam::(?!aws:)[^:]*:(policy\/[^*]*\*.*)$/s.exec(arn);
      // A policy with a matching name, created by the principal or by others.
      return own ? [all(by(arn.replaceAll('*', 'x')), any(makes(access, own[1]!), UNKNOWABLE))] : [];
    }),
  );
}

function makes(access: IdentityAccess, pattern: string): Judgement {
  return any(
    ...flatMap(access.permissions('iam:CreatePolicy'), (permission) => [
      permission.everywhere(),
      permission.for(targetsLike(pattern)),
    ]),
  );
}
