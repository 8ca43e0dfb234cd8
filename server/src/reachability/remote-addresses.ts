/** The remote addresses of a security group rule: whether they are all addresses. */
import { flatMap } from '../base/flat-map.ts';
import { sameSpan } from '../base/span.ts';
import { ADDRESS_FAMILIES, listedRanges } from '../model/all-addresses.ts';
import type { DescribedHop } from '../model/internet.ts';
import { all, any, is, judgement, type Judgement } from '../model/judgement.ts';
import { leaves } from '../model/navigate.ts';
import { never, sometimes } from '../model/quantified.ts';
import { NOT_KNOWN } from '../model/shown.ts';
import type { Value } from '../model/value.ts';
import type { GroupRule } from './security-group-rules.ts';

/** The text for a range that is not known. */
export const NO_RANGE = 'an unknown range';

export type IpFamily = 'IPv4' | 'IPv6';

/** The remote addresses of a rule. */
export interface RemoteAddresses {
  readonly value: Value;
  readonly family: IpFamily;
  /**
   * Whether it is all addresses, alone or together with another rule of the list, and the rule allows the traffic in
   * question.
   */
  readonly open: Judgement;
  /** The value in a message: a half together with the other half. */
  words(shown: string): string;
  /** Whether a value is all addresses only together with that of another rule. */
  isHalf(value: Value): boolean;
  /** The entries of a prefix list that are all addresses. */
  readonly related: readonly DescribedHop[];
}

/** The remote addresses of a rule; `reaches` returns whether a rule allows the traffic in question. */
export function remoteAddresses(rule: GroupRule, reaches: (rule: GroupRule) => Judgement): readonly RemoteAddresses[] {
  return [...writtenEnds(rule, reaches), ...listedEnds(rule, reaches)];
}

function writtenEnds(rule: GroupRule, reaches: (rule: GroupRule) => Judgement): readonly RemoteAddresses[] {
  return ADDRESS_FAMILIES.map(({ path, everyone, halves, lower, upper }) => {
    const value = rule.properties.get(path);
    const isHalf = (other: Value): boolean => sometimes(is(other, lower));
    const otherHalf = !isHalf(value)
      ? []
      : rule
          .withValue(path, upper)
          .map((other) => all(other.there, is(other.properties.get(path), upper), reaches(other)));
    const wide =
      otherHalf.length === 0 ? is(value, everyone) : any(is(value, everyone), all(is(value, lower), any(...otherHalf)));
    return {
      value,
      family: path === 'CidrIpv6' ? 'IPv6' : 'IPv4',
      isHalf,
      // Most rules are restricted, and then the traffic that they allow does not matter.
      open: never(wide) ? wide : all(rule.there, reaches(rule), wide),
      words: (text) => (text === NOT_KNOWN ? NO_RANGE : text === halves[0] ? halves.join(' and ') : text),
      related: [],
    };
  });
}

/** The prefix lists of a rule that have all addresses among their entries. */
function listedEnds(rule: GroupRule, reaches: (rule: GroupRule) => Judgement): readonly RemoteAddresses[] {
  const { edges } = rule.owner.related('prefix-lists');
  if (edges.length === 0) return [];
  const value = rule.properties.get(rule.listedAt);
  const places = leaves(value).map((leaf) => leaf.value.origin.use);
  return flatMap(
    edges.filter(({ via }) => places.some((place) => sameSpan(place, via.origin.use))),
    ({ resource: list, when }) =>
      // An unknown entry is not reported.
      flatMap(listedRanges(list, 'other'), ({ isAll, range, entries }): readonly RemoteAddresses[] => {
        const wide = all(judgement(when), isAll);
        if (!sometimes(wide)) return [];
        return [
          {
            value,
            family: range.includes(':') ? 'IPv6' : 'IPv4',
            open: all(rule.there, reaches(rule), wide),
            words: () => `${range} (in ${list.displayName})`,
            isHalf: () => false,
            related: entries.map((entry) => ({
              value: entry.cidr,
              when: entry.is,
              message: `An entry of the prefix list ${list.displayName}.`,
            })),
          },
        ];
      }),
  );
}
