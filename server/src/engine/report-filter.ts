import { flatMap } from '../base/flat-map.ts';
import { sameSpan } from '../base/span.ts';
import type { Resource } from '../model/resource.ts';
import type { AnyRule, Report } from '../rules/rule.ts';
import { draftsOf, isReported, type Draft, type PlaceTexts, type Reported } from './report.ts';

/**
 * Filters the reports of a rule about a subject, in order. Reports of an excluded profile are evaluated only if a later
 * report of an included profile has findings: the first of two findings of a rule at a place represents both, even if
 * its profile is excluded.
 */
export class ReportFilter {
  readonly #rule: AnyRule;
  readonly #places: PlaceTexts;
  readonly #reported: Reported | undefined;
  #pending: { readonly report: Report; readonly subject: Resource | undefined }[] | undefined;
  #before: readonly Draft[] = [];

  /** Without `reported`, all reports are included. */
  constructor(rule: AnyRule, places: PlaceTexts, reported: Reported | undefined) {
    this.#rule = rule;
    this.#places = places;
    this.#reported = reported;
  }

  /** Whether a report has an included profile; excluded ones are remembered. */
  includes(report: Report, subject: Resource | undefined): boolean {
    if (!this.#reported || isReported(this.#rule, report, subject, this.#reported)) return true;
    (this.#pending ??= []).push({ report, subject });
    return false;
  }

  /** The findings of an included report. */
  draftsOf(report: Report, subject: Resource | undefined): readonly Draft[] {
    const drafts = this.#draftsOf(report, subject);
    if (drafts.length === 0) return drafts;
    if (this.#pending) {
      this.#before = [...this.#before, ...flatMap(this.#pending, (one) => this.#draftsOf(one.report, one.subject))];
      this.#pending = undefined;
    }
    if (this.#before.length === 0) return drafts;
    // Certain findings have priority over possible ones.
    return drafts.filter(
      (draft) =>
        !this.#before.some(
          (first) => sameSpan(first.at, draft.at) && (first.certainty === 'certain' || draft.certainty === 'possible'),
        ),
    );
  }

  #draftsOf(report: Report, subject: Resource | undefined): readonly Draft[] {
    const certainty = this.#reported?.always?.has(this.#rule.id) ? 'possible' : this.#reported?.certainty;
    return draftsOf(this.#rule, report, subject, this.#places, certainty);
  }
}
