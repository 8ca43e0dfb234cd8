import { all, every, exists, judgement, not, type Predicate } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { conditionsOf, listed, says } from '../../policy/conditions.ts';
import { ipRange, isPrivate } from '../../policy/ip-range.ts';
import { called, weight } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-private-source-ip',
  on: 'policy', alone: true, conditions: true,
  topic: 'identity', severity: 'high', profile: 'recommended', since: '0.1', judged: '2026-11-26',
  title: 'IAM policies compare aws:SourceIp with public addresses',
  why: 'Requests reach AWS with a public address, or through a VPC endpoint without this key at all, so a private address meets none of them.',
  remedy: 'List the public addresses of the networks. For requests through VPC endpoints use aws:VpcSourceIp together with aws:SourceVpc or aws:SourceVpce.',
  sources: [
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html', claim: 'aws:SourceIp works for public addresses only; with private ones alone IpAddress never holds and NotIpAddress always does.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html', claim: 'aws:SourceIp is not in requests that come through a VPC endpoint; aws:VpcSourceIp has the address there.', seen: '2026-11-26' },
  ],
  aliases: called('PRIVATE_IP_ADDRESS', 'PRIVATE_NOT_IP_ADDRESS', 'PRIVATE_IP_ADDRESS_SUBSET', 'PRIVATE_NOT_IP_ADDRESS_SUBSET'),
  controls: {},
  fix: 'none',
  *check(policy) {
    for (const { condition, operator, key, there } of conditionsOf(policy)) {
      if (operator?.family !== 'IpAddress' || key !== 'aws:sourceip') continue;
      const items = itemsOf(condition.values, true);
      const some = exists(items, ({ value }) => says(value, PRIVATE));
      if (some.no.isAlways()) continue;
      const others = not(every(items, ({ value }) => says(value, PRIVATE)));
      const code = operator.negated ? 'PRIVATE_NOT_IP_ADDRESS' : 'PRIVATE_IP_ADDRESS';
      yield {
        faults: [{ wrong: all(there, some, not(others)), at: condition.values, aliases: called(code) }],
        ...weight(code),
        message: `The policy in ${policy.host.displayName} compares aws:SourceIp with private addresses alone, which no request from the internet has, so ${condition.operator} ${operator.negated ? 'holds for every request' : 'holds for none of them'}; list public addresses, or use aws:VpcSourceIp with aws:SourceVpc.`,
      };
      const subset = operator.negated ? 'PRIVATE_NOT_IP_ADDRESS_SUBSET' : 'PRIVATE_IP_ADDRESS_SUBSET';
      for (const { value, when } of listed(condition)) {
        const wrong = all(there, others, judgement(when), says(value, PRIVATE));
        if (!wrong.no.isAlways()) yield {
          faults: [{ wrong, at: value, aliases: called(subset) }],
          ...weight(subset),
          message: (shown) => `The policy in ${policy.host.displayName} lists ${shown} for aws:SourceIp, a private address that no request from the internet has; remove it, or use aws:VpcSourceIp with aws:SourceVpc for it.`,
        };
      }
    }
  },
});

const PRIVATE: Predicate = {
  known: ({ raw }) => {
    const range = ipRange(raw);
    return range !== undefined && isPrivate(range);
  },
  text: () => false,
  reference: () => false,
};
