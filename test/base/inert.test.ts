import assert from 'node:assert/strict';
import { inert, inertJson, inertLines } from '../../server/src/base/inert.ts';

const ROWS: readonly (readonly [text: string, shown: string])[] = [
  ['plain ASCII: "a" \\ <b>', 'plain ASCII: "a" \\ <b>'],
  ['Zürich 𝄞 日本', 'Zürich 𝄞 日本'],
  ['two\r\nlines\tand\nmore\r', 'two lines and more '],
  ['\u001B[31mred\u001B[0m', '\uFFFD[31mred\uFFFD[0m'],
  ['\u0000\u0007\u007F\u0085\u009B', '\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD'],
  ['a\u202Eb\u2066c\u200Fd\u061C', 'a\uFFFDb\uFFFDc\uFFFDd\uFFFD'],
  ['a\u2028b\u2029c', 'a\uFFFDb\uFFFDc'],
  ['a\u200Bb\u200Dc\u2060d\uFEFFe\u00ADf', 'a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf'],
  ['a\u{E0041}b\u{E0100}', 'a\uFFFDb\uFFFD'],
  ['\u3164\u115F', '\uFFFD\uFFFD'],
  ['❤️ 👨‍👩‍👧 👩🏽‍🚀', '❤️ 👨‍👩‍👧 👩🏽‍🚀'],
];

describe('inert text', () => {
  for (const [text, shown] of ROWS) it(`is ${JSON.stringify(shown)}`, () => assert.equal(inert(text), shown));

  it('keeps line ends and tabs where lines are wanted', () =>
    assert.equal(inertLines('a\r\n\tb\u001B\nc\rd'), 'a\r\n\tb\uFFFD\nc d'));

  it('has the same value as JSON, and no character that a terminal acts on', () => {
    const value = { text: ROWS.map(([text]) => text).join('|') };
    const json = inertJson(JSON.stringify(value));
    assert.deepEqual(JSON.parse(json), value);
    assert.equal(inert(json), json);
  });
});
