/** The decisions of rules about a position. */
import type { Term } from '../../base/guard.ts';
import type { Certainty, Profile, Severity } from '../../model/finding.ts';
import type { ShortText } from './short-value.ts';

/** The decision of a rule that evaluated a position. */
export interface Decision {
  readonly rule: string;
  readonly title: string;
  /** The narrowest profile that includes the rule. */
  readonly profile: Profile;
  /** Findings first. Never empty. */
  readonly verdicts: readonly Verdict[];
  /** The verdicts about the resource, statement and element at the position; empty if there are none. */
  readonly here: readonly Verdict[];
  /** The values that the rule read, by their names in the document's format, in reading order. */
  readonly read: readonly ReadValue[];
  /** The account settings that the rule used. */
  readonly assumed: readonly { readonly name: string; readonly value: boolean | 'not stated' }[];
}

export interface ReadValue {
  readonly path: string;
  /** The possible values in short form. */
  readonly value: ShortText;
}

export type Verdict =
  | FoundVerdict
  | Compliant
  | Undecided
  | { readonly what: 'not-applicable' }
  | { readonly what: 'failed' };

const RANKS = { found: 0, unclear: 2, fine: 3, 'not-applicable': 4, failed: 5 } as const;

/**
 * The sort rank of a rule's verdicts, by its first one: reported findings, unreported findings, unknown, no finding.
 */
export function verdictRank([first]: readonly Verdict[]): number {
  return first === undefined
    ? RANKS['not-applicable']
    : first.what === 'found' && first.unreported
      ? 1
      : RANKS[first.what];
}

interface Judged {
  /** The property by its name in the document's format; undefined if the rule did not read it. */
  readonly path: string | undefined;
  /** The value in short form. */
  readonly value: ShortText;
  /** The scenario; empty if the verdict holds in every scenario. */
  readonly when: readonly Term[];
  readonly byDefault: boolean;
}

export interface FoundVerdict extends Judged {
  readonly what: 'found';
  readonly certainty: Certainty;
  /** The severity in this document. */
  readonly severity: Severity;
  /** What decides the severity. */
  readonly severityBy: 'rule' | 'configuration';
  readonly profile: Profile;
  readonly message: string;
  /** Why a finding is only possible, one clause per unknown value: `KmsKeyId comes from another stack`. */
  readonly because: readonly string[];
  /** Why the proposed fix is not applicable: a sentence. */
  readonly noFix?: string;
  /**
   * Why the finding is not reported: the rule is in a wider profile, the certainty is possible, or another rule covers
   * it.
   */
  readonly unreported?: 'off' | 'suppressed' | 'profile' | 'certainty' | { readonly by: string };
}

export interface Compliant extends Judged {
  readonly what: 'fine';
}

/** The rule cannot decide because a value is unknown. */
export interface Undecided extends Judged {
  readonly what: 'unclear';
  /** One clause per unknown value. */
  readonly because: readonly string[];
}
