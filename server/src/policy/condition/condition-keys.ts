/** Lookup of the condition key of a condition in the data of IAM and of the services that the statement names. */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import { itemsOf } from '../../model/navigate.ts';
import { knownTexts } from './conditions.ts';
import { actionPattern, type ServiceActions } from '../data/action.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';
import type { IamData } from '../data/iam-data.ts';
import { isKeyTemplate, stemOf, type ConditionKey } from '../data/key-type.ts';
import { nearest } from '../text/nearest.ts';

/** The data for the lookup; a rule's context provides it. */
export interface KeyData {
  readonly iam: IamData | undefined;
  actions(prefix: string): ServiceActions | undefined;
}

/**
 * The result of a key lookup: a known key, global or service-specific; a key that its service does not define (`aws`
 * for global keys); a key of an unknown service; an invalid key; or unclear, because data is missing or an identity
 * provider defines the key.
 */
export type KeyLookup =
  | { readonly is: 'key'; readonly key: ConditionKey; readonly global: boolean }
  | { readonly is: 'no-key'; readonly service: string }
  | { readonly is: 'no-service'; readonly service: string }
  | { readonly is: 'no-format' }
  | { readonly is: 'unclear' };

const UNCLEAR: KeyLookup = { is: 'unclear' };

/** Whether a name contains a placeholder of another tool, which is replaced before AWS reads the policy. */
export function hasToolPlaceholder(name: string): boolean {
  return name.includes(UNKNOWN_PIECE) || /[${}<>%]|^Fn::/.test(name);
}

/**
 * Looks up a key as written in a condition, case-insensitively. `trust`: whether the policy may be a trust policy,
 * whose keys can begin with the host name of any identity provider.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function lookUp(written: string, statement: Statement, data: KeyData, trust: boolean): KeyLookup {
  const { iam } = data;
  const colon = written.indexOf(':');
  if (!iam || hasToolPlaceholder(colon < 0 ? written : written.slice(0, colon))) return UNCLEAR;
  if (colon <= 0 || colon === written.length - 1 || /\s/.test(written.slice(0, colon))) return { is: 'no-format' };
  const global = iam.keys.named(written);
  if (global) return { is: 'key', key: global, global: true };
  const prefix = written.slice(0, colon).toLowerCase();
  const own = data.actions(prefix)?.keys.named(written) ?? foreign(written, statement, data);
  if (own) return { is: 'key', key: own, global: false };
  if (hasToolPlaceholder(written) || UNDESCRIBED.has(written.toLowerCase())) return UNCLEAR;
  if (prefix === 'aws') return { is: 'no-key', service: 'aws' };
  // A prefix with a host name belongs to an identity provider. Some other prefixes are known too.
  if (/[./]/.test(prefix) || iam.keyPrefixes.includes(prefix)) return UNCLEAR;
  if (iam.services.has(prefix)) return data.actions(prefix) ? { is: 'no-key', service: prefix } : UNCLEAR;
  return trust ? UNCLEAR : { is: 'no-service', service: prefix };
}

/** A key that is defined by a service of the statement's actions. AWS STS defines the keys of identity providers. */
function foreign(written: string, statement: Statement, data: KeyData): ConditionKey | undefined {
  for (const prefix of [...servicesOf(statement), 'sts']) {
    const found = data.actions(prefix)?.keys.named(written);
    if (found) return found;
  }
  return undefined;
}

/** The services of the Action and NotAction elements of a statement, in lower case, without wildcards. */
export const servicesOf = memoize(({ actions, notActions }: Statement): ReadonlySet<string> => {
  const written = flatMap([actions, notActions], (element) =>
    flatMap(itemsOf(element, true).items, ({ value }) => knownTexts(value)),
  );
  return new Set(
    flatMap(written, (action) => actionPattern(action)?.service ?? []).filter((service) => !/[*?]/.test(service)),
  );
});

/**
 * Keys that are defined by another service than their prefix indicates:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2instanceconnect.html
 */
const UNDESCRIBED: ReadonlySet<string> = new Set(['ec2:osuser', 'iot:jobid', 'identitystore:groupid']);

/** The name of a tag key without the tag: for `aws:RequestTag` and `aws:RequestTag/`. Undefined for other keys. */
export function withoutTagKey(written: string, data: KeyData): string | undefined {
  const stem = /^(.*?)\/?$/s.exec(written)![1]!;
  const prefix = stem.slice(0, stem.indexOf(':')).toLowerCase();
  const keys = prefix === 'aws' ? data.iam?.keys : data.actions(prefix)?.keys;
  return keys?.all.map(stemOf).find((one) => one?.toLowerCase() === stem.toLowerCase());
}

/** The likely intended key for an unknown one. The part of the name that the author chooses is kept. */
export function nearestKey(written: string, statement: Statement, data: KeyData): string | undefined {
  const colon = written.indexOf(':');
  const [prefix, name] = [written.slice(0, colon).toLowerCase(), written.slice(colon + 1)];
  const near = flatMap([prefix, ...servicesOf(statement)], (service) =>
    service === 'aws' ? [] : (data.actions(service)?.keys.all ?? []),
  );
  const keys = [...(data.iam?.keys.all ?? []), ...near];
  const namesOf = (all: readonly ConditionKey[]): readonly string[] => [
    ...new Set(all.filter((key) => !isKeyTemplate(key)).map((key) => key.name)),
  ];
  // The name may exist with another prefix.
  const elsewhere = namesOf(keys).filter((key) => key.slice(key.indexOf(':') + 1).toLowerCase() === name.toLowerCase());
  if (elsewhere.length === 1) return elsewhere[0];
  const slash = written.search(/[/]/);
  if (slash > 0) {
    const stem = nearest(written.slice(0, slash), new Set(flatMap(keys, (key) => stemOf(key) ?? [])));
    if (stem !== undefined) return `${stem}${written.slice(slash)}`;
  }
  return nearest(written, namesOf(keys));
}

/** The key of a condition; undefined if it is unknown. */
export function keyOf({ key }: Condition, statement: Statement, data: KeyData): ConditionKey | undefined {
  const found = lookUp(key, statement, data, true);
  return found.is === 'key' ? found.key : undefined;
}
