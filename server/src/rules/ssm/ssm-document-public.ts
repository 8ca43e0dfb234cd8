import { attributeRule } from '../forms/attribute-rule.ts';

export default attributeRule({
  id: 'ssm-document-public',
  topic: 'data-exposure',
  severity: 'high',
  judged: '2026-11-29',
  title: 'SSM documents should not be public',
  keywords: ['Systems Manager', 'account_ids', 'ModifyDocumentPermission', 'shared document'],
  why: 'Anyone with an AWS account can read a public document and run it. It shows how your systems work, and can contain credentials.',
  remedy: 'Share the document with the accounts that need it, and block public sharing of documents for the account.',
  sources: {
    'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeDocumentPermission.html':
      'A document is shared with accounts by their IDs, or publicly with All.',
    aws_ssm_document: 'permissions has the type Share and account_ids, which are account IDs or All.',
    'config:ssm-document-not-public': 'The rule reports documents of the account that are public.',
  },
  aliases: ['CKV_AWS_303'],
  controls: { securityHub: ['SSM.4'] },
  attributes: { aws_ssm_document: { map: 'permissions' } },
  attribute: 'account_ids',
  forbidden: ['All', 'all'],
  absent: 'safe',
  consequence: 'Anyone with an AWS account can read and run it.',
  advice: 'Share it with the accounts that need it.',
});
