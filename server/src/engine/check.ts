import { Interrupted, type Expired } from '../base/budget.ts';
import { flatMap } from '../base/flat-map.ts';
import { finished, type Progress, type Steps } from '../base/steps.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Problem } from '../model/finding.ts';
import type { Stack } from '../model/resource.ts';
import type { IamData } from '../policy/data/iam-data.ts';
import type { ActionsOf } from '../policy/statement/split-statement.ts';
import type { DocumentText } from '../rules/document-check.ts';
import type { AnyRule } from '../rules/rule.ts';
import { Cancelled } from './analysis.ts';
import type { CleanPolicyCache } from './clean-policy-cache.ts';
import type { CutPlace } from './cut-places.ts';
import type { StackCalls } from './known-calls.ts';
import { ReportFilter } from './report-filter.ts';
import type { Draft, PlaceTexts, Reported } from './report.ts';
import { RuleCaller } from './rule-caller.ts';
import { failure } from './rule-failure.ts';
import { rulesAbout, unfinishedRules } from './rules-by-subject.ts';

export interface CheckOptions {
  readonly configuration: Configuration;
  readonly cancelled?: () => boolean;
  /** Returns true after the time limit; the findings up to then are the result. */
  readonly expired?: Expired;
  readonly places: PlaceTexts;
  readonly actions: ActionsOf;
  readonly iam: IamData | undefined;
  /** The filter of reports; all reports by default. */
  readonly reported?: Reported;
  /** The cache of policies without findings. */
  readonly quiet?: CleanPolicyCache;
  /**
   * The calls for an earlier version of the stack, which are not made again where their questions have the same
   * answers.
   */
  readonly knownCalls?: StackCalls | undefined;
  /** Called when much of what was evaluated is not needed any more. */
  readonly released?: (() => void) | undefined;
  /** The day of the analysis, with which rules compare dates. */
  readonly today?: string | undefined;
}

export interface Checked {
  readonly drafts: readonly Draft[];
  /** Failures of rules, each rule once. Other rules and other subjects are not affected. */
  readonly problems: readonly Problem[];
  /** The places in which the limit of scenarios was exceeded. */
  readonly cutShort: readonly CutPlace[];
  /** The rules that did not finish within the budget. */
  readonly unfinished: ReadonlySet<AnyRule>;
  /** Where they did not; none if they were not called at all. */
  readonly unfinishedIn: readonly CutPlace[];
  /** Whether the time limit is the reason. */
  readonly late: boolean;
  /** Whether all calls were made and none failed, so that they are known in the next version. */
  readonly isRepeatable: boolean;
  /** The number of rule calls. */
  readonly calls: number;
}

type CheckedDocuments = Pick<Checked, 'drafts' | 'problems' | 'calls'>;
type DocumentOptions = Omit<CheckOptions, 'actions' | 'iam'>;

/** Runs document rules. */
export function checkDocuments(
  documents: readonly DocumentText[],
  rules: readonly AnyRule[],
  options: DocumentOptions,
): CheckedDocuments {
  return finished(checkingDocuments(documents, rules, options));
}

/** Does `checkDocuments` in steps. */
export function* checkingDocuments(
  documents: readonly DocumentText[],
  rules: readonly AnyRule[],
  { places, reported, cancelled }: DocumentOptions,
): Generator<void, CheckedDocuments, undefined> {
  const drafts: Draft[] = [];
  const problems: Problem[] = [];
  let calls = 0;
  for (const rule of rulesAbout(rules, 'document'))
    for (const document of documents) {
      if (rule.formats?.includes(document.format) === false) continue;
      if (cancelled?.()) throw new Cancelled('The analysis was cancelled.');
      calls++;
      yield;
      try {
        const filter = new ReportFilter(rule, places, reported);
        const found = flatMap([...rule.check(document)], (report) =>
          filter.includes(report, undefined) ? filter.draftsOf(report, undefined) : [],
        );
        for (const draft of found) drafts.push(draft);
      } catch (error) {
        if (error instanceof Interrupted) throw error;
        problems.push(failure(rule, [], document.doc));
      }
    }
  return { drafts, problems, calls };
}

/** Runs rules on a stack. */
export function check(stack: Stack, rules: readonly AnyRule[], options: CheckOptions): Checked {
  return finished(checking(stack, rules, options, () => NO_PROGRESS));
}

/** The progress of work that shows none. */
export const NO_PROGRESS: Progress = { stage: 'checking', done: 0, total: 1 };

/** Does `check` in steps, which yield the progress of the analysis. */
export function* checking(
  stack: Stack,
  rules: readonly AnyRule[],
  options: CheckOptions,
  progress: () => Progress,
): Steps<Checked> {
  const drafts: Draft[] = [];
  const caller = new RuleCaller(stack, options, (_call, found) => {
    for (const draft of found) drafts.push(draft);
  });
  yield* caller.calling(stack, rules, progress);
  return caller.checked(drafts, caller.isWhole ? [] : unfinishedRules(rules, stack, caller.last));
}
