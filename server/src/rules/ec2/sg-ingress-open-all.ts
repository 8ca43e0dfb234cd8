import { defineRule } from '../rule.ts';
import { coversEverything, INGRESS_READS, openToWorld, PROTOCOL_SOURCES, rulesOf } from './security-group-rules.ts';

export default defineRule({
  id: 'sg-ingress-open-all',
  on: 'resource',
  reads: INGRESS_READS,
  topic: 'network-exposure', severity: 'high', profile: 'strict', since: '0.1',
  title: 'Security group does not open all ports to the world',
  why: 'A rule for every port from every address is no firewall at all: whatever listens now or later, such as remote logins, databases and debug ports, is reachable from the internet.',
  remedy: 'Allow only the ports of the services that are meant to be public, each from the addresses that need it.',
  sources: PROTOCOL_SOURCES,
  aliases: { checkov: ['CKV_AWS_277'] },
  controls: {},
  fix: 'suggestion',
  subsumes: ['sg-ingress-open-ssh', 'sg-ingress-open-rdp'],
  *check(resource) {
    for (const rule of rulesOf(resource, 'SecurityGroupIngress')) {
      yield* openToWorld(
        rule, coversEverything(rule),
        (range) => `The security group rule in ${resource.address} lets ${range} reach every port, so whatever listens there is open to the internet; allow only the ports and sources that are meant.`,
        'Remove this rule (allow what is needed port by port)',
      );
    }
  },
});
