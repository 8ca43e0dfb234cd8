/** Condition keys and what they hold. */
import type { OperatorFamily } from './condition-operator.ts';

/** What a condition key holds. */
export type KeyKind = 'String' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'IPAddress' | 'Binary';

export interface KeyType {
  readonly kind: KeyKind;
  /** Whether a request has several values of it, so that a condition needs ForAllValues or ForAnyValue. */
  readonly many: boolean;
}

/** A condition key as the data writes it. */
export interface ConditionKey extends KeyType {
  /** In the writing of AWS's documentation: `aws:RequestTag/${TagKey}`. */
  readonly name: string;
}

/** The condition keys of one service, or those of all services. */
export interface ConditionKeys {
  readonly all: readonly ConditionKey[];
  /** The key of this name, in any case. What stands for a part that the author chooses, the key of a tag, may be anything but nothing. */
  named(name: string): ConditionKey | undefined;
}

/** Reads a type as the data has it: `ArrayOfString`. */
function keyType(written: string): KeyType {
  const many = written.startsWith('ArrayOf');
  return { kind: (many ? written.slice('ArrayOf'.length) : written) as KeyKind, many };
}

/** The part of a name that the author chooses, in each way in which AWS's documentation writes it: `${TagKey}`, `<key>`, `tag-key`. */
const CHOSEN = /\$\{[^}]*\}|<[^>]*>|(?<=\/)tag-key$/g;

/** Whether a part of a key's name is chosen by the author, so that what it holds is the author's choice too. */
export function isTemplate({ name }: Pick<ConditionKey, 'name'>): boolean {
  return name.search(CHOSEN) >= 0;
}

/** What stands in the name of a key before the part that the author chooses at its end: `aws:RequestTag`. Undefined where there is none. */
export function stemOf({ name }: Pick<ConditionKey, 'name'>): string | undefined {
  return /^(.+)\/(?:\$\{[^}]*\}|<[^>]*>|tag-key)$/.exec(name)?.[1];
}

/** The condition keys that data describe, by name and type. */
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
          .filter((key) => !isTemplate(key))
          .map((key) => [key.name.toLowerCase(), key]),
      );
      const found = exact.get(name.toLowerCase());
      if (found) return found;
      if (filled.has(name)) return filled.get(name);
      templates ??= read()
        .filter(isTemplate)
        .map((key) => ({ key, pattern: templatePattern(key.name) }));
      if (filled.size >= MOST_REMEMBERED) filled.clear();
      const fitting = templates.find(({ pattern }) => pattern.test(name))?.key;
      filled.set(name, fitting);
      return fitting;
    },
  };
}

/** How many names are remembered that are looked for among templates: a statement asks for one key once for each of its actions. */
const MOST_REMEMBERED = 200;

function templatePattern(name: string): RegExp {
  const parts = name.split(CHOSEN).map((part) => part.replace(/[.*+?^$()|[\]\\/]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 'is');
}

/** The operators that are made for what a key holds. */
const FAMILIES: Readonly<Record<KeyKind, OperatorFamily>> = {
  String: 'String',
  ARN: 'Arn',
  Bool: 'Bool',
  Numeric: 'Numeric',
  Date: 'Date',
  IPAddress: 'IpAddress',
  Binary: 'Binary',
};

/** The family of operators that is made for what a key holds. */
export function familyFor({ kind }: KeyType): OperatorFamily {
  return FAMILIES[kind];
}

/**
 * Whether operators of a family fit a key: `usable` where they compare texts that were meant as something else, as a string operator does with
 * an ARN. What an author chooses to put into a tag may be compared in any way, and whether a key is there in all. An identity provider is an ARN,
 * but for those that are built into AWS, which are names of hosts.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-federatedprovider
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function fitOf(key: ConditionKey, family: OperatorFamily): 'right' | 'usable' | 'wrong' {
  if (family === 'Null' || family === FAMILIES[key.kind] || isTemplate(key)) return 'right';
  if (key.kind === 'ARN') return family === 'String' ? 'usable' : 'wrong';
  if (key.name === 'aws:FederatedProvider' && (family === 'Arn' || family === 'String')) return 'right';
  // Names say so where the data does not.
  if (key.kind === 'String' && family === 'Arn') return /arn$/i.test(key.name) ? 'right' : 'wrong';
  // A point in time is also the number of seconds since 1970.
  return key.name === 'aws:EpochTime' && family === 'Numeric' ? 'right' : 'wrong';
}

/**
 * A key that the service reference describes as a list, and that an example of the IAM User Guide compares by StringNotEquals without a qualifier.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_datapipeline_not-owned.html
 */
const ONE_OR_MANY: ReadonlySet<string> = new Set(['datapipeline:PipelineCreator']);

/** Whether a request has several values of a key; undefined where that is not settled. */
export function hasMany({ name, many }: ConditionKey): boolean | undefined {
  return ONE_OR_MANY.has(name) ? undefined : many;
}
