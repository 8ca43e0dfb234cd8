import assert from 'node:assert/strict';
import { fuzz } from './fuzz.ts';
import { ownInputs } from './inputs.ts';

describe('fuzz', () => {
  it('holds what has to hold over a few changes of the examples and fixtures', () => {
    const { failures, worst } = fuzz(ownInputs(), 100, 20_261_124);
    assert.deepEqual(failures.map(({ what }) => what), []);
    // One change can cost all that one document has; that few changes cost anything elsewhere is what so small a number of them can tell.
    const costly = worst.filter(({ damaged }) => damaged.length > 0);
    assert.ok(costly.length <= 2, `${costly.map(({ input, damaged }) => `${input}: ${damaged.join(', ')}`).join('; ')} are not read as before`);
  });
});
