import type { Guard, Truth } from '../base/guard.ts';
import type { Span } from '../base/span.ts';

/** The logical id or Terraform address of a resource, within its template, directory or plan. */
export type Address = string;

/** One step from the place where a value is used to the place where it is written. */
export interface Step {
  /** Who gave the value, where it is given from outside of the document: a parameter file, the configuration. */
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
 * Where a value can be changed: `here` where it is used; `shared` at a place that serves others too (an anchor, a
 * default, a local); `generated` when the document is made by a tool; `none` when no text stands for it.
 */
export type EditPlace = 'here' | 'shared' | 'generated' | 'none';

export interface Origin {
  /** Where the value is used: what a finding marks. */
  readonly use: Span;
  /** Where it is written, if elsewhere. */
  readonly def?: Span;
  /** The key under which it stands: what a finding about something missing inside it marks. */
  readonly key?: Span;
  readonly steps: readonly Step[];
  readonly edit: EditPlace;
  /** The value must not be shown: a NoEcho parameter, a sensitive attribute of a plan, a property or parameter whose name says that it is a credential. */
  readonly secret?: boolean;
  /** The value is considered a secret because of a name only; it is not marked as one. */
  readonly secretByName?: boolean;
}

/** A scalar. Predicates read it by the type that the property has: "true", 0x1F, a date. */
export interface Known {
  readonly state: 'known';
  readonly origin: Origin;
  /** The text of the scalar after unescaping, without its quotes. */
  readonly raw: string;
  readonly quoted: boolean;
  readonly value: string | number | boolean | null;
  /**
   * How many characters at its beginning are written as such, where what follows is interpolated; all of them when left
   * out.
   */
  readonly written?: number;
}

/** Template string where a part is not known. */
export interface Text {
  readonly state: 'text';
  readonly origin: Origin;
  readonly pieces: readonly (string | Hole)[];
  /** How many characters at its beginning are written as such; all of the first piece when left out. */
  readonly written?: number;
}

/**
 * Its value may be evaluated when it is asked for, so a copy is made field by field: spreading one leaves the value
 * out.
 */
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
  /** Whether something unread could add entries. */
  readonly open: boolean;
}

/** Copied field by field, as a member is. */
export interface Element {
  readonly value: Value;
  /** The scenarios in which the item exists. */
  readonly when: Truth;
}

export interface List {
  readonly state: 'list';
  readonly origin: Origin;
  readonly items: readonly Element[];
  /** Whether something unread could add items. */
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
  /** What the unknown value is made from, as far as it is seen. */
  readonly refs: readonly Address[];
  /** The parameter or variable that this is the whole value of: what has the same one has the same value. */
  readonly input?: string;
  /**
   * Set on values that deployments need not use: values other than a default, unknown members of a collection, and
   * values derived from these.
   */
  readonly byCaller?: true;
  /** Set on what is inside of an unknown value: whether it is there at all is not known either. */
  readonly part?: true;
  /** Whether a text can be the value, where that is limited. */
  readonly admits?: (text: string) => boolean;
}

export interface Absent {
  readonly state: 'absent';
  /** `use` is the deepest key that exists. */
  readonly origin: Origin;
  /** What the service does without the property, where that is documented and fixed. */
  readonly default?: Value;
  /** Whether something unread could supply it. */
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

/** The kinds of value that stand for something not known as text. */
export type Hole = Reference | Unknown;

/**
 * What is known of a value, where it comes from, and the scenarios in which. Rules read it through judgements alone.
 */
export type Value = Known | Text | Obj | List | Reference | Unknown | Absent | Choice;

/** A value that is the same in all scenarios in which it exists. */
export type Leaf = Exclude<Value, Choice>;
