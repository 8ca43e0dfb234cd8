/** The verdicts of a rule about a position, with values and scenarios. */
import { flatMap } from '../base/flat-map.ts';
import { groupedBy } from '../base/groups.ts';
import { memoize } from '../base/memoize.ts';
import { Guard, TRUE, type Truth } from '../base/guard.ts';
import { sameSpan, within, type Range } from '../base/span.ts';
import type { Decision, FoundVerdict, Undecided, Verdict } from '../hover/explanation/decision.ts';
import { shortTextOfAll, withoutSecrets, type Secrets, type ShortText } from '../hover/explanation/short-value.ts';
import { inputName, unknownBecause } from '../hover/unknown-because.ts';
import { leaves } from '../model/navigate.ts';
import type { Severity } from '../model/severity.ts';
import type { Leaf, Value } from '../model/value.ts';
import type { Violation } from '../rules/rule.ts';
import { sizeOf, touches, type RuleTrace, type DocumentPosition } from './rule-trace.ts';
import { scenarioTermsOf } from './narrow.ts';
import type { Read } from './observed.ts';
import type { Draft } from './report.ts';

/** The maximum number of verdicts of one rule. */
const MOST_VERDICTS = 6;

/** What becomes of a finding. */
export interface FindingStatus {
  /** Why it is not reported. */
  unreported(draft: Draft): FoundVerdict['unreported'];
  /** Why it has no fix, if its rule proposes one that is not applicable: a sentence. */
  noFix(draft: Draft): string | undefined;
  /** The severity that the configuration sets for it. */
  severity(draft: Draft): Severity | undefined;
}

/**
 * The verdicts of a rule about a position, findings first, and those that concern the position itself.
 * @param onlyHere Whether only the latter are wanted, as both.
 */
export function verdictsOf(
  trace: RuleTrace,
  place: DocumentPosition,
  status: FindingStatus,
  secrets: Secrets,
  onlyHere = false,
): Pick<Decision, 'verdicts' | 'here'> {
  if (!trace.reports) return { verdicts: [{ what: 'failed' }], here: [{ what: 'failed' }] };
  const kept = keptOf(flatMap(trace.reports, ({ drafts }) => drafts));
  const violations = flatMap(trace.reports, ({ report, drafts }) =>
    report.violations.map((violation): Suspicion => ({
      violation,
      drafts: draftsAbout(
        violation,
        drafts.filter((draft) => kept.has(draft)),
      ),
    })),
  );
  const chosen = nearest(withoutSiblings(violations, place, trace), place);
  const verdictsFor = (some: readonly Suspicion[]): readonly Verdict[] => verdictsAbout(some, trace, status, secrets);
  const here = chosen.filter(({ violation }) => isAbout(violation, place, trace));
  if (onlyHere) {
    const own = here.length > 0 ? verdictsFor(here) : [];
    return { verdicts: own, here: own };
  }
  const isOwn = chosen.length === 0 && isOfSubject(place, trace);
  const verdicts = verdictsFor(chosen);
  return {
    verdicts,
    here:
      here.length === chosen.length
        ? here.length > 0 || isOwn
          ? verdicts
          : []
        : here.length > 0
          ? verdictsFor(here)
          : [],
  };
}

/** Whether a position is in the text of the resource of a rule call; calls for a whole stack match none. */
function isOfSubject({ doc, offset }: Pick<DocumentPosition, 'doc' | 'offset'>, { subject }: RuleTrace): boolean {
  return (
    subject === undefined ||
    subject.parts.some((part) => part.doc === doc && part.range.start <= offset && offset <= part.range.end)
  );
}

/**
 * Whether a violation concerns the value at a position, or a value that contains it. For a resource it is sufficient
 * that the rule read the property there. Elements of a policy are distinguished, because nearly every policy rule reads
 * all of them.
 */
function isAbout({ at }: Violation, place: DocumentPosition, trace: RuleTrace): boolean {
  if (touches(at, place)) return true;
  if (trace.rule.on !== 'resource' || !isOfSubject(place, trace)) return false;
  return trace.touching.some(
    ({ path, value }) =>
      !path.includes('Statement[]') &&
      ((value.state !== 'object' && value.state !== 'list') ||
        (place.below !== undefined && sameRange(value.origin.use, place.below))),
  );
}

function verdictsAbout(
  some: readonly Suspicion[],
  trace: RuleTrace,
  status: FindingStatus,
  secrets: Secrets,
): readonly Verdict[] {
  const groups = bySubject(some).map((group): readonly Verdict[] => {
    const own = group.map(({ violation }) => violation);
    const drafts = flatMap(group, (one) => one.drafts);
    return [
      ...drafts.map((draft) => found(draft, own, trace, status, secrets)),
      ...others(own, drafts, trace, secrets),
    ];
  });
  const wrong = groups.filter((verdicts) => verdicts.some(({ what }) => what !== 'fine'));
  // If a value is wrong, compliant values next to it are not mentioned.
  const verdicts = (wrong.length > 0 ? wrong : groups).flat();
  return mostImportant(verdicts.length > 0 ? verdicts : [{ what: 'not-applicable' }]);
}

/** Unique verdicts, findings first; `not-applicable` only if there is no other. */
export function mostImportant(verdicts: readonly Verdict[]): readonly Verdict[] {
  const distinct = [...new Map(verdicts.map((verdict) => [JSON.stringify(verdict), verdict])).values()].sort(
    (a, b) => ORDER.indexOf(a.what) - ORDER.indexOf(b.what),
  );
  const applicable = distinct.filter(({ what }) => what !== 'not-applicable');
  return (applicable.length > 0 ? applicable : distinct).slice(0, MOST_VERDICTS);
}

/** The reported findings of a rule at a place: the first one, with certain findings before possible ones. */
function keptOf(drafts: readonly Draft[]): ReadonlySet<Draft> {
  const kept = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = `${draft.at.doc} ${draft.at.start} ${draft.at.end}`;
    const before = kept.get(key);
    if (!before || (before.certainty === 'possible' && draft.certainty === 'certain')) kept.set(key, draft);
  }
  return new Set(kept.values());
}

/** The findings of a violation: at its own place, or at another violation with the same cause. */
function draftsAbout(violation: Violation, drafts: readonly Draft[]): readonly Draft[] {
  const own = drafts.filter((draft) => draft.place.violation === violation);
  return own.length > 0 ? own : drafts.filter(({ place }) => place.guard.and(violation.wrong.yes).satisfiable());
}

const ORDER: readonly Verdict['what'][] = ['found', 'unclear', 'failed', 'fine', 'not-applicable'];

interface Suspicion {
  readonly violation: Violation;
  readonly drafts: readonly Draft[];
}

/** Within a list, violations of other items do not concern this item. */
function withoutSiblings(
  violations: readonly Suspicion[],
  place: DocumentPosition,
  trace: RuleTrace,
): readonly Suspicion[] {
  return violations.filter(({ violation: { at } }) => !isInSibling(at, place, trace));
}

/** The number of lists around the innermost value that a rule read at a position. */
const depthOf = memoize(({ touching }: RuleTrace): number =>
  touching.reduce((most, { path }) => Math.max(most, path.split('[]').length - 1), 0),
);

/** Whether a value is in another list item than the position. */
export function isInSibling({ origin: { use } }: Value, { doc, items }: DocumentPosition, trace: RuleTrace): boolean {
  const depth = depthOf(trace);
  const own = items[Math.min(depth, items.length) - 1];
  return (
    own !== undefined && use.doc === doc && within(use, own.list) && !within(use, own.item) && !sameRange(use, own.list)
  );
}

/** The verdicts about the position itself; otherwise about the nearest value that contains it. */
function nearest(violations: readonly Suspicion[], { doc, around }: DocumentPosition): readonly Suspicion[] {
  for (const range of around) {
    const inside = violations.filter(
      ({
        violation: {
          at: {
            origin: { use, key },
          },
        },
      }) => use.doc === doc && (within(use, range) || (key !== undefined && sameRange(key, range))),
    );
    if (inside.length > 0) return inside;
  }
  return violations;
}

function sameRange(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end;
}

/** Groups violations of the same value. The value is compliant where none of them applies. */
function bySubject(violations: readonly Suspicion[]): readonly (readonly Suspicion[])[] {
  return [...groupedBy(violations, ({ violation }) => violation.at).values()];
}

function found(
  draft: Draft,
  violations: readonly Violation[],
  trace: RuleTrace,
  status: FindingStatus,
  secrets: Secrets,
): FoundVerdict {
  const why = status.unreported(draft);
  const noFix = why ? undefined : status.noFix(draft);
  const severity = status.severity(draft);
  const because = draft.certainty === 'possible' ? unknownsOf(violations, trace) : [];
  const { at, leaf } = reportedAt(draft, violations, trace);
  return {
    what: 'found',
    certainty: draft.certainty,
    severity: severity ?? draft.severity,
    severityBy: severity === undefined ? 'rule' : 'configuration',
    profile: draft.profile,
    message: draft.message,
    path: pathTo(at, trace),
    value: shortTextOfAll(leaf, secrets),
    when: withoutSecrets(draft.when, secrets),
    byDefault: draft.place.guard.holdsByDefault(),
    because,
    ...(why ? { unreported: why } : {}),
    ...(noFix !== undefined && !secrets.isIn(noFix) ? { noFix } : {}),
  };
}

/**
 * The value of a finding among the given violations, which can be others of its cause than the one that it marks. A
 * setting of another resource explains nothing without the value that is marked.
 */
function reportedAt(
  { place }: Draft,
  violations: readonly Violation[],
  trace: RuleTrace,
): { readonly at: Value; readonly leaf: Value } {
  if (violations.includes(place.violation)) return { at: place.violation.at, leaf: place.leaf };
  for (const { at, wrong } of violations) {
    const { doc, start } = at.origin.use;
    if (!isOfSubject({ doc, offset: start }, trace)) continue;
    const leaf = leaves(at).find(({ guard }) => place.guard.and(guard).and(wrong.yes).satisfiable());
    if (leaf) return { at, leaf: leaf.value };
  }
  return { at: place.violation.at, leaf: place.leaf };
}

interface Scenarios {
  readonly value: ShortText;
  readonly guard: Guard;
}

/** The verdicts without findings: compliant values and unknown values. */
function others(
  violations: readonly Violation[],
  drafts: readonly Draft[],
  trace: RuleTrace,
  secrets: Secrets,
): readonly Verdict[] {
  const when: Truth = trace.subject?.when ?? TRUE;
  const { at } = violations[0]!;
  const yes = violations.reduce<Guard>((sum, { wrong }) => sum.or(wrong.yes), Guard.never);
  const no = violations.reduce<Guard>((sum, { wrong }) => sum.and(wrong.no), Guard.always).and(when.yes);
  const fine = new Map<string, Scenarios>();
  const unclear = new Map<string, Scenarios>();
  const add = (to: Map<string, Scenarios>, value: ShortText, guard: Guard): void => {
    to.set(value.text, { value, guard: to.get(value.text)?.guard.or(guard) ?? guard });
  };
  const there = whereRead(at, trace);
  for (const one of leaves(at)) {
    const { value: leaf } = one;
    const guard = one.guard.and(there);
    const right = guard.and(no);
    if (right.satisfiable()) add(fine, shortTextOfAll(leaf, secrets), right);
    if (!guard.coveredBy(yes, no, when.no) && !drafts.some(({ certainty }) => certainty === 'possible'))
      add(unclear, shortTextOfAll(leaf, secrets), guard);
  }
  const because = unclear.size > 0 ? unknownsOf(violations, trace) : [];
  // If nothing depends on the value, it is compliant for another reason, and its values are not distinguished.
  if (drafts.length === 0 && unclear.size === 0 && fine.size > 1) {
    const guard = [...fine.values()].reduce<Guard>((sum, one) => sum.or(one.guard), Guard.never);
    fine.clear();
    add(fine, shortTextOfAll(at, secrets), guard);
  }
  const judged = ({ value, guard }: Scenarios): Omit<Undecided, 'what' | 'because'> => ({
    path: pathTo(at, trace),
    value,
    when: withoutSecrets(scenarioTermsOf(guard, when), secrets),
    byDefault: guard.holdsByDefault(),
  });
  return [
    ...[...unclear.values()].map((one) => ({ what: 'unclear', ...judged(one), because }) as const),
    ...[...fine.values()]
      .map((one) => ({ what: 'fine', ...judged(one) }) as const)
      .sort((a, b) => Number(b.byDefault) - Number(a.byDefault)),
  ];
}

/** The scenarios in which a value has one of its possible values or items. */
function whereRead(value: Value, { reads }: RuleTrace): Guard {
  if (reads.some((read) => read.value === value)) return Guard.always;
  const guards = flatMap(reads, (read) =>
    flatMap(leaves(read.value), ({ guard, value: leaf }) => {
      if (leaf === value) return [guard];
      return leaf.state !== 'list'
        ? []
        : flatMap(leaf.items, (item) =>
            flatMap(leaves(item.value), (inner) =>
              inner.value === value ? [guard.and(item.when.yes).and(inner.guard)] : [],
            ),
          );
    }),
  );
  return guards.length === 0 ? Guard.always : guards.reduce((sum, guard) => sum.or(guard), Guard.never);
}

/** The unknown values that violations depend on, as clauses. */
function unknownsOf(violations: readonly Violation[], { reads, subject }: RuleTrace): readonly string[] {
  const clauses = new Set<string>();
  for (const { wrong } of violations)
    for (const { value, yes, no } of wrong.because) {
      if (yes.satisfiable() || no.satisfiable() || !isUnknown(value)) continue;
      const read =
        reads.find((one) => leaves(one.value).some((leaf) => leaf.value === value)) ??
        reads.find((one) => sameSpan(one.value.origin.use, value.origin.use));
      const input = inputName(value);
      clauses.add(
        `${read ? pathOfRead(read) : subject ? `a value of ${subject.displayName}` : 'it'} ${input === undefined ? unknownBecause(value) : `depends on ${input}`}`,
      );
    }
  return [...clauses];
}

function isUnknown(leaf: Leaf): boolean {
  return leaf.state !== 'known' && !(leaf.state === 'absent' && !leaf.open);
}

/** The name of a value's property, with the resource if it differs from the resource at the position. */
function pathTo(value: Value, { reads, touching }: RuleTrace): string | undefined {
  const { use } = value.origin;
  const holders = reads.filter(
    (read) =>
      read.value.state !== 'absent' && read.value.origin.use.doc === use.doc && within(use, read.value.origin.use),
  );
  const read = reads.find((one) => one.value === value) ?? holders.sort((a, b) => sizeOf(a.value) - sizeOf(b.value))[0];
  if (!read) return undefined;
  const name = pathOfRead(read).split('.').at(-1)!;
  return touching.length > 0 && touching.every(({ resource }) => resource !== read.resource)
    ? `${name} of ${read.resource.displayName}`
    : name;
}

/** The path of a read value, in the terms of the document. */
export function pathOfRead({ resource, path }: Read): string {
  return path.includes('[]') ? path.split('[].').at(-1)! : resource.nativePath(path).replace(/\[\]$/, '');
}
