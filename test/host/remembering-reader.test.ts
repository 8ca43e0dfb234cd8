import assert from 'node:assert/strict';
import type { FileAnswer, Reader } from '../../server/src/base/snapshot.ts';
import { HEAD_SIZE } from '../../server/src/base/file-head.ts';
import { RememberingReader } from '../../server/src/host/remembering-reader.ts';

/** How often each file is read, by the length of its text, when first its beginning is asked for and then all of it. */
const READINGS: readonly (readonly [length: number, readings: number])[] = [
  [0, 1],
  [20_000, 1],
  // Its beginning can be cut: in UTF-8, a character has up to three bytes.
  [HEAD_SIZE / 3, 2],
  [HEAD_SIZE, 2],
];

describe('a remembering reader', () => {
  for (const [length, readings] of READINGS)
    it(`reads a file of ${length.toFixed(0)} characters ${readings === 1 ? 'once' : 'twice'}`, () => {
      const text = 'a'.repeat(length);
      let count = 0;
      const read = (): FileAnswer => {
        count++;
        return { kind: 'text', text, version: '1' };
      };
      const reader = new RememberingReader({ file: read, head: read, folder: () => 'missing', data: () => null });
      for (let round = 0; round < 2; round++) {
        assert.deepEqual(reader.head('file:///a'), { kind: 'text', text, version: '1' });
        assert.deepEqual(reader.file('file:///a'), { kind: 'text', text, version: '1' });
      }
      assert.equal(count, readings);
    });

  it('asks again for a file whose beginning cannot be read', () => {
    const reader: Reader = {
      file: () => ({ kind: 'missing' }),
      head: () => ({ kind: 'refused', reason: 'cannot be read' }),
      folder: () => 'missing',
      data: () => null,
    };
    const remembering = new RememberingReader(reader);
    assert.equal(remembering.head('file:///a').kind, 'refused');
    assert.equal(remembering.file('file:///a').kind, 'missing');
  });
});
