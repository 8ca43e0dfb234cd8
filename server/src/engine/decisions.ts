/** The decisions of rules that an explanation of a position has. */
import { flatMap } from '../base/flat-map.ts';
import { groupedBy } from '../base/groups.ts';
import { Guard } from '../base/guard.ts';
import { within } from '../base/span.ts';
import { verdictRank, type Decision, type Verdict } from '../hover/explanation/decision.ts';
import { shortTextOfAll, type Secrets } from '../hover/explanation/short-value.ts';
import type { Assumption } from '../rules/rule.ts';
import type { AnalysisOptions } from './analysis.ts';
import type { Read } from './observed.ts';
import type { DocumentPosition, RuleTrace } from './rule-trace.ts';
import { isInSibling, mostImportant, pathOfRead, verdictsOf, type FindingStatus } from './verdicts.ts';

/** The decisions of the rules that read a position, with what they read. */
export function* decidedAt(
  all: readonly RuleTrace[],
  place: DocumentPosition,
  status: FindingStatus,
  { configuration }: Pick<AnalysisOptions, 'configuration'>,
  secrets: Secrets,
  reached = Guard.always,
): Generator<void, readonly Decision[], undefined> {
  const decisions: Decision[] = [];
  for (const one of all) {
    decisions.push({
      ...aboutRule(one),
      ...verdictsOf(one, place, status, secrets),
      read: readsOf(one, place, secrets, reached),
      assumed: one.assumed.map((name) => ({ name, value: stated(configuration.assume, name) })),
    });
    yield;
  }
  return sorted(together(decisions));
}

/** Finds the secrets of documents in steps, which takes time in large ones. */
export type FindingSecrets = () => Generator<void, Secrets, undefined>;

/**
 * The decisions about the position itself, as a hover shows them: without what the rules read, and of rules without a
 * finding only that.
 * @param isBeside Whether rules whose verdicts are all reported findings are omitted.
 */
export function* decidedHere(
  all: readonly RuleTrace[],
  place: DocumentPosition,
  status: FindingStatus,
  findingSecrets: FindingSecrets,
  isBeside: boolean,
): Generator<void, readonly Decision[], undefined> {
  const decisions: Decision[] = [];
  // Why a finding has no fix is found out for those that are shown, because that makes its fixes.
  const withoutFixes: FindingStatus = { ...status, noFix: () => undefined };
  for (const traces of groupedBy(all, ({ rule }) => rule).values()) {
    const kinds = flatMap(traces, (one) => verdictsOf(one, place, withoutFixes, NOT_SHOWN, true).here);
    yield;
    if (kinds.every(isOf('not-applicable')) || (isBeside && kinds.every(isReported))) continue;
    if (kinds.every(isOf('fine', 'not-applicable'))) {
      decisions.push({ ...aboutRule(traces[0]!), verdicts: FINE, here: FINE, read: [], assumed: [] });
      continue;
    }
    const secrets = yield* findingSecrets();
    for (const one of traces) {
      decisions.push({ ...aboutRule(one), ...verdictsOf(one, place, status, secrets, true), read: [], assumed: [] });
      yield;
    }
  }
  return sorted(together(decisions));
}

/** For verdicts whose values are not shown. */
const NOT_SHOWN: Secrets = { covers: () => true, isIn: () => false };

/** That a rule has no finding, whatever the values are. */
const FINE: readonly Verdict[] = [
  { what: 'fine', path: undefined, value: { text: '', literal: false }, when: [], byDefault: true },
];

function isOf(...kinds: readonly Verdict['what'][]): (verdict: Verdict) => boolean {
  return ({ what }) => kinds.includes(what);
}

function isReported(verdict: Verdict): boolean {
  return verdict.what === 'found' && verdict.unreported === undefined;
}

function aboutRule({ rule: { id, title, profile } }: RuleTrace): Pick<Decision, 'rule' | 'title' | 'profile'> {
  return { rule: id, title, profile };
}

/** Decisions by their importance. */
function sorted(decisions: readonly Decision[]): readonly Decision[] {
  return decisions.toSorted((a, b) => verdictRank(a.verdicts) - verdictRank(b.verdicts) || (a.rule < b.rule ? -1 : 1));
}

/** Merges the decisions of a rule that read a position for several resources into one with all verdicts. */
function together(decisions: readonly Decision[]): Decision[] {
  const byRule = new Map<string, Decision>();
  for (const one of decisions) {
    const before = byRule.get(one.rule);
    byRule.set(
      one.rule,
      before
        ? {
            ...before,
            verdicts: mostImportant([...before.verdicts, ...one.verdicts]),
            here: mostImportant([...before.here, ...one.here]),
            read: [...before.read, ...one.read.filter(({ path }) => !before.read.some((other) => other.path === path))],
            assumed: [
              ...before.assumed,
              ...one.assumed.filter(({ name }) => !before.assumed.some((other) => other.name === name)),
            ],
          }
        : one,
    );
  }
  return [...byRule.values()];
}

function stated(assume: AnalysisOptions['configuration']['assume'], name: Assumption): boolean | 'not stated' {
  return assume[name] ?? 'not stated';
}

/** The values that rules read, each path once. Of several list items, the nearest one is used. */
function readsOf(trace: RuleTrace, place: DocumentPosition, secrets: Secrets, reached: Guard): Decision['read'] {
  const { doc, around, offset } = place;
  const when = trace.subject?.when.yes ?? Guard.always;
  const reads = trace.reads.filter(({ value }) => !isInSibling(value, place, trace));
  const holders = new Set(flatMap(reads, ({ path }) => holdersOf(path)));
  const nearest = new Map<string, { readonly read: Read; readonly distance: number }>();
  for (const read of reads) {
    // Nested values were read too, and are more specific.
    if ((read.value.state === 'object' || read.value.state === 'list') && holders.has(read.path)) continue;
    const { use } = read.value.origin;
    const index = use.doc === doc ? around.findIndex((range) => within(use, range)) : -1;
    const distance = index < 0 ? around.length : index;
    const before = nearest.get(pathOfRead(read));
    if (!before || distance < before.distance) nearest.set(pathOfRead(read), { read, distance });
  }
  return [...nearest].map(
    ([
      path,
      {
        read: { value },
      },
    ]) => {
      const { use } = value.origin;
      const isHere = use.doc === doc && use.start <= offset && offset <= use.end;
      return { path, value: shortTextOfAll(value, secrets, isHere ? when.and(reached) : when) };
    },
  );
}

/** The paths that a path is below: `A` and `A[].B` of `A[].B.C`. */
function holdersOf(path: string): readonly string[] {
  return [...path.matchAll(/\.|\[\]/g)].map(({ index }) => path.slice(0, index));
}
