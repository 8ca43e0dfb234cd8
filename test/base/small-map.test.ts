import assert from 'node:assert/strict';
import { SmallMap } from '../../server/src/base/small-map.ts';

describe('small maps', () => {
  const held = new SmallMap<string, object>('a', { of: 'a' });
  for (const key of ['b', 'c', 'a']) held.set(key, { of: key, added: true });

  for (const [key, expected] of [
    ['b', { of: 'b', added: true }],
    ['c', { of: 'c', added: true }],
    ['a', { of: 'a', added: true }],
    ['d', undefined],
  ] as const)
    it(`have the last value of ${key}`, () => assert.deepEqual(held.get(key), expected));
});
