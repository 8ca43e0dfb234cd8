/**
 * The looks at a stack that found nothing, so that a later version of the stack is checked only where it changed. Most
 * looks find nothing, and an edit concerns few of them. A look is skipped if the questions that it asked
 * (`model/question.ts`) have the same answers. Looks with findings run again, because their findings have ranges.
 */
import { groupedBy } from '../base/groups.ts';
import { numbering } from '../base/memoize.ts';
import { once } from '../base/once.ts';
import type { Reads } from '../base/reads.ts';
import type { Uri } from '../base/span.ts';
import { sameContent, type Content, type StackContent, type StackSection } from '../model/content.ts';
import { Answers, contentQuestion, type Question } from '../model/question.ts';
import { nameOf, type Resource, type Stack } from '../model/resource.ts';
import type { IamData } from '../policy/data/iam-data.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { CheckOptions } from './check.ts';

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

/** The looks of one version of a stack that found nothing, by what they look at and the rule. */
type Clean = ReadonlyMap<string, ReadonlyMap<AnyRule, readonly Answered[]>>;

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
  readonly clean: Clean;
  readonly size: number;
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
    return new StackLooks({ stack, content, numbers }, isSame ? before.clean : NOTHING, (clean, size) => {
      this.#forget(doc);
      this.#checked.set(doc, { asked, content, numbers, clean, size });
      this.#size += size;
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
    this.#size -= this.#checked.get(doc)?.size ?? 0;
    this.#checked.delete(doc);
  }
}

const NOTHING: Clean = new Map();
const NO_SECTIONS: ReadonlyMap<StackSection, Content> = new Map();

interface StackVersion {
  readonly stack: Stack;
  readonly content: StackContent;
  readonly numbers: Numbers;
}

/** The looks of a version of a stack. */
export class StackLooks {
  readonly #answers: Answers;
  readonly #before: Clean;
  readonly #clean = new Map<string, Map<AnyRule, readonly Answered[]>>();
  readonly #byKey = new Map<string, Answered>();
  /** The answers of this version for those of the last one; null if they differ. */
  readonly #now = new Map<Answered, Answered | null>();
  readonly #keep: (clean: Clean, size: number) => void;
  #size = 0;

  constructor({ stack, content, numbers }: StackVersion, before: Clean, keep: (clean: Clean, size: number) => void) {
    const byName = once(() => groupedBy(stack.resources, nameOf));
    this.#answers = new Answers({
      stack,
      contentOf: (name) => numbers.resources.get(name),
      sectionOf: (section) => numbers.sections.get(section),
      named: (name) => byName().get(name) ?? [],
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
    const before = this.#before.get(subject)?.get(rule);
    const answered = before && this.#asBefore(before);
    if (!answered) return false;
    this.#add(subject, rule, answered);
    this.skipped++;
    return true;
  }

  /**
   * Adds a look that found nothing.
   * @param resource The resource that it looked at, if any.
   */
  add(subject: string, rule: AnyRule, resource: Resource | undefined, reads: Reads | undefined): void {
    const answered = resource ? [this.#answeredNow(contentQuestion(resource))] : [];
    // All gates note questions.
    for (const read of (reads ?? []) as ReadonlySet<Question>) answered.push(this.#answeredNow(read));
    if (answered.every(({ answer }) => answer !== undefined)) this.#add(subject, rule, answered);
  }

  /** Keeps the looks for the next version. Without a call, those of the last version are kept. */
  keep(): void {
    this.#keep(this.#clean, this.#size);
  }

  #add(subject: string, rule: AnyRule, answered: readonly Answered[]): void {
    let rules = this.#clean.get(subject);
    if (!rules) this.#clean.set(subject, (rules = new Map()));
    if (!rules.has(rule)) this.#size++;
    rules.set(rule, answered);
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
