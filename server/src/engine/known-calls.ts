/** What is known of the rule calls for a stack from its last version, and what is added in this one. */
import { flatMap } from '../base/flat-map.ts';
import { once } from '../base/once.ts';
import { finished } from '../base/steps.ts';
import type { StackContent, StackSection } from '../model/content.ts';
import { Answers, contentQuestion, type Question } from '../model/question.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { stableNameOf, type Resource, type Stack } from '../model/resource.ts';
import type { AllowedActions } from '../policy/allowance/granted.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { CutPlace, UnfinishedCall } from './cut-places.ts';
import { keptDrafts, recalledDrafts, TextPlaces, type KeptDraft, type Recalling } from './kept-drafts.ts';
import { PolicyFacts, type KnownFacts } from './policy-facts.ts';
import type { PolicyRule } from './policy-rules.ts';
import type { Draft } from './report.ts';
import { ResourceFacts, type KnownResourceFacts } from './resource-facts.ts';
import type { ActionsOf } from '../policy/statement/split-statement.ts';

/** A question with the answer that a rule call got. */
export interface AnsweredQuestion {
  readonly question: Question;
  readonly answer: string;
  /**
   * An answer of the question that is sufficient, if there is one, from which the answer follows: the last one from
   * which it did. As that holds in all versions, it may also come from a version that is not kept.
   */
  sufficient: string | undefined;
}

/** The questions of a rule call, and what it found; nothing in most cases. */
interface KnownCall {
  readonly answered: readonly AnsweredQuestion[];
  readonly found: readonly KeptDraft[];
  /** The places in which it exceeded the limit of scenarios. */
  readonly cutIn: readonly CutPlace[];
  /** Set if it exceeded the limit of its work. It does so again with the same answers. */
  readonly unfinishedIn: CutPlace | undefined;
}

/** The rule calls about one subject. */
class KnownCallsOnSubject {
  readonly #byRule: Map<AnyRule, KnownCall>;
  #answers: readonly AnsweredQuestion[] | undefined;
  #notClean: { readonly of: readonly AnyRule[]; readonly rules: readonly AnyRule[] } | undefined;

  constructor(byRule: ReadonlyMap<AnyRule, KnownCall> = new Map<AnyRule, KnownCall>()) {
    this.#byRule = new Map(byRule);
  }

  get byRule(): ReadonlyMap<AnyRule, KnownCall> {
    return this.#byRule;
  }

  set(rule: AnyRule, call: KnownCall): void {
    this.#byRule.set(rule, call);
    this.#answers = this.#notClean = undefined;
  }

  /** The rules of a list that are not known to find nothing. The same list is asked for with each edit. */
  notClean<Rule extends AnyRule>(of: readonly Rule[]): readonly Rule[] {
    if (this.#notClean?.of !== of)
      this.#notClean = { of, rules: of.filter((rule) => !isClean(this.#byRule.get(rule))) };
    return this.#notClean.rules as readonly Rule[];
  }

  /** The questions of all calls. Most rules ask the same ones, so these are compared once instead of for each call. */
  get answers(): readonly AnsweredQuestion[] {
    return (this.#answers ??= [...new Set(flatMap([...this.#byRule.values()], ({ answered }) => answered))]);
  }
}

/** Whether a call is known to have found nothing, and nothing to report about it. */
function isClean(call: KnownCall | undefined): boolean {
  return call?.found.length === 0 && call.cutIn.length === 0 && !call.unfinishedIn;
}

/** What is known of one version of a stack. */
export interface KnownVersion {
  /** The calls by their subject. */
  readonly calls: ReadonlyMap<string, KnownCallsOnSubject>;
  readonly facts: KnownFacts;
  readonly resources: KnownResourceFacts;
}

/** The numbers of the contents of a version. */
export interface ContentNumbers {
  /** By the names of the resources. */
  readonly resources: ReadonlyMap<string, number>;
  readonly sections: ReadonlyMap<StackSection, number>;
}

export const NOTHING_KNOWN: KnownVersion = { calls: new Map(), facts: new Map(), resources: new Map() };
const NOTHING_FOUND: readonly KeptDraft[] = [];
const NOWHERE: readonly CutPlace[] = [];

/** What a rule call read and found. */
interface Found {
  readonly reads: Iterable<object> | undefined;
  /** Undefined if it found nothing. */
  readonly drafts?: readonly Draft[] | undefined;
  /** The resource that all drafts are about. */
  readonly about?: Resource | undefined;
  /** The places in which it exceeded the limit of scenarios. */
  readonly cutIn?: readonly CutPlace[];
  /** Set if it exceeded the limit of its work. */
  readonly unfinishedIn?: CutPlace | undefined;
}

interface StackVersion {
  readonly stack: Stack;
  readonly content: StackContent;
  readonly numbers: ContentNumbers;
  readonly actions: ActionsOf;
}

/** The rule calls for a version of a stack. */
export class StackCalls {
  readonly #answers: Answers;
  readonly #before: KnownVersion;
  readonly #known = new Map<string, KnownCallsOnSubject>();
  /** The subjects with other answers than in the last version. */
  readonly #changed = new Set<string>();
  readonly #facts: PolicyFacts;
  readonly #resourceFacts: ResourceFacts;
  readonly #places: TextPlaces | undefined;
  readonly #byKey = new Map<string, AnsweredQuestion>();
  /** Whether answers of the last version are the same in this one. */
  readonly #now = new Map<AnsweredQuestion, boolean>();
  readonly #keep: (known: KnownVersion, size: number) => void;
  #size = 0;

  constructor(
    { stack, content, numbers, actions }: StackVersion,
    before: KnownVersion,
    keep: (known: KnownVersion, size: number) => void,
  ) {
    const byName = once(() => new Map(stack.resources.map((resource) => [stableNameOf(resource), resource])));
    this.#answers = new Answers({
      stack,
      contentOf: (name) => numbers.resources.get(name),
      hasData: (service) => actions(service) !== undefined,
      sectionOf: (section) => numbers.sections.get(section),
      named: (name) => byName().get(name),
    });
    this.#before = before;
    this.#keep = keep;
    this.#facts = new PolicyFacts(before.facts, {
      asBefore: (answered) => this.#asBefore(answered),
      answersNow: (host, reads) => this.#answersNow(host, reads),
      exists: (name) => numbers.resources.has(name),
    });
    this.#resourceFacts = new ResourceFacts(before.resources, numbers.resources);
    // A hover can come while the analysis of the stack makes these facts.
    if (!stack.facts?.()) stack.remember?.(this.#resourceFacts);
    this.#places = content.texts && new TextPlaces(content.texts);
  }

  /** The number of calls that were skipped. */
  skipped = 0;

  /** The places in which skipped calls exceeded the limit of scenarios. */
  readonly cutShort: CutPlace[] = [];

  /** The skipped calls that exceeded the limit of their work. */
  readonly unfinished: UnfinishedCall[] = [];

  /** What a rule is known to find about a subject; undefined if that is not known. */
  known(subject: string, rule: AnyRule): readonly KeptDraft[] | undefined {
    const before = this.#before.calls.get(subject);
    const call = before?.byRule.get(rule);
    if (!before || !call?.found.every(({ texts }) => this.#places?.has(texts))) return undefined;
    if (!this.#isUnchanged(subject, before)) {
      if (!this.#asBefore(call.answered)) return undefined;
      this.#add(subject, rule, call);
    }
    for (const place of call.cutIn) this.cutShort.push(place);
    if (call.unfinishedIn) this.unfinished.push({ rule, place: call.unfinishedIn });
    this.skipped++;
    return call.found;
  }

  /** The rules of a list that are not known to find nothing about a subject. */
  notClean<Rule extends AnyRule>(subject: string, of: readonly Rule[]): readonly Rule[] {
    const before = this.#before.calls.get(subject);
    if (!before || !this.#isUnchanged(subject, before)) return of;
    const rules = before.notClean(of);
    this.skipped += of.length - rules.length;
    return rules;
  }

  /** Whether all known calls about a subject have the same answers; they are known in the next version then. */
  isUnchanged(subject: string): boolean {
    const before = this.#before.calls.get(subject);
    return before !== undefined && this.#isUnchanged(subject, before);
  }

  /** Whether all calls about a subject have the same answers, so that they are kept as they are. */
  #isUnchanged(subject: string, before: KnownCallsOnSubject): boolean {
    if (!this.#known.has(subject) && !this.#changed.has(subject)) finished(this.comparing(subject));
    return this.#known.get(subject) === before;
  }

  /** Compares the answers of the calls about a subject in steps: one can join all resources of the stack. */
  *comparing(subject: string): Generator<undefined, void, undefined> {
    const before = this.#before.calls.get(subject);
    if (!before || this.#known.has(subject) || this.#changed.has(subject)) return;
    for (const one of before.answers) {
      const answered = this.#byKey.size;
      const isSame = this.#isSameNow(one);
      if (this.#byKey.size > answered) yield undefined;
      if (!isSame) {
        this.#changed.add(subject);
        return;
      }
    }
    this.#known.set(subject, before);
    this.#size += before.byRule.size;
  }

  /** The drafts of a known call, in this version. */
  recalled(found: readonly KeptDraft[], recalling: Recalling): readonly Draft[] {
    return recalledDrafts(found, this.#places!, recalling);
  }

  /**
   * Adds a rule call.
   * @param resource The resource that it checked, if any.
   */
  add(
    subject: string,
    rule: AnyRule,
    resource: Resource | undefined,
    { reads, drafts, about, cutIn = NOWHERE, unfinishedIn }: Found,
  ): void {
    const found = drafts ? this.#places && about && keptDrafts(drafts, about, this.#places) : NOTHING_FOUND;
    if (found) this.#add(subject, rule, { answered: this.#answersNow(resource, reads), found, cutIn, unfinishedIn });
  }

  /**
   * The rules for a policy, chosen again if what that depends on changed.
   * @param name Identifies the policy in all versions.
   * @param from The rules among which are chosen.
   */
  rulesFor(name: string, host: Resource, from: object, choose: () => readonly PolicyRule[]): readonly PolicyRule[] {
    return this.#facts.named(name, host, from, choose).value as readonly PolicyRule[];
  }

  /** A fact about a policy, computed again if what it depends on changed (`PolicyFacts.of`). */
  policyFact<T>(what: string, policy: PolicyDocument, from: object, compute: () => T): T {
    return this.#facts.of(what, policy, from, compute);
  }

  /** So the permissions of all identities of a stack are known after an edit of one. */
  readonly allowed: AllowedActions = (policy, index, compute) => this.#facts.of('allowed', policy, index, compute);

  #answersNow(resource: Resource | undefined, reads: Iterable<object> | undefined): readonly AnsweredQuestion[] {
    const answered = resource ? [this.#answeredNow(contentQuestion(resource))] : [];
    // All gates note questions.
    for (const read of (reads ?? []) as Iterable<Question>) answered.push(this.#answeredNow(read));
    return answered;
  }

  /** Keeps the calls for the next version. Without a call, those of the last version are kept. */
  keep(): void {
    this.#keepWith(this.#known, this.#size);
  }

  /**
   * Keeps the calls so far, and those of the last version about subjects that were not checked yet. Their answers are
   * compared when they are needed.
   */
  keepSoFar(): void {
    const calls = new Map([...this.#before.calls, ...this.#known]);
    const size = [...calls.values()].reduce((sum, { byRule }) => sum + byRule.size, 0);
    this.#keepWith(calls, size);
  }

  #keepWith(calls: KnownVersion['calls'], size: number): void {
    this.#keep({ calls, facts: this.#facts.forNext(), resources: this.#resourceFacts.forNext() }, size);
  }

  #add(subject: string, rule: AnyRule, call: KnownCall): void {
    let calls = this.#known.get(subject);
    // Those of the last version stay as they are, in case this one is not kept.
    if (!calls || calls === this.#before.calls.get(subject))
      this.#known.set(subject, (calls = new KnownCallsOnSubject(calls?.byRule)));
    if (!calls.byRule.has(rule)) this.#size++;
    calls.set(rule, call);
  }

  /** Whether the answers of this version are the same. */
  #asBefore(before: readonly AnsweredQuestion[]): boolean {
    for (const one of before) if (!this.#isSameNow(one)) return false;
    return true;
  }

  #isSameNow(before: AnsweredQuestion): boolean {
    let isSame = this.#now.get(before);
    if (isSame === undefined) this.#now.set(before, (isSame = this.#comparedNow(before)));
    return isSame;
  }

  #comparedNow(before: AnsweredQuestion): boolean {
    const { question, answer, sufficient } = before;
    if (question.sufficient && this.#answers.of(question.sufficient) === sufficient) return true;
    const now = this.#answeredNow(question);
    if (now.answer !== answer) return false;
    // The calls that got the answer need no other object, so that an edit leaves those about most subjects as they are.
    before.sufficient = now.sufficient;
    return true;
  }

  #answeredNow(question: Question): AnsweredQuestion {
    let answered = this.#byKey.get(question.key);
    if (!answered) {
      const sufficient = question.sufficient && this.#answers.of(question.sufficient);
      answered = { question, answer: this.#answers.of(question), sufficient };
      this.#byKey.set(question.key, answered);
    }
    return answered;
  }
}
