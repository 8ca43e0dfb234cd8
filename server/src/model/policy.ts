import type { Truth } from '../base/guard.ts';
import type { Span } from '../base/span.ts';
import type { Resource } from './resource.ts';
import type { Value } from './value.ts';

/**
 * The kind of a policy: what it is attached to. A policy file can be `unclear`; then only rules for every kind apply.
 */
export type PolicyKind =
  | 'identity'
  | 'trust'
  | 'resource'
  | 'boundary'
  | 'permission-set'
  | 'session'
  | 'endpoint'
  | 'scp'
  | 'rcp'
  | 'unclear';

export interface Condition {
  /** The operator as written, with its qualifiers: `ForAnyValue:StringLike`, `BoolIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly keyAt: Span;
  /** Set if the operator or the key is not a literal, so that it is another one when variables get other values. */
  readonly computed?: true;
  /** One value or a list of them. */
  readonly values: Value;
  readonly when: Truth;
}

/**
 * A statement of a policy. It is a class with accessors, as a policy document is, because most questions about a policy
 * need few of the elements of its statements. `withConditions` makes a copy with other conditions.
 */
export declare abstract class Statement {
  /** The scenarios in which the statement is in the document. */
  readonly when: Truth;
  abstract get effect(): Value;
  /** A string or a list of strings; absent if the element is missing. The same for the elements below. */
  abstract get actions(): Value;
  abstract get notActions(): Value;
  abstract get resources(): Value;
  abstract get notResources(): Value;
  /** `"*"`, or an object from principal type to identifiers. */
  abstract get principals(): Value;
  abstract get notPrincipals(): Value;
  abstract get conditions(): readonly Condition[];
  /** The scenarios in which the conditions are complete. */
  abstract get conditionsComplete(): Truth;
  /** The statement as a value, for its range. */
  readonly value: Value;
}

/** A syntax error in the JSON of a policy, which AWS rejects. */
export interface Unreadable {
  /** The range of the error, or of the whole string if its characters cannot be mapped. */
  readonly at: Value;
  /** The error as a sentence. */
  readonly why: string;
  readonly when: Truth;
}

/**
 * A policy document in any notation: an object, JSON in a string, a jsonencode call. It is a class with accessors, like
 * an element of a list: a copy of its fields lacks what is read on demand, which is a type error.
 */
export declare abstract class PolicyDocument {
  abstract get kind(): PolicyKind;
  /** The service whose resource the policy is attached to, for a resource policy. */
  readonly service?: string;
  /** For a policy file: the kind that its name suggests, if its content is of another kind. */
  readonly suggests?: PolicyKind;
  /** The resource that has it. */
  readonly host: Resource;
  /** The canonical path of the property that has it. */
  readonly path: string;
  readonly when: Truth;
  abstract get statements(): readonly Statement[];
  /** The scenarios in which the statements are complete. */
  abstract get complete(): Truth;
  /**
   * The scenarios in which any of its content is known, including that it is empty. Nothing is known about a document
   * that is external as a whole.
   */
  abstract get seen(): Truth;
  /** The document as a value, for its place. */
  abstract get value(): Value;
  /** Set if the property contains a single statement, and the service adds the document around it. */
  readonly shape?: 'statement';
  /** Set if a change of the policy replaces the resource that has it. */
  readonly replaces?: true;
  /** Syntax errors in the JSON string of a document. The rest is parsed as far as possible. */
  readonly unreadable?: readonly Unreadable[];
}

/** A policy with other statements. */
export function withStatements(policy: PolicyDocument, statements: readonly Statement[]): PolicyDocument {
  const { kind, value, complete, seen, unreadable } = policy;
  return { ...policy, kind, value, complete, seen, ...(unreadable ? { unreadable } : {}), statements };
}
