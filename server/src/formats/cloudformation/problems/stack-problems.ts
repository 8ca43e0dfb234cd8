/** The problems of all templates of a stack. */
import { pushAll } from '../../../base/push-all.ts';
import { StepAllowance } from '../../../base/budget.ts';
import { finished } from '../../../base/steps.ts';
import type { Problem } from '../../../model/finding.ts';
import type { Template } from '../evaluate.ts';
import { findingProblems } from './problems.ts';

/** Finds problems once, at once or in steps. */
export interface ProblemFinder {
  problems(): readonly Problem[];
  /** Finds the problems in steps, so that they are known. */
  finding(): Generator<void, readonly Problem[], undefined>;
}

/** Finds the problems of templates, in their order. They are kept, so that later calls return the same list. */
export function problemFinder(templates: readonly Template[]): ProblemFinder {
  let problems: readonly Problem[] | undefined;
  function* finding(): Generator<void, readonly Problem[], undefined> {
    if (problems) return problems;
    const all: Problem[] = [];
    for (const template of templates) pushAll(all, yield* withinAllowance(findingProblems(template)));
    return (problems = all);
  }
  return { problems: () => finished(finding()), finding };
}

/** The maximum number of steps to find the problems of a template. */
const STEPS_OF_PROBLEMS = 20_000_000;

/** The problems of a template, or none if it takes too long to find them. */
function* withinAllowance(
  finding: Generator<void, readonly Problem[], undefined>,
): Generator<void, readonly Problem[], undefined> {
  const allowance = new StepAllowance(STEPS_OF_PROBLEMS, undefined);
  for (;;) {
    const step = allowance.part<IteratorResult<void, readonly Problem[]>>(
      () => finding.next(),
      () => ({ done: true, value: [] }),
    );
    if (step.done) return step.value;
    yield;
  }
}
