/** The traffic of a security group rule in words. */
import { is } from '../model/judgement.ts';
import { leaves } from '../model/navigate.ts';
import { always } from '../model/quantified.ts';
import type { Properties } from '../model/resource.ts';
import { shown } from '../model/shown.ts';
import { oneOfIgnoringCase } from '../model/predicate.ts';
import { everyProtocol } from './security-group-rules.ts';

const PROTOCOLS = ['tcp', 'udp', 'icmp', 'icmpv6'] as const;

/** The numbers of protocols: https://www.iana.org/assignments/protocol-numbers */
const NUMBERS: Readonly<Record<(typeof PROTOCOLS)[number], string>> = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58' };

/** `TCP port 22`, `UDP ports 5000 to 5010`, `all traffic`. */
export function trafficOf(rule: Properties): string {
  if (everyProtocol(rule).yes.satisfiable()) return 'all traffic';
  const value = rule.get('IpProtocol');
  const protocol = PROTOCOLS.find((one) => always(is(value, oneOfIgnoringCase(one, NUMBERS[one]))));
  if (!protocol) return 'some traffic';
  const name = nameOf(protocol);
  if (protocol === 'icmp' || protocol === 'icmpv6') return name;
  const [from, to] = [onlyNumberOf(rule, 'FromPort'), onlyNumberOf(rule, 'ToPort')];
  if (from === undefined || to === undefined) return `${name} ports`;
  if (from <= 1 && to === 65_535) return `all ${name} ports`;
  return from === to ? `${name} port ${from}` : `${name} ports ${from} to ${to}`;
}

/** A protocol with its IANA number. */
export interface Protocol {
  readonly number: number;
  readonly name: string;
}

/** The only protocol of a rule; undefined for other protocols, and where it depends on the scenario. */
export function protocolOf(rule: Properties): Protocol | undefined {
  const protocol = PROTOCOLS.find((one) => always(is(rule.get('IpProtocol'), oneOfIgnoringCase(one, NUMBERS[one]))));
  return protocol && { number: Number(NUMBERS[protocol]), name: nameOf(protocol) };
}

function nameOf(protocol: (typeof PROTOCOLS)[number]): string {
  return protocol.toUpperCase().replace('V6', 'v6');
}

/** The TCP port of a rule that allows one port only; undefined for others, and where it depends on the scenario. */
export function onlyPortOf(rule: Properties): number | undefined {
  if (!always(is(rule.get('IpProtocol'), oneOfIgnoringCase('tcp', NUMBERS.tcp)))) return undefined;
  const [from, to] = [onlyNumberOf(rule, 'FromPort'), onlyNumberOf(rule, 'ToPort')];
  return from === to ? from : undefined;
}

function onlyNumberOf(rule: Properties, path: 'FromPort' | 'ToPort'): number | undefined {
  const [first, ...others] = new Set(leaves(rule.get(path)).map(({ value }) => shown(value)));
  return others.length === 0 && first !== undefined && /^\d+$/.test(first) ? Number(first) : undefined;
}
