import { withSenders } from '../../policy/senders.ts';
import { lettingEverybodyIn, type ResourceProfile } from '../public-policy.ts';
import { defineRule } from '../rule.ts';

const TOPIC: ResourceProfile = {
  what: 'topic policy',
  who: 'anyone',
  actions: [
    ['sns:publish', 'publish messages'],
    ['sns:subscribe', 'subscribe to the topic'],
    ['sns:deletetopic', 'delete the topic'],
    ['sns:settopicattributes', 'change who may use the topic'],
  ],
  looks: /^sns:(?:get|list)[\w*?]*$/,
  narrow: 'aws:SourceArn or aws:PrincipalOrgID',
};

export default defineRule({
  id: 'sns-topic-policy-public',
  on: 'policy',
  selfContained: true,
  kinds: ['resource'],
  topic: 'data-exposure',
  severity: 'critical',
  profile: 'essential',
  since: '0.1',
  judged: '2026-11-27',
  title: 'SNS topic policies should not allow public access',
  why: 'With a wildcard principal anyone who knows the ARN of the topic can publish messages to all subscribers, or subscribe and read what is published.',
  remedy:
    'Name the principals: the roles that publish, or the service that does with the condition aws:SourceArn. Or add a condition on aws:PrincipalOrgID, aws:SourceOwner or a similar key with a fixed value.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html',
      claim:
        'Make sure that topics are not accessible to everybody in the world or to every authenticated AWS user: no policy is to have an empty principal or a star.',
      seen: '2026-11-27',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
      claim:
        'In resource-based policies a star with Allow stands for everybody, anonymous users too; do not use it unless that is meant.',
      seen: '2026-11-27',
    },
    {
      url: 'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html',
      claim: 'IAM Access Analyzer checks policies of topics for public access.',
      seen: '2026-11-27',
    },
  ],
  aliases: {
    checkov: ['CKV_AWS_169', 'CKV_AWS_283'],
    cfn_nag: ['F18'],
    guard: ['SNS_TOPICPOLICY_NO_WILDCARD_PRINCIPAL'],
  },
  controls: { securityHub: ['SNS.4'] },
  fix: 'suggestion',
  subsumes: ['iam-policy-not-principal'],
  *check(policy, { stack }) {
    if (policy.service !== 'sns') return;
    yield* lettingEverybodyIn(policy, stack, TOPIC, (statement, star, known) =>
      withSenders(policy, statement, star, 'policy-topics', stack, known),
    );
  },
});
