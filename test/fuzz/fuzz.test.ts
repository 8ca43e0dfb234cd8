import assert from 'node:assert/strict';
import { fuzz } from './fuzz.ts';
import { ownInputs } from './inputs.ts';

describe('fuzz', () => {
  it('holds what has to hold over a few changes of the examples and fixtures', () => {
    const { failures, elsewhere, lost } = fuzz(ownInputs(), 100, 20_261_124);
    assert.deepEqual(failures.map(({ what }) => what), []);
    assert.ok(lost <= elsewhere / 100, `${lost} of ${elsewhere} resources elsewhere changed`);
  });
});
