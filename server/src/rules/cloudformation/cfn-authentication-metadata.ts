import { TRUE } from '../../base/guard.ts';
import { member } from '../../model/navigate.ts';
import { secretReports } from '../forms/script-secret-rule.ts';
import { defineRule, OF_TEMPLATES } from '../rule.ts';

export default defineRule({
  id: 'cfn-authentication-metadata',
  on: 'stack',
  formats: OF_TEMPLATES,
  topic: 'secrets',
  severity: 'high',
  judged: '2026-11-29',
  title: 'AWS::CloudFormation::Authentication should not contain credentials',
  keywords: ['metadata', 'cfn-init', 'secretKey', 'accessKeyId', 'password', 'roleName', 'plaintext credentials'],
  why: 'CloudFormation returns the metadata of resources in plain text. Anyone who can read the repository, or call DescribeStackResource, can use the credentials.',
  remedy:
    'For buckets, use roleName with the role of the instance. Otherwise, let the instance read the password from Secrets Manager.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-authentication.html':
      'Authentication for files and sources of cfn-init: S3 takes accessKeyId and secretKey, or roleName; basic takes username and password.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-metadata.html':
      'CloudFormation does not redact the Metadata attribute, and DescribeStackResource returns it; it should not store sensitive information.',
  },
  aliases: ['W1', 'CFN_AUTHENTICATION_RULE'],
  subsumes: ['template-hardcoded-access-key', 'template-hardcoded-token'],
  fix: 'none',
  needsOfEach: { attribute: 'Metadata' },
  *checkEach(resource, { stack }) {
    yield* secretReports(
      resource.displayName,
      { value: member(resource.attribute('Metadata'), 'AWS::CloudFormation::Authentication'), when: TRUE },
      {
        language: 'shell',
        where: 'its authentication metadata',
        advice: 'Use roleName or Secrets Manager',
        renewal: 'change the credential',
      },
      stack,
    );
  },
});
