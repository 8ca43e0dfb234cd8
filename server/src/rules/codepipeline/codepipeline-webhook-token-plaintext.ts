import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'codepipeline-webhook-token-plaintext',
  severity: 'high',
  judged: '2026-11-29',
  title: 'CodePipeline webhook tokens should not be hard-coded',
  keywords: ['GitHub HMAC', 'Secrets Manager'],
  why: 'Anyone who can read the repository, a backup of it or a build log can sign requests to the webhook and start the pipeline.',
  sources: {
    'AWS::CodePipeline::Webhook.WebhookAuthConfiguration':
      'SecretToken configures the GitHub authentication of a webhook, which GITHUB_HMAC needs.',
  },
  accessed: '2026-11-28',
  aliases: ['F69'],
  secrets: { 'AWS::CodePipeline::Webhook': 'AuthenticationConfiguration.SecretToken' },
});
