import type { Fix } from '../../../model/edit.ts';
import { all, judgement, type Predicate } from '../../../model/judgement.ts';
import type { Condition, PolicyDocument } from '../../../model/policy.ts';
import type { Leaf, Value } from '../../../model/value.ts';
import { conditionsOf, isFixed, knownText, listedValues, literalMeets } from '../../../policy/condition/conditions.ts';
import { hasHostBits, ipRange, rangeText } from '../../../policy/text/ip-range.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-ip-range',
  on: 'policy',
  selfContained: true,
  needs: { operators: ['IpAddress'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'IP address conditions should use valid CIDR ranges',
  keywords: ['aws:SourceIp', 'IpAddress', 'NotIpAddress'],
  why: 'An invalid IP range matches no request: an Allow statement then grants nothing, and a Deny statement does not block the requests that it should.',
  remedy: 'Use an IPv4 or IPv6 address or a CIDR range, such as 203.0.113.0/24.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'The values of IpAddress and NotIpAddress have to be in CIDR form; a range whose address has bits set behind the prefix can be written in a clearer way.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html':
      'IpAddress compares with an address or range of IPv4 or IPv6 in the standard CIDR format; without a prefix, AWS uses /32.',
  },
  aliases: analyzerAliases('TYPE_MISMATCH_IP_RANGE', 'IMPROVE_IP_RANGE'),
  fix: 'safe',
  *check(policy) {
    for (const { condition, operator, there } of conditionsOf(policy)) {
      if (operator?.family !== 'IpAddress') continue;
      for (const { value, when } of listedValues(condition)) {
        const wrong = all(there, judgement(when), literalMeets(value, NO_RANGE));
        yield {
          violations: [{ wrong, at: value, aliases: analyzerAliases('TYPE_MISMATCH_IP_RANGE') }],
          ...severityOf('TYPE_MISMATCH_IP_RANGE'),
          message: (shown) =>
            `In ${policy.host.displayName}, the value ${shown} is not a valid IP range. ${condition.key} never matches it; use a CIDR range such as 203.0.113.0/24.`,
        };
        const unclear = all(there, judgement(when), literalMeets(value, UNCLEAR));
        yield {
          violations: [{ wrong: unclear, at: value, aliases: analyzerAliases('IMPROVE_IP_RANGE') }],
          ...severityOf('IMPROVE_IP_RANGE'),
          message: (shown) =>
            `${policy.host.displayName} compares ${condition.key} with ${shown}, which has host bits set. It matches the whole range; use the first address of the range.`,
          fixes: (leaf, at) => cleared(policy, condition, leaf, at),
        };
      }
    }
  },
});

/**
 * Values that are not IP ranges. Interpolated values are assumed to be addresses. Policy variables are not supported in
 * IP address conditions.
 */
const NO_RANGE: Predicate = {
  known: ({ raw }) => (raw.includes('${') || /^[^:]*:[^]*\./.test(raw) ? false : ipRange(raw) === undefined),
  text: () => false,
  reference: () => false,
};

const UNCLEAR: Predicate = {
  known: ({ raw }) => {
    const range = ipRange(raw);
    return range !== undefined && hasHostBits(range);
  },
  text: () => false,
  reference: () => false,
};

function cleared(policy: PolicyDocument, condition: Condition, leaf: Leaf, at: Value): readonly Fix[] {
  const text = knownText(leaf);
  const range = text === undefined ? undefined : ipRange(text);
  if (!range || range.bits === range.width) return [];
  return [
    {
      title: `Change to ${rangeText(range)} (the same range)`,
      safe: isFixed(condition, leaf),
      edits: [{ op: 'replace', resource: policy.host, target: at, value: rangeText(range) }],
    },
  ];
}
