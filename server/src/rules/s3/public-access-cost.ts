/**
 * The cost of turning on Block Public Access for a bucket: the access that ends, as far as the documents show it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { groupedBy } from '../../base/groups.ts';
import { memoize } from '../../base/memoize.ts';
import {
  all,
  among,
  any,
  is,
  isAbsent,
  isPresent,
  judge,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  type Judgement,
} from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { oneOf } from '../../model/predicate.ts';
import { always, never, sometimes } from '../../model/quantified.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { isMetOnlyByKnown } from '../../policy/principal/narrowing.ts';
import { publicPrincipals, principalReading, principalsIn } from '../../policy/principal/principal.ts';
import type { Context, ResourceOf } from '../rule.ts';
import { PUBLIC_ACL_NAMES } from '../../policy/principal/bucket-acl.ts';
import { blockingOf } from '../../policy/principal/bucket-block.ts';
import { isAllow } from '../../policy/condition/in-force.ts';

/** The paths of a bucket that are read here. */
export const COST_PATHS = [
  'AccessControl',
  'WebsiteConfiguration',
  'WebsiteConfiguration.RedirectAllRequestsTo',
] as const;

/**
 * The cost of turning on all four settings, for the title of a fix; undefined where the documents grant no public
 * access to the bucket. Values that cannot be resolved may grant it.
 */
export function publicAccessCost(bucket: ResourceOf<'AWS::S3::Bucket'>, context: Context): string | undefined {
  const account = context.assume('s3.accountBlock', false);
  const lost = (way: 'acl' | 'policy', what: Judgement): Judgement =>
    all(what, not(blockingOf(bucket, way, account).blocks));
  // A redirect does not read objects.
  const isWebsite = all(
    isPresent(bucket.get('WebsiteConfiguration')),
    isAbsent(bucket.get('WebsiteConfiguration.RedirectAllRequestsTo')),
  );
  const website = any(lost('acl', isWebsite), lost('policy', isWebsite));
  if (!never(website))
    return sometimes(website) ? 'takes the website offline' : 'takes the bucket offline if it is a website';
  const policies = policiesOf(bucket, context.stack)
    .map((policy) => ({ policy, grants: lost('policy', isPublic(policy)) }))
    .filter(({ grants }) => !never(grants));
  const byPolicy = any(...policies.map(({ grants }) => grants));
  const others = policies.some(({ policy }) => namesOtherAccounts(policy));
  if (policies.length > 0)
    return `${sometimes(byPolicy) ? 'ends' : 'may end'} public ${others ? 'and cross-account ' : ''}access through its policy`;
  const acls = itemsOf(bucket.get('AccessControl'), true).items;
  const byAcl = lost(
    'acl',
    any(...acls.map(({ value, when }) => all(judgement(when), is(value, oneOf(...PUBLIC_ACL_NAMES))))),
  );
  return never(byAcl) ? undefined : `${sometimes(byAcl) ? 'ends' : 'may end'} public access through its ACL`;
}

/** The policies of a bucket and of its access points, and bucket policies whose bucket is unknown. */
function policiesOf(bucket: ResourceOf<'AWS::S3::Bucket'>, stack: Stack): readonly PolicyDocument[] {
  const carriers = new Set<Resource>(
    [...bucket.related('bucket-policy').edges, ...bucket.related('access-points').edges].map(
      ({ resource }) => resource,
    ),
  );
  const { byHost, loose } = policiesIn(stack);
  const own = flatMap([...carriers], (host) => byHost.get(host) ?? []);
  return [...own, ...loose.filter(({ host }) => !carriers.has(host))];
}

/** The policies of a stack by their hosts, and bucket policies whose bucket is unknown. */
const policiesIn = memoize(
  ({
    policies,
  }: Stack): { readonly byHost: ReadonlyMap<Resource, PolicyDocument[]>; readonly loose: PolicyDocument[] } => ({
    byHost: groupedBy(policies, ({ host }) => host),
    loose: policies.filter(
      ({ host }) => host.type === 'AWS::S3::BucketPolicy' && !always(host.related('bucket').complete),
    ),
  }),
);

/**
 * Whether a policy grants public access by the definition of S3. With such a policy, RestrictPublicBuckets also blocks
 * other accounts. The policy of an access point with a VPC as its network origin is never public.
 */
function isPublic({ host, when, statements, complete }: PolicyDocument): Judgement {
  const isInternal = host.type === 'AWS::S3::AccessPoint' ? isPresent(host.get('VpcConfiguration')) : NO;
  return all(
    not(isInternal),
    among(
      any(
        ...flatMap(statements, (statement) =>
          publicPrincipals(statement).map(({ anyPrincipal }) =>
            all(judgement(when), judgement(statement.when), isAllow(statement), anyPrincipal, not(fixed(statement))),
          ),
        ),
      ),
      complete,
    ),
  );
}

/** The condition keys whose fixed values make a policy non-public, as S3 lists them, in lower case. */
const S3_FIXED_KEYS: ReadonlySet<string> = new Set([
  'aws:principalorgid',
  'aws:sourceip',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:userid',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);

function fixed({ conditions }: Statement): Judgement {
  return any(
    ...conditions.map((condition) => {
      const key = condition.key.toLowerCase();
      // S3 documents that a principal can be a fixed value, and lists only one of several keys for it.
      const counts = S3_FIXED_KEYS.has(key)
        ? isMetOnlyByKnown(condition)
        : key.startsWith('aws:principal')
          ? all(isMetOnlyByKnown(condition), UNKNOWABLE)
          : NO;
      return all(judgement(condition.when), counts);
    }),
  );
}

/**
 * Whether a policy names principals other than the public, of which RestrictPublicBuckets allows only those of the
 * bucket's account and AWS services.
 */
function namesOtherAccounts({ statements }: PolicyDocument): boolean {
  return statements.some(
    ({ effect, principals }) =>
      !never(is(effect, oneOf('Allow'))) &&
      principalsIn(principals).some(({ kind, value }) => {
        if (kind === 'CanonicalUser') return true;
        return (
          kind === 'AWS' && !never(judge(value, (leaf) => /^\d{12}$/.test(principalReading(kind, leaf).account ?? '')))
        );
      }),
  );
}
