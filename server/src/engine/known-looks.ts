/** What is known of the looks at a stack from its last version, and what is added in this one. */
import { once } from '../base/once.ts';
import type { Reads } from '../base/reads.ts';
import type { StackContent, StackSection } from '../model/content.ts';
import { Answers, contentQuestion, type Question } from '../model/question.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { stableNameOf, type Resource, type Stack } from '../model/resource.ts';
import type { AllowedActions } from '../policy/allowance/granted.ts';
import type { AnyRule } from '../rules/rule.ts';
import { keptDrafts, recalledDrafts, TextPlaces, type KeptDraft, type Recalling } from './kept-drafts.ts';
import { FROM_POLICY, PolicyFacts, type KnownFacts } from './policy-facts.ts';
import type { PolicyRule } from './policy-rules.ts';
import type { Draft } from './report.ts';
import { ResourceFacts, type KnownResourceFacts } from './resource-facts.ts';
import type { ActionsOf } from '../policy/statement/split-statement.ts';

/** A question with its answer when a look asked it. */
export interface Answered {
  readonly question: Question;
  readonly answer: string;
  /** The answer of the question that is sufficient, if there is one. */
  readonly sufficient: string | undefined;
}

/** The questions of a look, and what it found; nothing in most cases. */
interface KnownLook {
  readonly answered: readonly Answered[];
  readonly found: readonly KeptDraft[];
}

/** The looks of rules at one thing. */
class KnownLooks {
  readonly byRule: Map<AnyRule, KnownLook>;
  #answers: readonly Answered[] | undefined;

  constructor(byRule: ReadonlyMap<AnyRule, KnownLook> = new Map<AnyRule, KnownLook>()) {
    this.byRule = new Map(byRule);
  }

  /** What any of them asked. Most rules ask the same, so this is compared instead of each of them. */
  get answers(): readonly Answered[] {
    return (this.#answers ??= [...new Set([...this.byRule.values()].flatMap(({ answered }) => answered))]);
  }
}

/** What is known of one version of a stack. */
export interface KnownVersion {
  /** The looks by what they look at. */
  readonly looks: ReadonlyMap<string, KnownLooks>;
  readonly facts: KnownFacts;
  readonly resources: KnownResourceFacts;
}

/** The numbers of the contents of a version. */
export interface Numbers {
  /** By the names of the resources. */
  readonly resources: ReadonlyMap<string, number>;
  readonly sections: ReadonlyMap<StackSection, number>;
}

export const NOTHING_KNOWN: KnownVersion = { looks: new Map(), facts: new Map(), resources: new Map() };
const NOTHING_FOUND: readonly KeptDraft[] = [];

/** What a look read and found. */
interface Found {
  readonly reads: Reads | undefined;
  /** Undefined if it found nothing. */
  readonly drafts?: readonly Draft[] | undefined;
  /** The resource that all drafts are about. */
  readonly about?: Resource | undefined;
}

interface StackVersion {
  readonly stack: Stack;
  readonly content: StackContent;
  readonly numbers: Numbers;
  readonly actions: ActionsOf;
}

/** The looks of a version of a stack. */
export class StackLooks {
  readonly #answers: Answers;
  readonly #before: KnownVersion;
  readonly #known = new Map<string, KnownLooks>();
  /** What is looked at and has other answers than in the last version. */
  readonly #changed = new Set<string>();
  readonly #facts: PolicyFacts;
  readonly #resourceFacts: ResourceFacts;
  readonly #places: TextPlaces | undefined;
  readonly #byKey = new Map<string, Answered>();
  /** The answers of this version for those of the last one; null if they differ. */
  readonly #now = new Map<Answered, Answered | null>();
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
      policyFact: (what, policy, compute) => this.#facts.of(what, policy, FROM_POLICY, compute),
    });
    this.#before = before;
    this.#keep = keep;
    this.#facts = new PolicyFacts(before.facts, {
      asBefore: (answered) => this.#asBefore(answered),
      answersNow: (host, reads) => this.#answersNow(host, reads),
      isThere: (name) => numbers.resources.has(name),
    });
    this.#resourceFacts = new ResourceFacts(before.resources, numbers.resources);
    stack.remember?.(this.#resourceFacts);
    this.#places = content.texts && new TextPlaces(content.texts);
  }

  /** The number of looks that were skipped. */
  skipped = 0;

  /** What a rule is known to find about a subject; undefined if that is not known. */
  known(subject: string, rule: AnyRule): readonly KeptDraft[] | undefined {
    const before = this.#before.looks.get(subject);
    const look = before?.byRule.get(rule);
    if (!before || !look?.found.every(({ texts }) => this.#places?.has(texts))) return undefined;
    if (!this.#isUnchanged(subject, before)) {
      const answered = this.#asBefore(look.answered);
      if (!answered) return undefined;
      this.#add(subject, rule, answered === look.answered ? look : { answered, found: look.found });
    }
    this.skipped++;
    return look.found;
  }

  /** Whether all known looks at a subject have the same answers; they are known in the next version then. */
  isUnchanged(subject: string): boolean {
    const before = this.#before.looks.get(subject);
    return before !== undefined && this.#isUnchanged(subject, before);
  }

  /** Whether all looks at a subject have the same answers, so that they are kept as they are. */
  #isUnchanged(subject: string, before: KnownLooks): boolean {
    const now = this.#known.get(subject);
    if (now || this.#changed.has(subject)) return now === before;
    if (before.answers.every((one) => this.#sameNow(one) === one)) {
      this.#known.set(subject, before);
      this.#size += before.byRule.size;
      return true;
    }
    this.#changed.add(subject);
    return false;
  }

  /** The drafts of a known look, in this version. */
  recalled(found: readonly KeptDraft[], recalling: Recalling): readonly Draft[] {
    return recalledDrafts(found, this.#places!, recalling);
  }

  /**
   * Adds a look.
   * @param resource The resource that it looked at, if any.
   */
  add(subject: string, rule: AnyRule, resource: Resource | undefined, { reads, drafts, about }: Found): void {
    const found = drafts ? this.#places && about && keptDrafts(drafts, about, this.#places) : NOTHING_FOUND;
    if (found) this.#add(subject, rule, { answered: this.#answersNow(resource, reads), found });
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

  #answersNow(resource: Resource | undefined, reads: Reads | undefined): readonly Answered[] {
    const answered = resource ? [this.#answeredNow(contentQuestion(resource))] : [];
    // All gates note questions.
    for (const read of (reads ?? []) as ReadonlySet<Question>) answered.push(this.#answeredNow(read));
    return answered;
  }

  /** Keeps the looks for the next version. Without a call, those of the last version are kept. */
  keep(): void {
    this.#keepWith(this.#known, this.#size);
  }

  /** Keeps the looks so far, and those of the last version at what was not looked at, which are compared when they are asked for. */
  keepSoFar(): void {
    const looks = new Map([...this.#before.looks, ...this.#known]);
    const size = [...looks.values()].reduce((sum, { byRule }) => sum + byRule.size, 0);
    this.#keepWith(looks, size);
  }

  #keepWith(looks: KnownVersion['looks'], size: number): void {
    this.#keep({ looks, facts: this.#facts.forNext(), resources: this.#resourceFacts.forNext() }, size);
  }

  #add(subject: string, rule: AnyRule, look: KnownLook): void {
    let looks = this.#known.get(subject);
    // Those of the last version stay as they are, in case this one is not kept.
    if (!looks || looks === this.#before.looks.get(subject))
      this.#known.set(subject, (looks = new KnownLooks(looks?.byRule)));
    if (!looks.byRule.has(rule)) this.#size++;
    looks.byRule.set(rule, look);
  }

  /** The answers of this version, if they are the same. */
  #asBefore(before: readonly Answered[]): readonly Answered[] | undefined {
    let isOld = true;
    for (const one of before) {
      const now = this.#sameNow(one);
      if (!now) return undefined;
      isOld &&= now === one;
    }
    // Most answers follow from sufficient ones.
    return isOld ? before : before.map((one) => this.#sameNow(one)!);
  }

  #sameNow(before: Answered): Answered | undefined {
    let now = this.#now.get(before);
    if (now === undefined) this.#now.set(before, (now = this.#comparedNow(before) ?? null));
    return now ?? undefined;
  }

  #comparedNow(before: Answered): Answered | undefined {
    const { question, answer, sufficient } = before;
    const isSame = question.sufficient && this.#answers.of(question.sufficient) === sufficient;
    if (isSame) return before;
    const now = this.#answeredNow(question);
    return now.answer !== answer ? undefined : question.sufficient ? now : before;
  }

  #answeredNow(question: Question): Answered {
    let answered = this.#byKey.get(question.key);
    if (!answered) {
      const sufficient = question.sufficient && this.#answers.of(question.sufficient);
      answered = { question, answer: this.#answers.of(question), sufficient };
      this.#byKey.set(question.key, answered);
    }
    return answered;
  }
}
