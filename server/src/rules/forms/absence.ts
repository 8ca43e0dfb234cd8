/** What it means that a setting is absent. */
import type { Profile, Severity } from '../../model/finding.ts';
import { all, NO, not, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import { unlessUnknown } from '../../model/quantified.ts';
import type { Value } from '../../model/value.ts';
import type { Assumption, Context } from '../rule.ts';
import { countsIn, type PlaceScope } from './place.ts';
import type { Words } from './words.ts';

/** The meaning of an absent setting, which determines the finding. */
export type Absence<Path extends string = string> =
  /** A safe value applies: nothing is reported. */
  | 'safe'
  /** The same as with a wrong value. */
  | 'unsafe'
  | AbsenceOf<Path>;

/** How a report differs from the rule. */
export interface Variant {
  readonly severity?: Severity;
  readonly profile?: Profile;
  readonly problem?: string;
  readonly consequence?: string;
}

/** An absence that is reported, in its scope. */
export interface AbsenceOf<Path extends string = string> extends Variant, PlaceScope<Path> {
  /**
   * The source of the value if AWS has no fixed default: `the account's EBS encryption default`. The finding is
   * possible, unless `assume` states that the default is unsafe.
   */
  readonly decidedBy?: string;
  /** The account setting with which the absence is safe. */
  readonly assume?: Assumption;
  /** Set when something unknown decides too, so that the finding is never certain. */
  readonly neverCertain?: true;
  /** Set when an unknown scope is unlikely: `onlyIf` is about one engine of several. */
  readonly onlyKnown?: true;
}

/** Whether the absence of the setting is wrong. */
export function absenceAt(get: (path: string) => Value, absent: Absence, context: Context): Judgement {
  if (absent === 'safe') return NO;
  if (absent === 'unsafe') return YES;
  const { assume, decidedBy, neverCertain, onlyKnown } = absent;
  const decided =
    assume !== undefined
      ? not(context.assume(assume, neverCertain ? false : undefined))
      : decidedBy === undefined
        ? YES
        : UNKNOWABLE;
  const counts = countsIn(get, absent);
  return all(decided, neverCertain ? UNKNOWABLE : YES, onlyKnown ? unlessUnknown(counts) : counts);
}

/** The words of a report that differ from those of the rule. */
export function ownWords({ problem, consequence }: Variant): Partial<Words> {
  return { ...(problem === undefined ? {} : { problem }), ...(consequence === undefined ? {} : { consequence }) };
}

/** The words of a finding about a value, or about an absence. */
export function wordsFor({ problem, consequence, advice }: Words, absent: Absence | undefined): Words {
  const words = {
    problem,
    ...(consequence === undefined ? {} : { consequence }),
    ...(advice === undefined ? {} : { advice }),
  };
  if (typeof absent !== 'object') return words;
  const { decidedBy } = absent;
  if (decidedBy === undefined) return { ...words, ...ownWords(absent) };
  return { problem: `does not set {setting}, so ${decidedBy} decides`, ...(advice === undefined ? {} : { advice }) };
}
