/**
 * The resource policy of a REST API, which SAM generates from lists of accounts, addresses and networks. The allowed
 * principals are included; the methods of each statement are not, because they depend on the definition of the API.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-resourcepolicystatement.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { bothTruths, eitherTruth, FALSE, TRUE, type Truth } from '../../base/guard.ts';
import { absentFrom, itemsOf, leaves, mapLeaves, member, unknown } from '../../model/navigate.ts';
import type { Element, Leaf, Member, Origin, Value } from '../../model/value.ts';
import { jsonValue } from './json-value.ts';
import { writtenWhen } from './native.ts';

/**
 * The lists of addresses and networks: an allow list denies requests from elsewhere, a deny list denies requests from
 * the listed ones.
 */
const LISTS: readonly {
  readonly name: string;
  readonly operator: string;
  readonly key: string;
  readonly prefix?: string;
}[] = [
  { name: 'IpRangeWhitelist', operator: 'NotIpAddress', key: 'aws:SourceIp' },
  { name: 'IpRangeBlacklist', operator: 'IpAddress', key: 'aws:SourceIp' },
  { name: 'SourceVpcWhitelist', operator: 'StringNotEquals', key: 'aws:SourceVpc', prefix: 'vpc-' },
  { name: 'SourceVpcWhitelist', operator: 'StringNotEquals', key: 'aws:SourceVpce', prefix: 'vpce-' },
  { name: 'SourceVpcBlacklist', operator: 'StringEquals', key: 'aws:SourceVpc', prefix: 'vpc-' },
  { name: 'SourceVpcBlacklist', operator: 'StringEquals', key: 'aws:SourceVpce', prefix: 'vpce-' },
  { name: 'IntrinsicVpcWhitelist', operator: 'StringNotEquals', key: 'aws:SourceVpc' },
  { name: 'IntrinsicVpcBlacklist', operator: 'StringEquals', key: 'aws:SourceVpc' },
  { name: 'IntrinsicVpceWhitelist', operator: 'StringNotEquals', key: 'aws:SourceVpce' },
  { name: 'IntrinsicVpceBlacklist', operator: 'StringEquals', key: 'aws:SourceVpce' },
];

/** The policy of the property ResourcePolicy; absent if it is not set. */
export function resourcePolicy(property: Value, place: Origin): Value {
  return mapLeaves(property, (leaf) => (leaf.state === 'object' ? policyOf(leaf, place) : leaf));
}

function policyOf(property: Leaf & { state: 'object' }, place: Origin): Value {
  const origin: Origin = { ...property.origin, edit: 'none' };
  const accounts = (name: string, effect: string): readonly Element[] =>
    listed(property, name).map(({ value, when }) => ({
      when,
      value: statement(effect, memberOf('Principal', objectOf([memberOf('AWS', value)], value.origin)), value.origin),
    }));
  const denials = flatMap(LISTS, ({ name, operator, key, prefix }) =>
    flatMap(listed(property, name), ({ value, when }): readonly Element[] => {
      const values = prefix === undefined ? value : startingWith(value, prefix);
      const present = bothTruths(when, writtenWhen(values));
      const condition = objectOf([memberOf(operator, objectOf([memberOf(key, values)], value.origin))], value.origin);
      return present.no.isAlways()
        ? []
        : [
            {
              when: present,
              value: statement(
                'Deny',
                memberOf('Principal', jsonValue('*', { ...value.origin, edit: 'none' })),
                value.origin,
                condition,
              ),
            },
          ];
    }),
  );
  const allowed: Truth = denials.map(({ when }) => when).reduce(eitherTruth, FALSE);
  const anyPrincipal: Element = {
    when: allowed,
    value: statement('Allow', memberOf('Principal', jsonValue('*', origin)), origin),
  };
  const custom = itemsOf(member(property, 'CustomStatements'), true);
  const items = [
    ...custom.items,
    ...accounts('AwsAccountWhitelist', 'Allow'),
    ...accounts('AwsAccountBlacklist', 'Deny'),
    ...(allowed.no.isAlways() ? [] : [anyPrincipal]),
    ...denials,
  ];
  return objectOf(
    [
      memberOf('Version', jsonValue('2012-10-17', place)),
      memberOf('Statement', { state: 'list', origin, items, open: property.open || !custom.complete.yes.isAlways() }),
    ],
    origin,
  );
}

/** The value with a name, in the scenarios in which it is set. */
function listed(property: Value, name: string): readonly Element[] {
  return flatMap(leaves(member(property, name)), ({ guard, value }) =>
    value.state === 'absent' ? [] : [{ value, when: guard.isAlways() ? TRUE : { yes: guard, no: FALSE.yes } }],
  );
}

/** The items of a list that are networks of a kind; absent without such items. */
function startingWith(value: Value, prefix: string): Value {
  return mapLeaves(value, (leaf) => {
    if (leaf.state !== 'list') return leaf;
    const items = leaf.items.filter((item) =>
      leaves(item.value).some((one) => one.value.state !== 'known' || one.value.raw.startsWith(prefix)),
    );
    return items.length > 0 || leaf.open ? { ...leaf, items } : absentFrom(leaf);
  });
}

function statement(effect: string, principal: Member, at: Origin, condition?: Value): Value {
  const origin: Origin = { ...at, edit: 'none' };
  return objectOf(
    [
      memberOf('Effect', jsonValue(effect, origin)),
      memberOf('Action', jsonValue('execute-api:Invoke', origin)),
      principal,
      memberOf('Resource', unknown(origin, 'transform')),
      ...(condition ? [memberOf('Condition', condition)] : []),
    ],
    origin,
  );
}

function memberOf(key: string, value: Value): Member {
  return { key, keyAt: value.origin.use, when: TRUE, value };
}

function objectOf(entries: readonly Member[], at: Origin): Value {
  return { state: 'object', origin: { ...at, edit: 'none' }, entries, open: false };
}
