import type { Guard, Truth } from '../base/guard.ts';
import type { Span } from '../base/span.ts';

/** The logical ID or Terraform address of a resource, within its template, directory or plan. */
export type Address = string;

/** One step from the use of a value to its origin. */
export interface Step {
  /** The source of a value from outside of the document: a parameter file, the configuration. */
  readonly by?: string;
  readonly what:
    | 'default'
    | 'allowed'
    | 'given'
    | 'condition'
    | 'mapping'
    | 'local'
    | 'variable'
    | 'function'
    | 'companion'
    | 'data'
    | 'stack'
    | 'passed'
    | 'output'
    | 'loop';
  readonly name: string;
  readonly at?: Span;
}

/**
 * Where a value can be changed: `here` at its use; `shared` at a place with other uses (an anchor, a default, a local);
 * `generated` if the document is generated; `none` if it has no source text.
 */
export type EditPlace = 'here' | 'shared' | 'generated' | 'none';

export interface Origin {
  /** Where the value is used: the range that a finding marks. */
  readonly use: Span;
  /** Where it is defined, if elsewhere. */
  readonly def?: Span;
  /** Its key: the range of findings about something missing within it. */
  readonly key?: Span;
  readonly steps: readonly Step[];
  readonly edit: EditPlace;
  /**
   * Whether the value must not be shown: a NoEcho parameter, a sensitive attribute of a plan, a property or parameter
   * whose name denotes a credential.
   */
  readonly secret?: boolean;
  /** The value is considered a secret because of a name only; it is not marked as one. */
  readonly secretByName?: boolean;
}

/** A scalar. Predicates read it by the property's type: "true", 0x1F, a date. */
export interface Known {
  readonly state: 'known';
  readonly origin: Origin;
  /** The unescaped string of the scalar, without its quotes. */
  readonly raw: string;
  readonly quoted: boolean;
  readonly value: string | number | boolean | null;
  /** The length of its literal prefix, before the first interpolation; absent if all of it is literal. */
  readonly written?: number;
}

/** A template string with unknown parts. */
export interface TemplateString {
  readonly state: 'template';
  readonly origin: Origin;
  readonly pieces: readonly (string | Hole)[];
  /** The length of its literal prefix; absent if the first piece is literal. */
  readonly written?: number;
}

/** Its value can be evaluated lazily, so copies are made field by field: spreading one would lose the value. */
export interface Member {
  readonly key: string;
  readonly keyAt: Span;
  readonly value: Value;
  /** The scenarios in which the entry exists. */
  readonly when: Truth;
}

export interface Obj {
  readonly state: 'object';
  readonly origin: Origin;
  readonly entries: readonly Member[];
  /** Whether files that are not read can add entries. */
  readonly open: boolean;
  /** Set on an open object if callers alone decide what is added. */
  readonly byCaller?: true;
}

/** Copied field by field, like a member. */
export interface Element {
  readonly value: Value;
  /** The scenarios in which the item exists. */
  readonly when: Truth;
}

export interface List {
  readonly state: 'list';
  readonly origin: Origin;
  readonly items: readonly Element[];
  /** Whether files that are not read can add items. */
  readonly open: boolean;
}

export interface Reference {
  readonly state: 'reference';
  readonly origin: Origin;
  readonly to: Address;
  readonly attribute?: string;
}

export type Reason =
  | 'parameter'
  | 'import'
  | 'function'
  | 'file'
  | 'computed'
  | 'transform'
  | 'dynamic-reference'
  | 'sensitive'
  | 'syntax'
  | 'unmapped'
  | 'budget';

export interface Unknown {
  readonly state: 'unknown';
  readonly origin: Origin;
  readonly why: Reason;
  /** The values that the unknown value is made from, if known. */
  readonly refs: readonly Address[];
  /** The parameter or variable of which this is the whole value: equal inputs have equal values. */
  readonly input?: string;
  /**
   * Set on values that deployments need not use: values other than a default, unknown members of a collection, and
   * values derived from these.
   */
  readonly byCaller?: true;
  /** Set on values within an unknown value, of which not even the existence is known. */
  readonly part?: true;
  /** Whether a string is a possible value, if the values are restricted. */
  readonly admits?: (text: string) => boolean;
}

export interface Absent {
  readonly state: 'absent';
  /** `use` is the deepest existing key. */
  readonly origin: Origin;
  /** The service's default for the property, if documented and fixed. */
  readonly default?: Value;
  /** Whether files that are not read can set it. */
  readonly open: boolean;
}

export interface Choice {
  readonly state: 'choice';
  readonly origin: Origin;
  readonly branches: readonly Branch[];
}

export interface Branch {
  readonly guard: Guard;
  readonly value: Value;
}

/** The kinds of values whose string is unknown. */
export type Hole = Reference | Unknown;

/** A value: its known content, its origin and its scenarios. Rules read it through judgements only. */
export type Value = Known | TemplateString | Obj | List | Reference | Unknown | Absent | Choice;

/** A value that is the same in all scenarios in which it exists. */
export type Leaf = Exclude<Value, Choice>;
