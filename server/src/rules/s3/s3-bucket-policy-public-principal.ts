import type { Fix } from '../../model/edit.ts';
import { all, any, every, is, isPresent, judgement, not, UNKNOWABLE, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { text } from '../../model/predicate.ts';
import { connectionText } from '../../model/relation.ts';
import type { Resource } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { knownPrincipals } from '../../policy/known-principals.ts';
import { publicGrants } from '../../policy/public-grant.ts';
import { adviceFor } from '../../policy/weak-condition.ts';
import { defineRule, type Violation, type RelatedValue } from '../rule.ts';
import { blockingOf, offSettings } from './public-access-block.ts';

export default defineRule({
  id: 's3-bucket-policy-public-principal',
  on: 'policy',
  topic: 'data-exposure',
  severity: 'critical',
  profile: 'essential',
  since: '0.1',
  judged: '2026-11-24',
  title: 'S3 bucket policy lets in known principals only',
  why: 'A statement that allows something to everybody, and that no condition narrows to known parties, opens the bucket to the internet. S3 refuses such a policy unless the public access block of bucket and account is off.',
  remedy:
    'Name the principals, or narrow the statement by aws:PrincipalOrgID, aws:SourceArn or a similar key with a fixed value. Serve public content through CloudFront with origin access control.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
      claim:
        'A policy is public unless it grants access to fixed values only, of principals or of certain condition keys; BlockPublicPolicy refuses it, RestrictPublicBuckets limits it to the account and to services, and of bucket and account the stricter counts.',
      seen: '2026-11-24',
    },
    {
      url: 'https://aws.amazon.com/blogs/aws/heads-up-amazon-s3-security-changes-are-coming-in-april-of-2023/',
      claim: 'New buckets have all settings on; a policy that grants public access is rejected with 403 then.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-public-write-prohibited.html',
      claim: 'A bucket is judged by its public access block, its policy and its ACL together.',
      seen: '2026-11-24',
    },
  ],
  aliases: {
    checkov: ['CKV_AWS_70', 'CKV_AWS_283'],
    cfn_nag: ['F16'],
    guard: ['S3_BUCKET_POLICY_NO_WILDCARD_PRINCIPAL'],
  },
  controls: { securityHub: ['S3.2', 'S3.3'] },
  fix: 'suggestion',
  subsumes: ['s3-bucket-public-access-block', 'iam-policy-not-principal'],
  *check(policy, context) {
    if (!isBucketPolicy(policy)) return;
    const grants = publicGrants(policy).filter(({ open }) => !open.no.isAlways());
    if (grants.length === 0) return;
    const { address } = policy.host;
    const { edges } = policy.host.related('bucket');
    const seen = any(...edges.map(({ when }) => judgement(when)));
    const ofBucket = (says: (bucket: Resource) => Judgement): Judgement =>
      any(...edges.map(({ resource, when }) => all(judgement(when), says(resource))), all(not(seen), UNKNOWABLE));
    const lets = ofBucket((bucket) => blockingOf(bucket, 'policy', context).lets);
    const stops = ofBucket((bucket) => blockingOf(bucket, 'policy', context).stops);
    const website = any(
      ...edges.map(({ resource, when }) => all(judgement(when), isPresent(resource.get('WebsiteConfiguration')))),
    );
    const subjects = edges.map(({ resource }) => resource);
    const related = edges.map(({ resource, when, via }): RelatedValue => ({
      value: via,
      when,
      message: `${connectionText('bucket', policy.host, resource)}.`,
    }));
    for (const grant of grants) {
      const open = all(grant.open, lets);
      const { because, remedy } = adviceFor(
        grant.statement,
        'Name the principals, or add a condition on aws:PrincipalOrgID or aws:SourceVpce',
      );
      const fixes = (star: Leaf): readonly Fix[] => knownPrincipals(policy, grant.statement, star, context.stack);
      const withSettings = (wrong: Judgement): readonly Violation[] => [
        { wrong, at: grant.at },
        ...edges.flatMap(({ resource, when }) => offSettings(resource, all(wrong, judgement(when)))),
      ];
      const exposed = {
        subjects,
        related,
        fixes,
        message: `The bucket policy ${address} allows public access${because}, and the public access block of the bucket is off. ${remedy}, and turn the block on.`,
      };
      yield { ...exposed, violations: withSettings(all(open, not(all(website, reads(grant.statement))))) };
      // A website that anybody may read is meant to be public; CloudFront would do that with the bucket closed.
      yield {
        ...exposed,
        violations: withSettings(open),
        severity: 'high',
        profile: 'recommended',
        message: `The bucket policy ${address} lets anyone read the objects of a website, without a CDN or TLS. Keep the bucket private and serve it through CloudFront with origin access control.`,
      };
      const asks = {
        subjects,
        related,
        fixes,
        severity: 'medium',
        profile: 'recommended',
        message: `The bucket policy ${address} allows public access${because}. New buckets reject it, and older ones without a public access block become public. ${remedy}.`,
      } as const;
      // Of several findings at one place the first that is certain is kept.
      yield { ...asks, violations: [{ wrong: all(grant.open, not(stops)), at: grant.at }] };
      yield {
        subjects,
        related,
        fixes,
        violations: [{ wrong: all(grant.open, stops), at: grant.at }],
        severity: 'low',
        profile: 'recommended',
        message: `The bucket policy ${address} allows public access${because}. The public access block rejects or restricts it, until the block is turned off. ${remedy}.`,
      };
      // Whatever the settings are that are not seen, the policy is refused or it opens the bucket.
      yield { ...asks, violations: [{ wrong: grant.open, at: grant.at }] };
    }
  },
});

/** Whether a policy is that of a bucket. One that is a file of its own is taken for it by its actions. */
function isBucketPolicy({ kind, service, host }: PolicyDocument): boolean {
  return (
    kind === 'resource' && service === 's3' && (host.type === 'AWS::S3::BucketPolicy' || host.format === 'iam-policy')
  );
}

/** Whether a statement allows to read objects and nothing else. */
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
