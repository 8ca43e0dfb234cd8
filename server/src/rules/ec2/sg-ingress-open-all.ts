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

/** What other tools say of a rule that lets all of TCP in: for them it is also a rule for SSH, and for Remote Desktop. */
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
  title: 'Security group does not open all ports to the world',
  why: 'A rule for every port from every address is no firewall at all: whatever listens now or later, such as remote logins, databases and debug ports, is reachable from the internet.',
  remedy: 'Allow only the ports of the services that are meant to be public, each from the addresses that need it.',
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
        (range) =>
          `The security group rule in ${resource.displayName} allows every port from ${range}. Allow only the ports and sources that are needed.`,
        'Remove this rule (allow what is needed port by port)',
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
