import assert from 'node:assert/strict';
import { some } from '../../server/src/base/words.ts';

describe('names in sentences', () => {
  const CASES: readonly [name: string, words: string, expected: string][] = [
    ['nothing', some([]), ''],
    ['one', some(['a']), 'a'],
    ['two', some(['a', 'b']), 'a and b'],
    ['several', some(['a', 'b', 'c']), 'a, b and c'],
    ['one of several', some(['a', 'b', 'c'], 3, 'or'), 'a, b or c'],
    ['as many as are named', some(['a', 'b'], 2), 'a and b'],
    ['more than are named', some(['a', 'b', 'c', 'd'], 2), 'a, b and 2 more'],
    ['more than the one that is named', some(['a', 'b'], 1), 'a and 1 more'],
    ['more of which it is said what they are', some(['a', 'b', 'c'], 1, 'or', 'other types'), 'a or 2 other types'],
  ];
  for (const [name, words, expected] of CASES) it(name, () => assert.equal(words, expected));
});
