/** The stacks whose values are explained, and what is known of them from earlier versions. */
import type { Uri } from '../base/span.ts';
import { onDay } from '../base/today.ts';
import type { Stack } from '../model/resource.ts';
import type { AnalysisOptions } from './analysis.ts';
import { documentStack, type AnalyzedStacks, type DocumentStack } from './analyzed-stacks.ts';
import { ExplainedStack } from './explained-stack.ts';
import { ReachCache } from './rule-reach.ts';
import { actionsIn, iamIn } from './service-data.ts';

/** What an explanation depends on besides the stack. */
type Options = Pick<AnalysisOptions, 'configuration' | 'today'>;

/** The maximum number of resources to prepare in a stack that is not compared with its last version. */
const MOST_RESOURCES = 200;

export class Explanations {
  readonly #reach = new ReachCache();
  readonly #explained = new WeakMap<Stack, { readonly key: string; readonly explained: ExplainedStack }>();

  /** A stack whose values are explained, which is kept as long as the stack. */
  of(stacks: AnalyzedStacks, found: DocumentStack, options: Options): ExplainedStack {
    const { configuration, today } = options;
    const { assume, accounts, quotas, rules, overrides } = configuration;
    const key = JSON.stringify([today, assume, accounts, quotas, rules, overrides]);
    const known = this.#explained.get(found.stack);
    if (known?.key === key) return known.explained;
    const iam = iamIn(stacks.documents);
    const actions = actionsIn(stacks.documents);
    const reach = this.#reach.version(found.stack, { configuration, actions, iam, today });
    const explained = new ExplainedStack(stacks, found, options, reach);
    this.#explained.set(found.stack, { key, explained });
    return explained;
  }

  /**
   * Runs the rules that no explanation of a document ran yet, in steps.
   * @param isComparison Whether no rule is run: it is only found out which calls are known from the last version.
   */
  *preparing(
    stacks: AnalyzedStacks,
    doc: Uri,
    options: Options,
    isComparison = false,
  ): Generator<void, void, undefined> {
    const found = onDay(options.today, () => documentStack(stacks, doc));
    if (!found || (!found.stack.content && found.stack.resources.length > MOST_RESOURCES)) return;
    const explained = onDay(options.today, () => this.of(stacks, found, options));
    const steps = isComparison ? explained.comparing() : explained.preparing();
    // The day is module state, which must not be left behind between steps.
    while (!onDay(options.today, () => steps.next()).done) yield;
  }

  forget(doc: Uri): void {
    this.#reach.forget(doc);
  }
}
