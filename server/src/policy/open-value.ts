/**
 * Values of conditions that leave out no caller: a wildcard alone, a pattern that every value of its key matches (`o-*`, twelve question marks for an account), and
 * address ranges that together are all addresses.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { any, exists, judge, YES, type Judgement } from '../model/judgement.ts';
import { itemsOf } from '../model/navigate.ts';
import type { Value } from '../model/value.ts';
import type { Operator } from './condition-operator.ts';
import { isAnything } from './condition-text.ts';
import { knownText } from './conditions.ts';
import { ipRange, isEveryAddress, type IpRange } from './ip-range.ts';
import { fits } from './wildcard.ts';

const ACCOUNTS = ['000000000000', '999999999999'];
const ORGANIZATIONS = ['o-a000000000', 'o-z9999999999999999999999999999999'];
const ORGANIZATION_PATHS = ORGANIZATIONS.map((id) => `${id}/r-ab12/ou-ab12-11111111/`);
const networks = (prefix: string): readonly string[] => [`${prefix}-0a0a0a0a`, `${prefix}-09f9f9f9f9f9f9f9f`];

/**
 * Values that a key can have, each as different from the others as possible: a pattern that matches all of them matches every value. ARNs are given without `arn:` and the
 * partition, which is the same for all that a policy is about.
 */
const EXTREMES: ReadonlyMap<string, readonly string[]> = new Map([
  ...['aws:principalaccount', 'aws:sourceaccount', 'aws:sourceowner', 'aws:vpceaccount', 'kms:calleraccount'].map(
    (key) => [key, ACCOUNTS] as const,
  ),
  ...['aws:principalorgid', 'aws:sourceorgid', 'aws:vpceorgid'].map((key) => [key, ORGANIZATIONS] as const),
  ...['aws:principalorgpaths', 'aws:sourceorgpaths', 'aws:vpceorgpaths'].map(
    (key) => [key, ORGANIZATION_PATHS] as const,
  ),
  ['aws:sourcevpc', networks('vpc')],
  ['aws:sourcevpce', networks('vpce')],
  ['kms:requestalias', ['alias/a', 'alias/aws/s3', 'alias/Z-9/_']],
  ['aws:userid', ['AIDAAAAAAAAAAAAAAAAAA', 'AROAZZZZZZZZZZZZZZZZZ:session', '111122223333', '999999999999:user']],
  [
    'aws:principalarn',
    [
      'iam::000000000000:user/a',
      'iam::999999999999:role/z/z',
      'sts::999999999999:assumed-role/z/z',
      'sts::000000000000:federated-user/a',
    ],
  ],
  ['aws:sourcearn', ['s3:::a', 'sns:eu-west-1:999999999999:z', 'events:us-west-2:000000000000:rule/a/z']],
]);

const ARN_KEYS: ReadonlySet<string> = new Set(['aws:principalarn', 'aws:sourcearn']);

/** Where a positive comparison lists a pattern that every value of its key matches, or address ranges that together are all addresses. */
export function listsEveryValue(operator: Operator, key: string, values: Value): Judgement {
  if (operator.negated) return any();
  if (operator.family === 'IpAddress') return isEveryRange(values);
  if (operator.comparison !== 'like' && operator.family !== 'Arn') return any();
  return exists(itemsOf(values, true), ({ value }) =>
    judge(value, (leaf) => {
      const text = knownText(leaf);
      return text === undefined
        ? leaf.state === 'text'
          ? false
          : undefined
        : isOpen(text, key.toLowerCase(), operator);
    }),
  );
}

function isOpen(text: string, key: string, { family }: Operator): boolean {
  // What AWS makes of an ARN pattern with fewer than six fields is not documented; nothing says that it limits anything.
  if (isAnything(text) || (family === 'Arn' && /^arn(?::\*+){1,5}$/.test(text))) return true;
  const extremes = EXTREMES.get(key);
  if (!extremes) return false;
  const partition = ARN_KEYS.has(key) ? `arn:${/^arn:([a-z][a-z-]*):/.exec(text)?.[1] ?? 'aws'}:` : '';
  return extremes.every((value) => fits(`${partition}${value}`, text));
}

/** Where address ranges together are all addresses of IPv4 or of IPv6, of those that are there in every scenario; or one of them is in some. */
export function isEveryRange(values: Value): Judgement {
  const { items, complete } = itemsOf(values, true);
  const rangeOf = (value: Value): IpRange | undefined => {
    const text = value.state === 'known' ? knownText(value) : undefined;
    return text === undefined ? undefined : ipRange(text);
  };
  const always = items.flatMap(({ value, when }) => (when.yes.isAlways() ? (rangeOf(value) ?? []) : []));
  if (isEveryAddress(always)) return YES;
  return exists({ items, complete }, ({ value }) =>
    judge(value, (leaf) => {
      const range = rangeOf(leaf);
      return range === undefined
        ? leaf.state === 'text' || leaf.state === 'known'
          ? false
          : undefined
        : range.bits === 0;
    }),
  );
}
