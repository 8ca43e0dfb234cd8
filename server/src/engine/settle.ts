import { sameSpan } from '../base/span.ts';
import { PROFILES, type Profile } from '../model/finding.ts';
import type { AnyRule } from '../rules/rule.ts';
import { mergedAliases, type Draft } from './report.ts';

/** Whether a run in one profile reports what belongs to another. */
export function includesProfile(run: Profile, of: Profile): boolean {
  return PROFILES.indexOf(of) <= PROFILES.indexOf(run);
}

/** Drops what another finding says already, folds what is said of several instances, and sorts. */
export function settled(drafts: readonly Draft[], rules: readonly AnyRule[]): readonly Draft[] {
  return folded(subsumed(distinct(drafts), rules)).toSorted(inOrder);
}

function distinct(drafts: readonly Draft[]): readonly Draft[] {
  const seen = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = `${draft.rule} ${draft.at.doc} ${draft.at.start} ${draft.at.end}`;
    const before = seen.get(key);
    if (!before) seen.set(key, draft);
    else if (before.certainty === 'possible' && draft.certainty === 'certain') seen.set(key, draft);
    else if (!before.subjects.includes(draft.subject.address)) seen.set(key, { ...before, subjects: [...before.subjects, ...draft.subjects.filter((s) => !before.subjects.includes(s))] });
  }
  return [...seen.values()];
}

/** A rule that subsumes another takes over its findings on the same subject and place. */
function subsumed(drafts: readonly Draft[], rules: readonly AnyRule[]): readonly Draft[] {
  const subsumes = new Map(rules.map((rule) => [rule.id, rule.subsumes ?? []]));
  const taken = new Set<Draft>();
  const result = drafts.map((draft) => {
    const weaker = drafts.filter((other) => other !== draft && subsumes.get(draft.rule)?.includes(other.rule)
      && other.subject.address === draft.subject.address && sameSpan(other.at, draft.at));
    for (const other of weaker) taken.add(other);
    return weaker.length === 0 ? draft : { ...draft, aliases: mergedAliases([draft.aliases, ...weaker.map((other) => other.aliases)]) };
  });
  return taken.size === 0 ? result : result.filter((_, index) => !taken.has(drafts[index]!));
}

/** Instances of one configured resource (`aws_x.y[0]`, `aws_x.y[1]`) with the same finding become one, at the first. */
function folded(drafts: readonly Draft[]): readonly Draft[] {
  const byFamily = new Map<string, Draft>();
  const result: Draft[] = [];
  for (const draft of drafts) {
    if (draft.family === draft.subject.address) {
      result.push(draft);
      continue;
    }
    const key = JSON.stringify([draft.rule, draft.family, draft.path, draft.message.replaceAll(draft.subject.address, draft.family), draft.certainty, draft.when]);
    const first = byFamily.get(key);
    byFamily.set(key, first ? { ...first, subjects: [...new Set([...first.subjects, ...draft.subjects])] } : draft);
  }
  return [...result, ...byFamily.values()];
}

function inOrder(a: Draft, b: Draft): number {
  return compare(a.at.doc, b.at.doc) || a.at.start - b.at.start || a.at.end - b.at.end || compare(a.rule, b.rule);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
