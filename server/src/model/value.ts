import type { Guard, Truth } from '../base/guard.ts';
import type { Span } from '../base/span.ts';

/** The logical ID or Terraform address of a resource, within its template, directory or plan. */
export type Address = string;

/** One step from the use of a value to its origin. */
export interface Step {
  /** The external source of a value: a parameter file, the configuration. */
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
  /** The value is considered secret only because of a name; it is not marked as secret. */
  readonly secretByName?: boolean;
}

/** A node of a tree. The model does not know trees, so only `formats/located.ts` makes and reads them. */
export interface SourceNode {
  readonly tree: object;
  readonly node: object;
}

/**
 * Data that the format of a document stores with a value besides its content, to change the value or to read it in
 * another way. Fields are documented with the functions of `formats/` that set and read them. Copies of a value keep
 * all fields.
 */
export interface Sourced {
  readonly origin: Origin;
  /** The node that it was read from; lazy if few values of its kind are changed: `locatedAt`, `locate`. */
  readonly located?: SourceNode | (() => SourceNode | undefined);
  /** For a JSON string, the value that it was created from; lazy until the JSON is read: `jsonOf`, `decodedJson`. */
  readonly json?: () => Value | undefined;
  /** For a Base64-encoded string, or an unknown value that is one, the string that it encodes: `decodedText`. */
  readonly encodes?: Leaf;
  /** The resources that a planned value refers to in the configuration: `configuredAs`, `configuredReferences`. */
  readonly configured?: readonly Address[];
  /** The mapping rule by which it was translated, for the reverse translation: `translatedBy`, `translationOf`. */
  readonly translation?: object;
}

/** A scalar. Predicates read it by the property's type: "true", 0x1F, a date. */
export interface Known extends Sourced {
  readonly state: 'known';
  /** The unescaped string of the scalar, without its quotes. */
  readonly raw: string;
  readonly quoted: boolean;
  readonly value: string | number | boolean | null;
  /** The length of its literal prefix, before the first interpolation; absent if all of it is literal. */
  readonly written?: number;
  /** Whether an interpolated part is known only from elsewhere, such as the value of a parameter. */
  readonly interpolated?: true;
}

/** A template string with unknown parts. */
export interface TemplateString extends Sourced {
  readonly state: 'template';
  readonly pieces: readonly (string | UnknownPiece)[];
  /** The length of its literal prefix; absent if the first piece is literal. */
  readonly written?: number;
  /** As in `Known`. Parts that are placeholders do not count. */
  readonly interpolated?: true;
}

/**
 * A list item, whose value can be evaluated lazily. It is a class with an accessor, because a spread loses the
 * accessor, which is then a type error unless the copy has a value. Object literals with a value are elements too.
 */
export declare abstract class Element {
  abstract get value(): Value;
  /** The scenarios in which the item exists. */
  abstract readonly when: Truth;
}

/** An entry of an object, whose value can be evaluated lazily, like that of an element. */
export interface Member extends Element {
  readonly key: string;
  readonly keyAt: Span;
  /** Set if the key is not a literal, so that it is another one when variables get other values. */
  readonly computedKey?: true;
}

export interface Obj extends Sourced {
  readonly state: 'object';
  readonly entries: readonly Member[];
  /** Whether files that are not read can add entries. */
  readonly open: boolean;
  /** Set on an open object if only callers can add entries. */
  readonly byCaller?: true;
}

export interface List extends Sourced {
  readonly state: 'list';
  readonly items: readonly Element[];
  /** Whether files that are not read can add items. */
  readonly open: boolean;
  /** In a Terraform expression, the order of its items; absent if it is unknown whether it is a set. */
  readonly order?: Order;
}

/**
 * `sequence`: a list or tuple, with each item at its index. `set`: each item once, in Terraform's iteration order.
 * `unsettled`: a collection with unknown order or duplicates, because some items are unknown.
 */
export type Order = 'sequence' | 'set' | 'unsettled';

export interface Reference extends Sourced {
  readonly state: 'reference';
  readonly to: Address;
  readonly attribute?: string;
  /** The value that it resolves to, if known: `writtenAs`, `dereferenced`. */
  readonly leadsTo?: Value;
}

export type Reason =
  | 'parameter'
  | 'import'
  | 'function'
  | 'file'
  | 'computed'
  | 'transform'
  | 'dynamic-reference'
  /** A dynamic reference to AWS Secrets Manager. */
  | 'secret-reference'
  | 'sensitive'
  | 'syntax'
  | 'unmapped'
  | 'budget';

/** What the result of an expression is made from. */
export interface DerivedFrom {
  /**
   * `form`: all of it in another form, as by `urlencode`. `part`: some of it, as by `substr`, or one of several values.
   * `digest`: nothing that reveals it, as by `sha256`.
   */
  readonly as: 'form' | 'part' | 'digest';
  readonly values: readonly Value[];
  /** The name or index of the part, if it is a member. */
  readonly key?: string | number;
}

export interface Unknown extends Sourced {
  readonly state: 'unknown';
  readonly why: Reason;
  /** The values that the unknown value is made from, if known. */
  readonly refs: readonly Address[];
  /** The parameter or variable that provides the whole value: equal inputs have equal values. */
  readonly input?: string;
  /** What it is made from, if that is known: a secret in it can be in the result. */
  readonly from?: DerivedFrom;
  /** The attribute of something that is not read, such as `module.logs.arn`: equal expressions have equal values. */
  readonly expression?: string;
  /** The string of a document with syntax errors, which this represents: `withUnparsedText`, `unparsedText`. */
  readonly unread?: Leaf;
  /**
   * Set on values that deployments need not use: values other than a default, unknown members of a collection, and
   * values derived from these.
   */
  readonly byCaller?: true;
  /** Set on values that are a single string or number: a parameter of such a type, an interpolated part of a string. */
  readonly single?: true;
  /** Set on values within an unknown value; whether they exist is also unknown. */
  readonly part?: true;
  /** Whether a string is a possible value, if the values are restricted. */
  readonly admits?: (text: string) => boolean;
  /** Whether a string can be a part of a possible value, if their characters are restricted. */
  readonly admitsPart?: (text: string) => boolean;
  /** Identifies `admits`: equal texts admit the same strings. Absent if it cannot be compared. */
  readonly admitsAs?: string;
}

export interface Absent extends Sourced {
  readonly state: 'absent';
  /** `use` is the deepest existing key. */
  readonly origin: Origin;
  /** The service's default for the property, if documented and fixed. */
  readonly default?: Value;
  /** Whether files that are not read can set it. */
  readonly open: boolean;
}

export interface Choice extends Sourced {
  readonly state: 'choice';
  readonly branches: readonly Branch[];
}

export interface Branch {
  readonly guard: Guard;
  readonly value: Value;
}

/** The kinds of values whose string is unknown. */
export type UnknownPiece = Reference | Unknown;

/** A value: its known content, its origin and its scenarios. Rules read it through judgements only. */
export type Value = Known | TemplateString | Obj | List | Reference | Unknown | Absent | Choice;

/** A value that is the same in all scenarios in which it exists. */
export type Leaf = Exclude<Value, Choice>;
