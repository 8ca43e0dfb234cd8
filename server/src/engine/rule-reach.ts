/**
 * The places that rule calls read and report, as the resources that contain them. An explanation of a position runs
 * only the calls that reach it. What a call reaches is the same in a later version of the stack as long as its
 * questions have the same answers (`rule-call-cache.ts`).
 */
import { flatMap } from '../base/flat-map.ts';
import type { Uri } from '../base/span.ts';
import type { PolicyDocument } from '../model/policy.ts';
import type { Question } from '../model/question.ts';
import type { Stack } from '../model/resource.ts';
import type { Address } from '../model/value.ts';
import { RULES } from '../rules/index.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { CheckOptions } from './check.ts';
import type { AllReadPlaces, ReadPlaces } from './fact-reads.ts';
import { PropertyReaders } from './property-readers.ts';
import type { RuleCall } from './rule-calls.ts';
import type { StackCalls } from './known-calls.ts';
import { RuleCallCache } from './rule-call-cache.ts';

/** Where a rule call reads and reports: the places of the values that it read, and of its findings. */
export interface CallReach extends AllReadPlaces {
  /** The places of the values that it judges, with or without a finding. Most calls judge none. */
  readonly judged: ReadPlaces;
  /** Whether it has findings. */
  readonly finds: boolean;
}

/** The reach of the rule calls about one subject, by rule. */
class SubjectReach {
  readonly byRule: Map<AnyRule, CallReach>;
  /** Whether that is all calls of a topic about it. */
  readonly isWhole: Record<CallGroup, boolean> = { secrets: false, others: false };
  readonly #united: Partial<Record<CallGroup, CallReach>> = {};

  constructor(byRule: ReadonlyMap<AnyRule, CallReach> = new Map<AnyRule, CallReach>()) {
    this.byRule = new Map(byRule);
  }

  /** What all calls of a group reach together. */
  united(group: CallGroup): CallReach {
    return (this.#united[group] ??= united(
      flatMap([...this.byRule], ([rule, reach]) => (groupOf(rule) === group ? [reach] : [])),
    ));
  }
}

/** The calls of rules about secrets are made before the others. */
export type CallGroup = 'secrets' | 'others';

/** The group of the calls of a rule, by its topic. */
export function groupOf({ topic }: AnyRule): CallGroup {
  return topic === 'secrets' ? 'secrets' : 'others';
}

/** Rules about secrets run first, because their findings must stay hidden when the time limit is exceeded. */
export const GROUPS: readonly CallGroup[] = ['secrets', 'others'];

export const RULES_OF: Readonly<Record<CallGroup, readonly AnyRule[]>> = {
  secrets: RULES.filter((rule) => groupOf(rule) === 'secrets'),
  others: RULES.filter((rule) => groupOf(rule) === 'others'),
};

/** Those that can concern any position. */
export const ELSEWHERE_OF: Readonly<Record<CallGroup, readonly AnyRule[]>> = {
  secrets: RULES_OF.secrets.filter(({ judgesElsewhere }) => judgesElsewhere),
  others: RULES_OF.others.filter(({ judgesElsewhere }) => judgesElsewhere),
};

function united(all: readonly CallReach[]): CallReach {
  if (all.length === 1) return all[0]!;
  return {
    ...unitedReads(all),
    judged: unitedPlaces(all.map(({ judged }) => judged)),
    finds: all.some(({ finds }) => finds),
  };
}

function keyOf({ parts, elsewhere, overlaps }: ReadPlaces): string {
  return JSON.stringify([elsewhere, overlaps, ...[...parts].sort()]);
}

/** The places of several reads. */
export function unitedReads(all: readonly AllReadPlaces[]): AllReadPlaces {
  return { ...unitedPlaces(all), properties: unitedPlaces(all.map(({ properties }) => properties)) };
}

function unitedPlaces(all: readonly ReadPlaces[]): ReadPlaces {
  return {
    parts: unitedParts([...new Set(all.map(({ parts }) => parts))]),
    elsewhere: all.some(({ elsewhere }) => elsewhere),
    overlaps: all.some(({ overlaps }) => overlaps),
  };
}

/** The union of some sets: the largest one if it has all, as that of a role with many policies has what each reads. */
function unitedParts(sets: readonly ReadonlySet<Address>[]): ReadonlySet<Address> {
  const largest = sets.reduce((one, other) => (other.size > one.size ? other : one), new Set<Address>());
  let union: Set<Address> | undefined;
  for (const set of sets)
    if (set !== largest)
      for (const part of set) if (!(union ?? largest).has(part)) (union ??= new Set(largest)).add(part);
  return union ?? largest;
}

type Known = ReadonlyMap<string, SubjectReach>;

/** The maximum number of stacks whose reach is kept for their next versions. */
const MOST_STACKS = 4;

/** The maximum number of resources that a stack no longer has whose properties are remembered. */
const MOST_RENAMED = 1000;

/** The reach of rule calls in the last version of stacks, by their first documents. */
export class ReachCache {
  readonly #knownCalls = new RuleCallCache();
  readonly #last = new Map<Uri, StackReach>();
  readonly #known = new Map<Uri, Known>();
  readonly #readers = new Map<Uri, PropertyReaders>();

  /** Starts a version of a stack. */
  version(stack: Stack, options: Pick<CheckOptions, 'actions' | 'configuration' | 'iam' | 'today'>): StackReach {
    const doc = stack.documents[0]!;
    const knownCalls = this.#knownCalls.version(stack, options);
    const readers = this.#readersOf(stack, doc);
    const keep = (known: Known): boolean => {
      // An explanation of an older version can end later. If a version cannot be compared, its calls are not kept, and
      // their reach must not be kept without them.
      if (!knownCalls || this.#last.get(doc) !== reach) return false;
      this.#known.set(doc, known);
      return true;
    };
    const reach: StackReach = new StackReach(knownCalls, this.#known.get(doc), readers, keep);
    this.#last.delete(doc);
    this.#last.set(doc, reach);
    for (const oldest of this.#last.keys()) {
      if (this.#last.size <= MOST_STACKS) break;
      this.forget(oldest);
    }
    return reach;
  }

  /**
   * The readers in all versions of a stack. If most are of resources that it no longer has, such as those whose names
   * were typed letter by letter, its calls are made again.
   */
  #readersOf({ resources }: Stack, doc: Uri): PropertyReaders {
    const known = this.#readers.get(doc);
    if (known && known.size <= MOST_RENAMED + 2 * resources.length) return known;
    const readers = new PropertyReaders();
    this.#readers.set(doc, readers);
    this.#known.delete(doc);
    return readers;
  }

  forget(doc: Uri): void {
    this.#last.delete(doc);
    this.#known.delete(doc);
    this.#readers.delete(doc);
  }
}

/** The reach of the rule calls of one version of a stack. */
export class StackReach {
  readonly #knownCalls: StackCalls | undefined;
  readonly #before: Known;
  readonly #now = new Map<string, SubjectReach>();
  /** Calls that reach the same share an object, and those of which only a part is the same share its places. */
  readonly #shared = new Map<string, CallReach>();
  readonly #sharedPlaces = new Map<string, ReadPlaces>();
  readonly #keep: (known: Known) => boolean;
  /** Which properties the calls read whose reach is known. */
  readonly readers: PropertyReaders;

  /** @param keep Keeps the reach for the next version, if this version is the latest. */
  constructor(
    knownCalls?: StackCalls,
    before: Known = new Map(),
    readers = new PropertyReaders(),
    keep: (known: Known) => boolean = () => false,
  ) {
    this.#knownCalls = knownCalls;
    this.#before = before;
    this.readers = readers;
    this.#keep = keep;
  }

  /** The number of times that a subject was compared with the last version, for tests. */
  compared = 0;

  /** Whether anything is known of the last version. */
  get hasBefore(): boolean {
    return this.#before.size > 0;
  }

  /** Undefined if it is not known. */
  of({ about, rule }: Pick<RuleCall, 'about' | 'rule'>): CallReach | undefined {
    const now = this.#now.get(about)?.byRule.get(rule);
    if (now) return now;
    const before = this.#before.get(about)?.byRule.get(rule);
    if (!before || this.#knownCalls?.known(about, rule)?.length !== 0) return undefined;
    this.#set(about, rule, before);
    return before;
  }

  /** The combined reach of all calls of a group about a subject; undefined if that of a call is unknown. */
  ofAll(about: string, group: CallGroup): CallReach | undefined {
    const now = this.#now.get(about);
    if (now) return now.isWhole[group] ? now.united(group) : undefined;
    const before = this.#before.get(about);
    if (!before?.isWhole[group]) return undefined;
    this.compared++;
    if (!this.#knownCalls?.isUnchanged(about)) return undefined;
    this.#now.set(about, before);
    return before.united(group);
  }

  /** A fact about a policy, computed again if what it depends on changed. */
  policyFact<T>(what: string, policy: PolicyDocument, from: object, compute: () => T): T {
    return this.#knownCalls ? this.#knownCalls.policyFact(what, policy, from, compute) : compute();
  }

  add({ about, rule, subject }: RuleCall, reach: CallReach, questions: ReadonlySet<Question>): void {
    const { finds } = reach;
    const [read, properties, judged] = [keyOf(reach), keyOf(reach.properties), keyOf(reach.judged)];
    const key = `${finds} ${judged} ${properties} ${read}`;
    let shared = this.#shared.get(key);
    if (!shared) {
      shared = {
        ...reach,
        finds,
        properties: this.#places(properties, reach.properties),
        judged: this.#places(judged, reach.judged),
      };
      this.#shared.set(key, shared);
    }
    this.#set(about, rule, shared);
    this.#knownCalls?.add(about, rule, subject, { reads: questions });
  }

  /** Called after calls of a group were made or skipped, with the subjects of which that is all. */
  checked(group: CallGroup, isWhole: (about: string) => boolean): void {
    for (const [about, subject] of this.#now) if (isWhole(about)) subject.isWhole[group] = true;
  }

  /** Keeps the reach of this version for the next one. Called after all rule calls were made or skipped. */
  keep(): void {
    if (this.#keep(this.#now)) this.#knownCalls?.keep();
  }

  /** Keeps the reach so far, and that of the last version, for the next one. */
  keepSoFar(): void {
    if (this.#keep(new Map([...this.#before, ...this.#now]))) this.#knownCalls?.keepSoFar();
  }

  #places(key: string, places: ReadPlaces): ReadPlaces {
    let shared = this.#sharedPlaces.get(key);
    if (!shared) this.#sharedPlaces.set(key, (shared = places));
    return shared;
  }

  #set(about: string, rule: AnyRule, reach: CallReach): void {
    let subject = this.#now.get(about);
    // That of the last version stays as it is.
    if (!subject || subject === this.#before.get(about))
      this.#now.set(about, (subject = new SubjectReach(subject?.byRule)));
    subject.byRule.set(rule, reach);
  }
}
