/** Conditions on the time of a request as of a day, row by row. */
import assert from 'node:assert/strict';
import { onDay } from '../../server/src/base/today.ts';
import { hasBegun, isOver } from '../../server/src/policy/condition/time-condition.ts';
import { policyOf, truthText } from './statements.ts';

const DAY = '2026-06-15';

/**
 * A condition in YAML; whether it is over, so that it never holds again; whether it has begun, so that it holds from
 * now on.
 */
const ROWS: readonly (readonly [condition: string, over: string, begun: string])[] = [
  ['DateLessThan: {aws:CurrentTime: "2026-06-14T23:59:59Z"}', 'yes', 'no'],
  ['DateLessThan: {aws:CurrentTime: "2026-06-15T00:00:00Z"}', 'yes', 'no'],
  ['DateLessThanEquals: {aws:CurrentTime: "2026-06-15T00:00:00Z"}', 'no', 'no'],
  ['DateLessThan: {aws:CurrentTime: "2026-06-15T12:00:00Z"}', 'no', 'no'],
  ['DateLessThanIfExists: {aws:CurrentTime: "2020-01-01"}', 'yes', 'no'],
  ['"ForAllValues:DateLessThan": {aws:CurrentTime: "2020-01-01T00:00:00Z"}', 'yes', 'no'],
  ['DateLessThan: {aws:CurrentTime: ["2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"]}', 'no', 'no'],
  ['DateLessThan: {aws:CurrentTime: ["2020-01-01T00:00:00Z", "2021-01-01T00:00:00+02:00"]}', 'yes', 'no'],
  ['DateLessThan: {aws:currenttime: 1577836800}', 'yes', 'no'],
  ['DateGreaterThan: {aws:CurrentTime: "2026-06-14T23:59:59Z"}', 'no', 'yes'],
  ['DateGreaterThan: {aws:CurrentTime: "2026-06-15T00:00:00Z"}', 'no', 'no'],
  ['DateGreaterThanEquals: {aws:CurrentTime: "2026-06-15T00:00:00Z"}', 'no', 'yes'],
  ['DateGreaterThan: {aws:CurrentTime: "2999-01-01T00:00:00Z"}', 'no', 'no'],
  ['DateEquals: {aws:CurrentTime: "2020-01-01T00:00:00Z"}', 'yes', 'no'],
  ['DateEquals: {aws:CurrentTime: "2999-01-01T00:00:00Z"}', 'no', 'no'],
  ['DateNotEquals: {aws:CurrentTime: "2020-01-01T00:00:00Z"}', 'no', 'yes'],
  ['DateNotEquals: {aws:CurrentTime: "2999-01-01T00:00:00Z"}', 'no', 'no'],
  ['NumericLessThan: {aws:EpochTime: 0}', 'yes', 'no'],
  ['NumericLessThan: {aws:EpochTime: "32472144000"}', 'no', 'no'],
  ['DateLessThan: {aws:EpochTime: "2020-01-01T00:00:00Z"}', 'yes', 'no'],
  ['NumericGreaterThan: {aws:EpochTime: 1577836800}', 'no', 'yes'],
  // Credentials that were issued so long ago have expired; requests with long-term credentials lack the key.
  ['DateLessThan: {aws:TokenIssueTime: "2020-01-01T00:00:00Z"}', 'yes', 'no'],
  ['DateLessThanIfExists: {aws:TokenIssueTime: "2020-01-01T00:00:00Z"}', 'no', 'no'],
  ['DateLessThan: {aws:TokenIssueTime: "2026-06-14T00:00:00Z"}', 'no', 'no'],
  ['DateGreaterThan: {aws:TokenIssueTime: "2020-01-01T00:00:00Z"}', 'no', 'no'],
  ['DateGreaterThanIfExists: {aws:TokenIssueTime: "2020-01-01T00:00:00Z"}', 'no', 'yes'],
  // What is not known, and what is no time.
  ['DateLessThan: {aws:CurrentTime: !Ref Any}', 'perhaps', 'perhaps'],
  ['DateLessThan: {aws:CurrentTime: soon}', 'perhaps', 'perhaps'],
  ['StringLike: {aws:CurrentTime: "2020-*"}', 'no', 'no'],
  ['NumericLessThan: {aws:CurrentTime: 0}', 'no', 'no'],
  ['NumericLessThan: {aws:MultiFactorAuthAge: 0}', 'no', 'no'],
];

describe('a condition on the time of a request', () => {
  for (const [text, over, begun] of ROWS)
    it(`${text} has ended: ${over}, has begun: ${begun}`, () => {
      const [condition] = policyOf(`{Effect: Allow, Action: "s3:*", Resource: "*", Condition: {${text}}}`)
        .statements[0]!.conditions;
      onDay(DAY, () => {
        assert.equal(truthText(isOver(condition!)), over);
        assert.equal(truthText(hasBegun(condition!)), begun);
      });
    });

  it('is evaluated for the current day of the analysis, which ends with it', () => {
    const [condition] = policyOf(
      '{Effect: Allow, Action: "s3:*", Resource: "*", Condition: {DateLessThan: {aws:CurrentTime: "2026-06-01T00:00:00Z"}}}',
    ).statements[0]!.conditions;
    const over = (): string => truthText(isOver(condition!));
    assert.equal(onDay('2026-05-31', over), 'no');
    assert.equal(onDay('2026-06-02', over), 'yes');
    assert.throws(() =>
      onDay('2026-06-02', () => {
        throw new Error('fails');
      }),
    );
    assert.equal(over(), 'no', 'of a day that nobody says only what is past everywhere is past');
    assert.equal(onDay(undefined, over), 'no');
  });
});
