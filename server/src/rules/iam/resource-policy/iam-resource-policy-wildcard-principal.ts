import { some } from '../../../base/words.ts';
import type { Fix } from '../../../model/edit.ts';
import { isPolicyFile } from '../../../model/format.ts';
import { all, any, is, isAbsent, isPresent, judgement, not, YES, type Judgement } from '../../../model/judgement.ts';
import type { PolicyDocument, Statement } from '../../../model/policy.ts';
import { isTrue } from '../../../model/predicate.ts';
import { never } from '../../../model/quantified.ts';
import { knownPrincipals } from '../../../policy/principal/known-principals.ts';
import { publicGrants } from '../../../policy/principal/public-grant.ts';
import {
  BLOCKED,
  BLOCKED_BY_BUCKET,
  MEANT_TO_BE_PUBLIC,
  PUBLIC_MEANINGS,
  type PublicMeaning,
} from '../../../policy/principal/public-meaning.ts';
import { namesAction } from '../../../policy/resource/statement-names.ts';
import { textsOf } from '../../../policy/statement/statement-edits.ts';
import { adviceFor } from '../../../policy/condition/weak-condition.ts';
import { offSettings } from '../../forms/off-settings.ts';
import { bucketExposure, exposureBy, verbsOf } from '../../forms/exposure.ts';
import { blockingOf } from '../../../policy/principal/bucket-block.ts';
import { defineRule, type Cause, type Violation } from '../../rule.ts';
import { decidedByGrant } from '../decided-by.ts';

/** Services whose policies other rules check. */
const OF_OTHER_RULES: ReadonlySet<string> = new Set(['ecr', 'es', 'kms', 'secretsmanager', 'sns', 'sqs']);

export default defineRule({
  id: 'iam-resource-policy-wildcard-principal',
  on: 'policy',
  kinds: ['resource'],
  needs: { statement: ['allow', 'any-principal'] },
  topic: 'data-exposure',
  severity: 'high',
  judged: '2026-11-27',
  title: 'Resource-based policies should not allow public access',
  keywords: ['wildcard principal', 'Principal *', 'anonymous access', 'cross-account access', 'aws:PrincipalOrgID'],
  why: 'A wildcard principal allows every AWS account the actions of the statement, if its own policies allow them too, and every identity of your account regardless of its policies.',
  remedy:
    'Name the accounts, roles or services, or add a condition on aws:PrincipalOrgID, aws:SourceArn or a similar key with a fixed value.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html':
      'In resource-based policies, a wildcard principal with Allow matches anyone, including anonymous users; do not use it unless that is intended.',
    'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html':
      'IAM Access Analyzer checks policies of vaults, trails, tables, streams, file systems, functions, domains of CodeArtifact and others for public access.',
    'https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html':
      'Regardless of the vault policy, other accounts can only copy backups into the vault.',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-bpa-rbp.html':
      'DynamoDB rejects policies that grant public access.',
    'https://docs.aws.amazon.com/aurora-dsql/latest/userguide/rbp-block-public-access.html':
      'Aurora DSQL rejects policies that grant public access.',
    'https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html':
      'Amazon EFS blocks public access to new file systems until a policy allows it; AWS Transfer Family servers in other accounts are rejected then.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html':
      'All settings that block public access are on for an access point unless they are turned off when it is created; for one of a file system they cannot be.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html':
      'S3 rejects requests to an access point of a VPC that do not come from there.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/multi-region-access-point-block-public-access.html':
      'All settings that block public access are on for a Multi-Region Access Point unless they are turned off when it is created.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-security-best-practices.html':
      'All settings that block public access are on for directory buckets, and cannot be changed.',
  },
  aliases: ['CKV_AWS_283'],
  fix: 'suggestion',
  subsumes: ['iam-policy-not-principal', 's3-access-point-public-access-block'],
  *check(policy, { stack, assume }) {
    const { service, host } = policy;
    if (service === undefined || OF_OTHER_RULES.has(service) || MEANT_TO_BE_PUBLIC.has(service) || isOfBucket(policy))
      return;
    for (const { statement, at, open } of publicGrants(policy))
      for (const {
        where,
        meaning: { does, but, only, ...weight },
      } of meaningsOf(policy, service, assume('s3.accountBlock', false))) {
        const advice = adviceFor(
          statement,
          `Name the principals, or add a condition on ${service === 'elasticfilesystem' ? MOUNTED : 'aws:PrincipalOrgID or aws:SourceArn'}`,
          but,
        );
        // Of several findings at one place, the first certain one is kept.
        yield {
          ...weight,
          decidedBy: () => decidedByGrant(statement),
          violations: withSettings(policy, {
            wrong: all(open, where, only === undefined ? YES : namesAction(statement, only)),
            at,
          }),
          message: `${host.displayName} allows any AWS account to ${doneBy(statement, does)}. ${advice}.`,
          cause: causeOf(policy, weight.severity ?? 'open', doneBy(statement, does)),
          fixes: (wildcard) => [
            ...throughMountTargets(policy, statement),
            ...knownPrincipals(policy, statement, wildcard, stack),
          ],
        };
      }
  },
});

/** A public grant of an access point, with the settings of Block Public Access that are off. */
function withSettings({ host }: PolicyDocument, grant: Violation): readonly Violation[] {
  return host.type === 'AWS::S3::AccessPoint' ? [grant, ...offSettings(host, grant.wrong)] : [grant];
}

/** Statements of one policy, and for an access point all that makes its bucket public, are one finding. */
function causeOf({ host }: PolicyDocument, degree: string, done: string): Cause {
  if (host.type === 'AWS::S3::AccessPoint')
    return bucketExposure(host, `the access point ${host.displayName}`, degree === 'open' ? degree : 'blocked');
  return exposureBy(host, {
    degree,
    name: `to ${done}`,
    also: `${host.displayName} also allows any AWS account to ${done}.`,
    message: (exposed, names) =>
      `${exposed} allows any AWS account ${verbsOf(names)}. Name the principals, or add a condition on aws:PrincipalOrgID or aws:SourceArn.`,
  });
}

/** The effects of a wildcard principal in a policy, and where each applies. */
function meaningsOf(
  { host }: PolicyDocument,
  service: string,
  account: Judgement,
): readonly { readonly where: Judgement; readonly meaning: PublicMeaning }[] {
  switch (host.type) {
    case 'AWS::S3::AccessPoint': {
      const reached = not(isPresent(host.get('VpcConfiguration')));
      // Without the property, all settings are enabled.
      const refused = any(
        isAbsent(host.get('PublicAccessBlockConfiguration')),
        is(host.get('PublicAccessBlockConfiguration.BlockPublicPolicy'), isTrue),
      );
      // S3 also applies the settings of the bucket and its account.
      const restricted = any(
        account,
        ...host
          .related('accessed-bucket')
          .edges.map(({ resource, when }) => all(judgement(when), blockingOf(resource, 'policy', account).blocks)),
      );
      return [
        { where: all(reached, refused), meaning: BLOCKED },
        { where: all(reached, restricted), meaning: BLOCKED_BY_BUCKET },
        { where: reached, meaning: {} },
      ];
    }
    case 'AWS::FSx::S3AccessPointAttachment':
      return [{ where: not(isPresent(host.get('S3AccessPoint.VpcConfiguration'))), meaning: BLOCKED }];
    case 'AWS::S3::MultiRegionAccessPointPolicy':
      return [{ where: YES, meaning: BLOCKED }];
    default:
      return [{ where: YES, meaning: PUBLIC_MEANINGS[service] ?? {} }];
  }
}

/** The actions that a statement allows, in words. */
function doneBy(statement: Statement, does: PublicMeaning['does']): string {
  if (does && !never(namesAction(statement, does.by))) return does.words;
  const names = (textsOf(statement.actions) ?? []).map(({ raw }) => raw);
  return `call ${some(names, names.length > 2 ? 1 : 2) || 'its actions'}`;
}

const MOUNTED = 'elasticfilesystem:AccessedViaMountTarget';

/** A fix that restricts access to clients of mount targets, as the default policies of Amazon EFS do. */
function throughMountTargets(
  { host: resource, service }: PolicyDocument,
  { value: target, conditions }: Statement,
): readonly Fix[] {
  if (service !== 'elasticfilesystem' || conditions.some(({ key }) => key.toLowerCase() === MOUNTED.toLowerCase()))
    return [];
  return [
    {
      title: 'Restrict to clients of its mount targets (ends other access)',
      safe: false,
      edits: [{ op: 'mergeCondition', resource, target, operator: 'Bool', key: MOUNTED, value: 'true' }],
    },
  ];
}

/** Whether a policy is a bucket policy, which another rule checks. */
function isOfBucket({ service, host }: PolicyDocument): boolean {
  return service === 's3' && (host.type === 'AWS::S3::BucketPolicy' || isPolicyFile(host.format));
}
