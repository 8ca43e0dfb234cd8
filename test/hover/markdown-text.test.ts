import assert from 'node:assert/strict';
import { markdownCode, markdownText } from '../../server/src/hover/markdown-text.ts';

const TEXTS: readonly (readonly [text: string, markdown: string])[] = [
  ['a.b: c (d)', 'a.b: c (d)'],
  ['[x](y) ![z](w)', '\\[x\\](y) \\!\\[z\\](w)'],
  ['*a* _b_ `c` ~d~ # e', '\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\# e'],
  ['<b>&lt;|', '\\<b\\>\\&lt;\\|'],
  // GitHub Flavored Markdown makes links of these by itself.
  ['https://a.example', 'https\\://a.example'],
  ['see www.a.example', 'see www\\.a.example'],
  ['WWW.A.EXAMPLE', 'WWW\\.A.EXAMPLE'],
  ['a@b.example', 'a\\@b.example'],
  ['a\n\nb\tc', 'a b c'],
  ['\u202Ea\u200B', '\uFFFDa\uFFFD'],
];

const CODES: readonly (readonly [text: string, markdown: string])[] = [
  ['a', '`a`'],
  ['a`b', '`` a`b ``'],
  ['``', '``` `` ```'],
  [' ', '`   `'],
  ['a\nb', '`a b`'],
  ['\u001B[0m', '`\uFFFD[0m`'],
];

describe('text in Markdown', () => {
  for (const [text, markdown] of TEXTS)
    it(`is ${JSON.stringify(markdown)}`, () => assert.equal(markdownText(text), markdown));
  for (const [text, markdown] of CODES)
    it(`is ${JSON.stringify(markdown)} as code`, () => assert.equal(markdownCode(text), markdown));
});
