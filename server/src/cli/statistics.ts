import { flatMap } from '../base/flat-map.ts';
import { groupedBy } from '../base/groups.ts';
import type { Severity } from '../model/finding.ts';
import { compareSeverities } from '../model/severity.ts';
import type { LintedFile } from './lint.ts';
import { activeFindings } from './lint.ts';

/** The findings of a rule with one severity. */
export interface RuleStatistics {
  readonly rule: string;
  readonly severity: Severity;
  readonly findings: number;
  readonly files: number;
  /** The number of findings that `--fix` can fix. */
  readonly fixable: number;
}

/** The findings by rule, the most severe first, then the most frequent. Suppressed findings are not counted. */
export function statisticsOf(files: readonly LintedFile[]): readonly RuleStatistics[] {
  const found = flatMap(files, (file) => activeFindings(file.document).map((finding) => ({ file, finding })));
  return [...groupedBy(found, ({ finding }) => `${finding.rule} ${finding.severity}`).values()]
    .map((group) => ({
      rule: group[0]!.finding.rule,
      severity: group[0]!.finding.severity,
      findings: group.length,
      files: new Set(group.map(({ file }) => file)).size,
      fixable: group.filter(({ finding }) => finding.fixes.some(({ safe }) => safe)).length,
    }))
    .sort((a, b) => compareSeverities(a.severity, b.severity) || b.findings - a.findings || (a.rule < b.rule ? -1 : 1));
}
