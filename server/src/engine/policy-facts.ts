/**
 * Facts that follow from the content of policies and contain no ranges, so that they remain valid in the next version
 * of a stack. Rules need facts about all policies of a stack, and an edit changes one.
 */
import { numbering } from '../base/memoize.ts';
import { ownText } from '../base/own-text.ts';
import { note, noting, type Reads } from '../base/reads.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { stableNameOf, type Resource } from '../model/resource.ts';
import type { AnsweredQuestion } from './known-calls.ts';

/** A fact, with what it was computed from besides the policy. */
interface KnownFact {
  /** The name of the host of the policy. */
  readonly host: string;
  readonly answered: readonly AnsweredQuestion[];
  readonly from: object;
  readonly value: unknown;
}

/** The facts of a version by their names. */
export type KnownFacts = ReadonlyMap<string, KnownFact>;

/** How facts of an earlier version are compared with this one. */
interface Comparing {
  /** Whether the answers of this version are the same. */
  asBefore(answered: readonly AnsweredQuestion[]): boolean;
  /** The content of a resource, and the answers of what was read. */
  answersNow(host: Resource, reads: Reads | undefined): readonly AnsweredQuestion[];
  exists(resource: string): boolean;
}

/** So that facts of one kind from several objects have names of their own. */
const numberOf = numbering<object>();

export class PolicyFacts {
  readonly #before: KnownFacts;
  readonly #comparing: Comparing;
  readonly #facts = new Map<string, KnownFact>();

  constructor(before: KnownFacts, comparing: Comparing) {
    this.#before = before;
    this.#comparing = comparing;
  }

  /**
   * A fact about a policy.
   * @param what Identifies what is computed.
   * @param from An object that all versions share, from which it is computed too.
   */
  of<T>(what: string, policy: PolicyDocument, from: object, compute: () => T): T {
    const { host } = policy;
    const place = host.policies().documents.indexOf(policy);
    if (place < 0) return compute();
    const name = `${what} ${numberOf(from)} ${stableNameOf(host)} ${place}`;
    const { answered, value } = this.named(name, host, from, compute);
    // The first is the content of the host, which is noted where the policy is found.
    for (const { question } of answered.slice(1)) note(question);
    return value as T;
  }

  /** A fact with a name that identifies it in all versions. */
  named(name: string, host: Resource, from: object, compute: () => unknown): KnownFact {
    const now = this.#facts.get(name);
    if (now?.from === from) return now;
    const before = this.#before.get(name);
    if (before?.from === from && this.#comparing.asBefore(before.answered)) {
      this.#facts.set(name, before);
      return before;
    }
    const { result, reads } = noting(compute);
    const answered = this.#comparing.answersNow(host, reads);
    // Later versions know it, and must not keep the text of this one.
    const fact = { host: ownText(stableNameOf(host)), answered, from, value: result };
    this.#facts.set(ownText(name), fact);
    return fact;
  }

  /** The facts for the next version. Unused ones are compared when they are needed. */
  forNext(): KnownFacts {
    for (const [name, fact] of this.#before)
      if (!this.#facts.has(name) && this.#comparing.exists(fact.host)) this.#facts.set(name, fact);
    return this.#facts;
  }
}
