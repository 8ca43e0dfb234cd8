import { flatMap } from '../../base/flat-map.ts';
import { isPolicyFile } from '../../model/format.ts';
import { capital, lowerFirst } from '../../base/words.ts';
import type { Fix } from '../../model/edit.ts';
import { all, any, every, is, isPresent, judgement, not, UNKNOWABLE, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { text } from '../../model/predicate.ts';
import { never } from '../../model/quantified.ts';
import { connectionText } from '../../model/relation.ts';
import type { Resource } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { knownPrincipals } from '../../policy/principal/known-principals.ts';
import { publicGrants } from '../../policy/principal/public-grant.ts';
import { isNarrowingKey } from '../../policy/condition/condition-key.ts';
import { weakCondition, type WeakCondition } from '../../policy/condition/weak-condition.ts';
import { namesAction } from '../../policy/resource/statement-names.ts';
import { bucketExposure } from '../forms/exposure.ts';
import { coveredBy } from '../forms/metadata.ts';
import { defineRule, type Deciding, type Violation, type RelatedValue } from '../rule.ts';
import { notPrincipalPeers } from '../not-principal-peers.ts';
import { offSettings } from '../forms/off-settings.ts';
import { blockingOf } from '../../policy/principal/bucket-block.ts';
import { decidedByGrant } from '../iam/decided-by.ts';

const PEERS = {
  checkov: ['CKV_AWS_70', 'CKV_AWS_283'],
  cfn_nag: ['F16'],
  guard: ['S3_BUCKET_POLICY_NO_WILDCARD_PRINCIPAL'],
};
/** The checks for Allow with NotPrincipal. A finding about it takes them over from the rule for NotPrincipal. */
const NOT_PRINCIPAL = notPrincipalPeers('s3');

/** Actions that read and write objects, with the control about each kind of access. */
const CONTROLLED = [
  { actions: ['s3:getobject', 's3:listbucket'], controls: { securityHub: ['S3.2'] } },
  { actions: ['s3:putobject', 's3:deleteobject'], controls: { securityHub: ['S3.3'] } },
] as const;

export default defineRule({
  id: 's3-bucket-policy-public-principal',
  on: 'policy',
  kinds: ['resource'],
  needs: { statement: ['allow', 'any-principal'], attachedTo: ['s3'] },
  topic: 'data-exposure',
  severity: 'critical',
  judged: '2026-11-24',
  title: 'S3 bucket policies should not allow public access',
  keywords: [
    'wildcard principal',
    'public principal',
    'anonymous',
    'cross-account',
    'open to the world',
    'public read',
  ],
  why: 'A statement with a wildcard principal, without a condition that restricts it to known callers, exposes the bucket to the internet. S3 rejects such a policy unless Block Public Access is off for the bucket and the account.',
  remedy:
    'Specify the principals, or restrict the statement with aws:PrincipalOrgID, aws:SourceArn or a similar key with a fixed value. Serve public content through CloudFront with origin access control.',
  sources: {
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html':
      'A policy is public unless it grants access only to fixed values of principals or of certain condition keys; BlockPublicPolicy rejects it, RestrictPublicBuckets restricts it to the account and AWS services, and the stricter setting of bucket and account applies.',
    'https://aws.amazon.com/blogs/aws/heads-up-amazon-s3-security-changes-are-coming-in-april-of-2023/':
      'New buckets have all settings on, and a policy that grants public access is rejected with 403.',
    'config:s3-bucket-public-write-prohibited':
      'The rule evaluates Block Public Access, the policy and the ACL of a bucket together.',
  },
  aliases: {
    ...PEERS,
    cfn_nag: [...PEERS.cfn_nag, ...(NOT_PRINCIPAL.cfn_nag ?? [])],
    guard: [...PEERS.guard, ...(NOT_PRINCIPAL.guard ?? [])],
  },
  ...coveredBy({}, CONTROLLED),
  fix: 'suggestion',
  judgesElsewhere: true,
  subsumes: ['s3-bucket-public-access-block', 'iam-policy-not-principal'],
  *check(policy, context) {
    if (!isBucketPolicy(policy)) return;
    const grants = publicGrants(policy).filter(({ open }) => !never(open));
    if (grants.length === 0) return;
    const account = context.assume('s3.accountBlock', false);
    const name = `The bucket policy ${policy.host.displayName}`;
    const { edges } = policy.host.related('bucket');
    const isKnown = any(...edges.map(({ when }) => judgement(when)));
    const ofBucket = (states: (bucket: Resource) => Judgement): Judgement =>
      any(...edges.map(({ resource, when }) => all(judgement(when), states(resource))), all(not(isKnown), UNKNOWABLE));
    const allows = ofBucket((bucket) => blockingOf(bucket, 'policy', account).allows);
    const blocks = ofBucket((bucket) => blockingOf(bucket, 'policy', account).blocks);
    const website = any(
      ...edges.map(({ resource, when }) => all(judgement(when), isPresent(resource.get('WebsiteConfiguration')))),
    );
    const subjects = edges.map(({ resource }) => resource);
    // In Terraform, the policy can be an attribute of the bucket.
    const related = flatMap(edges, ({ resource, when, via }): readonly RelatedValue[] =>
      resource.displayName === policy.host.displayName
        ? []
        : [{ value: via, when, message: `${connectionText('bucket', policy.host, resource)}.` }],
    );
    for (const grant of grants) {
      const open = all(grant.open, allows);
      const weak = weakCondition(grant.statement, isNarrowingKey);
      const advice = 'specify the principals, or add a condition on aws:PrincipalOrgID';
      const fixes = (star: Leaf): readonly Fix[] => knownPrincipals(policy, grant.statement, star, context.stack);
      const granted = (wrong: Judgement): readonly Violation[] => [
        { wrong, at: grant.at, aliases: PEERS, controls: {} },
        ...CONTROLLED.map(({ actions, controls }) => ({
          wrong: all(wrong, any(...actions.map((action) => namesAction(grant.statement, action)))),
          at: grant.at,
          controls,
        })),
      ];
      const withSettings = (wrong: Judgement): readonly Violation[] => [
        ...granted(wrong),
        ...flatMap(edges, ({ resource, when }) => offSettings(resource, all(wrong, judgement(when)))),
      ];
      const decidedBy = (): Deciding => decidedByGrant(grant.statement);
      const through = `the bucket policy ${policy.host.displayName}`;
      const exposed = {
        decidedBy,
        cause: bucketExposure(policy.host, through),
        subjects,
        related,
        fixes,
        message: `${name} allows public access, and Block Public Access is off. ${weak ? weakness(weak) : 'Specify the principals'}, and turn on Block Public Access.`,
      };
      yield { ...exposed, violations: withSettings(all(open, not(all(website, reads(grant.statement))))) };
      // A public website is intended to be public, but CloudFront can serve it from a private bucket.
      yield {
        ...exposed,
        violations: withSettings(open),
        severity: 'high',
        profile: 'recommended',
        message: `${name} allows anyone to read the website directly from S3. Keep the bucket private, and serve it through CloudFront with origin access control.`,
      };
      const requested = {
        decidedBy,
        cause: bucketExposure(policy.host, through, 'requested'),
        subjects,
        related,
        fixes,
        severity: 'medium',
        profile: 'recommended',
        message: `${name} allows public access. ${weak ? weakness(weak) : `New buckets reject it and older ones become public; ${advice}`}.`,
      } as const;
      // Of several findings at one place the first that is certain is kept.
      yield { ...requested, violations: granted(all(grant.open, not(blocks))) };
      yield {
        decidedBy,
        cause: bucketExposure(policy.host, through, 'blocked'),
        subjects,
        related,
        fixes,
        // Where Block Public Access is on, the controls pass.
        violations: [{ wrong: all(grant.open, blocks), at: grant.at, aliases: PEERS, controls: {} }],
        severity: 'low',
        profile: 'recommended',
        message: `${name} allows public access that only Block Public Access prevents. ${weak ? weakness(weak) : capital(advice)}.`,
      };
      // With unknown settings, the policy is either rejected or makes the bucket public.
      yield { ...requested, violations: granted(grant.open) };
    }
  },
});

/** The weakness of a condition and its remedy, as the beginning of a sentence. */
function weakness({ because, remedy }: WeakCondition): string {
  return `${capital(because)}; ${lowerFirst(remedy)}`;
}

/** Whether a policy is a bucket policy. A policy in its own file is recognized by its actions. */
function isBucketPolicy({ kind, service, host }: PolicyDocument): boolean {
  return (
    kind === 'resource' && service === 's3' && (host.type === 'AWS::S3::BucketPolicy' || isPolicyFile(host.format))
  );
}

/** Whether a statement allows only reading objects. */
function reads({ actions }: Statement): Judgement {
  return all(
    isPresent(actions),
    every(itemsOf(actions, true), (action) =>
      is(
        action.value,
        text((name) => /^s3:GetObject(?:Version)?$/i.test(name)),
      ),
    ),
  );
}
