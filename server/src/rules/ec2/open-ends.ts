/** The remote addresses of a security group rule: whether they are all addresses. */
import { sameSpan } from '../../base/span.ts';
import { all, any, is, judgement, type Judgement, type Predicate } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import { oneOf, text } from '../../model/predicate.ts';
import { NOT_KNOWN, shown } from '../../model/shown.ts';
import type { Value } from '../../model/value.ts';
import type { RelatedValue } from '../rule.ts';
import type { GroupRule } from './security-group-rules.ts';

/** A property for the remote addresses of a rule, and how it can be all addresses: a prefix length of 0, or both halves. */
interface End {
  readonly path: string;
  readonly everyone: Predicate;
  readonly halves: readonly [string, string];
  readonly lower: Predicate;
  readonly upper: Predicate;
}

function end(path: string, everyone: Predicate, lower: string, upper: string): End {
  // The addresses of another resource, such as a VPC, are never all addresses.
  return {
    path,
    everyone: { ...everyone, reference: () => false },
    halves: [lower, upper],
    lower: oneOf(lower),
    upper: oneOf(upper),
  };
}

/** Whether a CIDR block is all addresses. One with another prefix length than 0 is not, regardless of its address. */
function block(holds: (cidr: string) => boolean, texts: readonly string[]): Predicate {
  return {
    ...text(holds, texts),
    text: ({ pieces }) => (/\/0*[1-9]\d?\d?\s*$/.test(String(pieces.at(-1))) ? false : undefined),
  };
}

/** The properties that can contain all addresses, in every notation. */
const ENDS: readonly End[] = [
  end(
    'CidrIp',
    block((cidr) => /^\d{1,3}(\.\d{1,3}){3}\/0+$/.test(cidr.trim()), ['0.0.0.0/0']),
    '0.0.0.0/1',
    '128.0.0.0/1',
  ),
  end(
    'CidrIpv6',
    block((cidr) => /^(?=[^/]*:)[0-9a-f:.]*\/0+$/i.test(cidr.trim()), ['::/0', '0:0:0:0:0:0:0:0/0']),
    '::/1',
    '8000::/1',
  ),
];

/** The remote addresses of a rule. */
export interface OpenEnd {
  readonly value: Value;
  /** Whether it is all addresses, alone or together with another rule of the list, and the rule allows the traffic in question. */
  readonly open: Judgement;
  /** The value in a message: a half together with the other half. */
  words(shown: string): string;
  /** Whether a value is all addresses only together with that of another rule. */
  isHalf(value: Value): boolean;
  /** The entries of a prefix list that are all addresses. */
  readonly related: readonly RelatedValue[];
}

/** The remote addresses of a rule; `reaches` tells whether a rule allows the traffic in question. */
export function openEnds(rule: GroupRule, reaches: (rule: GroupRule) => Judgement): readonly OpenEnd[] {
  return [...writtenEnds(rule, reaches), ...listedEnds(rule, reaches)];
}

function writtenEnds(rule: GroupRule, reaches: (rule: GroupRule) => Judgement): readonly OpenEnd[] {
  return ENDS.map(({ path, everyone, halves, lower, upper }) => {
    const value = rule.properties.get(path);
    const isHalf = (other: Value): boolean => is(other, lower).yes.satisfiable();
    const otherHalf = !isHalf(value)
      ? []
      : rule
          .withValue(path, upper)
          .map((other) => all(other.there, is(other.properties.get(path), upper), reaches(other)));
    const wide =
      otherHalf.length === 0 ? is(value, everyone) : any(is(value, everyone), all(is(value, lower), any(...otherHalf)));
    return {
      value,
      isHalf,
      // Most rules are restricted, and then the traffic that they allow does not matter.
      open: wide.no.isAlways() ? wide : all(rule.there, reaches(rule), wide),
      words: (text) => (text === NOT_KNOWN ? 'an unknown range' : text === halves[0] ? halves.join(' and ') : text),
      related: [],
    };
  });
}

/**
 * The prefix lists of a rule that have all addresses among their entries.
 * https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
 */
function listedEnds(rule: GroupRule, reaches: (rule: GroupRule) => Judgement): readonly OpenEnd[] {
  const { edges } = rule.owner.related('prefix-lists');
  if (edges.length === 0) return [];
  const value = rule.properties.get(rule.listedAt);
  const places = leaves(value).map((leaf) => leaf.value.origin.use);
  return edges
    .filter(({ via }) => places.some((place) => sameSpan(place, via.origin.use)))
    .flatMap(({ resource: list, when }) =>
      ENDS.flatMap(({ everyone, halves }): readonly OpenEnd[] => {
        // An unknown entry is not reported.
        const entries = (predicate: Predicate): readonly Listed[] =>
          list
            .each('Entries')
            .items.map((entry) => ({
              cidr: entry.get('Cidr'),
              is: all(judgement(entry.when), is(entry.get('Cidr'), { ...predicate, unknown: false })),
            }));
        const [whole, lower, upper] = [entries(everyone), entries(oneOf(halves[0])), entries(oneOf(halves[1]))];
        const every = any(...whole.map((entry) => entry.is));
        const both = all(any(...lower.map((entry) => entry.is)), any(...upper.map((entry) => entry.is)));
        const wide = all(judgement(when), any(every, both));
        if (!wide.yes.satisfiable()) return [];
        const found = [...whole, ...lower, ...upper].filter((entry) => entry.is.yes.satisfiable());
        const said = every.yes.satisfiable() ? shown(found[0]!.cidr) : halves.join(' and ');
        return [
          {
            value,
            open: all(rule.there, reaches(rule), wide),
            words: () => `${said} (in ${list.displayName})`,
            isHalf: () => false,
            related: found.map((entry) => ({
              value: entry.cidr,
              when: entry.is,
              message: `An entry of ${list.displayName}.`,
            })),
          },
        ];
      }),
    );
}

/** An entry of a prefix list, and whether it matches. */
interface Listed {
  readonly cidr: Value;
  readonly is: Judgement;
}
