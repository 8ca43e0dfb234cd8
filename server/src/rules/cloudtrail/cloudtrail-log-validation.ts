import { any, YES } from '../../model/judgement.ts';
import { isFalse } from '../../model/predicate.ts';
import { propertyRule } from '../property-rule.ts';

export default propertyRule({
  id: 'cloudtrail-log-validation',
  type: 'AWS::CloudTrail::Trail',
  property: 'EnableLogFileValidation',
  alsoReads: [],
  topic: 'logging', severity: 'medium', profile: 'recommended', since: '0.1', judged: '2026-11-24',
  title: 'CloudTrail trail validates its log files',
  why: 'Who breaks into an account removes the traces; without signed digest files nobody can tell afterwards whether log files were changed or deleted.',
  remedy: 'Set EnableLogFileValidation to true. CloudTrail then delivers a small signed digest file every hour to the bucket of the trail.',
  sources: [
    { url: 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html', claim: 'Log file validation is off by default; for what is delivered while it is off there are no digest files.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html', claim: 'A digest file names the log files of the last hour with their hashes and is delivered to the bucket of the trail, below CloudTrail-Digest.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/config/latest/developerguide/cloud-trail-log-file-validation-enabled.html', claim: 'AWS recommends validation for all trails.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html', claim: 'CloudTrail.4: log file validation should be enabled; it is 3.2 of CIS AWS Foundations 3.0.0.', seen: '2026-11-24' },
  ],
  aliases: { checkov: ['CKV_AWS_36'], trivy: ['AWS-0016'], guard: ['CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED'] },
  controls: { securityHub: ['CloudTrail.4'], cis: ['v3.0.0 3.2'] },
  fix: 'suggestion',
  bad: isFalse,
  absence: () => YES,
  exempt: () => any(),
  // The files are few and small, but they are stored in the author's bucket, whose policy has to let them in.
  write: { value: true, title: (property) => `Set ${property} to true (stores hourly digest files in the bucket)` },
  message: (trail, property, shown) => shown === undefined
    ? `The trail ${trail.displayName} does not set ${property}, so nobody can prove that its log files were not changed; set ${property} to true.`
    : `The trail ${trail.displayName} has ${property} set to ${shown}, so nobody can prove that its log files were not changed; set ${property} to true.`,
});
