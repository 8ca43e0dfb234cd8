import { PROFILES, type Profile } from '../model/finding.ts';
import type { AnyRule } from '../rules/rule.ts';
import { mergedAliases, type Draft } from './report.ts';

/** Whether a run in one profile reports what belongs to another. */
export function includesProfile(run: Profile, of: Profile): boolean {
  return PROFILES.indexOf(of) <= PROFILES.indexOf(run);
}

/** What is reported of some drafts: what another one says already is dropped, what is said of several instances folded. */
export function settled(drafts: readonly Draft[], rules: readonly AnyRule[], isReported: (draft: Draft) => boolean): readonly Draft[] {
  // What is not reported cannot stand in for something that is.
  return folded(subsumed(distinct(drafts).filter(isReported), rules)).toSorted(inOrder);
}

/** Of what one rule says at one place the first counts, but what is certain goes before what is possible. */
function distinct(drafts: readonly Draft[]): readonly Draft[] {
  const seen = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = `${draft.rule} ${placeOf(draft)}`;
    const before = seen.get(key);
    const kept = !before || (before.certainty === 'possible' && draft.certainty === 'certain') ? draft : before;
    seen.set(key, before ? { ...kept, subjects: [...new Set([...before.subjects, ...draft.subjects])] } : kept);
  }
  return [...seen.values()];
}

function placeOf({ at }: Draft): string {
  return `${at.doc} ${at.start} ${at.end}`;
}

/** A rule that subsumes another takes over its findings on the same subject and place, unless they are more certain. */
function subsumed(drafts: readonly Draft[], rules: readonly AnyRule[]): readonly Draft[] {
  const subsumes = new Map(rules.map((rule) => [rule.id, rule.subsumes ?? []]));
  const together = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const key = `${draft.subject?.address} ${placeOf(draft)}`;
    const list = together.get(key);
    if (list) list.push(draft);
    else together.set(key, [draft]);
  }
  return [...together.values()].flatMap((list) => {
    const takes = (draft: Draft, other: Draft): boolean => subsumes.get(draft.rule)!.includes(other.rule)
      && (draft.certainty === 'certain' || other.certainty === 'possible');
    return list.filter((draft) => !list.some((other) => takes(other, draft))).map((draft) => {
      const weaker = weakerThan(draft, list, takes);
      return weaker.length === 0 ? draft : { ...draft, aliases: mergedAliases([draft.aliases, ...weaker.map((other) => other.aliases)]) };
    });
  });
}

/** What a finding takes over, and what that would have taken over. */
function weakerThan(draft: Draft, list: readonly Draft[], takes: (draft: Draft, other: Draft) => boolean): readonly Draft[] {
  const taken = new Set<Draft>([draft]);
  for (const one of taken) for (const other of list) if (takes(one, other)) taken.add(other);
  taken.delete(draft);
  return [...taken];
}

/** Instances of one configured resource (`aws_x.y[0]`, `aws_x.y[1]`) with the same finding become one, at the first. */
function folded(drafts: readonly Draft[]): readonly Draft[] {
  const byFamily = new Map<string, Draft>();
  const result: Draft[] = [];
  for (const draft of drafts) {
    if (!draft.subject || draft.family === draft.subject.address) {
      result.push(draft);
      continue;
    }
    const key = JSON.stringify([draft.rule, draft.family, draft.path, draft.message.replaceAll(draft.subject.address, draft.family!), draft.certainty, draft.when]);
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
