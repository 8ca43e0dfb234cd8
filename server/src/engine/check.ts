import { StepAllowance, Interrupted, spend, withinSteps, type Expired } from '../base/budget.ts';
import { flatMap } from '../base/flat-map.ts';
import { TRUE } from '../base/guard.ts';
import { memoizeName } from '../base/memoize.ts';
import { isNoting, isUnrecorded, note, noting, unnoted } from '../base/reads.ts';
import { dataQuestion } from '../model/question.ts';
import { finished, type Progress, type Steps } from '../base/steps.ts';
import { onDay } from '../base/today.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Problem } from '../model/finding.ts';
import { accountSetting } from '../model/account-setting.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { QUOTAS } from '../model/quota.ts';
import type { Resource, Stack } from '../model/resource.ts';
import { policyHolders } from '../policy/allowance/policy-holders.ts';
import type { IamData } from '../policy/data/iam-data.ts';
import type { AnyRule, Context } from '../rules/rule.ts';
import type { DocumentText } from '../rules/document-check.ts';
import { Cancelled } from './analysis.ts';
import { cutPlace, type CutPlace, type UnfinishedCall } from './cut-places.ts';
import { isCutShort, STEPS_OF_RULE_CALL } from './limits.ts';
import { optionNumber, optionOf, portsOf, optionTexts } from './rule-options.ts';
import { eachReport, NOTHING_FOUND, type RuleCallResult } from './each-report.ts';
import { ReportFilter } from './report-filter.ts';
import { failure } from './rule-failure.ts';
import type { Draft, PlaceTexts, Reported } from './report.ts';
import type { CleanPolicyCache } from './clean-policy-cache.ts';
import type { StackCalls } from './known-calls.ts';
import { listingRuleCalls, type RuleCall } from './rule-calls.ts';
import { rulesAbout, unfinishedRules } from './rules-by-subject.ts';
import type { ActionsOf } from '../policy/statement/split-statement.ts';

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

/** The maximum number of steps of all rules for one stack, which grows with the number of resources. */
const STEPS_OF_STACK = 8_000_000;
const STEPS_OF_RESOURCE = 20_000;

/**
 * The number of rule calls between two pauses on the command line, where no request waits. In the server, each call is
 * a step: some take many milliseconds.
 */
const CALLS_OF_STEP = 16;

/** The number of calls in a step whose findings are known. */
const KNOWN_OF_STEP = 8;

/**
 * The number of rules whose calls take less work than to know equal policies, for which calls of many rules are
 * skipped.
 */
const FEW_RULES = 8;

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

/** The context that rules can query. */
export function contextOf(
  stack: Stack,
  { configuration, actions, iam, knownCalls }: Pick<CheckOptions, 'configuration' | 'actions' | 'iam' | 'knownCalls'>,
): Context {
  return {
    stack,
    actions,
    iam,
    beside: (policy) => policyHolders(policy, stack),
    allowed: knownCalls?.allowed,
    accounts: stack.stated?.accounts,
    ports: (rule, option) => portsOf(optionOf(configuration, stack.documents[0]!, rule, option)),
    number: (rule, option) => optionNumber(optionOf(configuration, stack.documents[0]!, rule, option), rule, option),
    texts: (rule, option) => optionTexts(optionOf(configuration, stack.documents[0]!, rule, option)),
    quota: (name) => configuration.quotas[name] ?? QUOTAS[name].usual,
    assume: (name, otherwise) => accountSetting(stack, name, otherwise),
  };
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
  const failures = new Map<AnyRule, (Resource | undefined)[]>();
  const first = stack.documents[0]!;
  const cutShort: CutPlace[] = [];
  let calls = 0;
  let last: AnyRule | undefined;
  const { quiet, knownCalls: known, configuration, iam } = options;
  // A service whose data was not read can be read in a later analysis.
  let lacking = false;
  const isLacking = (): boolean => lacking;
  const questions = memoizeName(dataQuestion);
  const actions: ActionsOf = (prefix) => {
    const known = options.actions(prefix);
    if (iam?.services.has(prefix)) {
      if (!known) lacking = true;
      if (isNoting()) note(questions(prefix));
    }
    return known;
  };
  const quietRulesOf =
    quiet && rules.length > FEW_RULES ? (policy: PolicyDocument) => quiet.rulesOf(policy, stack, options) : undefined;
  const unfinished: UnfinishedCall[] = [];
  /** Calls a rule, and returns what it finds, and where that may not be all. */
  const callRule = (one: RuleCall): RuleCallResult => {
    const { rule, subject } = one;
    lacking = false;
    // Most calls find nothing, so nothing is made for it.
    let found: Draft[] | undefined;
    let cutIn: Map<Resource | undefined, CutPlace> | undefined;
    let unfinishedIn = undefined as CutPlace | undefined;
    try {
      withinSteps(
        STEPS_OF_RULE_CALL,
        () => {
          eachReport(one, options, (report, on, more) => {
            for (const draft of more) (found ??= []).push(draft);
            if (report.violations.some((violation) => isCutShort(violation, on?.when ?? TRUE)))
              (cutIn ??= new Map()).set(on, cutPlace(on, first));
            return undefined;
          });
        },
        () => {
          unfinishedIn = cutPlace(subject ?? one.resource, first);
        },
      );
    } catch (error) {
      // Findings from before the budget of all rules was exhausted are reported.
      if (error instanceof Interrupted) {
        for (const draft of found ?? []) drafts.push(draft);
        for (const place of cutIn?.values() ?? []) cutShort.push(place);
        throw error;
      }
      const before = failures.get(rule);
      if (before) before.push(subject);
      else failures.set(rule, [subject]);
      return { found: undefined, cutIn: [], failed: true, unfinishedIn };
    }
    if (!found && !cutIn && !unfinishedIn) return NOTHING_FOUND;
    for (const draft of found ?? []) drafts.push(draft);
    for (const place of cutIn?.values() ?? []) cutShort.push(place);
    if (unfinishedIn) unfinished.push({ rule, place: unfinishedIn });
    return { found, cutIn: [...(cutIn?.values() ?? [])], failed: false, unfinishedIn };
  };
  const makeCall = (one: RuleCall): void => {
    const { result, reads } = known ? noting(() => callRule(one)) : { result: callRule(one), reads: undefined };
    const { found, cutIn, failed, unfinishedIn } = result;
    if (failed) return;
    // Policies that are known to be clean are so with all data.
    if (!found && cutIn.length === 0 && !unfinishedIn && !isLacking()) one.nothing?.();
    const about = one.subject ?? one.resource;
    known?.add(one.about, one.rule, one.subject, { reads, drafts: found, about, cutIn, unfinishedIn });
  };
  /**
   * Repeats a call whose findings are known, for their values. It has a larger limit, because what other calls computed
   * before it is not known here.
   */
  const repeatCall = (one: RuleCall, findings: number): readonly Draft[] =>
    unnoted(() =>
      onDay(options.today, () => {
        const again: Draft[] = [];
        withinSteps(
          STEPS_OF_STACK,
          () =>
            eachReport(one, options, (_report, _on, more) => {
              again.push(...more);
              return again.length < findings ? undefined : 'enough';
            }),
          () => undefined,
        );
        return again;
      }),
    );
  const pending = listingRuleCalls(stack, rules, contextOf(stack, { configuration, iam, actions, knownCalls: known }), {
    quietRulesOf,
    knownCalls: known,
  });
  /** Makes the next call, with known ones before it, and returns whether there are more. */
  const makeNextCall = (): boolean => {
    for (let recalled = 0; recalled < KNOWN_OF_STEP; recalled++) {
      const next = pending.next();
      if (next.done) return false;
      const { value: one } = next;
      if (options.cancelled?.()) throw new Cancelled('The analysis was cancelled.');
      if (!one) return true;
      if (one.found && known) {
        const { found } = one;
        const recalling = { subject: (one.subject ?? one.resource)!, actual: () => repeatCall(one, found.length) };
        for (const draft of known.recalled(found, recalling)) drafts.push(draft);
        continue;
      }
      spend(64);
      calls++;
      last = one.rule;
      makeCall(one);
      return true;
    }
    return true;
  };
  let late = false;
  let isWhole = true as boolean;
  const allowance = new StepAllowance(
    Math.max(STEPS_OF_STACK, STEPS_OF_RESOURCE * stack.resources.length),
    options.expired,
  );
  const endEarly = (exceeded: 'steps' | 'time'): boolean => {
    late = exceeded === 'time';
    isWhole = false;
    return false;
  };
  for (let made = 1; allowance.part(makeNextCall, endEarly); made++)
    if (made % CALLS_OF_STEP === 0 || !isUnrecorded()) yield progress();
  const ended = [...unfinished, ...(known?.unfinished ?? [])];
  return {
    drafts,
    problems: [...failures].map(([rule, subjects]) => failure(rule, subjects, first)),
    cutShort: [...cutShort, ...(known?.cutShort ?? [])],
    unfinished: new Set([...(isWhole ? [] : unfinishedRules(rules, stack, last)), ...ended.map(({ rule }) => rule)]),
    unfinishedIn: isWhole ? ended.map(({ place }) => place) : [],
    late,
    isRepeatable: failures.size === 0 && isWhole,
    calls,
  };
}
