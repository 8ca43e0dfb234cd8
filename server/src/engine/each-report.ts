/** The reports of rule calls that are included, with their drafts. */
import type { Resource } from '../model/resource.ts';
import type { Report, Violation } from '../rules/rule.ts';
import type { CheckOptions } from './check.ts';
import type { CutPlace } from './cut-places.ts';
import { reportedResource, type RuleCall } from './rule-calls.ts';
import { ReportFilter } from './report-filter.ts';
import type { Draft } from './report.ts';

/** What a rule call found; undefined if nothing. */
export interface RuleCallResult {
  readonly found: readonly Draft[] | undefined;
  /** The places in which it exceeded the limit of scenarios. */
  readonly cutIn: readonly CutPlace[];
  /** Whether it failed. */
  readonly failed: boolean;
  /** Set if it exceeded the limit of its work, so that it may find more. */
  readonly unfinishedIn: CutPlace | undefined;
}

/** The result of most calls. */
export const NOTHING_FOUND: RuleCallResult = { found: undefined, cutIn: [], failed: false, unfinishedIn: undefined };

/**
 * Passes on the reports of a call that are included and wrong in a scenario or unknown, with the resource that each is
 * about and its drafts. It makes no iterator, because most calls have no reports.
 * @param receive Returns `enough` if no more reports are wanted.
 */
export function eachReport(
  call: Pick<RuleCall, 'rule' | 'subject' | 'resource' | 'reports'>,
  { places, reported }: CheckOptions,
  receive: (report: Report, on: Resource | undefined, drafts: readonly Draft[]) => 'enough' | undefined,
): void {
  let filter: ReportFilter | undefined;
  for (const report of call.reports()) {
    const on = reportedResource(call, report);
    filter ??= new ReportFilter(call.rule, places, reported);
    // Before its violations, which are evaluated on demand.
    if (!filter.includes(report, on)) continue;
    // Most values are compliant, so nothing more is evaluated for them.
    if (report.violations.every(isCompliant)) continue;
    if (receive(report, on, filter.draftsOf(report, on)) === 'enough') return;
  }
}

function isCompliant({ wrong }: Violation): boolean {
  return wrong.no.isAlways();
}
