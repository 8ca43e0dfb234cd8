/** The settings with which claims apply, in words. */
import assert from 'node:assert/strict';
import { statedClaims } from '../../server/src/hover/condition-words.ts';
import type { Claim, PropertyConditions } from '../../server/src/hover/ownership.ts';

const claim = (when: PropertyConditions | undefined, text = 'data', cite = 'page'): Claim => ({
  layer: 'data',
  owner: 'you',
  text,
  cite: [cite],
  ...(when ? { when } : {}),
});
const wordsFor = (...all: readonly (PropertyConditions | undefined)[]): readonly (string | undefined)[] =>
  statedClaims(all.map((when) => claim(when))).map(({ settings }) => settings);

describe('settings of claims', () => {
  const ROWS: readonly (readonly [
    words: string | undefined,
    ...conditions: readonly (PropertyConditions | undefined)[],
  ])[] = [
    [undefined, undefined],
    ['Type is a', { Type: ['a'] }],
    ['Type is set', { Type: 'set' }],
    ['Type is not set', { Type: [null] }],
    ['Type is a, b or not set', { Type: [null, 'a', 'b'] }],
    ['Type is a, b, c or d', { Type: ['a', 'b', 'c', 'd'] }],
    ['Type is a, b, c or 2 others', { Type: ['a', 'b', 'c', 'd', 'e'] }],
    ['Type is a and On is true', { Type: ['a'], On: [true] }],
    ['Type is a or b', { Type: ['a'] }, { Type: ['b'] }],
    ['Type is a, or On is true', { Type: ['a'] }, { On: [true] }],
    ['Type is set, or Type is a', { Type: 'set' }, { Type: ['a'] }],
    [undefined, { Type: ['a'] }, undefined],
  ];
  for (const [words, ...conditions] of ROWS)
    it(words ?? `none for ${JSON.stringify(conditions)}`, () => assert.deepEqual(wordsFor(...conditions), [words]));

  it('have the names of the format', () => {
    const [stated] = statedClaims([claim({ EngineMode: ['a'] })], () => 'engine_mode');
    assert.equal(stated?.settings, 'engine_mode is a');
  });

  it('are of claims with the same text as one, with all of their pages', () => {
    const stated = statedClaims([claim({ A: [1] }, 'x', 'p'), claim(undefined, 'y'), claim({ A: [2] }, 'x', 'q')]);
    assert.deepEqual(
      stated.map(({ text, cite, settings }) => [text, cite, settings]),
      [
        ['x', ['p', 'q'], 'A is 1 or 2'],
        ['y', ['page'], undefined],
      ],
    );
  });
});
