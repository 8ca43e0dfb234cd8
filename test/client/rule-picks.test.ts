import assert from 'node:assert/strict';
import { rulePicks, type FoundRules } from '../../client/src/rule-picks.ts';

const FOUND: FoundRules = {
  rules: [
    { id: 'a', title: 'A', severity: 'high', profile: 'recommended' },
    { id: 'b', title: 'B', severity: 'low', profile: 'strict' },
  ],
};

const shown = (words: string, found: FoundRules, here: readonly string[]): readonly string[] =>
  rulePicks(words, found, here).map(
    ({ label, description, heading }) =>
      `${heading ? '# ' : ''}${label}${description === undefined ? '' : `: ${description}`}`,
  );

describe('entries to choose a rule from', () => {
  it('begin with the rules of the document', () =>
    assert.deepEqual(shown('', FOUND, ['b']), ['# Findings in this document', 'b: B', '# All rules', 'a: A']));
  it('are all rules where the document has no findings', () =>
    assert.deepEqual(shown(' ', FOUND, []), ['# All rules', 'a: A', 'b: B']));
  it('are the matches of a search, in their order', () => assert.deepEqual(shown('x', FOUND, ['b']), ['a: A', 'b: B']));
  it('suggest the nearest search when nothing matches', () => {
    assert.deepEqual(rulePicks('buckt', { rules: [], nearest: 'bucket' }, ['b']), [
      { label: 'Search for "bucket"', search: 'bucket' },
    ]);
    assert.deepEqual(rulePicks('x', { rules: [] }, ['b']), []);
  });
  it('have the severity and the profile as details', () =>
    assert.deepEqual(
      rulePicks('a', FOUND, []).map(({ detail }) => detail),
      ['high severity, profile recommended', 'low severity, profile strict'],
    ));
  it('have what the configuration of the document states', () =>
    assert.deepEqual(
      rulePicks(
        'a',
        {
          rules: (['severity', 'on', 'off'] as const).map((configured) => ({
            id: configured,
            title: 'A',
            severity: 'low',
            profile: 'strict',
            configured,
          })),
        },
        [],
      ).map(({ detail }) => detail),
      [
        'low severity (set by the configuration), profile strict',
        'low severity, profile strict (on in the configuration)',
        'low severity, profile strict (off in the configuration)',
      ],
    ));
  it('have an id alone where the server does not run', () =>
    assert.deepEqual(rulePicks('', { rules: [{ id: 'a' }] }, ['a']), [
      { label: 'Findings in this document', heading: true },
      { label: 'a', rule: 'a' },
    ]));
});
