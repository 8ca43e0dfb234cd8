import { all, not } from '../../model/judgement.ts';
import { defineRule } from '../rule.ts';
import {
  coversAllOfTcp,
  coversEverything,
  INGRESS_READS,
  openToWorld,
  PROTOCOL_SOURCES,
  rulesOf,
} from './security-group-rules.ts';

/** The checks of other tools for a rule that allows all TCP ports, which include those for SSH and RDP. */
const ALL_OF_TCP = {
  checkov: ['CKV_AWS_24', 'CKV_AWS_25', 'CKV_AWS_277'],
  trivy: ['AWS-0107'],
  guard: ['INCOMING_SSH_DISABLED', 'RESTRICTED_INCOMING_TRAFFIC'],
};

export default defineRule({
  id: 'sg-ingress-open-all',
  on: 'resource',
  reads: INGRESS_READS,
  topic: 'network-exposure',
  severity: 'high',
  profile: 'essential',
  since: '0.1',
  judged: '2026-11-24',
  title: 'Security groups should not allow public ingress to all ports',
  keywords: ['open to the world', '0.0.0.0/0', '::/0', 'inbound', 'unrestricted', 'any port'],
  why: 'A rule that allows all ports from all addresses exposes everything that listens now or later to the internet, including remote logins, databases and debug ports.',
  remedy: 'Allow only the ports of services that are meant to be public, each from the addresses that need it.',
  sources: PROTOCOL_SOURCES,
  aliases: ALL_OF_TCP,
  controls: {},
  fix: 'suggestion',
  subsumes: ['sg-ingress-open-ssh', 'sg-ingress-open-rdp'],
  *check(resource) {
    for (const rule of rulesOf(resource, 'SecurityGroupIngress')) {
      for (const report of openToWorld(
        rule,
        coversEverything,
        (range) => `${resource.displayName} allows all ports from ${range}. Allow only the required ports and sources.`,
        'Remove this rule (stops all traffic that it allows)',
      )) {
        const tcp = coversAllOfTcp(rule);
        yield {
          ...report,
          violations: report.violations.flatMap(({ wrong, at }) => [
            { wrong: all(wrong, tcp), at, aliases: ALL_OF_TCP },
            { wrong: all(wrong, not(tcp)), at, aliases: {} },
          ]),
        };
      }
    }
  },
});
