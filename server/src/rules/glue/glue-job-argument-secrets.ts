import { namedSecretRule } from '../forms/named-secret-rule.ts';

const ADVICE = 'Read it from a Glue connection or Secrets Manager';

export default namedSecretRule({
  id: 'glue-job-argument-secrets',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Arguments of Glue jobs should not contain secrets',
  keywords: ['job parameters', 'plaintext password', 'hard-coded credentials'],
  why: 'Anyone who can read the repository, the job or its logs can read the secret, because Glue may log job arguments.',
  remedy:
    'Store the secret in Secrets Manager, and read it with the role of the job or through a Glue connection. Then change it.',
  sources: {
    'https://docs.aws.amazon.com/glue/latest/webapi/API_Job.html':
      'Job arguments may be logged, so secrets should not be passed in plain text; a job retrieves them from a Glue connection or Secrets Manager.',
    'https://docs.aws.amazon.com/glue/latest/dg/connection-properties-secrets-manager.html':
      'Secrets Manager supplies connection credentials to jobs and crawlers at run time.',
  },
  what: 'job argument',
  carriers: {
    'AWS::Glue::Job': [
      { path: 'DefaultArguments', advice: ADVICE },
      { path: 'NonOverridableArguments', advice: ADVICE },
    ],
  },
});
