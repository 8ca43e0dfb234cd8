/** Condition keys and the types of their values. */
import { ownText } from '../../base/own-text.ts';
import type { OperatorFamily } from '../text/condition-operator.ts';

/** The value type of a condition key. */
export type KeyKind = 'String' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'IPAddress' | 'Binary';

export interface KeyType {
  readonly kind: KeyKind;
  /** Whether it is multivalued, so that a condition needs ForAllValues or ForAnyValue. */
  readonly many: boolean;
}

/** A condition key of the data. */
export interface ConditionKey extends KeyType {
  /** In AWS's spelling: `aws:RequestTag/${TagKey}`. */
  readonly name: string;
}

/** The condition keys of one service, or the global ones. */
export interface ConditionKeys {
  readonly all: readonly ConditionKey[];
  /**
   * The key with this name, case-insensitively. A part that the author chooses, such as a tag key, can be any nonempty
   * string.
   */
  named(name: string): ConditionKey | undefined;
}

/** Parses a type of the data: `ArrayOfString`. */
function keyType(written: string): KeyType {
  const many = written.startsWith('ArrayOf');
  return { kind: (many ? written.slice('ArrayOf'.length) : written) as KeyKind, many };
}

/**
 * The part of a name that the author chooses, in the notations of AWS's documentation: `${TagKey}`, `<key>`, `tag-key`.
 */
const CHOSEN = /\$\{[^}]*\}|<[^>]*>|(?<=\/)tag-key$/g;

/** Whether the author chooses a part of a key's name, and therefore also its values. */
export function isKeyTemplate({ name }: Pick<ConditionKey, 'name'>): boolean {
  return name.search(CHOSEN) >= 0;
}

/**
 * The prefix of a key name before the part that the author chooses, such as `aws:RequestTag`; undefined if there is
 * none.
 */
export function stemOf({ name }: Pick<ConditionKey, 'name'>): string | undefined {
  return /^(.+)\/(?:\$\{[^}]*\}|<[^>]*>|tag-key)$/.exec(name)?.[1];
}

/** The condition keys of the data, by name and type. */
export function conditionKeys(types: Readonly<Record<string, string>>): ConditionKeys {
  let all: readonly ConditionKey[] | undefined;
  let exact: ReadonlyMap<string, ConditionKey> | undefined;
  const filled = new Map<string, ConditionKey | undefined>();
  let templates: readonly { readonly pattern: RegExp; readonly key: ConditionKey }[] | undefined;
  const read = (): readonly ConditionKey[] =>
    (all ??= Object.entries(types).map(([name, type]) => ({ name, ...keyType(type) })));
  return {
    get all() {
      return read();
    },
    named(name) {
      exact ??= new Map(
        read()
          .filter((key) => !isKeyTemplate(key))
          .map((key) => [key.name.toLowerCase(), key]),
      );
      const found = exact.get(name.toLowerCase());
      if (found) return found;
      if (filled.has(name)) return filled.get(name);
      templates ??= read()
        .filter(isKeyTemplate)
        .map((key) => ({ key, pattern: templatePattern(key.name) }));
      if (filled.size >= MOST_REMEMBERED) filled.clear();
      const fitting = templates.find(({ pattern }) => pattern.test(name))?.key;
      filled.set(ownText(name), fitting);
      return fitting;
    },
  };
}

/** The number of names whose template lookups are cached. A statement looks up a key for each of its actions. */
const MOST_REMEMBERED = 200;

function templatePattern(name: string): RegExp {
  const parts = name.split(CHOSEN).map((part) => part.replace(/[.*+?^$()|[\]\\/]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 'is');
}

/** The operator family for each value type. */
const FAMILIES: Readonly<Record<KeyKind, OperatorFamily>> = {
  String: 'String',
  ARN: 'Arn',
  Bool: 'Bool',
  Numeric: 'Numeric',
  Date: 'Date',
  IPAddress: 'IpAddress',
  Binary: 'Binary',
};

/** The operator family for the value type of a key. */
export function familyFor({ kind }: KeyType): OperatorFamily {
  return FAMILIES[kind];
}

/**
 * Whether operators of a family fit a key. `usable` if they compare strings although the key has another type, as a
 * string operator does with an ARN. Tag values can be compared with any operator, and Null fits every key. An identity
 * provider is an ARN, except for the built-in ones, which are host names.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-federatedprovider
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function fitOf(key: ConditionKey, family: OperatorFamily): 'right' | 'usable' | 'wrong' {
  if (family === 'Null' || family === FAMILIES[key.kind] || isKeyTemplate(key)) return 'right';
  if (key.kind === 'ARN') return family === 'String' ? 'usable' : 'wrong';
  if (key.name === 'aws:FederatedProvider' && (family === 'Arn' || family === 'String')) return 'right';
  // Some names indicate the type if the data does not.
  if (key.kind === 'String' && family === 'Arn') return /arn$/i.test(key.name) ? 'right' : 'wrong';
  // A date can also be the number of seconds since 1970.
  return key.name === 'aws:EpochTime' && family === 'Numeric' ? 'right' : 'wrong';
}

/**
 * A key that the service reference lists as multivalued, but that an example in the IAM User Guide compares with
 * StringNotEquals without a set operator.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_datapipeline_not-owned.html
 */
const ONE_OR_MANY: ReadonlySet<string> = new Set(['datapipeline:PipelineCreator']);

/** Whether a key is multivalued; undefined if that is unclear. */
export function hasMany({ name, many }: ConditionKey): boolean | undefined {
  return ONE_OR_MANY.has(name) ? undefined : many;
}
