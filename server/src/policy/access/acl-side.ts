/**
 * Access that the ACL of a bucket allows anyone or any AWS account.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
 */
import { accountSetting } from '../../model/account-setting.ts';
import { all, any, is, judgement, not, UNKNOWABLE, type Judgement, type Predicate } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { oneOf, text } from '../../model/predicate.ts';
import { aclEffectOf } from '../principal/bucket-acl.ts';
import type { AccessPrincipal } from './access.ts';
import type { AccessQuery } from './access-query.ts';
import type { Collecting } from './resource-side.ts';

/** The actions that a permission of a bucket's ACL allows. */
const ACTIONS = {
  READ: ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
  WRITE: ['s3:PutObject'],
  READ_ACP: ['s3:GetBucketAcl'],
  WRITE_ACP: ['s3:PutBucketAcl'],
} as const;

type Permission = keyof typeof ACTIONS;

/** The groups of ACLs that include anyone, with the canned ACLs that grant them a permission. */
const GROUPS: readonly {
  readonly group: string;
  readonly principal: AccessPrincipal;
  readonly canned: Partial<Readonly<Record<Permission, readonly string[]>>>;
}[] = [
  {
    group: 'AllUsers',
    principal: { kind: 'anyone', name: '' },
    canned: { READ: ['PublicRead', 'PublicReadWrite'], WRITE: ['PublicReadWrite'] },
  },
  {
    group: 'AuthenticatedUsers',
    principal: { kind: 'anyone', name: 'authenticated' },
    canned: { READ: ['AuthenticatedRead'] },
  },
];

/** Adds what the ACL of a bucket allows. */
export function collectFromAcl({ resource, stack, actions }: AccessQuery, into: Collecting): void {
  const account = accountSetting(stack, 's3.accountBlock', false);
  const { allows, blocks } = aclEffectOf(resource, account);
  const effective = any(allows, all(not(blocks), UNKNOWABLE));
  for (const { value, when } of itemsOf(resource.get('AccessControl'), true).items)
    for (const { group, principal, canned } of GROUPS)
      for (const permission of Object.keys(ACTIONS) as readonly Permission[]) {
        const before = all(judgement(when), grants(value, group, permission, canned[permission] ?? []));
        if (before.no.isAlways()) continue;
        for (const action of ACTIONS[permission]) {
          const of = actions.get(action);
          if (!of) continue;
          const allowed = { before, when: all(before, effective), isConditional: false, isPartial: false };
          into
            .of(principal)
            .add({ kind: 'acl', resource, at: value }, of, allowed, [
              { kind: 'public-access-block', resource, account, way: 'acl' },
            ]);
        }
      }
}

/** Whether an ACL, or a grant of one in Terraform, grants a permission to a group. */
function grants(
  value: Parameters<typeof is>[0],
  group: string,
  permission: Permission,
  canned: readonly string[],
): Judgement {
  const written: Predicate = text(
    (grant) => grant.endsWith(`/${group} ${permission}`) || grant.endsWith(`/${group} FULL_CONTROL`),
  );
  return any(is(value, oneOf(...canned)), is(value, written));
}
