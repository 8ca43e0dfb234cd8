/** Path patterns: their matches, and that matching is not slow. */
import assert from 'node:assert/strict';
import { fitsGlob } from '../../server/src/config/glob.ts';

const ROWS: readonly (readonly [pattern: string, fit: readonly string[], other: readonly string[]])[] = [
  [
    'policies/scp/*.json',
    ['policies/scp/a.json', 'policies/scp/.json', 'policies/scp/.hidden.json'],
    ['policies/scp/x/a.json', 'scp/a.json', 'policies/scp/a.yaml'],
  ],
  ['policies/**', ['policies/a.json', 'policies/x/y/a.json', 'policies'], ['policies.json', 'x/policies/a.json']],
  ['**/a.json', ['a.json', 'x/a.json', 'x/y/a.json'], ['xa.json', 'a.json/x']],
  ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb', 'axb']],
  ['a**b', ['ab', 'axb'], ['a/b']],
  ['?.json', ['a.json'], ['ab.json', '/.json', '.json']],
  ['{a,b}.json', ['a.json', 'b.json'], ['c.json', '{a,b}.json']],
  ['x{,-{dev,prod}}.json', ['x.json', 'x-dev.json', 'x-prod.json'], ['x-.json']],
  ['{a}', ['{a}'], ['a']],
  ['[a-c]1', ['a1', 'c1'], ['d1', '/1', '-1']],
  ['[^a]', ['b'], ['a', '/']],
  ['[!a]', ['b'], ['a', '/']],
  ['[a', ['[a'], ['a']],
  ['\\*.json', ['*.json'], ['a.json']],
  ['', [''], ['a']],
  ['é*', ['étage'], ['etage']],
];

describe('a pattern of paths', () => {
  for (const [pattern, fit, other] of ROWS)
    it(`${pattern} means what it says`, () => {
      for (const path of fit) assert.equal(fitsGlob(pattern, path), true, path);
      for (const path of other) assert.equal(fitsGlob(pattern, path), false, path);
    });

  it('is matched in a moment, whatever it is', function () {
    this.timeout(120_000);
    const path = 'a'.repeat(2000);
    for (const pattern of [
      `${'*a'.repeat(500)}b`,
      `${'**/'.repeat(500)}b`,
      '{a,b}'.repeat(200),
      `${'[a-z]*'.repeat(300)}1`,
      `${'{a,'.repeat(300)}${'}'.repeat(300)}`,
      '{'.repeat(2000),
      '['.repeat(2000),
      `${'*?'.repeat(500)}b`,
    ]) {
      assert.equal(fitsGlob(pattern, path), false, pattern.slice(0, 20));
    }
  });
});
