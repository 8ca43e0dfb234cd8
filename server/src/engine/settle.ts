import { flatMap } from '../base/flat-map.ts';
import { addTo } from '../base/groups.ts';
import { memoize } from '../base/memoize.ts';
import { byText } from '../base/order.ts';
import type { Span } from '../base/span.ts';
import { endsStep, finished } from '../base/steps.ts';
import { mergedCovered, sortedCovered } from '../model/covered.ts';
import type { RelatedPlace } from '../model/finding.ts';
import { compareSeverities } from '../model/severity.ts';
import { leaves } from '../model/navigate.ts';
import type { Leaf } from '../model/value.ts';
import type { AnyRule } from '../rules/rule.ts';
import { atCall } from './called-place.ts';
import { ofOneCause } from './one-cause.ts';
import { withActualValues } from './actual.ts';
import type { Draft } from './report.ts';
import { isKnownWrong, isWithinScenarios, keptAt } from './kept-scenarios.ts';
import { mergingComparedValues } from './merge-compared-values.ts';

/**
 * Selects the drafts to report. Duplicates and subsumed drafts are dropped; drafts with the same cause and drafts of
 * several instances are folded.
 */
export function settled(...given: Parameters<typeof settling>): readonly Draft[] {
  return finished(settling(...given));
}

/** The number of drafts between two pauses. */
const DRAFTS_OF_STEP = 64;

/** Whether a draft is known from an earlier version. Its values are made by its rule again, which takes longest. */
function isKnown({ actual }: Draft): boolean {
  return actual !== undefined;
}

/** Does `settled` in steps. */
export function* settling(
  drafts: readonly Draft[],
  rules: readonly AnyRule[],
  isReported: (draft: Draft) => boolean,
): Generator<void, readonly Draft[], undefined> {
  // A draft that is not reported cannot replace one that is.
  const all = yield* distinct(yield* mergingComparedValues(drafts), isReported);
  const kept = yield* subsumed(all.filter(isReported), rules);
  yield;
  // An accepted finding must not hide others of the same cause.
  const [open, suppressed] = [kept.filter((one) => !one.suppressed), kept.filter((one) => one.suppressed)];
  const merged = ofOneCause(open);
  yield;
  return [...folded(merged), ...folded(ofOneCause(suppressed))].map((draft) => atCall(draft)).toSorted(inOrder);
}

/**
 * Keeps the first draft of a rule at a place. Drafts that are reported have priority over others, certain drafts over
 * possible ones, and more severe drafts about another value over less severe ones. The place is that of the value,
 * because multiline values can share a mark.
 */
function* distinct(
  drafts: readonly Draft[],
  isReported: (draft: Draft) => boolean,
): Generator<void, readonly Draft[], undefined> {
  const seen = new Map<string, MergedDraft>();
  for (const [index, draft] of drafts.entries()) {
    if (endsStep(index, DRAFTS_OF_STEP)) yield;
    // A finding in a downloaded module is shown at each call of it.
    const { part = '' } = draft.place.violation;
    const key = [draft.rule, part, ...[draft.place.leaf.origin.use, draft.shownAt ?? []].flat().map(placeOf)].join(' ');
    const before = seen.get(key);
    if (!before) seen.set(key, new MergedDraft(draft));
    else {
      const isNewReported = isReported(draft);
      const isKept =
        isNewReported === isReported(before.draft)
          ? isStronger(draft, before) || isFirst(draft, before.draft)
          : isNewReported;
      const kept = isKept ? draft : before.draft;
      before.add(draft, { ...kept, message: messageOfBoth(kept, before.draft, draft) });
      if (isKnown(draft)) yield;
    }
  }
  return [...seen.values()].map((together) => together.mergedDraft());
}

/**
 * Of two drafts that differ only in the resource, the one with the first address is kept, regardless of their order in
 * the text.
 */
function isFirst({ certainty, severity, subject, family }: Draft, other: Draft): boolean {
  return (
    certainty === other.certainty &&
    severity === other.severity &&
    family !== other.family &&
    subject !== undefined &&
    other.subject !== undefined &&
    byText(subject.address, other.subject.address) < 0
  );
}

/**
 * A text can have several values with different severities, for example in dynamic blocks. Of possible drafts, one that
 * is known to be wrong in a scenario has priority over an unknown one.
 */
function isStronger(draft: Draft, { draft: other, drafts: seen }: MergedDraft): boolean {
  if (draft.certainty !== other.certainty) return draft.certainty === 'certain';
  if (draft.certainty === 'possible') return isKnownWrong(draft.place) && !isKnownWrong(other.place);
  return compareSeverities(draft.severity, other.severity) < 0 && !seen.some((one) => leafOf(one) === leafOf(draft));
}

/** The value of a draft itself. */
function leafOf(draft: Draft): Leaf {
  return withActualValues(draft).place.leaf;
}

/** The maximum number of related locations of a finding, so that resources with many users do not list them all. */
const MOST_RELATED = 32;

/** Drafts that are reported as one draft with the subjects and locations of all. */
class MergedDraft {
  draft: Draft;
  readonly drafts: Draft[] = [];
  /** A draft for each place where a value is written, if that is not where it is used. */
  readonly #written = new Map<string, Draft>();
  #subjects: Set<string> | undefined;
  #related: Map<string, RelatedPlace> | undefined;
  /** Whether the drafts are about several instances of a block. */
  #severalInstances = false;
  /** The callers of the module, each once. */
  readonly #callers = new Map<string, RelatedPlace>();

  constructor(draft: Draft) {
    this.draft = draft;
    this.drafts.push(draft);
    this.#addCaller(draft);
    this.#addWritten(draft);
  }

  /** Instances of one resource use values of several places in one place. Each of these can be fixed. */
  #addWritten(draft: Draft): void {
    const { def } = draft.place.leaf.origin;
    if (!def || this.#written.size >= MOST_RELATED) return;
    for (const one of [draft, ...(draft.folded ?? [])]) {
      const at = placeOf(one.place.leaf.origin.def ?? def);
      if (!this.#written.has(at)) this.#written.set(at, one);
    }
  }

  #addCaller({ subject }: Draft): void {
    const caller = subject?.parts[0]?.caller;
    if (!caller || this.#callers.size >= MOST_RELATED) return;
    const key = placeOf(caller.at);
    if (!this.#callers.has(key))
      this.#callers.set(key, { at: caller.at, message: `The module is called here as ${caller.address}.` });
  }

  /** Adds a draft; `draft` is the one to report. */
  add(other: Draft, draft = this.draft): void {
    this.drafts.push(other);
    this.#subjects ??= new Set(this.draft.subjects);
    for (const subject of other.subjects) this.#subjects.add(subject);
    this.#addCaller(other);
    this.#addWritten(other);
    this.#severalInstances ||= other.instance !== this.draft.instance;
    // Items of a block can have values of several places.
    if (other.subject !== this.draft.subject || isElsewhere(other, this.draft)) {
      this.#related ??= new Map(this.draft.related.map((one) => [placeOf(one.at), one]));
      for (const one of other.related)
        if (this.#related.size < MOST_RELATED && !this.#related.has(placeOf(one.at)))
          this.#related.set(placeOf(one.at), one);
    }
    this.draft = draft;
  }

  mergedDraft(): Draft {
    if (!this.#subjects) return this.draft;
    const { instance, ...draft } = this.draft;
    const related = this.#related ? [...this.#related.values()] : this.draft.related;
    // With one caller, the address of the subject identifies it.
    const callers = this.#callers.size > 1 ? [...this.#callers.values()] : [];
    const { def } = this.draft.place.leaf.origin;
    const elsewhere = def
      ? flatMap([...this.#written], ([at, one]) => (at === placeOf(def) ? [] : [one]))
      : (this.draft.folded ?? []);
    return {
      ...draft,
      ...(instance === undefined || this.#severalInstances ? {} : { instance }),
      ...(elsewhere.length > 0 ? { folded: elsewhere } : {}),
      subjects: [...this.#subjects],
      related: [...related, ...callers.filter(({ at }) => !related.some((one) => placeOf(one.at) === placeOf(at)))],
    };
  }
}

/** Whether the value of a draft is written elsewhere than that of another draft. */
function isElsewhere({ place: { leaf } }: Draft, { place: { leaf: other } }: Draft): boolean {
  const { def } = leaf.origin;
  return def !== undefined && (!other.origin.def || placeOf(def) !== placeOf(other.origin.def));
}

/** Folds drafts of several instances of one configured resource. */
function messageOfBoth(kept: Draft, one: Draft, other: Draft): string {
  const { subject, family, message } = kept;
  if (
    !subject ||
    family === undefined ||
    one.family !== other.family ||
    one.subject?.address === other.subject?.address
  )
    return message;
  return message.replaceAll(subject.displayName, family);
}

function placeOf({ doc, start, end }: Span): string {
  return `${doc} ${start} ${end}`;
}

/** The rules of a list that subsume others, with these. */
const subsumesOf = memoize(
  (rules: readonly AnyRule[]): ReadonlyMap<string, readonly string[]> =>
    new Map(flatMap(rules, ({ id, subsumes }) => (subsumes ? [[id, subsumes] as const] : []))),
);

/**
 * A rule that subsumes another one takes over its findings on the same subject, unless they are more certain: those at
 * the same place, and those at places of its own violations if they are wrong in no other scenario.
 */
function* subsumed(drafts: readonly Draft[], rules: readonly AnyRule[]): Generator<void, readonly Draft[], undefined> {
  if (drafts.length < 2) return drafts;
  const subsumes = subsumesOf(rules);
  const found = new Map<string, Draft[]>();
  for (const draft of drafts)
    for (const place of new Set([placeOf(draft.at), placeOf(draft.place.leaf.origin.use)]))
      addTo(found, `${draft.rule} ${place}`, draft);
  const subjects = new Set(drafts.map(({ rule, subject }) => `${rule} ${subject?.address}`));
  const taken = new Map<Draft, Draft[]>();
  for (const [index, draft] of drafts.entries()) {
    if (endsStep(index, DRAFTS_OF_STEP)) yield;
    for (const rule of subsumes.get(draft.rule) ?? []) {
      // A finding about a text is about the value that is the text.
      const samePlace = found.get(`${rule} ${placeOf(draft.at)}`) ?? [];
      // The places of parts are values, for which a kept draft is computed again.
      const hasParts = draft.subjects.some((subject) => subjects.has(`${rule} ${subject}`));
      const parts = hasParts ? flatMap(partsOf(draft), (part) => found.get(`${rule} ${placeOf(part)}`) ?? []) : [];
      if (hasParts && isKnown(draft)) yield;
      for (const other of [
        ...samePlace.filter(
          (one) =>
            (one.subject === undefined || one.subject.address === draft.subject?.address) &&
            placeOf(one.at) === placeOf(draft.at) &&
            isWithinScenarios(one.place, draft.place) &&
            isAboutItemOf(draft, one),
        ),
        ...parts.filter((one) => isPart(draft, one) && isAboutItemOf(draft, one)),
      ]) {
        if (draft.certainty === 'certain' || other.certainty === 'possible') addTo(taken, draft, other);
      }
    }
  }
  const gone = new Set([...taken.values()].flat());
  return drafts
    .filter((draft) => !gone.has(draft))
    .map((draft) => {
      const weaker = weakerThan(draft, taken);
      return weaker.length === 0 ? draft : { ...draft, ...sortedCovered(mergedCovered([draft, ...weaker])) };
    });
}

/** Whether two findings on one subject are about the same item, if they are about items. */
function isAboutItemOf({ report }: Draft, { report: other }: Draft): boolean {
  return report.item === undefined || other.item === undefined || report.item === other.item;
}

/** The places of the other violations that are wrong in the scenarios of a finding. */
function partsOf(draft: Draft): readonly Span[] {
  return keptAt(draft.place)?.parts(() => partsAt(draft)) ?? partsAt(draft);
}

function partsAt(draft: Draft): readonly Span[] {
  const { place } = draft;
  if (draft.report.violations.length === 1) return [];
  const { report, place: own } = withActualValues(draft);
  return flatMap(
    report.violations.filter((violation) => violation !== own.violation),
    (violation) => {
      const wrong = place.guard.and(violation.wrong.yes);
      return leaves(violation.at)
        .filter(({ guard }) => wrong.and(guard).satisfiable())
        .map(({ value }) => value.origin.use);
    },
  );
}

/** Whether a finding at the place of a violation concerns the subject of another finding, in no other scenario. */
function isPart(draft: Draft, part: Draft): boolean {
  return (
    part.subject !== undefined &&
    draft.subjects.includes(part.subject.address) &&
    isWithinScenarios(part.place, draft.place)
  );
}

/** A finding with those that it takes over, transitively. */
function weakerThan(draft: Draft, taken: ReadonlyMap<Draft, readonly Draft[]>): readonly Draft[] {
  const weaker = new Set<Draft>([draft]);
  for (const one of weaker) for (const other of taken.get(one) ?? []) weaker.add(other);
  weaker.delete(draft);
  return [...weaker];
}

/**
 * Instances of one configured resource (`aws_x.y[0]`, `aws_x.y[1]`) with the same finding are joined to the first. A
 * family belongs to one document, because resources of SAM functions with the same name in two templates have the
 * same family.
 */
function folded(drafts: readonly Draft[]): readonly Draft[] {
  const byFamily = new Map<string, MergedDraft>();
  const result: Draft[] = [];
  for (const draft of drafts) {
    if (!draft.subject || draft.family === draft.subject.address) {
      result.push(draft);
      continue;
    }
    const key = JSON.stringify([
      draft.rule,
      draft.at.doc,
      draft.family,
      draft.path,
      draft.message.replaceAll(draft.subject.displayName, draft.family!),
      draft.certainty,
      draft.place.when,
    ]);
    const first = byFamily.get(key);
    if (first) first.add(draft);
    else byFamily.set(key, new MergedDraft(draft));
  }
  return [...result, ...[...byFamily.values()].map((together) => together.mergedDraft())];
}

function inOrder(a: Draft, b: Draft): number {
  return byText(a.at.doc, b.at.doc) || a.at.start - b.at.start || a.at.end - b.at.end || byText(a.rule, b.rule);
}
