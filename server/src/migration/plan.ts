/** What a configuration has to state so that it reports what other tools report. */
import { flatMap } from '../base/flat-map.ts';
import { groupedBy } from '../base/groups.ts';
import { selectedBy } from '../engine/configured-rules.ts';
import { namedByLongName } from '../engine/long-check-names.ts';
import { matcherOf } from '../engine/suppressing.ts';
import type { Peer } from '../model/covered.ts';
import type { Severity } from '../model/severity.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { PeerCheck, PeerSettings, PeerTool } from './peer-settings.ts';

/** A check with the tool and the file that name it. */
export interface PeerSource {
  readonly tool: PeerTool;
  readonly file: string;
  readonly id: string;
  readonly reason?: string;
}

/** The level of a rule. */
export interface PlannedRule {
  readonly rule: string;
  readonly level: 'off' | Severity;
  readonly sources: readonly PeerSource[];
  /** The checks of the tool that the rule also covers and that stay on. With any, the level is only proposed. */
  readonly others: readonly string[];
}

/** Findings that are accepted in some files, or until a day. */
export interface PlannedSuppression {
  readonly rules: readonly string[];
  readonly paths: readonly string[];
  readonly until?: string;
  readonly reason: string;
  readonly sources: readonly PeerSource[];
}

export interface PlannedExclude {
  readonly pattern: string;
  readonly from: string;
}

export interface Plan {
  readonly failOn?: { readonly severity: Severity; readonly from: string };
  readonly exclude: readonly PlannedExclude[];
  readonly rules: readonly PlannedRule[];
  readonly suppressions: readonly PlannedSuppression[];
  /** What is not migrated, as sentences. */
  readonly notes: readonly string[];
}

/** The tools whose ids rules have as aliases. The ids of tfsec are those of Trivy. */
const PEERS: Readonly<Partial<Record<PeerTool, Peer>>> = {
  Checkov: 'checkov',
  Trivy: 'trivy',
  tfsec: 'trivy',
  cfn_nag: 'cfn_nag',
};

/** The rules that an id of a tool names. `AVD-` is optional. */
export function rulesNamedBy(tool: PeerTool, id: string): readonly AnyRule[] {
  const peer = PEERS[tool];
  return peer ? selectedBy(`${peer}:${id.replace(/^AVD-/i, '')}`) : [];
}

/** @param today The day, as 2026-11-24. */
export function planOf(settings: readonly PeerSettings[], today: string): Plan {
  const notes: string[] = [];
  const levels = new Map<string, PlannedRule>();
  const suppressions: PlannedSuppression[] = [];
  for (const one of settings) {
    for (const note of one.notes) notes.push(`${one.file}: ${note}`);
    if (one.only) notes.push(onlyNote(one, one.only));
    const known = one.checks.filter(({ id }) => rulesNamedBy(one.tool, id).length > 0);
    const unknown = one.checks.filter((check) => !known.includes(check)).map(({ id }) => id);
    if (unknown.length > 0) notes.push(unknownNote(one, unknown));
    const always = known.filter((check) => !isLimited(check));
    for (const [rule, planned] of levelsOf(one, always)) {
      const before = levels.get(rule);
      if (before && before.level !== planned.level)
        notes.push(
          `${one.file}: ${planned.sources[0]!.id} sets a different level for ${rule} than ${before.sources[0]!.file}.`,
        );
      levels.set(rule, before ? merged(before, planned) : planned);
    }
    const limited = known.filter(isLimited);
    for (const { id, until } of limited.filter((check) => isExpired(check, today)))
      notes.push(`${one.file}: The exception for ${id} expired on ${until!} and is not migrated.`);
    suppressions.push(
      ...suppressionsOf(
        one,
        limited.filter((check) => !isExpired(check, today)),
        always,
        notes,
      ),
    );
  }
  const failing = flatMap(settings, ({ failOn, file }) => (failOn ? { ...failOn, file } : []));
  for (const { severity, setting, file } of failing.slice(1))
    if (severity !== failing[0]!.severity)
      notes.push(
        `${file}: ${setting} is ${severity}, but "failOn" is ${failing[0]!.severity} after ${failing[0]!.file}.`,
      );
  return {
    ...(failing[0]
      ? { failOn: { severity: failing[0].severity, from: `${failing[0].setting} of ${failing[0].file}` } }
      : {}),
    exclude: [...groupedBy(flatMap(settings, excludesOf), ({ pattern }) => pattern).values()].map(([first]) => first!),
    rules: [...levels.values()],
    suppressions,
    notes,
  };
}

function excludesOf({ exclude, file }: PeerSettings): readonly PlannedExclude[] {
  return exclude.map(({ pattern, setting }) => ({ pattern, from: `${setting} of ${file}` }));
}

/** Whether a check is off in some files only, or until a day. */
function isLimited({ paths, until }: PeerCheck): boolean {
  return paths !== undefined || until !== undefined;
}

function isExpired({ until }: PeerCheck, today: string): boolean {
  return until !== undefined && until < today;
}

/** The levels that the checks of a file give to rules. */
function levelsOf(file: PeerSettings, checks: readonly PeerCheck[]): ReadonlyMap<string, PlannedRule> {
  const levels = new Map<string, PlannedRule>();
  for (const check of checks)
    for (const rule of rulesNamedBy(file.tool, check.id)) {
      const same = checks.filter(({ level }) => level === check.level);
      const planned: PlannedRule = {
        rule: rule.id,
        level: check.level,
        sources: [sourceOf(file, check)],
        others: othersOf(file.tool, rule, same),
      };
      const before = levels.get(rule.id);
      levels.set(rule.id, before ? merged(before, planned) : planned);
    }
  return levels;
}

/** The level of the first; if several tools have settings for a rule, it is complete as soon as one of them is. */
function merged(one: PlannedRule, other: PlannedRule): PlannedRule {
  if (one.level !== other.level) return one;
  const isComplete = one.others.length === 0 || other.others.length === 0;
  return { ...one, sources: [...one.sources, ...other.sources], others: isComplete ? [] : one.others };
}

/** The checks of a tool that a rule covers and that others do not name. */
function othersOf(tool: PeerTool, rule: AnyRule, checks: readonly PeerCheck[]): readonly string[] {
  const named = new Set(
    flatMap(checks, ({ id }) => {
      const matchers = idsNamedBy(tool, id).map((one) => matcherOf(one.toUpperCase()));
      return idsOf(tool, rule).filter((alias) => matchers.some((isNamed) => isNamed(alias.toUpperCase())));
    }),
  );
  return idsOf(tool, rule).filter((alias) => !named.has(alias));
}

/** The ids that a check is named by: without `AVD-`, and those of a long name. */
function idsNamedBy(tool: PeerTool, id: string): readonly string[] {
  return (PEERS[tool] === 'trivy' ? namedByLongName(id) : undefined) ?? [id.replace(/^AVD-/i, '')];
}

function idsOf(tool: PeerTool, { aliases }: AnyRule): readonly string[] {
  const peer = PEERS[tool];
  return peer ? (aliases[peer] ?? []) : [];
}

function sourceOf({ tool, file }: PeerSettings, { id, reason }: PeerCheck): PeerSource {
  return { tool, file, id, ...(reason === undefined ? {} : { reason }) };
}

/** Suppressions for the checks that are off in some files or until a day: one for each of these. */
function suppressionsOf(
  file: PeerSettings,
  checks: readonly PeerCheck[],
  always: readonly PeerCheck[],
  notes: string[],
): readonly PlannedSuppression[] {
  const groups = groupedBy(checks, ({ paths, until }) => JSON.stringify([paths ?? [], until ?? '']));
  return flatMap([...groups.values()], (group): readonly PlannedSuppression[] => {
    const rules = new Map(flatMap(group, ({ id }) => rulesNamedBy(file.tool, id)).map((rule) => [rule.id, rule]));
    for (const [id, rule] of rules) {
      const others = othersOf(file.tool, rule, [...group, ...always]);
      if (others.length === 0) continue;
      rules.delete(id);
      const named = group.filter((check) => rulesNamedBy(file.tool, check.id).includes(rule)).map((check) => check.id);
      notes.push(`${file.file}: ${named.join(', ')} is a part of ${id}, which also covers ${others.join(', ')}.`);
    }
    const { paths = [], until } = group[0]!;
    const sources = group
      .filter(({ id }) => rulesNamedBy(file.tool, id).some((rule) => rules.has(rule.id)))
      .map((check) => sourceOf(file, check));
    if (rules.size === 0) return [];
    const reasons = [...new Set(flatMap(sources, ({ reason }) => reason ?? []))];
    const reason =
      reasons.length > 0 ? reasons.join('; ') : `Migrated from ${file.tool} ${sources.map(({ id }) => id).join(', ')}`;
    return [{ rules: [...rules.keys()], paths, ...(until === undefined ? {} : { until }), reason, sources }];
  });
}

function unknownNote({ file }: PeerSettings, ids: readonly string[]): string {
  const named = ids.join(', ');
  return `${file}: No rule corresponds to ${named}.`;
}

function onlyNote({ tool, file }: PeerSettings, { ids, setting }: NonNullable<PeerSettings['only']>): string {
  const known = ids.filter((id) => rulesNamedBy(tool, id).length > 0);
  // The ids of cfn_nag are short, and other tools have the same ones.
  const selectors = known.map((id) => (tool === 'cfn_nag' ? `cfn_nag:${id}` : id));
  return known.length === 0
    ? `${file}: ${setting}: No rule corresponds to these IDs.`
    : `${file}: ${setting}: To check only these, run "stackwarden lint --select ${selectors.join(',')}".`;
}
