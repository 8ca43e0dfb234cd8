import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ByteLines } from '../../server/src/host/byte-lines.ts';

describe('lines of bytes', () => {
  it('are those of the text', () => {
    const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' '));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), (lines) => {
        const all = new ByteLines(Buffer.from(lines.join('\n')));
        assert.deepEqual(
          lines.map((_, index) => all.at(index)),
          lines,
        );
      }),
    );
  });
});
