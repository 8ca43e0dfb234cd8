import type { Span } from '../../base/span.ts';
import type { Address } from '../../model/value.ts';
import type { Decision } from './decision.ts';
import type { Explanation } from './explanation.ts';

/** The explanation of a position: its value and the decisions of rules. At least one of them exists. */
export interface Explained {
  /** The explained range of the document, in UTF-16 code units. */
  readonly at: Span;
  /** The resource that contains the position, and the path within it in the document's format. */
  readonly owner?: {
    readonly address: Address;
    readonly displayName: string;
    readonly type: string;
    readonly path: string;
  };
  readonly explanation?: Explanation;
  /** Whether the value is computed by a function or a reference. */
  readonly computed: boolean;
  /** Whether the position is at a key instead of its value. */
  readonly atKey: boolean;
  readonly decisions: readonly Decision[];
  /** Whether rules read only values below the key, such as the properties of a resource. */
  readonly onlyBelow: boolean;
  /** Set if the time budget was exhausted before everything was evaluated. */
  readonly incomplete?: true;
}

/** The note on an incomplete explanation. */
export const INCOMPLETE = 'Incomplete: evaluation of this document exceeded the time limit.';

/** Whether to show an expression. Literal lists and objects are omitted because they only repeat the source. */
export function isShown({ explanation, computed }: Explained): boolean {
  return computed || (explanation !== undefined && !/^[{[]/.test(explanation.outcomes[0]?.result.text ?? ''));
}
