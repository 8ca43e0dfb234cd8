/**
 * A stack whose values are explained. What rule calls read and report is recorded once for all positions, so that an
 * explanation makes only the calls that concern its position.
 */
import { OutOfBudget } from '../base/budget.ts';
import { flatMap } from '../base/flat-map.ts';
import type { Span } from '../base/span.ts';
import { memoize2 } from '../base/memoize.ts';
import { note } from '../base/reads.ts';
import { endsStep, finished } from '../base/steps.ts';
import { writtenSecrets } from '../formats/secret-places.ts';
import type { ResourcePart } from '../model/resource.ts';
import type { PolicyDocument } from '../model/policy.ts';
import type { AllowedActions } from '../policy/allowance/granted.ts';
import { RULES } from '../rules/index.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { Secrets } from '../hover/explanation/short-value.ts';
import { Cancelled } from './analysis.ts';
import type { AnalyzedStacks, DocumentStack } from './analyzed-stacks.ts';
import { placeTexts } from './place-texts.ts';
import { checkDocuments, type CheckOptions } from './check.ts';
import { contextOf } from './rule-context.ts';
import { listingRuleCalls, ruleCallsFor, type RuleCall } from './rule-calls.ts';
import { documentTexts } from './document-texts.ts';
import { FactReads, placedFact, type ReadPlaces } from './fact-reads.ts';
import { partsAround, type PartsAround } from './parts-around.ts';
import { reachOf } from './call-reach.ts';
import { FoundDrafts } from './found-drafts.ts';
import { placesOfReads, propertyNames, reaches } from './found-places.ts';
import { findingNear, type IsNear } from './near-subjects.ts';
import { observed } from './observed.ts';
import { PropertyReading } from './property-reading.ts';
import type { Draft, PlaceTexts } from './report.ts';
import { RecentTraces } from './recent-traces.ts';
import { ELSEWHERE_OF, groupOf, GROUPS, RULES_OF, StackReach, type CallGroup, type CallReach } from './rule-reach.ts';
import {
  hasStatementAt,
  readPropertyAt,
  tracedReports,
  traceAt,
  tracedContext,
  traceOf,
  type DocumentPosition,
  type RuleTrace,
  type TracedCall,
} from './rule-trace.ts';
import { secretsAmong } from './secrets.ts';
import { actionsIn, iamIn, notedActions } from './service-data.ts';
import { traceRounds, type Concern, type TracedPosition, type TraceScope } from './trace-rounds.ts';

/** The number of rule calls between two pauses, and of calls whose reach is known, which cost less. */
const CALLS_OF_STEP = 4;
const KNOWN_OF_STEP = 512;
/** The number of steps of comparing between two pauses. */
const COMPARED_OF_STEP = 4;

type Options = Pick<CheckOptions, 'configuration' | 'today'>;

/** Whether a request is cancelled. */
type IsCancelled = (() => boolean) | undefined;

export class ExplainedStack {
  /** The number of rule calls, for tests. */
  calls = 0;
  /** The number of comparisons with the last version, for tests. */
  get compared(): number {
    return this.#reach.compared;
  }
  readonly places: PlaceTexts;
  readonly #documents: AnalyzedStacks;
  readonly #found: DocumentStack;
  readonly #reach: StackReach;
  readonly #reading: PropertyReading;
  readonly #options: Pick<CheckOptions, 'configuration' | 'actions' | 'iam' | 'places'>;
  readonly #context: ReturnType<typeof contextOf>;
  readonly #seen: DocumentStack['stack'];
  /** The findings of rule calls, of those that have any. */
  readonly #drafts = new FoundDrafts();
  readonly #recent = new RecentTraces();
  readonly #fixable = new Map<AnyRule, readonly Draft[]>();
  #parts: readonly ResourcePart[] | undefined;
  /** Whether all rule calls were made or skipped in this version. */
  #isWhole = false;
  #secrets: Secrets | undefined;

  /** @param reach What rule calls reach in this version of the stack. By default, nothing is known. */
  constructor(stacks: AnalyzedStacks, found: DocumentStack, { configuration }: Options, reach = new StackReach()) {
    const { documents } = stacks;
    const { stack } = found;
    this.#documents = stacks;
    this.#found = found;
    this.#reach = reach;
    this.places = placeTexts(documents, () => [stack]);
    const [iam, known] = [iamIn(documents), actionsIn(documents)];
    this.#reading = new PropertyReading(reach.readers, this.places, stack);
    this.#options = { configuration, places: this.places, actions: notedActions(known, iam), iam };
    this.#seen = observed(stack);
    this.#context = { ...tracedContext(contextOf(this.#seen, this.#options)), allowed: this.#allowed };
  }

  /** The actions of a policy, which are known from the last version if it allows the same there. */
  readonly #allowed: AllowedActions = (policy, index, compute) => {
    const { value, ...places } = this.#reach.policyFact('allowed', policy, index, () =>
      placedFact(compute, (reads) => ({ ...placesOfReads(this.places, reads), names: propertyNames(reads) })),
    );
    note(this.#factReads(policy, index, { places, compute }));
    return value;
  };

  readonly #factReads = memoize2(
    (
      _policy: PolicyDocument,
      _index: object,
      { places, compute }: Pick<FactReads, 'places'> & { compute(): unknown },
    ) => new FactReads(places, compute),
  );

  /** Runs the rules that concern a position, in steps. */
  *tracing(
    place: DocumentPosition,
    scope: TraceScope,
    cancelled: IsCancelled,
  ): Generator<void, TracedPosition, undefined> {
    const around = this.#partsAround(place);
    const { parts, isInside } = around;
    const traces: RuleTrace[] = [];
    const isRelevant = ({ places }: FactReads): boolean =>
      scope === 'everything' || places.elsewhere || reaches(places, parts);
    // What is read outside of all resources is not at a position in one, unless it contains the resource.
    const isThere = (places: ReadPlaces): boolean =>
      (isInside ? places.overlaps : places.elsewhere) || reaches(places, parts);
    const result = (cut: TracedPosition['cut']): TracedPosition => ({
      traces,
      property: readPropertyAt(traces, place),
      cut,
    });
    const before = new Set<string>();
    // A hover needs only what rules judge.
    const isNear = scope === 'everything' ? undefined : yield* this.#findingNear(place, around);
    let isFirst = true;
    const rounds = traceRounds(scope, {
      isThere,
      hasStatement: () => hasStatementAt(this.#found.stack, place),
      readers: () => this.#reading.at(place, parts),
    });
    for (const concerns of rounds) {
      const isLooking = !isFirst;
      const cut = yield* this.#round(concerns, isNear, cancelled, before, (call, reach) => {
        const trace = traceAt(call, this.#traced(call, reach), place, isRelevant);
        if (trace) traces.push(trace);
        return trace !== undefined && isLooking && readPropertyAt([trace], place) !== undefined;
      });
      if (cut) return result(cut);
      if (readPropertyAt(traces, place)) break;
      isFirst = false;
    }
    return result(undefined);
  }

  /** The resource or data source in whose text a range is. */
  holderOf({ doc, start, end }: Span): ResourcePart | undefined {
    return this.#partsAround({ doc, offset: start, below: { start, end } }).holder;
  }

  /**
   * What each of the calls finds that can judge values in a resource or data source, in steps; undefined if any call
   * can.
   */
  *findingIn(
    { doc, range }: ResourcePart,
    cancelled: IsCancelled,
  ): Generator<void, readonly (readonly Draft[])[] | undefined, undefined> {
    const place = { doc, offset: range.start, below: range };
    const around = this.#partsAround(place);
    const isNear = yield* this.#findingNear(place, around);
    if (!isNear) return undefined;
    const found: (readonly Draft[])[] = [];
    const concerns: Concern = ({ judged }, about) => isNear(about) || reaches(judged, around.parts);
    yield* this.#round(concerns, isNear, cancelled, new Set(), (call, reach) => {
      found.push(this.#draftsOf(call, reach));
      return false;
    });
    return found;
  }

  /**
   * Makes the calls that concern a position, in steps. Returns whether the time limit was exceeded.
   * @param isNear Which calls can concern it; all when undefined.
   * @param before The names of the calls that were made in earlier rounds.
   * @param make Makes a call, and returns whether that is enough.
   */
  *#round(
    concerns: Concern,
    isNear: IsNear | undefined,
    cancelled: IsCancelled,
    before: Set<string>,
    make: (call: RuleCall, reach: CallReach | undefined) => boolean,
  ): Generator<void, TracedPosition['cut'], undefined> {
    let done = 0;
    let hasFar = false as boolean;
    const isFar = isNear && ((about: string): boolean => !isNear(about) && (hasFar = true));
    for (const group of GROUPS) {
      try {
        for (const call of this.#selectedCalls(group, (reach, about) => !concerns(reach, about), cancelled, isFar)) {
          if (!call || ++done % CALLS_OF_STEP === 0) yield;
          if (!call) continue;
          const reach = this.#reach.of(call);
          if (reach && !concerns(reach, call.about, call.rule)) continue;
          const name = `${call.rule.id} ${call.about}`;
          if (before.has(name)) continue;
          before.add(name);
          if (make(call, reach)) return undefined;
        }
      } catch (error) {
        if (!(error instanceof OutOfBudget)) throw error;
        this.#reach.keepSoFar();
        return group === 'secrets' ? 'first' : 'later';
      }
    }
    if (hasFar) this.#reach.keepSoFar();
    else this.#keep();
    return undefined;
  }

  /**
   * Compares the rule calls with those of the last version, in steps: which of them reach the same. That is the part of
   * preparing whose work an edit does not determine.
   */
  *comparing(): Generator<void, void, undefined> {
    if (!this.#reach.hasBefore) return;
    this.places.partAt({ doc: this.#found.tree.doc, start: 0, end: 0 });
    for (const group of GROUPS) {
      const calls = this.#selectedCalls(group, () => true, undefined);
      for (let done = 0; !calls.next().done; done++) if (endsStep(done, COMPARED_OF_STEP)) yield;
    }
  }

  /** Runs the rules whose reach is not known, in steps, so that explanations need not. */
  *preparing(): Generator<void, void, undefined> {
    let done = 0;
    for (const group of GROUPS)
      for (const call of this.#selectedCalls(group, () => true, undefined)) {
        if (!call || this.#reach.of(call)) done++;
        else {
          this.#trace(call, undefined);
          done += KNOWN_OF_STEP / CALLS_OF_STEP;
        }
        if (done < KNOWN_OF_STEP) continue;
        done = 0;
        yield;
      }
    this.#keep();
    yield* this.findingSecrets();
  }

  /** Keeps the reach of all calls for the next version, once all were made or skipped. */
  #keep(): void {
    if (!this.#isWhole) this.#reach.keep();
    this.#isWhole = true;
  }

  /**
   * The calls of a group of rules, with pauses. After the last one, the combined reach of the calls about a subject is
   * recorded.
   * @param isUnwanted Whether the calls about a subject are skipped, given their combined reach.
   * @param isFar Whether calls about a subject are skipped whose reach is unknown, except those of rules that judge
   * values elsewhere.
   */
  *#selectedCalls(
    group: CallGroup,
    isUnwanted: (reach: CallReach, about: string) => boolean,
    cancelled: IsCancelled,
    isFar: (about: string) => boolean = () => false,
  ): Generator<RuleCall | undefined, void, undefined> {
    const failing = new Set<string>();
    const far = new Set<string>();
    const skips = (about: string): boolean => {
      const reach = this.#reach.ofAll(about, group);
      if (reach) return isUnwanted(reach, about);
      if (isFar(about)) far.add(about);
      return far.has(about);
    };
    for (const call of this.#ruleCalls(RULES_OF[group], cancelled, skips)) {
      yield call;
      if (call && !this.#reach.of(call)) failing.add(call.about);
    }
    if (far.size > 0) yield* this.#ruleCalls(ELSEWHERE_OF[group], cancelled, (about) => !far.has(about));
    if (!this.#isWhole) this.#reach.checked(group, (about) => !failing.has(about) && !far.has(about));
  }

  /** The findings of some rules in the stack. */
  draftsOf(rules: readonly AnyRule[], cancelled?: IsCancelled): readonly Draft[] {
    const drafts: Draft[] = [];
    const groups = [...new Set(rules.map(groupOf))];
    const skips = (about: string): boolean => groups.every((group) => this.#reach.ofAll(about, group)?.finds === false);
    for (const call of this.#ruleCalls(rules, cancelled, skips)) {
      if (call) for (const draft of this.#draftsOf(call, this.#reach.of(call))) drafts.push(draft);
    }
    return drafts;
  }

  #draftsOf(call: RuleCall, reach: CallReach | undefined): readonly Draft[] {
    if (reach?.finds === false) return [];
    return this.#drafts.of(call) ?? this.#traced(call, reach).drafts;
  }

  *#findingNear(
    place: Pick<DocumentPosition, 'doc' | 'offset'>,
    around: PartsAround,
  ): Generator<void, IsNear | undefined, undefined> {
    const text = around.holder && this.#documents.documents.tree(around.holder.doc)?.text;
    if (text === undefined) return undefined;
    return yield* findingNear(this.#found.stack, text, place, around, this.#reach.hasBefore);
  }

  #partsAround(place: Pick<DocumentPosition, 'doc' | 'offset' | 'below'>): PartsAround {
    const { resources, sources = [] } = this.#found.stack;
    this.#parts ??= [...flatMap(resources, ({ parts }) => parts), ...sources];
    return partsAround(this.#parts, place);
  }

  /** The findings of a rule with their fixes, which need the stack that is not observed. */
  fixableOf(rule: AnyRule): readonly Draft[] {
    const known = this.#fixable.get(rule);
    if (known) return known;
    const { stack } = this.#found;
    const drafts: Draft[] = [];
    for (const call of ruleCallsFor(stack, [rule], contextOf(stack, this.#options))) {
      if (this.#reach.of(call)?.finds === false) continue;
      for (const one of tracedReports(call, this.places) ?? []) for (const draft of one.drafts) drafts.push(draft);
    }
    this.#fixable.set(rule, drafts);
    return drafts;
  }

  /** The secrets of the stack and of its documents. */
  secrets(): Secrets {
    return (this.#secrets ??= finished(this.#findSecrets()));
  }

  /** Does `secrets` in steps. */
  *findingSecrets(): Generator<void, void, undefined> {
    this.#secrets ??= yield* this.#findSecrets();
  }

  *#findSecrets(): Generator<void, Secrets, undefined> {
    const { documents, detected } = this.#documents;
    const { loaded, stack } = this.#found;
    const written = checkDocuments(documentTexts(documents, detected), RULES, this.#options).drafts;
    yield;
    const trees = flatMap(loaded.documents, (own) => documents.tree(own) ?? []);
    for (const tree of trees) {
      writtenSecrets(tree);
      yield;
    }
    return secretsAmong([...this.draftsOf(RULES_OF.secrets), ...written], stack.parameters, trees, (span) =>
      documents.tree(span.doc)?.text.slice(span.start, span.end),
    );
  }

  /** The calls of rules, with pauses. They include rules that do not apply, because what these read is recorded too. */
  *#ruleCalls(
    rules: readonly AnyRule[],
    cancelled: IsCancelled,
    skips: (about: string) => boolean,
  ): Generator<RuleCall | undefined, void, undefined> {
    for (const call of listingRuleCalls(this.#seen, rules, this.#context, { regardlessOfNeeds: true, skips })) {
      if (cancelled?.()) throw new Cancelled('The analysis was cancelled.');
      yield call;
    }
  }

  /** What a call reads and reports. The next position is often one of the same resource. */
  #traced(call: RuleCall, reach: CallReach | undefined): TracedCall {
    const known = reach && this.#recent.of(call);
    if (known) return known;
    const traced = this.#trace(call, reach);
    if (traced.reports) this.#recent.add(call, traced);
    return traced;
  }

  /** Calls a rule and records what the call reaches, if that is not known. */
  #trace(call: RuleCall, reach: CallReach | undefined): TracedCall {
    this.calls++;
    const traced = traceOf(call, this.places);
    // A rule that throws is called again.
    if (!traced.reports) return traced;
    if (!reach) {
      this.#reach.add(call, reachOf(call, traced, this.places), traced.questions);
      this.#reading.record(call, traced);
    }
    if (traced.drafts.length > 0) this.#drafts.add(call, traced.drafts);
    return traced;
  }
}
