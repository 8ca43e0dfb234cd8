/**
 * The rule calls for a stack, so that a later version of the stack is checked only where it changed. Most calls find
 * nothing, and an edit concerns few of them. A call is skipped if the questions that it asked (`model/question.ts`)
 * have the same answers. What it found is kept as data (`kept-drafts.ts`), whose ranges move with the texts that they
 * are in.
 */
import { numbering } from '../base/memoize.ts';
import type { Uri } from '../base/span.ts';
import { finished } from '../base/steps.ts';
import { sameContent, type Content, type StackContent, type StackSection } from '../model/content.ts';
import type { Stack } from '../model/resource.ts';
import type { IamData } from '../policy/data/iam-data.ts';
import type { CheckOptions } from './check.ts';
import { NOTHING_KNOWN, StackCalls, type KnownVersion, type ContentNumbers } from './known-calls.ts';
import type { ActionsOf } from '../policy/statement/split-statement.ts';

/** The maximum number of calls of all stacks. Each has a few references to shared answers. */
const MOST_CALLS = 200_000;

/**
 * The maximum number of calls of all stacks if there are more than are edited at a time. With hundreds of open
 * documents, the calls would take more memory than all else. The first edit of a document whose calls were dropped
 * takes as long as opening it.
 */
const MOST_OF_MANY = 25_000;
const FEW_STACKS = 4;

type CachedOptions = Pick<CheckOptions, 'configuration' | 'iam' | 'reported' | 'today'>;

interface Checked {
  /** The context of the checks: options and data. */
  readonly context: string;
  readonly content: StackContent;
  readonly numbers: ContentNumbers;
  readonly known: KnownVersion;
  readonly size: number;
}

/** Known calls for the last version of each stack, by its first document. Least recently checked stacks are dropped. */
export class RuleCallCache {
  readonly #checked = new Map<Uri, Checked>();
  readonly #most: number;
  readonly #mostOfMany: number;
  readonly #numberOf = numbering<IamData>();
  #size = 0;
  /** The next number of a content. Numbers are not used again, so that an old answer is never equal by chance. */
  #next = 0;

  constructor(most = MOST_CALLS, mostOfMany = Math.min(most, MOST_OF_MANY)) {
    this.#most = most;
    this.#mostOfMany = mostOfMany;
  }

  /** The number of calls. */
  get size(): number {
    return this.#size;
  }

  /**
   * Starts the check of a version of a stack; undefined for a stack whose resources cannot be compared.
   * @param options The inputs of rules besides the stack.
   */
  version(stack: Stack, options: CachedOptions & { readonly actions: ActionsOf }): StackCalls | undefined {
    return finished(this.starting(stack, options));
  }

  /** Does `version` in steps. */
  *starting(
    stack: Stack,
    options: CachedOptions & { readonly actions: ActionsOf },
  ): Generator<void, StackCalls | undefined, undefined> {
    const doc = stack.documents[0]!;
    const context = this.#keyOf(options);
    const before = this.#checked.get(doc);
    const content = yield* contentOf(stack, before?.content);
    yield;
    if (!content) return undefined;
    const isSame = before?.context === context && before.content.shared === content.shared;
    const known = isSame ? before : undefined;
    const numbers: ContentNumbers = {
      resources: this.#numbered(content.resources, known?.content.resources, known?.numbers.resources),
      sections: this.#numbered(content.sections ?? NO_SECTIONS, known?.content.sections, known?.numbers.sections),
    };
    return new StackCalls(
      { stack, content, numbers, actions: options.actions },
      isSame ? before.known : NOTHING_KNOWN,
      (known, size) => {
        this.#forget(doc);
        this.#checked.set(doc, { context, content, numbers, known, size });
        this.#size += size;
        for (const oldest of this.#checked.keys()) {
          if (this.#size <= (this.#checked.size > FEW_STACKS ? this.#mostOfMany : this.#most)) break;
          this.#forget(oldest);
        }
      },
    );
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
  #keyOf({ configuration, iam, reported, today }: CachedOptions): string {
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

/** Contents by their stacks. Hovers and the analysis each have such a cache. */
const contents = new WeakMap<Stack, StackContent>();

/** The content of a stack, which is made once. */
function* contentOf(
  stack: Stack,
  before: StackContent | undefined,
): Generator<void, StackContent | undefined, undefined> {
  const known = contents.get(stack);
  if (known) return known;
  const made = stack.content && (yield* stack.content(before));
  if (made) contents.set(stack, made);
  return made;
}

const NO_SECTIONS: ReadonlyMap<StackSection, Content> = new Map();
