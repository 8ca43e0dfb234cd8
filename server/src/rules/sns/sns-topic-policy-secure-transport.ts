import { defineRule } from '../rule.ts';
import { withoutDenial, withoutPolicy, type MessageResource } from '../plain-http-reports.ts';

const TOPIC: MessageResource = {
  word: 'topic',
  policies: 'topic-policies',
  owners: 'policy-topics',
  list: 'Topics',
  carrying: ['sns:publish'],
  denied: 'sns:Publish',
};

export default defineRule({
  id: 'sns-topic-policy-secure-transport',
  on: 'resource',
  reads: {
    'AWS::SNS::Topic': [],
    'AWS::SNS::TopicPolicy': ['Topics', 'PolicyDocument'],
    'AWS::SNS::TopicInlinePolicy': ['PolicyDocument'],
  },
  topic: 'encryption-in-transit',
  severity: 'low',
  profile: 'strict',
  since: '0.1',
  judged: '2026-11-26',
  title: 'SNS topic policy denies requests without TLS',
  why: 'SNS answers plain HTTP as well as HTTPS; without a statement that denies HTTP, a client that uses it publishes messages in the clear.',
  remedy: 'Add a statement to the topic policy that denies sns:Publish to everybody when aws:SecureTransport is false.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html',
      claim:
        'To enforce encryption of data in transit, deny SNS:Publish to everybody in the topic policy where aws:SecureTransport is false.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/general/latest/gr/sns.html',
      claim: 'The endpoints of SNS take HTTP and HTTPS, apart from those for FIPS.',
      seen: '2026-11-27',
    },
    {
      url: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sns.TopicPolicyProps.html',
      claim: 'enforceSSL adds a statement that enforces encryption in transit for publishing; it is off by default.',
      seen: '2026-11-26',
    },
    {
      url: 'https://github.com/hashicorp/terraform/issues/12740',
      claim: 'SNS refuses a topic policy with actions that are not about one topic as out of service scope.',
      seen: '2026-11-26',
    },
  ],
  aliases: {},
  controls: {},
  fix: 'suggestion',
  *check(resource) {
    if (resource.type === 'AWS::SNS::Topic') yield withoutPolicy(resource, TOPIC);
    else yield* withoutDenial(resource, TOPIC);
  },
});
