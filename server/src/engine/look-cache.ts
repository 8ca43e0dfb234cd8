/**
 * The looks at a stack that found nothing, so that a later version of the stack is checked only where it changed. Most
 * looks find nothing, and an edit concerns few of them. A look is skipped if the questions that it asked
 * (`model/question.ts`) have the same answers. Looks with findings run again, because their findings have ranges.
 */
import { numbering } from '../base/memoize.ts';
import { once } from '../base/once.ts';
import { noting, type Reads } from '../base/reads.ts';
import type { Uri } from '../base/span.ts';
import { sameContent, type Content, type StackContent, type StackSection } from '../model/content.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { Answers, contentQuestion, type Question } from '../model/question.ts';
import { nameOf, type Resource, type Stack } from '../model/resource.ts';
import type { IamData } from '../policy/data/iam-data.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { CheckOptions } from './check.ts';
import type { PolicyRule, PolicyRuleIndex } from './policy-rules.ts';

/** The maximum number of looks of all stacks. Each has a few references to shared answers. */
const MOST_LOOKS = 200_000;

type LookOptions = Pick<CheckOptions, 'configuration' | 'iam' | 'reported' | 'today'>;

/** A question with its answer when a look asked it. */
interface Answered {
  readonly question: Question;
  readonly answer: string | undefined;
  /** The answer of the question that is sufficient, if there is one. */
  readonly sufficient: string | undefined;
}

/** The looks of rules at one thing that found nothing. */
class CleanLooks {
  readonly byRule: Map<AnyRule, readonly Answered[]>;
  #answers: readonly Answered[] | undefined;

  constructor(byRule: ReadonlyMap<AnyRule, readonly Answered[]> = new Map<AnyRule, readonly Answered[]>()) {
    this.byRule = new Map(byRule);
  }

  /** What any of them asked. Most rules ask the same, so this is compared instead of each of them. */
  get answers(): readonly Answered[] {
    return (this.#answers ??= [...new Set([...this.byRule.values()].flat())]);
  }
}

/** The rules that a policy meets the needs of, and what decides that. */
interface PolicyNeeds {
  readonly index: PolicyRuleIndex;
  readonly rules: readonly PolicyRule[];
  readonly answers: readonly Answered[];
}

/** What is known of one version of a stack, by what is looked at. */
interface Known {
  readonly clean: ReadonlyMap<string, CleanLooks>;
  readonly needs: ReadonlyMap<string, PolicyNeeds>;
  /** The number of looks. */
  readonly size: number;
}

/** The numbers of the contents of a version. */
interface Numbers {
  /** By the names of the resources. */
  readonly resources: ReadonlyMap<string, number>;
  readonly sections: ReadonlyMap<StackSection, number>;
}

interface Checked {
  /** The context of the checks: options and data. */
  readonly asked: string;
  readonly content: StackContent;
  readonly numbers: Numbers;
  readonly known: Known;
}

/** The looks of the last version of each stack, by its first document. Least recently checked stacks are dropped. */
export class LookCache {
  readonly #checked = new Map<Uri, Checked>();
  readonly #most: number;
  readonly #numberOf = numbering<IamData>();
  #size = 0;
  /** The next number of a content. Numbers are not used again, so that an old answer is never equal by chance. */
  #next = 0;

  constructor(most = MOST_LOOKS) {
    this.#most = most;
  }

  /** The number of looks. */
  get size(): number {
    return this.#size;
  }

  /**
   * Starts the check of a version of a stack; undefined for a stack whose resources cannot be compared.
   * @param options The inputs of rules besides the stack.
   */
  version(stack: Stack, options: LookOptions): StackLooks | undefined {
    const doc = stack.documents[0]!;
    const asked = this.#keyOf(options);
    const before = this.#checked.get(doc);
    const content = stack.content?.(before?.content);
    if (!content) return undefined;
    const isSame = before?.asked === asked && before.content.shared === content.shared;
    const known = isSame ? before : undefined;
    const numbers: Numbers = {
      resources: this.#numbered(content.resources, known?.content.resources, known?.numbers.resources),
      sections: this.#numbered(content.sections ?? NO_SECTIONS, known?.content.sections, known?.numbers.sections),
    };
    return new StackLooks({ stack, content, numbers }, isSame ? before.known : NOTHING, (clean) => {
      this.#forget(doc);
      this.#checked.set(doc, { asked, content, numbers, known: clean });
      this.#size += clean.size;
      for (const oldest of this.#checked.keys()) {
        if (this.#size <= this.#most) break;
        this.#forget(oldest);
      }
    });
  }

  /** The number of each content: the number before if the content is the same, else a new one. */
  #numbered<Name>(
    contents: ReadonlyMap<Name, Content>,
    before: ReadonlyMap<Name, Content> | undefined,
    numbers: ReadonlyMap<Name, number> | undefined,
  ): ReadonlyMap<Name, number> {
    const made = new Map<Name, number>();
    for (const [name, content] of contents) {
      const known = numbers && sameContent(content, before?.get(name)) ? numbers.get(name) : undefined;
      made.set(name, known ?? this.#next++);
    }
    return made;
  }

  /** Configurations are read repeatedly, so they are compared by content; IAM data is created once. */
  #keyOf({ configuration, iam, reported, today }: LookOptions): string {
    const { assume, accounts = [], quotas, rules, overrides } = configuration;
    const optionsIn = (settings: typeof rules): unknown => settings.map(({ selector, options }) => [selector, options]);
    return JSON.stringify([
      today,
      reported?.profile,
      reported?.certainty,
      [...(reported?.always ?? [])],
      iam ? this.#numberOf(iam) : undefined,
      assume,
      accounts,
      quotas,
      optionsIn(rules),
      overrides.map(({ paths, rules: own }) => [paths, optionsIn(own)]),
    ]);
  }

  #forget(doc: Uri): void {
    this.#size -= this.#checked.get(doc)?.known.size ?? 0;
    this.#checked.delete(doc);
  }
}

const NOTHING: Known = { clean: new Map(), needs: new Map(), size: 0 };
const NO_SECTIONS: ReadonlyMap<StackSection, Content> = new Map();

interface StackVersion {
  readonly stack: Stack;
  readonly content: StackContent;
  readonly numbers: Numbers;
}

/** The looks of a version of a stack. */
export class StackLooks {
  readonly #answers: Answers;
  readonly #before: Known;
  readonly #clean = new Map<string, CleanLooks>();
  readonly #needs = new Map<string, PolicyNeeds>();
  /** What is looked at and has other answers than in the last version. */
  readonly #changed = new Set<string>();
  readonly #byKey = new Map<string, Answered>();
  /** The answers of this version for those of the last one; null if they differ. */
  readonly #now = new Map<Answered, Answered | null>();
  readonly #keep: (known: Known) => void;
  #size = 0;

  constructor({ stack, content, numbers }: StackVersion, before: Known, keep: (known: Known) => void) {
    const byName = once(() => new Map(stack.resources.map((resource) => [nameOf(resource), resource])));
    this.#answers = new Answers({
      stack,
      contentOf: (name) => numbers.resources.get(name),
      sectionOf: (section) => numbers.sections.get(section),
      named: (name) => byName().get(name),
      startOf: (name) => content.resources.get(name)?.start ?? 0,
      placeOf: content.placeOf,
    });
    this.#before = before;
    this.#keep = keep;
  }

  /** The number of looks that were skipped. */
  skipped = 0;

  /** Whether a rule is known to find nothing about a subject. */
  isClean(subject: string, rule: AnyRule): boolean {
    const before = this.#before.clean.get(subject);
    if (!before?.byRule.has(rule)) return false;
    if (!this.#isUnchanged(subject, before)) {
      const answered = this.#asBefore(before.byRule.get(rule)!);
      if (!answered) return false;
      this.#add(subject, rule, answered);
    }
    this.skipped++;
    return true;
  }

  /** Whether all looks at a subject have the same answers, so that they are kept as they are. */
  #isUnchanged(subject: string, before: CleanLooks): boolean {
    const now = this.#clean.get(subject);
    if (now || this.#changed.has(subject)) return now === before;
    if (before.answers.every((one) => this.#sameNow(one) === one)) {
      this.#clean.set(subject, before);
      this.#size += before.byRule.size;
      return true;
    }
    this.#changed.add(subject);
    return false;
  }

  /** The rules that can report something about a policy. */
  rulesFor(subject: string, policy: PolicyDocument, index: PolicyRuleIndex): readonly PolicyRule[] {
    const before = this.#before.needs.get(subject);
    const answers = before?.index === index ? this.#asBefore(before.answers) : undefined;
    if (before && answers) {
      this.#needs.set(subject, { ...before, answers });
      return before.rules;
    }
    const { result: rules, reads } = noting(() => index.rulesFor(policy));
    const answered = this.#answered(policy.host, reads);
    if (answered) this.#needs.set(subject, { index, rules, answers: answered });
    return rules;
  }

  /**
   * Adds a look that found nothing.
   * @param resource The resource that it looked at, if any.
   */
  add(subject: string, rule: AnyRule, resource: Resource | undefined, reads: Reads | undefined): void {
    const answered = this.#answered(resource, reads);
    if (answered) this.#add(subject, rule, answered);
  }

  /** The answers to what was read; undefined if some can differ although nothing else does. */
  #answered(resource: Resource | undefined, reads: Reads | undefined): readonly Answered[] | undefined {
    const answered = resource ? [this.#answeredNow(contentQuestion(resource))] : [];
    // All gates note questions.
    for (const read of (reads ?? []) as ReadonlySet<Question>) answered.push(this.#answeredNow(read));
    return answered.every(({ answer }) => answer !== undefined) ? answered : undefined;
  }

  /** Keeps the looks for the next version. Without a call, those of the last version are kept. */
  keep(): void {
    this.#keep({ clean: this.#clean, needs: this.#needs, size: this.#size });
  }

  #add(subject: string, rule: AnyRule, answered: readonly Answered[]): void {
    let looks = this.#clean.get(subject);
    // Those of the last version stay as they are, in case this one is not kept.
    if (!looks || looks === this.#before.clean.get(subject))
      this.#clean.set(subject, (looks = new CleanLooks(looks?.byRule)));
    if (!looks.byRule.has(rule)) this.#size++;
    looks.byRule.set(rule, answered);
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
