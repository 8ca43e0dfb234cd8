import { companionRule } from '../forms/companion-rule.ts';

export default companionRule({
  id: 'secretsmanager-rotation',
  topic: 'secrets',
  severity: 'low',
  judged: '2026-11-29',
  title: 'Secrets Manager secrets should have automatic rotation enabled',
  keywords: ['RotationSchedule', 'rotate secrets', 'credential rotation', 'RotationRules'],
  why: 'A secret that never changes stays valid for anyone who obtained it, even long after it leaked.',
  remedy:
    'Add an AWS::SecretsManager::RotationSchedule with a rotation function, if the secret is a credential that can be changed automatically.',
  sources: {
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html':
      'Rotation updates a secret periodically, together with the credentials in the database or service.',
    'AWS::SecretsManager::RotationSchedule':
      'A rotation schedule names the secret to rotate and the rotation function.',
  },
  aliases: ['CKV2_AWS_57', 'SECRETSMANAGER_ROTATION_ENABLED_CHECK'],
  controls: { securityHub: ['SecretsManager.1'] },
  of: {
    'AWS::SecretsManager::Secret': {
      relation: 'secret-members',
      // A schedule can name the attachment of the secret to a database, whose Ref is the ARN of the secret.
      through: 'AWS::SecretsManager::SecretTargetAttachment',
    },
  },
  companions: { 'AWS::SecretsManager::RotationSchedule': {} },
  companion: 'must exist',
  advice: 'Add a rotation schedule if it is a credential.',
});
