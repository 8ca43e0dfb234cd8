import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TOKEN_FORMATS, tokensIn, tokensOf, type FoundToken } from '../../server/src/model/token.ts';
import { withTokens } from '../kit/tokens.ts';

/** A fixture with tokens of all formats. */
const FIXTURE = fileURLToPath(new URL('../rules/secrets/template-hardcoded-token.fixture', import.meta.url));

/** The name of a format and where a credential of it is. */
const places = (tokens: Iterable<FoundToken>): readonly unknown[] =>
  [...tokens].map(({ format, start, end, example }) => [format.name, start, end, example]);

const LINES: readonly string[] = [
  'url: https://admin:hunter2hunter2@db.internal/x',
  `npm: npm_${'a1B2'.repeat(9)}`,
  `overlapping: AKIAccountKey=${'Ab1/'.repeat(21)}Ab==`,
  'jdbc: postgres://user:password@localhost',
  '-----BEGIN PRIVATE KEY-----',
  `  ${'MIIEvQ'.repeat(12)}`,
  '-----END PRIVATE KEY-----',
];

describe('the tokens of a document', () => {
  it('are those of its text, whatever was known of it before', () => {
    const doc = 'file:///case/tokens.yaml';
    const versions = [
      ...LINES.map((_, index) => LINES.slice(0, index + 1)),
      ...LINES.map((_, index) => LINES.toSpliced(index, 1)),
      LINES.toReversed(),
    ];
    for (const lines of versions) {
      const text = lines.join('\n');
      assert.deepEqual(places(tokensOf({ doc, text })), places(tokensIn(text)));
      // Searches of other texts are not affected.
      assert.equal([...tokensIn(LINES[0]!)].length, 1);
    }
    assert.ok(places(tokensIn(LINES.join('\n'))).length >= 4);
  });

  it('are searched line by line only if they are in one line', () => {
    const text = withTokens(readFileSync(FIXTURE, 'utf8'));
    const doc = 'file:///case/broken-tokens.yaml';
    const all = [...tokensIn(text)];
    assert.ok(new Set(all.map(({ format }) => format)).size >= TOKEN_FORMATS.length - 1);
    for (const { start, end } of all)
      for (const at of [start + 1, (start + end) >> 1, end - 1])
        for (const lineEnd of ['\n', '\r\n']) {
          const broken = text.slice(0, at) + lineEnd + text.slice(at);
          assert.deepEqual(places(tokensOf({ doc, text: broken })), places(tokensIn(broken)));
        }
  });
});
