/** The findings of IAM Access Analyzer, code by code. */
import assert from 'node:assert/strict';
import { CODES } from '../../server/src/rules/access-analyzer.ts';
import { fixturePaths, readFixture } from '../kit/fixtures.ts';

/** Codes by the fixtures in which they are found. */
const found = new Map<string, string[]>();
for (const path of fixturePaths()) {
  const fixture = readFixture(path);
  const labels = fixture.cases.flatMap(({ files }) => files.flatMap(({ marks }) => marks.map(({ label }) => label)));
  for (const code of new Set(
    labels.flatMap((label) => label.split(' ').filter((word) => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(word))),
  )) {
    found.set(code, [...(found.get(code) ?? []), path]);
    assert.ok(
      fixture.cases.some(({ name }) => name.startsWith('good')),
      `${path} shows what is right too`,
    );
  }
}

describe('the checks of Access Analyzer', () => {
  for (const code of CODES.keys()) it(`${code} is found in a fixture`, () => assert.ok(found.has(code)));
  it('are those of the table', () =>
    assert.deepEqual(
      [...found.keys()].filter((code) => !(CODES as ReadonlyMap<string, unknown>).has(code)),
      [],
    ));
});
