/** The findings that the marks of a fixture expect of its rule, which the fixture tests compare with the findings. */
import type { Profile, Severity } from '../server/src/model/finding.ts';
import { PROFILE_OF, type AnyRule } from '../server/src/rules/rule.ts';
import { readLabel, type Case, type CaseFile } from '../test/kit/fixture.ts';

export interface MarkedFinding {
  readonly severity: Severity;
  readonly profile: Profile;
  /** The codes of IAM Access Analyzer. */
  readonly codes: readonly string[];
  /** The strongest fix. */
  readonly fix: 'safe' | 'suggestion' | 'none';
}

/** The marked findings in a case of the fixture of a rule. */
export function markedFindings(rule: AnyRule, { files }: Case): readonly MarkedFinding[] {
  return files.flatMap((file) => markedIn(rule, file));
}

function markedIn(rule: AnyRule, { marks }: CaseFile): readonly MarkedFinding[] {
  return marks.flatMap((mark): readonly MarkedFinding[] => {
    const { rule: id, severity, profile, codes = [], fix, suggestion } = readLabel(mark);
    // Only a finding of another rule always has a severity. What remains are problems of the document.
    if (id !== rule.id && severity === undefined) return [];
    return [
      {
        severity: severity ?? rule.severity,
        profile: profile ?? (severity === undefined ? rule.profile : PROFILE_OF[severity]),
        codes,
        fix: fix ? 'safe' : suggestion ? 'suggestion' : 'none',
      },
    ];
  });
}
