import { NO } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import { unlessUnknown } from '../../model/quantified.ts';
import { shown } from '../../model/shown.ts';
import { listed } from '../forms/words.ts';
import { defineRule } from '../rule.ts';
import { NO_RANGE } from '../../reachability/remote-addresses.ts';
import { coversAllOfIcmp, coversOther, rulesOf, type GroupRule } from '../../reachability/security-group-rules.ts';
import { INGRESS_READS, openToWorld, PROTOCOL_SOURCES, WORLD_ALIASES } from './security-group-reports.ts';

/** The ports that public web servers use. */
const WEB_PORTS = [80, 443];

export default defineRule({
  id: 'sg-ingress-open-world',
  on: 'resource',
  reads: INGRESS_READS,
  topic: 'network-exposure',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'Security groups should only allow public ingress to ports 80 and 443',
  keywords: ['open to the world', '0.0.0.0/0', '::/0', 'inbound', 'unrestricted', 'authorized ports', 'ICMP', 'ping'],
  why: 'Every port that is open to the internet can be scanned and attacked. Most services other than web servers have few clients, with known addresses.',
  remedy:
    'Allow the port only from the security groups or address ranges of its clients. Put public services behind a load balancer with port 443.',
  sources: {
    'config:vpc-sg-open-only-to-authorized-ports':
      'Groups that are open to 0.0.0.0/0 or ::/0 should allow only authorized TCP and UDP ports.',
    ...PROTOCOL_SOURCES,
  },
  accessed: '2026-11-28',
  aliases: WORLD_ALIASES,
  controls: { securityHub: ['EC2.18'] },
  subsumes: ['sg-ingress-open-http'],
  options: {
    allowedPorts: {
      type: 'ports',
      description: 'TCP and UDP ports that may be open to the internet, besides 80 and 443.',
    },
  },
  fix: 'suggestion',
  *check(resource, context) {
    const name = resource.displayName;
    const allowed = [...new Set([...WEB_PORTS, ...context.ports('sg-ingress-open-world', 'allowedPorts')])];
    for (const rule of rulesOf(resource, 'SecurityGroupIngress')) {
      yield* openToWorld(
        rule,
        // The author chooses unknown ports, and a rule for a web server is not reported.
        (other) => (isReversed(other) ? NO : unlessUnknown(coversOther(other, allowed))),
        (range) =>
          `${name} opens ${portsOf(rule, allowed)} to ${range === NO_RANGE ? range : 'the internet'}. Restrict ${range === NO_RANGE ? 'it' : range} to the sources that need access.`,
        'Remove this rule (stops this traffic)',
      );
      for (const report of openToWorld(
        rule,
        (other) => unlessUnknown(coversAllOfIcmp(other)),
        (range) => `${name} allows all ICMP types from ${range}. Allow only the types that you need, such as echo.`,
        'Remove this rule (stops ping and path MTU discovery)',
        // The control is about TCP and UDP ports.
        () => ({ controls: {} }),
      ))
        yield { severity: 'low', profile: 'strict', ...report };
    }
  },
});

/** The ports of a rule in a message. */
function portsOf(rule: GroupRule, allowed: readonly number[]): string {
  const [from, to] = rangeOf(rule);
  if (from === undefined || to === undefined) return `other ports than ${listed(allowed)}`;
  return from === to ? `port ${from}` : `ports ${from} to ${to}`;
}

/** Whether a rule ends before it begins, which AWS rejects. */
function isReversed(rule: GroupRule): boolean {
  const [from, to] = rangeOf(rule);
  return from !== undefined && to !== undefined && Number(from) > Number(to);
}

/** The first and the last port of a rule; undefined where they are not the same in all scenarios. */
function rangeOf({ properties }: GroupRule): readonly (string | undefined)[] {
  return ['FromPort', 'ToPort'].map((path) => {
    const [first, ...others] = new Set(leaves(properties.get(path)).map(({ value }) => shown(value)));
    return others.length === 0 && first !== undefined && /^\d+$/.test(first) ? first : undefined;
  });
}
