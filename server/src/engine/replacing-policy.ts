/** The fixes of a policy whose change replaces the resource that has it, such as that of a trained model. */
import { withCost } from '../base/fix-title.ts';
import type { Fix } from '../model/edit.ts';
import type { PolicyDocument } from '../model/policy.ts';
import type { Report } from '../rules/rule.ts';

/** The reports of a rule about a policy. Rules do not know what a change of the policy does to the resource. */
export function reportsOn({ replaces }: PolicyDocument, reports: Iterable<Report>): Iterable<Report> {
  return replaces ? replacing(reports) : reports;
}

function* replacing(reports: Iterable<Report>): Generator<Report, void, undefined> {
  for (const report of reports) {
    const { fixes } = report;
    yield fixes ? { ...report, fixes: (leaf, at) => fixes(leaf, at).map(replacingFix) } : report;
  }
}

function replacingFix(fix: Fix): Fix {
  return { ...fix, title: withCost(fix.title, 'replaces the resource'), safe: false, impact: 'replace' };
}
