/** The findings about suppressions: unused, misspelled, expired, without a reason. */
import { flatMap } from '../base/flat-map.ts';
import { fingerprintOf } from '../base/hash.ts';
import { inert } from '../base/inert.ts';
import { SECRET_HASH } from '../model/value-text.ts';
import { nameOf } from '../base/uri.ts';
import type { Finding } from '../model/finding.ts';
import { RULES } from '../rules/index.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { SuppressionReport, SuppressionState } from '../rules/suppression-check.ts';
import type { AnalysisOptions } from './analysis.ts';
import { documentRules, type DocumentRules, type RuleOptions } from './configured-rules.ts';
import { rulesAbout } from './rules-by-subject.ts';
import { Suppressions, type EntryUse } from './suppressing.ts';

/** The findings about suppressions in a configuration; without the use by an analysis, those that need none. */
export function configurationFindings(
  options: RuleOptions & Pick<AnalysisOptions, 'today'>,
  { complete, used }: EntryUse = { complete: [], used: [] },
): readonly Finding[] {
  const checked = new Set(complete);
  const states = new Suppressions([], options.configuration, options.today, used).configured((rule) =>
    checked.has(rule),
  );
  return suppressionFindings(states, RULES, documentRules(options, ''), () => undefined);
}

/** The findings of rules about the state of suppressions, in the order of the text. */
export function suppressionFindings(
  states: readonly SuppressionState[],
  rules: readonly AnyRule[],
  applied: DocumentRules,
  textOf: (doc: string) => string | undefined,
): readonly Finding[] {
  // Most documents have none.
  if (states.length === 0) return [];
  const count = new Map<string, number>();
  return flatMap(rulesAbout(rules, 'suppression'), (rule) =>
    flatMap(states, (state) => [...rule.check(state)].map((report) => ({ rule, state, report }))),
  )
    .filter(({ rule }) => applied.isOn(rule))
    .toSorted((a, b) => a.report.at.start - b.report.at.start)
    .map(({ rule, state, report }) => {
      const { at } = report;
      const text = textOf(at.doc)?.slice(at.start, at.end) ?? '';
      const key = [rule.id, nameOf(at.doc), text].join('\n');
      const number = (count.get(key) ?? 0) + 1;
      count.set(key, number);
      return findingOf(rule, state, report, applied, fingerprintOf(`${key}\n${number}`));
    });
}

function findingOf(
  rule: AnyRule,
  { suppression }: SuppressionState,
  { at, message, severity, fix }: SuppressionReport,
  applied: DocumentRules,
  fingerprint: string,
): Finding {
  return {
    rule: rule.id,
    severity: applied.severityOf(rule.id) ?? severity ?? rule.severity,
    certainty: 'certain',
    topic: rule.topic,
    message: inert(message),
    at,
    resource: null,
    resourceType: null,
    subjects: [],
    path: '',
    canonicalPath: '',
    valueHash: SECRET_HASH,
    valueText: undefined,
    decidedBy: undefined,
    when: [],
    aliases: {},
    controls: {},
    related: [],
    fingerprint,
    suppressed: null,
    fixes: fix
      ? [
          {
            title: inert(fix.title),
            safe: fix.safe,
            edits: [{ doc: suppression.at.doc, range: fix.range, newText: fix.newText }],
          },
        ]
      : [],
    refused: [],
    profile: rule.profile,
  };
}
