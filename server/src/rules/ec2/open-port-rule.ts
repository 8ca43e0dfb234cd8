/** The form of rules against public ingress. */
import { flatMap } from '../../base/flat-map.ts';
import { memoizeName } from '../../base/memoize.ts';
import { aliasesByTool, mergedIds, type Aliases, type Controls, type Covered } from '../../model/covered.ts';
import { all, any, not, type Judgement } from '../../model/judgement.ts';
import { never, sometimes, unlessUnknown } from '../../model/quantified.ts';
import { coveredBy, metadataOf, type FormFacts } from '../forms/metadata.ts';
import { fixTitleOf, type FormFix } from '../forms/words.ts';
import { defineRule, type AnyRule, type Report } from '../rule.ts';
import type { Sources } from '../sources.ts';
import { NO_RANGE, type IpFamily } from '../../reachability/remote-addresses.ts';
import {
  coversAllOfTcp,
  coversEverything,
  coversPort,
  everyProtocol,
  rulesOf,
  type GroupRule,
} from '../../reachability/security-group-rules.ts';
import { INGRESS_READS, openToWorld, PROTOCOL_SOURCES, WORLD_ALIASES } from './security-group-reports.ts';
import { portsText, type ServicePort } from './service-ports.ts';

/**
 * The TCP port of a service with its name in a message; all ports, where `aliases` are for a rule that allows all of
 * TCP; or the ports of a table. A rule that opens a port of the table is reported with all that it opens, including
 * those of `named`, which have rules of their own.
 */
export type OpenPorts =
  | {
      readonly port: number;
      readonly service: string;
      /** The controls about all addresses of a family, besides those of the rule. */
      readonly controlsOf?: Readonly<Record<IpFamily, Controls>>;
    }
  | { readonly port: 'all' }
  | {
      readonly ports: readonly ServicePort[];
      readonly named: readonly ServicePort[];
      /** The aliases of a finding, besides those of the rules that it subsumes. */
      readonly ownAliases: Aliases;
    };

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
  const { advice } = data;
  const aliases = aliasesByTool(data.aliases ?? {});
  const facts: FormFacts = { ...data, topic: 'network-exposure', sources: { ...data.sources, ...PROTOCOL_SOURCES } };
  const title = fixTitleOf(data.fix, 'Remove this rule');
  const controlsOf = 'controlsOf' in data ? data.controlsOf : undefined;
  const covered = memoizeName((family: IpFamily): Covered =>
    controlsOf ? { controls: mergedIds([data.controls ?? {}, controlsOf[family]]) } : {},
  );
  return defineRule({
    ...metadataOf({ ...facts, ...coveredBy(data, familiesOf(data)) }, { advice, fixable: true }),
    on: 'resource',
    reads: INGRESS_READS,
    *check(resource, context) {
      const name = resource.displayName;
      for (const rule of rulesOf(resource, 'SecurityGroupIngress')) {
        if ('ports' in data) {
          const ports = configured(data.ports, context.ports(data.id, 'ports'), context.ports(data.id, 'allowedPorts'));
          yield* reportsOfTable(rule, { ...data, ports }, name, title);
          continue;
        }
        const { port } = data;
        const what = port === 'all' ? 'all ports' : `${data.service} (port ${port})`;
        const message = (range: string): string => `${name} allows ${what} from ${range}. ${advice}`;
        const reaches = (other: GroupRule): Judgement =>
          port === 'all' ? coversEverything(other) : coversPort(other, port);
        for (const report of openToWorld(rule, reaches, message, title, covered))
          yield port === 'all' && !isCompliant(report) ? withAliases(report, rule, aliases) : report;
      }
    },
  });
}

/** The ports of a table, without those that a configuration allows, and with its own. */
function configured(
  ports: readonly ServicePort[],
  more: readonly number[],
  allowed: readonly number[],
): readonly ServicePort[] {
  if (more.length === 0 && allowed.length === 0) return ports;
  const own = more.filter((port) => !ports.some((one) => one.port === port && one.protocol === undefined));
  return [
    ...ports.filter(({ port }) => !allowed.includes(port)),
    ...own.map((port): ServicePort => ({ port, service: 'in the configuration', source: 'configuration' })),
  ];
}

/** What a rule covers for the addresses of each family. */
function familiesOf(data: OpenPorts): readonly Covered[] {
  return 'controlsOf' in data ? Object.values(data.controlsOf ?? {}).map((controls) => ({ controls })) : [];
}

/** The reports about a rule that opens ports of a table. Ports that are not known are not reported. */
function* reportsOfTable(
  rule: GroupRule,
  {
    ports,
    named,
    ownAliases,
    controls = {},
  }: Pick<Covered, 'controls'> & Extract<OpenPorts, { readonly ports: unknown }>,
  name: string,
  title: string,
): Iterable<Report> {
  const opens = (other: GroupRule, { port, protocol }: ServicePort): Judgement =>
    unlessUnknown(coversPort(other, port, protocol));
  const reaches = (other: GroupRule): Judgement => any(...ports.map((one) => opens(other, one)));
  // Those that the control is about.
  const listed = [...named, ...ports].filter(({ source }) => source === 'securityHub');
  const message = (range: string): string => {
    const opened = [...named, ...ports].filter((one) => sometimes(opens(rule, one)));
    return `${name} opens ${portsText(opened)} to ${range === NO_RANGE ? range : 'the internet'}. Restrict ${range === NO_RANGE ? 'it' : range} to the sources that need access.`;
  };
  for (const report of openToWorld(rule, reaches, message, title)) {
    if (isCompliant(report)) continue;
    const isWeb = ports.filter((one) => sometimes(opens(rule, one))).every(({ web }) => web);
    yield {
      ...report,
      violations: flatMap(report.violations, (violation) => [
        { ...violation, aliases: ownAliases, controls: {} },
        { ...violation, controls, wrong: all(violation.wrong, any(...listed.map((one) => opens(rule, one)))) },
      ]),
      ...(isWeb ? { severity: 'medium' } : {}),
    };
  }
}

/** Whether a report has no finding, as those about most rules, because most rules are restricted. */
function isCompliant({ violations }: Report): boolean {
  return violations.every(({ wrong }) => never(wrong));
}

/** A report on all ports with the aliases for what the rule allows: all protocols, all of TCP, or all of UDP. */
function withAliases(report: Report, rule: GroupRule, ofTcp: Aliases): Report {
  const [everything, tcp] = [everyProtocol(rule.properties), coversAllOfTcp(rule)];
  const { cfn_nag = [], guard = [] } = ofTcp;
  const ofEverything: Aliases = {
    ...ofTcp,
    cfn_nag: [...cfn_nag, 'W42'],
    guard: [...guard, 'SECURITY_GROUP_INGRESS_ALL_PROTOCOLS_RULE'],
  };
  return {
    ...report,
    violations: flatMap(report.violations, ({ wrong, ...violation }) => [
      { ...violation, wrong: all(wrong, everything), aliases: ofEverything },
      { ...violation, wrong: all(wrong, not(everything), tcp), aliases: ofTcp },
      { ...violation, wrong: all(wrong, not(tcp)), aliases: WORLD_ALIASES },
    ]),
  };
}
