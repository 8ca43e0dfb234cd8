import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fixturePaths, FIXTURES } from './fixtures.ts';
import { withMaskedTokens, withoutTokens, withTokens } from './tokens.ts';

const PAGES = fileURLToPath(new URL('../../docs/rules/', import.meta.url));

/** Made at run time, so that this file has no token. */
const TOKEN = `gh${'p'}_${'aB3dE5gH7jK9'.repeat(3)}`;

describe('tokens in fixtures', () => {
  it('are written so that scanners do not find them, and read back', () => {
    const written = withoutTokens(`a: ${TOKEN}\nb: ${TOKEN}\n`);
    assert.ok(!written.includes(TOKEN));
    assert.equal(written.length, `a: ${TOKEN}\nb: ${TOKEN}\n`.length);
    assert.equal(withTokens(written), `a: ${TOKEN}\nb: ${TOKEN}\n`);
    assert.equal(withMaskedTokens(`a: ${TOKEN}\n`), `a: ${TOKEN.slice(0, 20)}${'*'.repeat(20)}\n`);
  });

  it('are in no file', () => {
    const files = [...fixturePaths().map((path) => FIXTURES + path), ...readdirSync(PAGES).map((name) => PAGES + name)];
    assert.deepEqual(
      files.filter((file) => {
        const text = readFileSync(file, 'utf8');
        return withoutTokens(text) !== text;
      }),
      [],
    );
  });
});
