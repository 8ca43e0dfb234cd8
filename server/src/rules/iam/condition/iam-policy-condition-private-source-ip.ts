import type { Fix } from '../../../model/edit.ts';
import { all, every, exists, judgement, not, type Predicate } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { PolicyDocument } from '../../../model/policy.ts';
import { always } from '../../../model/quantified.ts';
import type { Stack } from '../../../model/resource.ts';
import { withKey } from '../../../policy/condition/condition-place.ts';
import {
  conditionsOf,
  listedValues,
  literalMeets,
  type PlacedCondition,
} from '../../../policy/condition/conditions.ts';
import { isDeny } from '../../../policy/condition/in-force.ts';
import { ipRange, isPrivate } from '../../../policy/text/ip-range.ts';
import { fromNetwork, networkNamed, networksOf } from '../../../policy/condition/own-network.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-private-source-ip',
  on: 'policy',
  selfContained: true,
  needs: { keys: ['aws:sourceip'], operators: ['IpAddress'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'aws:SourceIp conditions should use public IP addresses',
  keywords: ['private IP address', 'RFC 1918', 'aws:VpcSourceIp', 'VPC endpoint'],
  why: 'Requests from the internet have a public IP address, and requests through a VPC endpoint do not have aws:SourceIp at all, so a private address matches no request.',
  remedy:
    'List the public addresses of the networks. For requests through VPC endpoints, use aws:VpcSourceIp with aws:SourceVpc or aws:SourceVpce.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'aws:SourceIp works for public addresses only; with private ones alone IpAddress never matches and NotIpAddress always does.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html':
      'aws:SourceIp is not in requests that come through a VPC endpoint; aws:VpcSourceIp has the address there.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sts_vpc_condition_keys_federated.html':
      'aws:VpcSourceIp, aws:SourceVpc and aws:SourceVpce are only in requests through a VPC endpoint, aws:SourceIp in those over the internet.',
  },
  aliases: analyzerAliases(
    'PRIVATE_IP_ADDRESS',
    'PRIVATE_NOT_IP_ADDRESS',
    'PRIVATE_IP_ADDRESS_SUBSET',
    'PRIVATE_NOT_IP_ADDRESS_SUBSET',
  ),
  fix: 'suggestion',
  *check(policy, context) {
    for (const placed of conditionsOf(policy)) {
      const { condition, operator, key, there } = placed;
      if (operator?.family !== 'IpAddress' || key !== 'aws:sourceip') continue;
      const items = itemsOf(condition.values, true);
      const some = exists(items, ({ value }) => literalMeets(value, PRIVATE));
      const others = not(every(items, ({ value }) => literalMeets(value, PRIVATE)));
      const code = operator.negated ? 'PRIVATE_NOT_IP_ADDRESS' : 'PRIVATE_IP_ADDRESS';
      yield {
        violations: [{ wrong: all(there, some, not(others)), at: condition.values, aliases: analyzerAliases(code) }],
        ...severityOf(code),
        message: `${policy.host.displayName} compares aws:SourceIp with private addresses only. ${condition.operator} ${operator.negated ? 'matches every request' : 'matches no request'}; use public addresses, or aws:VpcSourceIp with aws:SourceVpc.`,
        fixes: () => throughEndpoint(policy, placed, context.stack),
      };
      const subset = operator.negated ? 'PRIVATE_NOT_IP_ADDRESS_SUBSET' : 'PRIVATE_IP_ADDRESS_SUBSET';
      for (const { value, when } of listedValues(condition)) {
        const wrong = all(there, others, judgement(when), literalMeets(value, PRIVATE));
        yield {
          violations: [{ wrong, at: value, aliases: analyzerAliases(subset) }],
          ...severityOf(subset),
          message: (shown) =>
            `${policy.host.displayName} compares aws:SourceIp with the private address ${shown}. No request has it; remove it, or use aws:VpcSourceIp with aws:SourceVpc.`,
          fixes: (target) => [
            {
              title: 'Remove the private address (matches no request)',
              safe: false,
              edits: [{ op: 'removeItem', resource: policy.host, target }],
            },
          ],
        };
      }
    }
  },
});

/**
 * Fixes that compare aws:VpcSourceIp in requests through an endpoint of a known VPC. Denying all others would require a
 * statement for the addresses and one for the network, so there is no fix for a negated comparison. There is none for a
 * comparison that matches without the key either, because every request from the internet lacks aws:VpcSourceIp.
 */
function throughEndpoint(
  policy: PolicyDocument,
  { statement, condition, operator }: PlacedCondition,
  stack: Stack,
): readonly Fix[] {
  const edits =
    !operator || operator.negated || operator.holdsWithoutKey
      ? undefined
      : withKey(policy, statement, condition, 'aws:VpcSourceIp');
  if (!edits) return [];
  const title = (network: string): string =>
    `Use aws:VpcSourceIp ${network} (matches requests through its VPC endpoints)`;
  const named = networkNamed(statement);
  // All networks except one include those of other customers, which should not have access.
  if (named === 'not from')
    return always(isDeny(statement)) ? [{ title: title('outside the specified VPC'), safe: false, edits }] : [];
  if (named) return [{ title: title('in the specified VPC'), safe: false, edits }];
  return networksOf(stack).map((network) => ({
    title: title(`in ${network.called}`),
    safe: false,
    edits: [...edits, fromNetwork(policy, statement, network)],
  }));
}

const PRIVATE: Predicate = {
  known: ({ raw }) => {
    const range = ipRange(raw);
    return range !== undefined && isPrivate(range);
  },
  text: () => false,
  reference: () => false,
};
