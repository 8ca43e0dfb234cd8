/** The form of rules against public ingress. */
import { all, not, type Judgement } from '../../model/judgement.ts';
import { metadataOf, type FormFacts } from '../forms/metadata.ts';
import { fixTitleOf, type FormFix } from '../forms/words.ts';
import { defineRule, type AnyRule, type Report, type Sources } from '../rule.ts';
import {
  coversAllOfTcp,
  coversEverything,
  coversTcpPort,
  INGRESS_READS,
  openToWorld,
  PROTOCOL_SOURCES,
  rulesOf,
  type GroupRule,
} from './security-group-rules.ts';

/** The TCP port of a service with its name in a message, or all ports; then `aliases` are for a rule that allows all of TCP. */
export type OpenPorts =
  { readonly port: number; readonly service: string } | { readonly port: 'all'; readonly service?: undefined };

/** Ports that should not be reachable from the internet. */
export type OpenPortRule = Omit<FormFacts, 'topic' | 'sources' | 'fix'> & {
  readonly fix?: Exclude<FormFix, 'none'>;
  /** Pages about the ports; those about security groups are added. */
  readonly sources?: Sources;
  /** What to do: `Restrict the source, or use Session Manager.` */
  readonly advice: string;
} & OpenPorts;

/** A rule against public ingress to a port, in every form of security group rules. */
export function openPortRule(data: OpenPortRule): AnyRule {
  const { advice, aliases = {}, port } = data;
  const facts: FormFacts = { ...data, topic: 'network-exposure', sources: { ...data.sources, ...PROTOCOL_SOURCES } };
  const what = data.port === 'all' ? 'all ports' : `${data.service} (port ${data.port})`;
  const reaches = (rule: GroupRule): Judgement => (port === 'all' ? coversEverything(rule) : coversTcpPort(rule, port));
  const title = fixTitleOf(data.fix, 'Remove this rule');
  return defineRule({
    ...metadataOf(facts, { advice, fixable: true }),
    on: 'resource',
    reads: INGRESS_READS,
    *check(resource) {
      const message = (range: string): string => `${resource.displayName} allows ${what} from ${range}. ${advice}`;
      for (const rule of rulesOf(resource, 'SecurityGroupIngress'))
        for (const report of openToWorld(rule, reaches, message, title))
          yield port === 'all' ? withTcp(report, coversAllOfTcp(rule), aliases) : report;
    },
  });
}

/** A report whose aliases apply only where a rule allows all of TCP. */
function withTcp(report: Report, tcp: Judgement, aliases: FormFacts['aliases'] & object): Report {
  return {
    ...report,
    violations: report.violations.flatMap(({ wrong, at }) => [
      { wrong: all(wrong, tcp), at, aliases },
      { wrong: all(wrong, not(tcp)), at, aliases: {} },
    ]),
  };
}
