/** What can be offered: what it is called, and what it writes, in terms of no language. */

/** A placeholder in the inserted text that the author fills in. */
export interface Blank {
  readonly blank: string;
}

/** A part of an ARN that the format of a document may have a word for. */
export interface Own {
  readonly own: 'partition' | 'region' | 'account';
}

/** What stands for a resource of the stack: its ARN, by an attribute or, without one, by its name alone. */
export interface ResourceArn {
  readonly arnOf: string;
  readonly attribute: string | undefined;
}

export type Piece = string | Blank | Own | ResourceArn;

/** What comes after the name of an entry. */
export type Shape =
  | 'text'
  | 'list'
  | 'object'
  | 'statements'
  | { readonly text: string }
  | { readonly entries: readonly (readonly [string, Shape])[] };

export type Written =
  | { readonly as: 'text'; readonly pieces: readonly Piece[] }
  | { readonly as: 'entry'; readonly name: readonly Piece[]; readonly shape: Shape }
  /** An object with one entry, in the place of a text. */
  | { readonly as: 'object'; readonly name: string; readonly shape: Shape };

export interface Offer {
  readonly label: string;
  readonly kind:
    'service' | 'action' | 'element' | 'word' | 'operator' | 'key' | 'resource' | 'reference' | 'principal';
  readonly detail?: string;
  /** Sentences that come with it. */
  readonly documentation?: string;
  readonly written: Written;
  /** The lower, the sooner. */
  readonly rank: number;
  /** What it is by name, when there is more to say of it once it is looked at. */
  readonly about?: About;
  /** Whether more is offered right after it. */
  readonly goesOn?: boolean;
}

/** An action, or a condition key. */
export interface About {
  readonly what: 'action' | 'key';
  readonly name: string;
}

/** An offer of a text as it is. */
export function text(label: string, kind: Offer['kind'], rank: number, more: Partial<Offer> = {}): Offer {
  return { label, kind, rank, written: { as: 'text', pieces: [label] }, ...more };
}
