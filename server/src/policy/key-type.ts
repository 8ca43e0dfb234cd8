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

/** The condition keys that data describe, by name and type. */
export function conditionKeys(types: Readonly<Record<string, string>>): ConditionKeys {
  let all: readonly ConditionKey[] | undefined;
  let exact: ReadonlyMap<string, ConditionKey> | undefined;
  let templates: readonly { readonly pattern: RegExp; readonly key: ConditionKey }[] | undefined;
  const read = (): readonly ConditionKey[] => all ??= Object.entries(types).map(([name, type]) => ({ name, ...keyType(type) }));
  return {
    get all() { return read(); },
    named(name) {
      exact ??= new Map(read().filter((key) => !key.name.includes('${')).map((key) => [key.name.toLowerCase(), key]));
      const found = exact.get(name.toLowerCase());
      if (found) return found;
      templates ??= read().filter((key) => key.name.includes('${')).map((key) => ({ key, pattern: templatePattern(key.name) }));
      return templates.find(({ pattern }) => pattern.test(name))?.key;
    },
  };
}

function templatePattern(name: string): RegExp {
  const parts = name.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^$()|[\]\\/]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 'i');
}
