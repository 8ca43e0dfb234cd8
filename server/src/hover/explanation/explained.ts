import type { Span } from '../../base/span.ts';
import type { Address } from '../../model/value.ts';
import type { Decision } from './decision.ts';
import type { Explanation } from './explanation.ts';

/** What can be said of a place. At least one of explanation and decisions is there. */
export interface Explained {
  /** What it is about, in the document. */
  readonly at: Span;
  /** The resource in whose text it is, and where in that, in the author's words. */
  readonly owner?: {
    readonly address: Address;
    readonly displayName: string;
    readonly type: string;
    readonly path: string;
  };
  readonly explanation?: Explanation;
  /** Whether a function or a reference stands there, so that there is more to it than what is written. */
  readonly computed: boolean;
  /** Whether the place is a key, and not the value under it. */
  readonly atKey: boolean;
  readonly decisions: readonly Decision[];
  /** Whether rules looked at something below the key alone, such as at the properties of a resource, and not at the thing itself. */
  readonly onlyBelow: boolean;
  /** Set when the time was over before everything was evaluated, so that there is more to say than this. */
  readonly incomplete?: true;
}

/** What people are told of an explanation that is incomplete. */
export const INCOMPLETE = 'Incomplete: evaluating this document takes too long.';

/** Whether an expression is worth showing: a list or an object that is written out is as it is written, and long. */
export function isShown({ explanation, computed }: Explained): boolean {
  return computed || (explanation !== undefined && !/^[{[]/.test(explanation.outcomes[0]?.says.text ?? ''));
}
