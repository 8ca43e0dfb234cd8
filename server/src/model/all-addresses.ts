/** CIDR blocks that cover all addresses, individually or together, in a rule and among the entries of a prefix list. */
import { all, among, any, is, judgement, type Judgement, type Predicate } from './judgement.ts';
import { oneOf, text } from './predicate.ts';
import type { Resource } from './resource.ts';
import { shown } from './shown.ts';
import type { Value } from './value.ts';

/** A property for addresses, and how it can cover all addresses: with a prefix length of 0, or with both halves. */
export interface AddressFamily {
  readonly path: 'CidrIp' | 'CidrIpv6';
  readonly everyone: Predicate;
  readonly halves: readonly [string, string];
  readonly lower: Predicate;
  readonly upper: Predicate;
}

function family(path: AddressFamily['path'], everyone: Predicate, lower: string, upper: string): AddressFamily {
  return { path, everyone, halves: [lower, upper], lower: oneOf(lower), upper: oneOf(upper) };
}

/** Whether a CIDR block covers all addresses. Only a prefix length of 0 does, regardless of the address. */
function block(holds: (cidr: string) => boolean, texts: readonly string[]): Predicate {
  return {
    ...text(holds, texts),
    text: ({ pieces }) => (/\/0*[1-9]\d?\d?\s*$/.test(String(pieces.at(-1))) ? false : undefined),
    // The addresses of another resource, such as a VPC, are never all addresses.
    reference: () => false,
  };
}

const isAllIpv4 = (cidr: string): boolean => /^\d{1,3}(\.\d{1,3}){3}\/0+$/.test(cidr.trim());
const ALL_IPV4 = ['0.0.0.0/0'];
const isAllIpv6 = (cidr: string): boolean => /^(?=[^/]*:)[0-9a-f:.]*\/0+$/i.test(cidr.trim());
const ALL_IPV6 = ['::/0', '0:0:0:0:0:0:0:0/0'];

/** Whether a CIDR block covers all addresses of a family. */
export const EVERYWHERE: Predicate = block((cidr) => isAllIpv4(cidr) || isAllIpv6(cidr), [...ALL_IPV4, ...ALL_IPV6]);

/** The properties that can cover all addresses, in every notation. */
export const ADDRESS_FAMILIES: readonly AddressFamily[] = [
  family('CidrIp', block(isAllIpv4, ALL_IPV4), '0.0.0.0/1', '128.0.0.0/1'),
  family('CidrIpv6', block(isAllIpv6, ALL_IPV6), '::/1', '8000::/1'),
];

/** The entries of a prefix list that cover all addresses of a family. */
export interface ListedRange {
  readonly isAll: Judgement;
  /** The range as text: `0.0.0.0/0`, or both halves. */
  readonly range: string;
  readonly entries: readonly ListedEntry[];
}

/** An entry of a prefix list, and whether it covers all addresses or a half of them. */
export interface ListedEntry {
  readonly cidr: Value;
  readonly is: Judgement;
}

/**
 * Whether the entries of a prefix list cover all addresses, by family. Unknown entries count as others, or make the
 * result unknown.
 * https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
 */
export function listedRanges(list: Resource, notKnown: 'other' | 'unknown'): readonly ListedRange[] {
  const { items, complete } = list.each('Entries');
  return ADDRESS_FAMILIES.map(({ everyone, halves, lower: low, upper: high }) => {
    const entries = (predicate: Predicate): readonly ListedEntry[] =>
      items.map((entry) => {
        const cidr = entry.get('Cidr');
        const tested = notKnown === 'other' ? { ...predicate, unknown: false as const } : predicate;
        return { cidr, is: all(judgement(entry.when), is(cidr, tested)) };
      });
    const [whole, lower, upper] = [entries(everyone), entries(low), entries(high)];
    const every = any(...whole.map((entry) => entry.is));
    const both = all(any(...lower.map((entry) => entry.is)), any(...upper.map((entry) => entry.is)));
    const found = [...whole, ...lower, ...upper].filter((entry) => entry.is.yes.satisfiable());
    const isAll = any(every, both);
    return {
      isAll: notKnown === 'other' ? isAll : among(isAll, complete),
      range: every.yes.satisfiable() ? shown(found[0]!.cidr) : halves.join(' and '),
      entries: found,
    };
  });
}
