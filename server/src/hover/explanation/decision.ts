/** What rules decided about a place, for people. */
import type { Term } from '../../base/guard.ts';
import type { Certainty, Profile, Severity } from '../../model/finding.ts';
import type { Shown } from './said.ts';

/** What one rule that looked at a place decided. */
export interface Decision {
  readonly rule: string;
  readonly title: string;
  /** The narrowest profile in which the rule looks. */
  readonly profile: Profile;
  /** What is wrong first. Never empty. */
  readonly verdicts: readonly Verdict[];
  /** Those of them that are about the resource, statement and element at the place, and about nothing else that the rule read; empty when none is. */
  readonly here: readonly Verdict[];
  /** What it looked at, in the author's words and the order in which it did. */
  readonly read: readonly ReadValue[];
  /** What it asked of the account. */
  readonly assumed: readonly { readonly name: string; readonly value: boolean | 'not stated' }[];
}

export interface ReadValue {
  readonly path: string;
  /** What it can be, shortly. */
  readonly value: Shown;
}

export type Verdict = Found | Fine | Unclear | { readonly what: 'not-applicable' } | { readonly what: 'failed' };

const RANKS = { found: 0, unclear: 2, fine: 3, 'not-applicable': 4, failed: 5 } as const;

/** The order in which verdicts are told, by the first of those of a rule: what is reported, what would be, what is not known, what is right. */
export function rankOf([first]: readonly Verdict[]): number {
  return first === undefined
    ? RANKS['not-applicable']
    : first.what === 'found' && first.unreported
      ? 1
      : RANKS[first.what];
}

interface Judged {
  /** The property that it is about, in the author's words; undefined where that is not one that the rule read. */
  readonly path: string | undefined;
  /** The value that it is about, shortly. */
  readonly value: Shown;
  /** The scenario; empty when it is so in every one. */
  readonly when: readonly Term[];
  readonly byDefault: boolean;
}

export interface Found extends Judged {
  readonly what: 'found';
  readonly certainty: Certainty;
  readonly severity: Severity;
  readonly profile: Profile;
  readonly message: string;
  /** What is not known, for a finding that is only possible, a clause each: `KmsKeyId comes from another stack`. */
  readonly because: readonly string[];
  /** Why it is not reported, when it is not: it is of a wider profile, only possible, or said by another rule. */
  readonly unreported?: 'profile' | 'certainty' | { readonly by: string };
}

export interface Fine extends Judged {
  readonly what: 'fine';
}

/** It cannot be known whether it is wrong. */
export interface Unclear extends Judged {
  readonly what: 'unclear';
  /** What is not known, a clause each. */
  readonly because: readonly string[];
}
