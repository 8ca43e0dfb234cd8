/** Completion offers: label and inserted pieces, independent of the syntax. */

/** A placeholder in the inserted text that the author fills in. */
export interface SnippetPlaceholder {
  readonly blank: string;
}

/** A part of an ARN that the document's format can have an expression for. */
export interface OwnArnPart {
  readonly own: 'partition' | 'region' | 'account';
}

/** A reference to a resource of the stack: its ARN, by an attribute or, without one, by `Ref`. */
export interface ResourceArn {
  readonly arnOf: string;
  readonly attribute: string | undefined;
}

export type OfferPiece = string | SnippetPlaceholder | OwnArnPart | ResourceArn;

/** The text after a key. */
export type ValueForm =
  | 'text'
  | 'list'
  | 'object'
  | 'statements'
  | { readonly text: string }
  | { readonly entries: readonly (readonly [string, ValueForm])[] };

export type WrittenOffer =
  | { readonly as: 'text'; readonly pieces: readonly OfferPiece[] }
  | { readonly as: 'entry'; readonly name: readonly OfferPiece[]; readonly shape: ValueForm }
  /** An object with one entry, in the place of a text. */
  | { readonly as: 'object'; readonly name: string; readonly shape: ValueForm };

export interface Offer {
  readonly label: string;
  readonly kind:
    | 'service'
    | 'action'
    | 'element'
    | 'word'
    | 'operator'
    | 'key'
    | 'resource'
    | 'reference'
    | 'principal';
  readonly detail?: string;
  /** The documentation of the item. */
  readonly documentation?: string;
  readonly written: WrittenOffer;
  /** The sort rank; lower ranks come first. */
  readonly rank: number;
  /** The described name, for documentation that is resolved later. */
  readonly about?: ActionOrKey;
  /** Whether completion is triggered again after insertion. */
  readonly goesOn?: boolean;
}

/** An action, or a condition key. */
export interface ActionOrKey {
  readonly what: 'action' | 'key';
  readonly name: string;
}

/** An offer of plain text. */
export function textOffer(label: string, kind: Offer['kind'], rank: number, more: Partial<Offer> = {}): Offer {
  return { label, kind, rank, written: { as: 'text', pieces: [label] }, ...more };
}
