import { all, any, isPresent } from '../../model/judgement.ts';
import { gapIn, member } from '../../model/navigate.ts';
import { conditionsOf } from '../../policy/conditions.ts';
import { isDeny } from '../../policy/in-force.ts';
import { namesEverybody } from '../../policy/principal.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-source-ip-denial',
  on: 'policy',
  selfContained: true,
  conditions: true,
  topic: 'operations',
  severity: 'low',
  profile: 'strict',
  since: '0.1',
  title: 'Denials by address leave room for VPC endpoints and AWS services',
  why: 'Requests through a VPC endpoint lack aws:SourceIp, and AWS services that act by themselves have addresses of their own. NotIpAddress holds for both, so that they are denied too.',
  remedy:
    'Add a condition on aws:SourceVpc or aws:SourceVpce for requests through endpoints, and BoolIfExists aws:PrincipalIsAWSService with false in policies of resources.',
  sources: [
    {
      url: 'https://repost.aws/knowledge-center/iam-restrict-access-policy',
      claim: 'aws:SourceIp is in all requests but those that come through a VPC endpoint.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html',
      claim:
        'To deny by address in a policy of an identity does not stop services that act for it by forward access sessions, as those keep its address.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
      claim:
        'aws:PrincipalIsAWSService is true where an AWS service makes the request by itself, such as one that writes logs.',
      seen: '2026-11-26',
    },
  ],
  aliases: {},
  controls: {},
  fix: 'suggestion',
  *check(policy) {
    const { displayName } = policy.host;
    for (const { statement, condition, operator, key, there } of conditionsOf(policy)) {
      if (key !== 'aws:sourceip' || operator?.family !== 'IpAddress' || !operator.negated || !operator.holdsWithoutKey)
        continue;
      const keys = new Set(statement.conditions.map((other) => other.key.toLowerCase()));
      if (statement.conditions.some((other) => other !== condition && other.key.toLowerCase() === key)) continue;
      const denies = all(there, isDeny(statement));
      const services =
        policy.kind === 'resource' && ![...SPARING_SERVICES].some((one) => keys.has(one))
          ? all(denies, any(namesEverybody(statement.principals), isPresent(statement.notPrincipals)))
          : any();
      yield {
        violations: [{ wrong: services, at: gapIn(member(statement.value, 'Condition')) }],
        message: `The policy in ${displayName} also denies AWS services by ${condition.operator} of aws:SourceIp, such as writing logs. To allow them, add BoolIfExists aws:PrincipalIsAWSService with false.`,
        fixes: () => [
          {
            title: 'Leave out AWS services by aws:PrincipalIsAWSService (lets them in as far as others allow it)',
            safe: false,
            uncovers: 'part',
            edits: [
              {
                op: 'mergeCondition',
                resource: policy.host,
                target: statement.value,
                operator: 'BoolIfExists',
                key: 'aws:PrincipalIsAWSService',
                value: 'false',
              },
            ],
          },
        ],
      };
      const endpoints = SPARING_ENDPOINTS.some((one) => keys.has(one)) ? any() : denies;
      yield {
        violations: [{ wrong: endpoints, at: condition.values }],
        message: `The policy in ${displayName} denies requests through VPC endpoints, which lack aws:SourceIp. To allow them, add a condition on aws:SourceVpc or aws:SourceVpce.`,
      };
    }
  },
});

const SPARING_SERVICES: ReadonlySet<string> = new Set([
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:principaltype',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:viaawsservice',
]);

const SPARING_ENDPOINTS: readonly string[] = [
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpcsourceip',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'aws:sourcevpcarn',
  'aws:viaawsservice',
];
