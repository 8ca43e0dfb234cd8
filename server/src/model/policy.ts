import type { Truth } from '../base/guard.ts';
import type { Span } from '../base/span.ts';
import type { Resource } from './resource.ts';
import type { Value } from './value.ts';

/**
 * What a policy is attached to. Of a document that is on its own it can be `unclear`; then only what holds for every
 * kind is to be said.
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
  /** One value or a list of them. */
  readonly values: Value;
  readonly when: Truth;
}

export interface Statement {
  /** The scenarios in which the statement is in the document. */
  readonly when: Truth;
  readonly effect: Value;
  /** A text or a list of texts; absent if the element is not there. The same for those below. */
  readonly actions: Value;
  readonly notActions: Value;
  readonly resources: Value;
  readonly notResources: Value;
  /** `"*"`, or an object from kind of principal to texts. */
  readonly principals: Value;
  readonly notPrincipals: Value;
  readonly conditions: readonly Condition[];
  /** The scenarios in which these are all conditions. */
  readonly conditionsComplete: Truth;
  /** The statement itself, for its place. */
  readonly value: Value;
}

/** Where the text of a policy is not JSON, so that AWS refuses the policy. */
export interface Unreadable {
  /** The place in the text, or the text as a whole where its characters have no places. */
  readonly at: Value;
  /** What is wrong there, in a sentence. */
  readonly why: string;
  readonly when: Truth;
}

/** A policy document, however it is carried: as an object, as JSON in a string, as a jsonencode call. */
export interface PolicyDocument {
  readonly kind: PolicyKind;
  /** The service whose resource the policy is attached to, for a resource policy. */
  readonly service?: string;
  /** For a policy that is on its own: the kind that its name suggests, where its content is of another one. */
  readonly suggests?: PolicyKind;
  /** The resource that carries it. */
  readonly host: Resource;
  /** The canonical path of the property that carries it. */
  readonly path: string;
  readonly exists: Truth;
  readonly statements: readonly Statement[];
  /** The scenarios in which these are all statements. */
  readonly complete: Truth;
  /**
   * The scenarios in which something of its content is seen, if only that it is empty. Where a document comes from
   * elsewhere as a whole, nothing is known of what it says or lacks, so nothing is to be said of either.
   */
  readonly seen: Truth;
  /** The document as a value, for its place. */
  readonly value: Value;
  /** Set if the place holds one statement, and the service puts the document around it. */
  readonly shape?: 'statement';
  /** What cannot be read of a document that is JSON in a text; the rest is read as far as it goes. */
  readonly unreadable?: readonly Unreadable[];
}
