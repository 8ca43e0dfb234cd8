/** The limits of work in several parts. */
import assert from 'node:assert/strict';
import { StepAllowance, OutOfBudget, spend, withinSteps } from '../../server/src/base/budget.ts';

describe('an allowance', () => {
  it('counts the steps of all parts together', () => {
    const allowance = new StepAllowance(10, undefined);
    const part = (steps: number): string =>
      allowance.part(
        () => {
          spend(steps);
          return 'done';
        },
        (exceeded) => exceeded,
      );
    assert.deepEqual([part(4), part(4), part(4), part(1)], ['done', 'done', 'steps', 'steps']);
  });

  it('is not current between its parts', () => {
    const allowance = new StepAllowance(1, undefined);
    allowance.part(
      () => undefined,
      () => undefined,
    );
    assert.doesNotThrow(() => spend(100));
  });

  it('ends when the time is over', () => {
    let isOver = false;
    const allowance = new StepAllowance(1_000_000, () => isOver);
    const part = (): string =>
      allowance.part(
        () => {
          spend(600);
          return 'done';
        },
        (exceeded) => exceeded,
      );
    assert.equal(part(), 'done');
    isOver = true;
    assert.equal(part(), 'time');
  });

  it('does not end the work around it', () => {
    const allowance = new StepAllowance(1, undefined);
    const result = withinSteps(
      100,
      () => {
        const exceeded = allowance.part(
          () => {
            spend(5);
            return 'done';
          },
          (limit) => limit,
        );
        assert.throws(() => spend(200), OutOfBudget);
        return exceeded;
      },
      () => 'around',
    );
    assert.equal(result, 'steps');
  });
});
