import type { AnyRule, RuleMetadata } from '../rule.ts';
import { defineRule } from '../rule.ts';
import { coversTcpPort, INGRESS_READS, openToWorld, PROTOCOL_SOURCES, rulesOf } from './security-group-rules.ts';

/** A service that nobody should reach from everywhere. */
export interface OpenPortRule extends RuleMetadata {
  /** The TCP port that it listens on. */
  readonly port: number;
  /** Its name, as a message says it. */
  readonly service: string;
  /** What to do instead: "Limit the source, or …". */
  readonly instead: string;
  readonly fixTitle: string;
}

/** A rule that no security group lets everybody reach one port, in whichever of its forms a group's rule is written. */
export function openPortRule(rule: OpenPortRule): AnyRule {
  const { port, service, instead, fixTitle, ...metadata } = rule;
  return defineRule({
    ...metadata,
    sources: [...metadata.sources, ...PROTOCOL_SOURCES],
    on: 'resource',
    reads: INGRESS_READS,
    *check(resource) {
      for (const entry of rulesOf(resource, 'SecurityGroupIngress')) {
        yield* openToWorld(
          entry,
          (one) => coversTcpPort(one, port),
          (range) =>
            `The security group rule in ${resource.displayName} allows ${service} (port ${port}) from ${range}. ${instead}.`,
          fixTitle,
        );
      }
    },
  });
}
