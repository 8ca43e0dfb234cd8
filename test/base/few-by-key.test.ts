import assert from 'node:assert/strict';
import { FewByKey } from '../../server/src/base/few-by-key.ts';

describe('what is held by few keys', () => {
  const held = new FewByKey<string, object>('a', { of: 'a' });
  for (const key of ['b', 'c', 'a']) held.add(key, { of: key, added: true });

  for (const [key, expected] of [
    ['b', { of: 'b', added: true }],
    ['c', { of: 'c', added: true }],
    ['a', { of: 'a', added: true }],
    ['d', undefined],
  ] as const)
    it(`has by ${key} what was added last`, () => assert.deepEqual(held.get(key), expected));
});
