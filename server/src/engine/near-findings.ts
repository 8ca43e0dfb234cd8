/** The findings at places of a stack whose analysis is not finished, as far as they follow from the calls near them. */
import { StepAllowance } from '../base/budget.ts';
import { flatMap } from '../base/flat-map.ts';
import { sameSpan, type Span } from '../base/span.ts';
import { onDay } from '../base/today.ts';
import { finished } from '../base/steps.ts';
import type { Finding } from '../model/finding.ts';
import type { ResourcePart } from '../model/resource.ts';
import type { Address } from '../model/value.ts';
import { suppressionsIn } from '../suppression/suppressions.ts';
import { Unchecked, type AnalysisOptions } from './analysis.ts';
import type { AnalyzedStacks, DocumentStack } from './analyzed-stacks.ts';
import type { ExplainedStack } from './explained-stack.ts';
import { withFingerprints } from './fingerprints.ts';
import { ruleNamed } from './related-rules.ts';
import { isReported, type Draft, type Reported } from './report.ts';
import { Reporting } from './reporting.ts';
import { settled } from './settle.ts';
import { Suppressions } from './suppressing.ts';

export class NearFindings {
  readonly #explained: ExplainedStack;
  readonly #options: AnalysisOptions;
  readonly #reporting: Reporting;
  /** By the addresses; undefined if other calls can find something there, or if the time limit was exceeded. */
  readonly #known = new Map<Address, readonly Finding[] | undefined>();

  constructor(
    { documents }: AnalyzedStacks,
    { loaded, stack }: DocumentStack,
    explained: ExplainedStack,
    options: AnalysisOptions,
  ) {
    const { configuration, today } = options;
    const written = flatMap(loaded.documents, (doc) => {
      const tree = documents.tree(doc);
      return tree ? suppressionsIn(tree, { format: stack.format, honored: configuration.honoredTools }) : [];
    });
    this.#explained = explained;
    this.#options = options;
    this.#reporting = new Reporting(stack.documents, options, new Suppressions(written, configuration, today));
  }

  /** All findings in some places, and others. Throws `Unchecked` if they are not known. */
  in(places: readonly Span[]): readonly Finding[] {
    const found: Finding[] = [];
    for (const holder of new Set(places.map((place) => this.#explained.holderOf(place)))) {
      if (holder) finished(this.#findingIn(holder));
      const known = holder && this.#known.get(holder.address);
      if (!known) throw new Unchecked();
      found.push(...known);
    }
    return found;
  }

  /** Makes in steps the calls that can find something in the resource or data source around a place. */
  *finding(place: Span): Generator<void, void, undefined> {
    const holder = this.#explained.holderOf(place);
    if (holder) yield* this.#findingIn(holder);
  }

  *#findingIn(holder: ResourcePart): Generator<void, void, undefined> {
    if (this.#known.has(holder.address)) return;
    const { today, expired, cancelled } = this.#options;
    const steps = this.#explained.findingIn(holder, cancelled);
    const allowance = new StepAllowance(Infinity, expired);
    for (;;) {
      const step = allowance.part<IteratorResult<void, readonly (readonly Draft[])[] | undefined>>(
        () => onDay(today, () => steps.next()),
        () => ({ done: true, value: undefined }),
      );
      if (step.done) {
        this.#known.set(holder.address, step.value && onDay(today, () => this.#settled(step.value!)));
        return;
      }
      yield;
    }
  }

  #settled(found: readonly (readonly Draft[])[]): readonly Finding[] | undefined {
    const { rules, reported, isReported } = this.#reporting;
    const ids = new Set(rules.map(({ id }) => id));
    const drafts = flatMap(found, (ofCall) =>
      ofCall.length > 0 && ids.has(ofCall[0]!.rule) ? includedOf(ofCall, reported) : [],
    );
    if (drafts.some((draft) => isReported(draft) && hasFarCause(draft))) return undefined;
    return withFingerprints(settled(this.#reporting.prepared(drafts), rules, isReported), this.#options.today);
  }
}

/** What an analysis includes of the findings of a call, as `ReportFilter` does. */
function includedOf(drafts: readonly Draft[], reported: Reported): readonly Draft[] {
  const isCertain = reported.certainty === 'certain' && reported.always?.has(drafts[0]!.rule) !== true;
  const included: Draft[] = [];
  const excluded: Draft[] = [];
  for (const draft of drafts) {
    if (isCertain && draft.certainty !== 'certain') continue;
    if (!isReported(ruleNamed(draft.rule), draft.report, draft.subject, reported)) excluded.push(draft);
    else if (!excluded.some((first) => represents(first, draft))) included.push(draft);
  }
  return included;
}

/** Whether the first finding of a rule at a place represents another one. */
function represents(first: Draft, draft: Draft): boolean {
  return sameSpan(first.at, draft.at) && (first.certainty === 'certain' || draft.certainty === 'possible');
}

/** Whether a finding can be merged with those of any other resource. */
function hasFarCause({ report: { cause } }: Draft): boolean {
  return cause?.across === true || cause?.of === 'document';
}
