import assert from 'node:assert/strict';
import { diverse } from './diverse.ts';
import { runs } from './runs.ts';

describe('diverse examples', () => {
  const words = ['ab', 'a', 'bc', 'cb', 'd', 'dd', 'abcd'];

  it('have each feature, and none repeats what is there', () => {
    const chosen = diverse(words, (word) => word);
    if (runs(1) === 1) assert.deepEqual(chosen, ['ab', 'bc', 'd']);
    assert.deepEqual(new Set(chosen.join('')), new Set(words.join('')));
  });

  it('have each feature several times if they are asked for', () => {
    if (runs(1) === 1)
      assert.deepEqual(
        diverse(words, (word) => word, 2),
        ['ab', 'a', 'bc', 'cb', 'd', 'dd'],
      );
  });

  it('grow by what is new', () => {
    const chosen = diverse(words, (word) => word);
    assert.deepEqual(
      diverse([...words, ...words, 'e'], (word) => word)
        .filter((word) => word !== 'e')
        .slice(0, chosen.length),
      chosen,
    );
  });
});
