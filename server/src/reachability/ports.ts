/** Ports as values of documents: whether rules allow them, and whether they are equal. */
import { flatMap } from '../base/flat-map.ts';
import { all, any, is, judge, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import { leaves } from '../model/navigate.ts';
import { integer, oneOfIgnoringCase } from '../model/predicate.ts';
import { always, never } from '../model/quantified.ts';
import type { Value } from '../model/value.ts';
import { coversAllOfTcp, coversPort, everyProtocol, type GroupRule } from './security-group-rules.ts';

export type TransportProtocol = 'tcp' | 'udp';

/** A port that accepts connections. */
export interface Port {
  readonly value: Value;
  readonly transports: readonly TransportProtocol[];
}

/** The only number that a value can be; undefined if there are others, or it is unknown. */
export function onlyNumber(value: Value): number | undefined {
  const [first, ...others] = new Set(leaves(value).map(numberOf));
  return others.length === 0 ? first : undefined;
}

function numberOf({ value }: { readonly value: Value }): number | undefined {
  return value.state === 'known' && /^\d{1,5}$/.test(value.raw.trim()) ? Number(value.raw) : undefined;
}

const exactly = (port: number) => integer((number) => number === port);

/** A statement about a port, which is unknown where the port is. */
function ofNumber(value: Value, statement: (port: number) => Judgement): Judgement {
  const numbers = [...new Set(flatMap(leaves(value), (leaf) => numberOf(leaf) ?? []))];
  const isUnknown = judge(value, (leaf) => (numberOf({ value: leaf }) === undefined ? undefined : false));
  return any(isUnknown, ...numbers.map((port) => all(is(value, exactly(port)), statement(port))));
}

/** Whether a rule of a security group allows connections to a port. */
export function allowsPort(rule: GroupRule, { value, transports }: Port): Judgement {
  const allOfThem = transports.includes('tcp') ? coversAllOfTcp(rule) : everyProtocol(rule.properties);
  if (always(allOfThem)) return YES;
  return any(
    allOfThem,
    ofNumber(value, (port) => any(...transports.map((transport) => coversPort(rule, port, transport)))),
  );
}

/** Whether two ports are equal. */
export function isSamePort(one: Value, other: Value): Judgement {
  return ofNumber(one, (port) => ofNumber(other, (second) => (port === second ? YES : any())));
}

/**
 * The transport protocols of a listener or a target group, by its protocol.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
 */
export function transportsOf(protocol: Value): readonly TransportProtocol[] {
  const isUdp = is(protocol, oneOfIgnoringCase('UDP', 'QUIC'));
  if (always(isUdp)) return ['udp'];
  const both = is(protocol, oneOfIgnoringCase('TCP_UDP', 'TCP_QUIC'));
  return never(any(isUdp, both, all(isUdp, UNKNOWABLE))) ? ['tcp'] : ['tcp', 'udp'];
}

/** A port as the end of a sentence: `port 443`, `UDP port 53`, `the port of Listener`. */
export function portText({ value, transports }: Port, owner: { readonly displayName: string }): string {
  const number = onlyNumber(value);
  return number === undefined ? `the port of ${owner.displayName}` : numberText(number, transports);
}

/** The number of a port as the end of a sentence. TCP is not named. */
export function numberText(number: number, transports: readonly TransportProtocol[]): string {
  return transports.includes('tcp') ? `port ${number}` : `UDP port ${number}`;
}
