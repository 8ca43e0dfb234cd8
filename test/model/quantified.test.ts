import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judgement, NO } from '../../server/src/model/judgement.ts';
import {
  always,
  implies,
  leavesWhere,
  never,
  sometimes,
  together,
  unlessUnknown,
} from '../../server/src/model/quantified.ts';
import { allAnswers, answersOf, leafAt, SCENARIOS, truths, values } from './values.ts';

describe('a question about all scenarios', () => {
  it('is whether a statement is true in all, in one, or false in all', () => {
    fc.assert(
      fc.property(truths, (truth) => {
        const answers = answersOf(truth);
        assert.equal(
          always(truth),
          answers.every((answer) => answer === true),
        );
        assert.equal(sometimes(truth), answers.includes(true));
        assert.equal(
          never(truth),
          answers.every((answer) => answer === false),
        );
      }),
    );
  });

  it('is whether two statements are true together, or one wherever the other is', () => {
    fc.assert(
      fc.property(truths, truths, (one, other) => {
        const [first, second] = [answersOf(one), answersOf(other)];
        assert.equal(
          together(one, other),
          first.some((answer, index) => allAnswers([answer, second[index]]) === true),
        );
        assert.equal(
          implies(one, other),
          first.every((answer, index) => answer !== true || second[index] === true),
        );
      }),
    );
  });
});

describe('a judgement that unknown values alone do not make possible', () => {
  it('is the same where it is true in a scenario, and else false', () => {
    fc.assert(
      fc.property(truths, (truth) => {
        const statement = judgement(truth);
        assert.equal(unlessUnknown(statement), answersOf(truth).includes(true) ? statement : NO);
      }),
    );
  });
});

describe('the leaves where a statement is true', () => {
  it('are those that the value is in one of these scenarios', () => {
    fc.assert(
      fc.property(values, truths, (value, truth) => {
        const answers = answersOf(truth);
        const expected = SCENARIOS.flatMap((scenario, index) => {
          const leaf = answers[index] ? leafAt(value, scenario) : undefined;
          return leaf ? [leaf] : [];
        });
        assert.deepEqual(new Set(leavesWhere(value, truth)), new Set(expected));
      }),
      { numRuns: 300 },
    );
  });
});
