/** The contract of a rule that checks suppressions. */
import type { Range, Span } from '../base/span.ts';
import type { Severity } from '../model/finding.ts';
import type { SuppressedRule, Suppression } from '../model/suppression.ts';

/** A suppression of ours, and what became of it. */
export interface SuppressionState {
  readonly suppression: Suppression;
  /**
   * Its rules, each with whether it exists and whether it suppresses a finding; undefined if that was not determined.
   */
  readonly rules: readonly {
    readonly rule: SuppressedRule;
    readonly known: boolean;
    /** The known rule with the nearest name. */
    readonly nearest?: string;
    readonly used?: boolean;
  }[];
  /**
   * The number of days on which it still counts, today included; 0 or less if it is expired. Undefined without a date.
   */
  readonly daysLeft?: number;
  /** Whether the configuration allows suppressions in documents, or it is one of the configuration. */
  readonly isAllowed: boolean;
  /** Whether it has no effect because a reason is required. */
  readonly lacksReason: boolean;
}

/** What a rule about suppressions yields. */
export interface SuppressionReport {
  readonly at: Span;
  readonly message: string;
  readonly severity?: Severity;
  /** An edit of the suppression. */
  readonly fix?: { readonly title: string; readonly safe: boolean; readonly range: Range; readonly newText: string };
}

export interface SuppressionCheck {
  readonly on: 'suppression';
  check(state: SuppressionState): Iterable<SuppressionReport>;
}
