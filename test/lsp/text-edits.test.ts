import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { textEdits } from '../../server/src/lsp/text-edits.ts';

/** The edits between two texts as offsets, checked to lead from one to the other. */
function edits(before: string, after: string): [number, number, string][] {
  const document = TextDocument.create('file:///a', 'yaml', 1, before);
  const found = textEdits(before, after);
  assert.equal(TextDocument.applyEdits(document, found), after);
  return found.map(({ range, newText }) => [document.offsetAt(range.start), document.offsetAt(range.end), newText]);
}

describe('text edits', () => {
  for (const [what, before, after, expected] of [
    ['nothing', 'a\nb\n', 'a\nb\n', []],
    ['one word', 'a: false\nb: 1\n', 'a: true\nb: 1\n', [[3, 7, 'tru']]],
    [
      'two places',
      'a: x\nb\nc: x\n',
      'a: y\nb\nc: y\n',
      [
        [3, 4, 'y'],
        [10, 11, 'y'],
      ],
    ],
    ['a new line', 'a\nc\n', 'a\nb\nc\n', [[2, 2, 'b\n']]],
    ['a line that goes', 'a\nb\nc\n', 'a\nc\n', [[2, 4, '']]],
    ['the last line without its end', 'a\nb', 'a\nbc', [[3, 3, 'c']]],
    ['a CRLF whole', 'a\r\n', 'a\n', [[1, 3, '\n']]],
    ['a surrogate pair whole', 'x𝄞', 'x𝄢', [[1, 3, '𝄢']]],
    ['everything', '', 'a\n', [[0, 0, 'a\n']]],
  ] as const) {
    it(`change ${what}`, () => {
      assert.deepEqual(edits(before, after), expected);
    });
  }

  it('lead from any text to any other, in order and without overlap', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '\n', '\r\n', '\r', '𝄞', '𝄢', ' ')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        let last = 0;
        for (const [start, end] of edits(before, after)) {
          assert.ok(start >= last && end >= start);
          last = end;
        }
      }),
    );
  });
});
