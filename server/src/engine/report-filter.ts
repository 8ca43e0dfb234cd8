import { sameSpan } from '../base/span.ts';
import type { Resource } from '../model/resource.ts';
import type { AnyRule, Report } from '../rules/rule.ts';
import { draftsOf, isReported, type Draft, type Places, type Reported } from './report.ts';

/**
 * What somebody wants to hear of the reports of one rule about one thing, in their order. Reports of a profile that nobody asked for are worked
 * out only where another one comes to something behind them: of two findings of a rule at one place the first counts, also where it is not heard.
 */
export class ReportFilter {
  readonly #rule: AnyRule;
  readonly #places: Places;
  readonly #reported: Reported | undefined;
  #unheard: { readonly report: Report; readonly subject: Resource | undefined }[] | undefined;
  #before: readonly Draft[] = [];

  /** Everything is heard when `reported` is left out. */
  constructor(rule: AnyRule, places: Places, reported: Reported | undefined) {
    this.#rule = rule;
    this.#places = places;
    this.#reported = reported;
  }

  /** Whether a report is of a profile that is heard; one that is not is kept in mind. */
  hears(report: Report, subject: Resource | undefined): boolean {
    if (!this.#reported || isReported(this.#rule, report, subject, this.#reported)) return true;
    (this.#unheard ??= []).push({ report, subject });
    return false;
  }

  /** The findings of a report that is heard. */
  draftsOf(report: Report, subject: Resource | undefined): readonly Draft[] {
    const drafts = this.#worked(report, subject);
    if (drafts.length === 0) return drafts;
    if (this.#unheard) {
      this.#before = [...this.#before, ...this.#unheard.flatMap((one) => this.#worked(one.report, one.subject))];
      this.#unheard = undefined;
    }
    if (this.#before.length === 0) return drafts;
    // What is certain goes before what is possible.
    return drafts.filter(
      (draft) =>
        !this.#before.some(
          (first) => sameSpan(first.at, draft.at) && (first.certainty === 'certain' || draft.certainty === 'possible'),
        ),
    );
  }

  #worked(report: Report, subject: Resource | undefined): readonly Draft[] {
    return draftsOf(this.#rule, report, subject, this.#places, this.#reported?.certainty);
  }
}
