import assert from 'node:assert/strict';
import { LineIndex } from '../../server/src/base/line-index.ts';
import { excerptOf } from '../../server/src/cli/excerpt.ts';
import { inert } from '../../server/src/base/inert.ts';
import { cellsOf, widthOf, wrapped } from '../../server/src/cli/terminal-text.ts';

interface Case {
  readonly name: string;
  /** The text, with ⟦ ⟧ around the range. */
  readonly text: string;
  readonly columns?: number;
  readonly line?: number;
  readonly source: string;
  readonly marks: string;
}

const LONG_BEFORE = 'abcdefghij'.repeat(6);

const CASES: readonly Case[] = [
  { name: 'a value', text: 'a: 1\nb: ⟦false⟧ # c\r\n', line: 2, source: 'b: false # c', marks: '   ^^^^^' },
  { name: 'nothing, at the end of a line', text: 'a:⟦⟧\nb: 1', line: 1, source: 'a:', marks: '  ^' },
  { name: 'nothing, in a line', text: 'ab⟦⟧cd', source: 'abcd', marks: '  ^' },
  { name: 'nothing, in an empty text', text: '⟦⟧', source: '', marks: '^' },
  { name: 'more than a line', text: 'x\na: ⟦{\n  b: 1 }⟧\n', line: 2, source: 'a: {', marks: '   ^' },
  { name: 'a value behind tabs', text: '\t\t"a"\t: ⟦1⟧', source: '        "a" : 1', marks: '              ^' },
  { name: 'a value behind wide characters', text: '名: 😀 ⟦👨‍👩‍👧⟧ é', source: '名: 😀 👨‍👩‍👧 é', marks: '       ^^' },
  {
    name: 'a character with an accent of its own',
    text: 'e\u0301e\u0301⟦e\u0301⟧x',
    source: 'e\u0301e\u0301e\u0301x',
    marks: '  ^',
  },
  {
    name: 'characters that would move the cursor',
    text: 'a\u001b[31m⟦b⟧\u202ec',
    source: 'a\uFFFD[31mb\uFFFDc',
    marks: '      ^',
  },
  {
    name: 'a line that fits without its indentation',
    text: `${' '.repeat(30)}key: ⟦value⟧`,
    columns: 20,
    source: 'key: value',
    marks: '     ^^^^^',
  },
  {
    name: 'the beginning of a long line',
    text: `⟦abc⟧${LONG_BEFORE}`,
    columns: 20,
    source: 'abcabcdefghijabcdef…',
    marks: '^^^',
  },
  {
    name: 'the end of a long line',
    text: `${LONG_BEFORE}⟦xyz⟧`,
    columns: 20,
    source: '…efghijabcdefghijxyz',
    marks: '                 ^^^',
  },
  {
    name: 'nothing, at the end of a long line',
    text: `${LONG_BEFORE}⟦⟧`,
    columns: 20,
    source: '…cdefghijabcdefghij',
    marks: '                   ^',
  },
  {
    name: 'the middle of a long line',
    text: `${LONG_BEFORE}⟦xyz⟧${LONG_BEFORE}`,
    columns: 20,
    source: '…bcdefghijxyzabcdef…',
    marks: '          ^^^',
  },
  {
    name: 'something longer than a line',
    text: `ab⟦${LONG_BEFORE}⟧cd`,
    columns: 20,
    source: '…abcdefghijabcdefgh…',
    marks: ' ^^^^^^^^^^^^^^^^^^',
  },
];

describe('an excerpt', () => {
  for (const { name, text, columns = 60, line = 1, source, marks } of CASES) {
    it(`marks ${name}`, () => {
      const start = text.indexOf('⟦');
      const end = text.indexOf('⟧') - 1;
      const plain = text.replace(/[⟦⟧]/g, '');
      assert.deepEqual(excerptOf(plain, new LineIndex(plain), { start, end }, columns), { line, source, marks });
    });
  }

  it('fits whatever the line and the range', () => {
    const text = 'x😀\t名e\u0301'.repeat(20);
    const lines = new LineIndex(text);
    // The text repeats every 7 units, so that each of them is a start.
    for (let start = 0; start <= text.length; start += 9) {
      for (const length of [0, 1, 80]) {
        for (const columns of [20, 71]) {
          const { source, marks } = excerptOf(
            text,
            lines,
            { start, end: Math.min(text.length, start + length) },
            columns,
          );
          assert.ok(widthOf(source) <= columns, `${start} ${length} ${columns}: ${source}`);
          assert.ok(marks.length <= columns && /^ *\^+$/.test(marks), `${start} ${length} ${columns}: ${marks}`);
        }
      }
    }
  });

  it('looks at no more of a very long line than it shows', () => {
    const text = `${'a'.repeat(5_000_000)}"x"${'b'.repeat(5_000_000)}`;
    const { source, marks } = excerptOf(text, new LineIndex(text), { start: 5_000_000, end: 5_000_003 }, 40);
    assert.equal(source.length, 40);
    assert.equal(source.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1), '"x"');
  });

  it('does not show what is secret', () => {
    const text = '{"password": "hunter2", "user": "me"}';
    const secret = { start: text.indexOf('"hunter2"'), end: text.indexOf('"hunter2"') + 9 };
    const lines = new LineIndex(text);
    assert.equal(excerptOf(text, lines, secret, 60, [secret]).source, '{"password": *********, "user": "me"}');
    assert.equal(
      excerptOf(text, lines, { start: 1, end: 11 }, 60, [secret]).source,
      '{"password": *********, "user": "me"}',
    );
  });
});

describe('text on a terminal', () => {
  it('is printed on one line without control characters', () =>
    assert.equal(inert('a\r\nb\tc\u001b[0m\u2028d\u0000'), 'a b c\uFFFD[0m\uFFFDd\uFFFD'));

  it('is wrapped between words', () => {
    assert.deepEqual(wrapped('one two three four', 9), ['one two', 'three', 'four']);
    assert.deepEqual(wrapped('a-word-that-is-too-long x', 5), ['a-word-that-is-too-long', 'x']);
    assert.deepEqual(wrapped('名前 名前', 5), ['名前', '名前']);
    assert.deepEqual(wrapped('', 5), ['']);
  });

  it('has tab stops', () =>
    assert.deepEqual(
      cellsOf('a\tbc\td').map((cell) => cell.shown),
      ['a', '   ', 'b', 'c', '  ', 'd'],
    ));
});
