import { member } from '../../model/navigate.ts';
import { TRUE } from '../../base/guard.ts';
import { defineRule, OF_TEMPLATES } from '../rule.ts';
import { secretReports } from '../forms/script-secret-rule.ts';

export default defineRule({
  id: 'cfn-init-secrets',
  on: 'stack',
  formats: OF_TEMPLATES,
  topic: 'secrets',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Metadata for cfn-init should not contain secrets',
  keywords: ['AWS::CloudFormation::Init', 'hard-coded password', 'files', 'commands', 'plaintext credentials'],
  why: 'CloudFormation returns the metadata of resources in plain text. Anyone who can read the repository, or call DescribeStackResource, can read the secret.',
  remedy:
    'Let the instance read the secret from Secrets Manager or Parameter Store with its role. Then change the secret.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-metadata.html':
      'CloudFormation does not redact the Metadata attribute, and DescribeStackResource returns it; it should not store sensitive information.',
  },
  accessed: '2026-11-28',
  subsumes: ['template-hardcoded-access-key', 'template-hardcoded-token'],
  fix: 'none',
  needsOfEach: { attribute: 'Metadata' },
  *checkEach(resource, { stack }) {
    yield* secretReports(
      resource.displayName,
      { value: member(resource.attribute('Metadata'), 'AWS::CloudFormation::Init'), when: TRUE },
      {
        language: 'shell',
        where: 'its cfn-init metadata',
        advice: 'Read it from Secrets Manager with the instance role',
      },
      stack,
    );
  },
});
