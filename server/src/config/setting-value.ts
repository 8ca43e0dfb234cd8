/** The form of the values of `.stackwarden.yaml`, as data for the schema, the reference page, completion and hovers. */

/** One of several words. */
export interface WordChoice {
  readonly name: string;
  readonly description?: string;
}

/** What a text names, if editors can offer the names. */
export type NameKind = 'rule';

/** A string. Numbers and booleans are strings too, as they are written. */
export interface TextValue {
  readonly kind: 'text';
  /** The only values that are valid. */
  readonly choices?: readonly WordChoice[];
  /** Whether `true` and `false` are valid beside the choices. */
  readonly orBoolean?: true;
  readonly names?: NameKind;
  readonly form?: 'path' | 'date' | 'account' | 'port';
}

export type SettingValue =
  | TextValue
  | { readonly kind: 'boolean' }
  /** A positive integer, within bounds. */
  | { readonly kind: 'number'; readonly minimum?: number; readonly maximum?: number }
  /** A string, number or boolean; with `orList` also a list of them. */
  | { readonly kind: 'scalar'; readonly orList?: true }
  /** One or a list of strings. */
  | { readonly kind: 'texts'; readonly of: TextValue }
  | { readonly kind: 'list'; readonly of: SettingValue }
  /** A mapping with known keys. */
  | Keys
  | UserMapping
  /** A value of one of two forms. */
  | { readonly kind: 'either'; readonly one: SettingValue; readonly other: SettingValue };

/** A mapping whose keys users choose. */
export interface UserMapping {
  readonly kind: 'table';
  readonly names?: NameKind;
  /** The form of its values. */
  readonly of: SettingValue;
  /** The form of the values of some keys, where it is another one. */
  readonly ofSome?: Readonly<Record<string, SettingValue>>;
}

/** A mapping with known keys. */
export interface Keys {
  readonly kind: 'keys';
  readonly keys: Readonly<Record<string, SettingDoc>>;
  /** The keys that have to be present: of each group, one. */
  readonly required?: readonly (readonly string[])[];
}

/** A key of the configuration. */
export interface SettingDoc {
  /** One or two sentences. */
  readonly description: string;
  readonly value: SettingValue;
  /** The value without the key, as YAML. */
  readonly default?: string;
  /** A value, as YAML. */
  readonly example: string;
  /** The value that another key beside it has to have. */
  readonly onlyWith?: { readonly key: string; readonly value: string };
}
