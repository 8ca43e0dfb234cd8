/** Calls rules for a stack, or for one part of it after the other, within the limits of an analysis. */
import { StepAllowance, Interrupted, spend, withinSteps } from '../base/budget.ts';
import { TRUE } from '../base/guard.ts';
import { memoizeName } from '../base/memoize.ts';
import { isNoting, isUnrecorded, note, noting, unnoted } from '../base/reads.ts';
import type { Uri } from '../base/span.ts';
import type { Progress, Steps } from '../base/steps.ts';
import { onDay } from '../base/today.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { dataQuestion } from '../model/question.ts';
import type { Resource, Stack } from '../model/resource.ts';
import type { ActionsOf } from '../policy/statement/split-statement.ts';
import type { AnyRule } from '../rules/rule.ts';
import { Cancelled } from './analysis.ts';
import type { Checked, CheckOptions } from './check.ts';
import { cutPlace, type CutPlace, type UnfinishedCall } from './cut-places.ts';
import { eachReport, NOTHING_FOUND, type RuleCallResult } from './each-report.ts';
import { isCutShort, STEPS_OF_RULE_CALL } from './limits.ts';
import type { Draft } from './report.ts';
import { contextOf } from './rule-context.ts';
import { listingRuleCalls, type RuleCall, type RuleCallOptions } from './rule-calls.ts';
import { failure } from './rule-failure.ts';

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

export class RuleCaller {
  /** The rule that was called last in the current part; undefined if none was. */
  last: AnyRule | undefined;
  /** Whether all calls were made. */
  isWhole = true;
  readonly #options: CheckOptions;
  readonly #receive: (call: RuleCall, found: readonly Draft[]) => void;
  readonly #first: Uri;
  readonly #allowance: StepAllowance;
  readonly #actions: ActionsOf;
  readonly #failures = new Map<AnyRule, (Resource | undefined)[]>();
  readonly #cutShort: CutPlace[] = [];
  readonly #unfinished: UnfinishedCall[] = [];
  /** What the calls of a step found. */
  #found: { readonly call: RuleCall; readonly drafts: readonly Draft[] }[] = [];
  /** A service whose data was not read can be read in a later analysis. */
  #isLacking = false;
  #isLate = false;
  #calls = 0;

  /** @param receive Receives what a call finds. Its work is not that of the rules. */
  constructor(
    { documents, resources }: Stack,
    options: CheckOptions,
    receive: (call: RuleCall, found: readonly Draft[]) => void,
  ) {
    this.#options = options;
    this.#receive = receive;
    this.#first = documents[0]!;
    this.#allowance = new StepAllowance(stepsFor(resources.length), options.expired);
    const { iam } = options;
    const questions = memoizeName(dataQuestion);
    this.#actions = (prefix) => {
      const known = options.actions(prefix);
      if (iam?.services.has(prefix)) {
        if (!known) this.#isLacking = true;
        if (isNoting()) note(questions(prefix));
      }
      return known;
    };
  }

  /** Calls rules for a stack in steps, until a limit is exceeded. */
  *calling(
    stack: Stack,
    rules: readonly AnyRule[],
    progress: () => Progress,
    skips?: RuleCallOptions['skips'],
  ): Steps<void> {
    const { quiet, knownCalls } = this.#options;
    this.last = undefined;
    const quietRulesOf =
      quiet && rules.length > FEW_RULES
        ? (policy: PolicyDocument) => quiet.rulesOf(policy, stack, this.#options)
        : undefined;
    const pending = listingRuleCalls(stack, rules, contextOf(stack, { ...this.#options, actions: this.#actions }), {
      quietRulesOf,
      knownCalls,
      skips,
    });
    const makeNextCall = (): boolean => this.#makeNextCall(pending);
    const endEarly = (exceeded: 'steps' | 'time'): boolean => {
      this.#isLate = exceeded === 'time';
      this.isWhole = false;
      return false;
    };
    const hasNext = (): boolean => {
      const isMore = this.#allowance.part(makeNextCall, endEarly);
      if (this.#found.length > 0) this.#passOn();
      return isMore;
    };
    for (let made = 1; hasNext(); made++) if (made % CALLS_OF_STEP === 0 || !isUnrecorded()) yield progress();
  }

  #passOn(): void {
    const all = this.#found;
    this.#found = [];
    for (const { call, drafts } of all) this.#receive(call, drafts);
  }

  /**
   * What all calls found.
   * @param drafts The findings, in the order to report.
   * @param uncalled The rules that were not called for all of their subjects.
   */
  checked(drafts: readonly Draft[], uncalled: readonly AnyRule[]): Checked {
    const { knownCalls: known } = this.#options;
    const ended = [...this.#unfinished, ...(known?.unfinished ?? [])];
    return {
      drafts,
      problems: [...this.#failures].map(([rule, subjects]) => failure(rule, subjects, this.#first)),
      cutShort: [...this.#cutShort, ...(known?.cutShort ?? [])],
      unfinished: new Set([...uncalled, ...ended.map(({ rule }) => rule)]),
      unfinishedIn: this.isWhole ? ended.map(({ place }) => place) : [],
      late: this.#isLate,
      isRepeatable: this.#failures.size === 0 && this.isWhole,
      calls: this.#calls,
    };
  }

  /** Makes the next call, with known ones before it, and returns whether there are more. */
  #makeNextCall(pending: ReturnType<typeof listingRuleCalls>): boolean {
    const { knownCalls: known, cancelled } = this.#options;
    for (let recalled = 0; recalled < KNOWN_OF_STEP; recalled++) {
      const next = pending.next();
      if (next.done) return false;
      const { value: one } = next;
      if (cancelled?.()) throw new Cancelled('The analysis was cancelled.');
      if (!one) return true;
      if (one.found && known) {
        const { found } = one;
        const recalling = {
          subject: (one.subject ?? one.resource)!,
          actual: () => repeatedCall(one, found.length, this.#options),
        };
        this.#found.push({ call: one, drafts: known.recalled(found, recalling) });
        continue;
      }
      spend(64);
      this.#calls++;
      this.last = one.rule;
      this.#makeCall(one);
      return true;
    }
    return true;
  }

  #makeCall(one: RuleCall): void {
    const { knownCalls: known } = this.#options;
    const { result, reads } = known
      ? noting(() => this.#callRule(one))
      : { result: this.#callRule(one), reads: undefined };
    const { found, cutIn, failed, unfinishedIn } = result;
    if (failed) return;
    // Policies that are known to be clean are so with all data.
    if (!found && cutIn.length === 0 && !unfinishedIn && !this.#isLacking) one.nothing?.();
    const about = one.subject ?? one.resource;
    known?.add(one.about, one.rule, one.subject, { reads, drafts: found, about, cutIn, unfinishedIn });
  }

  /** Calls a rule, and returns what it finds, and where that may not be all. */
  #callRule(one: RuleCall): RuleCallResult {
    const { rule, subject } = one;
    this.#isLacking = false;
    // Most calls find nothing, so nothing is made for it.
    let found: Draft[] | undefined;
    let cutIn: Map<Resource | undefined, CutPlace> | undefined;
    let unfinishedIn = undefined as CutPlace | undefined;
    try {
      withinSteps(
        STEPS_OF_RULE_CALL,
        () => {
          eachReport(one, this.#options, (report, on, more) => {
            for (const draft of more) (found ??= []).push(draft);
            if (report.violations.some((violation) => isCutShort(violation, on?.when ?? TRUE)))
              (cutIn ??= new Map()).set(on, cutPlace(on, this.#first));
            return undefined;
          });
        },
        () => {
          unfinishedIn = cutPlace(subject ?? one.resource, this.#first);
        },
      );
    } catch (error) {
      // Findings from before the budget of all rules was exhausted are reported.
      if (error instanceof Interrupted) {
        if (found) this.#found.push({ call: one, drafts: found });
        for (const place of cutIn?.values() ?? []) this.#cutShort.push(place);
        throw error;
      }
      const before = this.#failures.get(rule);
      if (before) before.push(subject);
      else this.#failures.set(rule, [subject]);
      return { found: undefined, cutIn: [], failed: true, unfinishedIn };
    }
    if (!found && !cutIn && !unfinishedIn) return NOTHING_FOUND;
    if (found) this.#found.push({ call: one, drafts: found });
    for (const place of cutIn?.values() ?? []) this.#cutShort.push(place);
    if (unfinishedIn) this.#unfinished.push({ rule, place: unfinishedIn });
    return { found, cutIn: [...(cutIn?.values() ?? [])], failed: false, unfinishedIn };
  }
}

/** The maximum number of steps of all rules for a stack with a number of resources. */
export function stepsFor(resources: number): number {
  return Math.max(STEPS_OF_STACK, STEPS_OF_RESOURCE * resources);
}

/**
 * Repeats a call whose findings are known, for their values. It has a larger limit, because what other calls computed
 * before it is not known here.
 * @param findings The number of its findings. It can have more, which it did not find within its own limit.
 */
export function repeatedCall(
  call: Pick<RuleCall, 'rule' | 'subject' | 'resource' | 'reports'>,
  findings: number,
  options: CheckOptions,
  steps = STEPS_OF_STACK,
): readonly Draft[] {
  return unnoted(() =>
    onDay(options.today, () => {
      const again: Draft[] = [];
      withinSteps(
        steps,
        () =>
          eachReport(call, options, (_report, _on, more) => {
            again.push(...more);
            return again.length < findings ? undefined : 'enough';
          }),
        () => undefined,
      );
      return again;
    }),
  );
}
