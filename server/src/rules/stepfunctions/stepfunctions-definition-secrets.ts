import { scriptSecretRule } from '../forms/script-secret-rule.ts';

export default scriptSecretRule({
  id: 'stepfunctions-definition-secrets',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Step Functions state machine definitions should not contain secrets',
  keywords: ['Amazon States Language', 'hard-coded password', 'plaintext credentials'],
  why: 'Anyone who can read the repository or describe the state machine can read the secret, and executions record it in their history.',
  remedy:
    'Let the task read the secret from Secrets Manager, or use an EventBridge connection for HTTP tasks. Then change the secret.',
  sources: {
    'AWS::StepFunctions::StateMachine':
      'DefinitionString and Definition are the states of the state machine, as part of the template.',
    'https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html':
      'HTTP tasks take their credentials from an EventBridge connection, which keeps them in Secrets Manager.',
  },
  scripts: { 'AWS::StepFunctions::StateMachine': ['DefinitionString', 'Definition'] },
  language: 'code',
  where: 'its definition',
  advice: 'Let the task read it from Secrets Manager',
});
