/**
 * Where rule calls read and report, by the resources whose text is there. An explanation of a position runs only the
 * calls that reach it. What a call reaches is the same in a later version of the stack as long as the questions that it
 * asked have the same answers (`look-cache.ts`).
 */
import type { Uri } from '../base/span.ts';
import type { Question } from '../model/question.ts';
import type { Stack } from '../model/resource.ts';
import type { Address } from '../model/value.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { CheckOptions } from './check.ts';
import type { Look } from './looks.ts';
import { LookCache, type StackLooks } from './look-cache.ts';

/** Where a rule call reads and reports. */
export interface Reach {
  /** The native addresses of the resources and data sources whose text has a value that it read, or a finding. */
  readonly parts: ReadonlySet<Address>;
  /** Whether another text has one, such as that of a parameter. */
  readonly elsewhere: boolean;
  /** Whether it has findings. */
  readonly finds: boolean;
}

type Known = ReadonlyMap<string, ReadonlyMap<AnyRule, Reach>>;

/** The maximum number of stacks whose reach is kept for their next versions. */
const MOST_STACKS = 4;

/** The reach of rule calls in the last version of stacks, by their first documents. */
export class ReachCache {
  readonly #looks = new LookCache();
  readonly #last = new Map<Uri, StackReach>();
  readonly #known = new Map<Uri, Known>();

  /** Starts a version of a stack. */
  version(stack: Stack, options: Pick<CheckOptions, 'actions' | 'configuration' | 'iam' | 'today'>): StackReach {
    const doc = stack.documents[0]!;
    const looks = this.#looks.version(stack, options);
    const reach: StackReach = new StackReach(looks, this.#known.get(doc), (known) => {
      // An explanation of an older version can end later.
      if (this.#last.get(doc) !== reach) return;
      looks?.keep();
      this.#known.set(doc, known);
    });
    this.#last.delete(doc);
    this.#last.set(doc, reach);
    for (const oldest of this.#last.keys()) {
      if (this.#last.size <= MOST_STACKS) break;
      this.forget(oldest);
    }
    return reach;
  }

  forget(doc: Uri): void {
    this.#last.delete(doc);
    this.#known.delete(doc);
  }
}

/** The reach of the rule calls of one version of a stack. */
export class StackReach {
  readonly #looks: StackLooks | undefined;
  readonly #before: Known;
  readonly #now = new Map<string, Map<AnyRule, Reach>>();
  /** Calls that reach the same share an object. */
  readonly #shared = new Map<string, Reach>();
  readonly #keep: (known: Known) => void;

  constructor(looks?: StackLooks, before: Known = new Map(), keep: (known: Known) => void = () => undefined) {
    this.#looks = looks;
    this.#before = before;
    this.#keep = keep;
  }

  /** Undefined if it is not known. */
  of({ about, rule }: Pick<Look, 'about' | 'rule'>): Reach | undefined {
    const now = this.#now.get(about)?.get(rule);
    if (now) return now;
    const before = this.#before.get(about)?.get(rule);
    if (!before || this.#looks?.known(about, rule)?.length !== 0) return undefined;
    this.#set(about, rule, before);
    return before;
  }

  add({ about, rule, subject }: Look, reach: Reach, asked: ReadonlySet<Question>): void {
    const { elsewhere, finds } = reach;
    const parts = [...reach.parts].sort();
    const key = JSON.stringify([elsewhere, finds, ...parts]);
    let shared = this.#shared.get(key);
    if (!shared) this.#shared.set(key, (shared = { parts: new Set(parts), elsewhere, finds }));
    this.#set(about, rule, shared);
    this.#looks?.add(about, rule, subject, { reads: asked });
  }

  /** Keeps what is known for the next version. Called when all rule calls were looked at. */
  keep(): void {
    this.#keep(this.#now);
  }

  #set(about: string, rule: AnyRule, reach: Reach): void {
    let rules = this.#now.get(about);
    if (!rules) this.#now.set(about, (rules = new Map()));
    rules.set(rule, reach);
  }
}
