import assert from 'node:assert/strict';
import { parseJson } from '../../server/src/syntax/json.ts';
import { pairOf } from '../../server/src/syntax/tree.ts';

describe('a pair of a JSON object', () => {
  for (const text of [
    '{"a": 1, "b": 2, "ab": 3, "a": {"c": 4}}',
    String.raw`{"a": 1, "\u0061": 2, "b": 3, "\\a": 4}`,
    '{a: 1, "a: 2, "b": 3}',
    '{"a" 1, "b",, "c": }',
  ])
    it(`is found by its name in ${text}, as among all pairs`, () => {
      for (const name of ['a', 'b', 'ab', '\\a', 'c', '']) {
        const root = parseJson('file:///a.json', text).roots[0]!;
        const found = pairOf(root, name);
        const pairs = root.kind === 'map' ? root.pairs : [];
        assert.equal(
          found,
          pairs.findLast((pair) => pair.name === name),
        );
        assert.equal(pairOf(root, name), found);
      }
    });
});
