import assert from 'node:assert/strict';
import { fuzz } from './fuzz.ts';
import { ownInputs } from './inputs.ts';
import { runs } from '../kit/runs.ts';

/** The number of mutations of a run; as many as fit into some seconds. */
const RUNS = runs(300);

/**
 * A seed that changes with the day, so that each day looks somewhere else, and everyone at the same place. `SEED`
 * repeats a run.
 */
const TODAY = Number(process.env['SEED'] ?? new Date().toISOString().slice(0, 10).replaceAll('-', ''));

console.log(`fuzz: seed ${TODAY}, ${RUNS} changes`);

describe('fuzz', function () {
  this.timeout(runs(600_000));

  it('holds what has to hold over changes of the examples and fixtures that are always the same', () => {
    const { failures, worst } = fuzz(ownInputs(), 100, 20_261_124);
    assert.deepEqual(
      failures.map(({ what }) => what),
      [],
    );
    // One change can cost all that one document has; that few changes cost anything elsewhere is what so small a number
    // of them can tell.
    const costly = worst.filter(({ damaged }) => damaged.length > 0);
    assert.ok(
      costly.length <= 2,
      `${costly.map(({ input, damaged }) => `${input}: ${damaged.join(', ')}`).join('; ')} are not read as before`,
    );
  });

  it(`holds it over ${RUNS} changes of today, seed ${TODAY}`, () => {
    assert.deepEqual(
      fuzz(ownInputs(), RUNS, TODAY, { only: 'mutations', readsBack: false }).failures.map(({ what }) => what),
      [],
      `npm run fuzz -- --runs ${RUNS} --seed ${TODAY} shows the same`,
    );
  });
});
