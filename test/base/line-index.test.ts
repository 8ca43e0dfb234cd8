import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineIndex } from '../../server/src/base/line-index.ts';

/** Texts rich in line ends and in characters of two code units. */
const texts = fc
  .array(fc.constantFrom('\n', '\r', '\r\n', 'a', ' ', 'ä', '😀', '\ud83d', '\u2028'), { maxLength: 40 })
  .map((parts) => parts.join(''));

/** The lines of a text with their line ends, found in another way. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g)?.concat(/[\r\n]$/.test(text) ? [''] : []) ?? [''];
}

const withoutEnd = (line: string): string => line.replace(/[\r\n]+$/, '');

describe('a line index', () => {
  it('puts every offset on the line and at the distance from its start that it has', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const index = new LineIndex(text);
        const lines = linesOf(text);
        assert.equal(index.lineCount, lines.length);
        let start = 0;
        lines.forEach((content, line) => {
          const last = line === lines.length - 1;
          for (let i = 0; i < content.length + (last ? 1 : 0); i++)
            assert.deepEqual(index.positionAt(start + i), { line, character: i });
          start += content.length;
        });
      }),
      { numRuns: 300 },
    );
  });

  it('comes back to every offset, but to the end of the line from within a line end', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const index = new LineIndex(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const back = index.offsetAt(index.positionAt(offset));
          assert.equal(back, text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives the range of a line without its line end', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const index = new LineIndex(text);
        linesOf(text).forEach((content, line) => {
          const { start, end } = index.line(text, line);
          assert.equal(text.slice(start, end), withoutEnd(content));
          assert.equal(start, index.offsetAt({ line, character: 0 }));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('stays on a line that is shorter than a position says', () => {
    fc.assert(
      fc.property(texts, fc.nat(50), fc.nat(60), (text, line, character) => {
        const offset = new LineIndex(text).offsetAt({ line, character });
        const content = linesOf(text)[line];
        if (content === undefined) assert.equal(offset, text.length);
        else
          assert.deepEqual(new LineIndex(text).positionAt(offset), {
            line,
            character: Math.min(character, withoutEnd(content).length),
          });
      }),
      { numRuns: 300 },
    );
  });

  const text = 'a\r\n😀b\rc\n\n';
  const positions: readonly (readonly [number, number, number])[] = [
    [0, 0, 0],
    [1, 0, 1],
    [3, 1, 0],
    [5, 1, 2],
    [6, 1, 3],
    [7, 2, 0],
    [8, 2, 1],
    [9, 3, 0],
    [10, 4, 0],
  ];
  for (const [offset, line, character] of positions) {
    it(`has offset ${offset} of ${JSON.stringify(text)} at ${line}:${character}`, () => {
      assert.deepEqual(new LineIndex(text).positionAt(offset), { line, character });
      assert.equal(new LineIndex(text).offsetAt({ line, character }), offset);
    });
  }

  it('moves what is outside the text to its nearest end', () => {
    const index = new LineIndex('ab\ncd');
    assert.deepEqual(
      [index.positionAt(-3), index.positionAt(99)],
      [
        { line: 0, character: 0 },
        { line: 1, character: 2 },
      ],
    );
    assert.deepEqual(
      [
        { line: -1, character: 5 },
        { line: 7, character: 0 },
        { line: 0, character: -1 },
        { line: 1, character: -1 },
      ].map((p) => index.offsetAt(p)),
      [0, 5, 0, 3],
    );
  });

  it('has one line where there is no text', () => {
    const index = new LineIndex('');
    assert.equal(index.lineCount, 1);
    assert.deepEqual(index.range({ start: 0, end: 0 }), {
      start: { line: 0, character: 0 },
      end: { line: 0, character: 0 },
    });
    assert.deepEqual(index.line('', 0), { start: 0, end: 0 });
  });

  it('gives the lines of a range', () => {
    assert.deepEqual(new LineIndex('ab\r\ncd').range({ start: 1, end: 5 }), {
      start: { line: 0, character: 1 },
      end: { line: 1, character: 1 },
    });
  });
});
