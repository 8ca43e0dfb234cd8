import type { AnyRule, RuleMetadata } from '../rule.ts';
import { defineRule } from '../rule.ts';
import { coversTcpPort, INGRESS_READS, openToWorld, PROTOCOL_SOURCES, rulesOf } from './security-group-rules.ts';

/** A service that should not be reachable from the internet. */
export interface OpenPortRule extends RuleMetadata {
  /** The TCP port that it listens on. */
  readonly port: number;
  /** Its name in a message. */
  readonly service: string;
  /** What to do: `Restrict the source, or use Session Manager`. */
  readonly instead: string;
  readonly fixTitle: string;
}

/** A rule against public ingress to one port, in every form of security group rules. */
export function openPortRule(rule: OpenPortRule): AnyRule {
  const { port, service, instead, fixTitle, ...metadata } = rule;
  return defineRule({
    ...metadata,
    sources: { ...metadata.sources, ...PROTOCOL_SOURCES },
    on: 'resource',
    reads: INGRESS_READS,
    *check(resource) {
      for (const entry of rulesOf(resource, 'SecurityGroupIngress')) {
        yield* openToWorld(
          entry,
          (one) => coversTcpPort(one, port),
          (range) => `${resource.displayName} allows ${service} (port ${port}) from ${range}. ${instead}.`,
          fixTitle,
        );
      }
    },
  });
}
