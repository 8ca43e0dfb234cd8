import { all, any, exists, is, isPresent, YES, type Judgement } from '../../../model/judgement.ts';
import { gapIn, itemsOfProperty, member } from '../../../model/navigate.ts';
import { oneOf } from '../../../model/predicate.ts';
import type { Resource } from '../../../model/resource.ts';
import { conditionsOf } from '../../../policy/condition/conditions.ts';
import { isDeny } from '../../../policy/condition/in-force.ts';
import { namesAnyPrincipal } from '../../../policy/principal/principal.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-source-ip-denial',
  on: 'policy',
  needs: { statement: ['condition', 'deny'], keys: ['aws:sourceip'], operators: ['IpAddress'] },
  topic: 'operations',
  severity: 'low',
  judged: '2026-11-29',
  title: 'aws:SourceIp denials should exempt VPC endpoints and AWS services',
  keywords: ['NotIpAddress', 'aws:PrincipalIsAWSService', 'aws:ViaAWSService', 'aws:SourceVpce', 'IP allow list'],
  why: 'Requests through a VPC endpoint do not have aws:SourceIp, and AWS services use their own addresses. NotIpAddress matches both, so a Deny statement also denies them.',
  remedy:
    'Add a condition on aws:SourceVpc or aws:SourceVpce for VPC endpoints, and BoolIfExists aws:PrincipalIsAWSService with false in resource-based policies.',
  sources: {
    'https://repost.aws/knowledge-center/iam-restrict-access-policy':
      'aws:SourceIp is in all requests except those that come through a VPC endpoint.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html':
      'A denial by address in an identity-based policy does not block services that act for the identity by forward access sessions, as those keep its address.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html':
      'aws:PrincipalIsAWSService is true where an AWS service principal makes the request, such as one that writes logs.',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html':
      'Private API endpoints are reached from a VPC through an interface VPC endpoint; Regional and edge-optimized ones are public.',
  },
  accessed: '2026-11-26',
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
        policy.kind === 'resource' && ![...SERVICE_EXEMPTIONS].some((one) => keys.has(one))
          ? all(denies, any(namesAnyPrincipal(statement.principals), isPresent(statement.notPrincipals)))
          : any();
      yield {
        violations: [{ wrong: services, at: gapIn(member(statement.value, 'Condition')) }],
        message: `The ${condition.operator} condition in ${displayName} also denies AWS services. To exempt them, add BoolIfExists aws:PrincipalIsAWSService with false.`,
        fixes: () => [
          {
            title: 'Exempt AWS services (allows them if other statements do)',
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
      const endpoints = ENDPOINT_EXEMPTIONS.some((one) => keys.has(one))
        ? any()
        : all(denies, hasVpcEndpoints(policy.host));
      yield {
        violations: [{ wrong: endpoints, at: condition.values }],
        message: `${displayName} denies requests through VPC endpoints (no aws:SourceIp). To exempt them, add a condition on aws:SourceVpc or aws:SourceVpce.`,
      };
    }
  },
});

/** Whether requests through VPC endpoints reach a resource. Of REST APIs, they reach private ones only. */
function hasVpcEndpoints(host: Resource): Judgement {
  if (host.type !== 'AWS::ApiGateway::RestApi') return YES;
  return exists(itemsOfProperty(host.get('EndpointConfiguration.Types')), ({ value }) => is(value, oneOf('PRIVATE')));
}

const SERVICE_EXEMPTIONS: ReadonlySet<string> = new Set([
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

const ENDPOINT_EXEMPTIONS: readonly string[] = [
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpcsourceip',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'aws:sourcevpcarn',
  'aws:viaawsservice',
];
