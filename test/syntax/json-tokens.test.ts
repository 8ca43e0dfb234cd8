/** The tokens of JSON are those of jsonc-parser's scanner, without white space. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createScanner } from 'jsonc-parser';
import { JsonTokens, TOKEN } from '../../server/src/syntax/json-tokens.ts';

interface Token {
  readonly kind: number;
  readonly text: string;
  readonly start: number;
  readonly error: number;
}

function tokensOf(text: string): readonly Token[] {
  const tokens = new JsonTokens(text);
  const all: Token[] = [];
  for (let kind = tokens.next(); kind !== TOKEN.end; kind = tokens.next()) {
    const { start, position, error, length } = tokens;
    assert.equal(length, position - start);
    all.push({ kind, text: text.slice(start, position), start, error });
  }
  return all;
}

function scanned(text: string): readonly Token[] {
  const scanner = createScanner(text);
  const all: Token[] = [];
  for (let kind: number = scanner.scan(); kind !== TOKEN.end; kind = scanner.scan()) {
    if (kind === TOKEN.trivia || kind === TOKEN.lineBreak) continue;
    const start = scanner.getTokenOffset();
    all.push({ kind, text: text.slice(start, scanner.getPosition()), start, error: scanner.getTokenError() });
  }
  return all;
}

const TEXTS: readonly string[] = [
  '',
  ' \t\r\n\n ',
  '{"a": [true, false,null], "b" : -1.5e3}',
  String.raw`["\"\\\/\b\f\n\r\t\u00e9\uD83d", "", "é"]`,
  '["\\x", "\\u00g0", "\\u12", "a\\',
  '"a\nb" "\u0001" "unclosed',
  'truex true: true"a" true/* a */ nul null}',
  '# a // b\n/* c */ /* d',
  '\u00a0 \ufeff {} 01 1. - +1 .5',
];

const PART = fc.constantFrom(
  ...['{', '}', '[', ']', ',', ':', '"', '\\', '/', '*', '#', ' ', '\n', '\r', '\t', '\u0000', '\u2028', 'é', '-'],
  ...['true', 'false', 'null', 'u00e9', 'u', 'n', '"a"', '12', '//', '/*', '*/', String.raw`\n`, String.raw`\u00e9`],
);

describe('tokens of JSON', () => {
  for (const text of TEXTS)
    it(`are those of the scanner in ${JSON.stringify(text)}`, () => assert.deepEqual(tokensOf(text), scanned(text)));

  it('are those of the scanner in any text', () =>
    fc.assert(
      fc.property(fc.array(PART, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        assert.deepEqual(tokensOf(text), scanned(text));
      }),
      { numRuns: 2000 },
    ));

  it('go on at a place', () => {
    const text = '"a" "b" x';
    const tokens = new JsonTokens(text);
    tokens.next();
    tokens.moveTo(5);
    assert.deepEqual([tokens.next(), tokens.start], [TOKEN.unknown, 5]);
    tokens.moveTo(4);
    assert.deepEqual([tokens.next(), tokens.start, tokens.position], [TOKEN.string, 4, 7]);
  });
});
