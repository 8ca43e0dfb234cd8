import { tlsPolicyRule } from '../forms/tls-policy-rule.ts';

export default tlsPolicyRule({
  id: 'sns-topic-policy-secure-transport',
  severity: 'low',
  judged: '2026-11-26',
  title: 'SNS topic policies should require requests to use TLS',
  why: 'SNS accepts plain HTTP as well as HTTPS. Without a statement that denies HTTP, clients can publish messages unencrypted.',
  sources: {
    'https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html':
      'To enforce encryption of data in transit, the topic policy denies SNS:Publish for all principals when aws:SecureTransport is false.',
    'https://docs.aws.amazon.com/general/latest/gr/sns.html': {
      claim: 'SNS endpoints support HTTP and HTTPS, except the FIPS endpoints.',
      seen: '2026-11-27',
    },
    'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sns.TopicPolicyProps.html':
      'enforceSSL adds a statement that enforces encryption in transit for publishing; it is off by default.',
    'https://github.com/hashicorp/terraform/issues/12740':
      'SNS rejects a topic policy with actions that do not apply to a topic as out of service scope.',
  },
  resource: { type: 'AWS::SNS::Topic', word: 'topic' },
  policy: { type: 'AWS::SNS::TopicPolicy', list: 'Topics', inline: 'AWS::SNS::TopicInlinePolicy', default: true },
  relations: ['topic-policies', 'policy-topics'],
  carrying: ['sns:publish'],
  denied: 'sns:Publish',
});
