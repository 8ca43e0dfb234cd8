/**
 * The step budget of an analysis. Findings from before it is exhausted are reported, and so are the rules that did not
 * finish.
 */
import assert from 'node:assert/strict';
import { OutOfBudget, spend, withinBudget, withinSteps } from '../../server/src/base/budget.ts';
import { analysed, findingsOf, linesOf } from '../engine/analysis.ts';
import { lookups } from '../kit/lookups.ts';

const spendAll = (count: number): string => {
  for (let i = 0; i < count; i++) spend();
  return 'done';
};

describe('a number of steps', () => {
  it('is what the work may take, to the step', () => {
    assert.deepEqual(
      [9, 10].map((count) =>
        withinSteps(
          10,
          () => spendAll(count),
          () => 'spent',
        ),
      ),
      ['done', 'spent'],
    );
  });

  it('is not there outside of the work', () => {
    withinSteps(
      1,
      () => spendAll(5),
      () => 'spent',
    );
    assert.equal(spendAll(10_000), 'done');
  });

  it('counts what is spent within it', () => {
    const inner = (): string =>
      withinSteps(
        60,
        () => spendAll(100),
        () => 'inner',
      );
    assert.equal(
      withinSteps(
        150,
        () => [inner(), inner()].join(' '),
        () => 'outer',
      ),
      'inner inner',
    );
    assert.equal(
      withinSteps(
        100,
        () => [inner(), inner()].join(' '),
        () => 'outer',
      ),
      'outer',
    );
  });

  it('ends what it is around when a time is over there', () => {
    assert.equal(
      withinBudget(
        () => true,
        () =>
          withinSteps(
            1_000_000,
            () => spendAll(10_000),
            () => 'inner',
          ),
        () => 'late',
      ),
      'late',
    );
  });

  it('passes on other errors', () => {
    assert.throws(
      () =>
        withinSteps(
          10,
          () => {
            throw new RangeError('x');
          },
          () => 'spent',
        ),
      RangeError,
    );
    assert.throws(
      () =>
        withinSteps(
          1,
          () =>
            withinSteps(
              10,
              () => spendAll(5),
              () => 'inner',
            ),
          () => {
            throw new OutOfBudget();
          },
        ),
      OutOfBudget,
    );
  });
});

/**
 * Statements that allow and deny in turn: each that allows is held against each that denies, for each action of a
 * service.
 */
const policy = (count: number): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: Array.from({ length: count }, (_, i) => ({
      Sid: `S${i}`,
      Effect: i % 2 ? 'Deny' : 'Allow',
      Action: ['s3:*', 'iam:*', 'ec2:Run*'][i % 3],
      Resource: i % 5 ? `arn:aws:s3:::b${i}/*` : '*',
    })),
  });

describe('the work limit of a document', () => {
  it('is far from what a long policy needs', () => {
    assert.deepEqual(analysed({ 'p.json': policy(40) }).incomplete, []);
  });

  it('ends what is beyond it, says which rules may have missed something, and keeps what was found', () => {
    const analysis = analysed({ 'p.json': policy(800) });
    const reasons = analysis.incomplete.map(({ reason }) => reason);
    assert.equal(reasons.length, 1);
    assert.match(
      reasons[0]!,
      /^exceeds the work limit of an analysis, so findings of [a-z0-9-]+(?:(?:, | and )[a-z0-9-]+)*(?: and \d+ more)? may be missing$/,
    );
    assert.ok(findingsOf(analysis).length > 100);
  });

  it('is reached at the same step each time', () => {
    const [one, other] = [policy(800), policy(800)].map((text) => analysed({ 'p.json': text }));
    assert.deepEqual([other!.incomplete, linesOf(other!)], [one!.incomplete, linesOf(one!)]);
  });
});

/**
 * Conditions that build on each other and compare parameters of four values with each other, and resources that choose
 * by them.
 */
const conditions = (count: number): string => {
  const times = (of: (i: number) => string): string => Array.from({ length: count }, (_, i) => of(i)).join('');
  return (
    `Parameters:\n${times((i) => `  P${i}: {Type: String, AllowedValues: [a, b, c, d]}\n`)}Conditions:\n  C: !Equals [!Ref P0, a]\n` +
    times(
      (i) =>
        `  C${i}: !And [!Equals [!Ref P${i}, a], !Or [!Condition C${i === 0 ? '' : i - 1}, !Not [!Equals [!Ref P${(3 * i) % count}, !Ref P${(5 * i) % count}]]]]\n`,
    ) +
    `Resources:\n${times((i) => `  B${i}: {Type: AWS::S3::Bucket, Condition: C${i}, Properties: {AccessControl: !If [C${(7 * i) % count}, PublicRead, !If [C${(11 * i) % count}, Private, !Ref P${i}]]}}\n`)}`
  );
};

describe('the work on conditions that build on each other', () => {
  it('is bounded by what is told apart', () => {
    const count = lookups(() => findingsOf(analysed({ 't.yaml': conditions(50) })));
    assert.ok(count < 4_000_000, `${count} look-ups`);
  });
});
