/** What differs between two trees, and what only looks different. */
import assert from 'node:assert/strict';
import { parse } from '../../server/src/syntax/parse.ts';
import { commentsDiffer, differences, sameTree, type TreePath } from '../../server/src/syntax/same-tree.ts';
import { TEMPLATES } from './documents.ts';

const tree = (text: string): ReturnType<typeof parse> => parse('file:///a.yaml', text);

const SAME: readonly (readonly [string, string])[] = [
  ['', '# nothing\n'],
  ['a: b', '{"a": "b"}'],
  ['a: [1, 2]', 'a:\n  - 1\n  - 2\n'],
  ['a: "b c"', 'a: b c'],
  ['a: |-\n  b', "a: 'b'"],
  ['a: &x 1\nb: *x', 'a:   &x 1\n\nb:   *x # why'],
  ['a: b\nc: d', 'a: b\r\nc: d\r\n'],
];

const DIFFERENT: readonly (readonly [string, string, readonly TreePath[]])[] = [
  ['a: 1', '', [[]]],
  ['a: 1', 'a: 2', [['a']]],
  ['a: 1', 'a: "1"', [['a']]],
  ['a: true', 'a: "true"', [['a']]],
  ['a: 1', 'a: {}', [['a']]],
  ['a: !Ref b', 'a: b', [['a']]],
  ['a: !Ref b', 'a: !Sub b', [['a']]],
  ['a: &x 1', 'a: &y 1', [['a']]],
  ['a: &x 1\nb: &y 2\nc: *x', 'a: &x 1\nb: &y 2\nc: *y', [['c']]],
  ['a: 1', 'a: 1\nb: 2', [['b']]],
  ['a: 1\nb: 2', 'b: 2', [['a']]],
  ['a: 1\nb: 2', 'b: 2\na: 1', [[]]],
  ['a: 1\na: 2', 'a: 1\na: 3', [['a#2']]],
  ['a: 1', 'a: 1\na: 1', [['a#2']]],
  ['a: {b: {c: 1, d: 2}}', 'a: {b: {c: 1, d: 3}}', [['a', 'b', 'd']]],
  ['a: [1, 2, 3]', 'a: [1, 3]', [['a', 1]]],
  ['a: [1, 2, 3]', 'a: [0, 1, 2, 3]', [['a', 0]]],
  ['a: [1, 2, 3]', 'a: [1, 4, 3]', [['a', 1]]],
  ['a: [{b: 1}, {b: 2}]', 'a: [{b: 1}, {b: 3}]', [['a', 1, 'b']]],
  ['[a]: 1', '[b]: 1', [['']]],
  ['a: 1\n--- \nb: 1', 'a: 1\n---\nb: 2', [[1, 'b']]],
  ['a: 1', 'a: 1\n---\nb: 2', [[1]]],
];

describe('the difference between trees', () => {
  for (const [a, b] of SAME) {
    it(`none between ${JSON.stringify(a)} and ${JSON.stringify(b)}`, () => {
      assert.deepEqual(differences(tree(a), tree(b)), []);
      assert.ok(sameTree(tree(a).roots[0], tree(b).roots[0]));
    });
  }

  for (const [a, b, paths] of DIFFERENT) {
    it(`between ${JSON.stringify(a)} and ${JSON.stringify(b)}`, () => {
      assert.deepEqual(differences(tree(a), tree(b)), paths);
      // Two files can differ in other roots than the first.
      const isInFirst = !paths.some((path) => path[0] === 1);
      assert.equal(sameTree(tree(a).roots[0], tree(b).roots[0]), !isInFirst);
      assert.deepEqual(differences(tree(b), tree(a)).length, paths.length);
    });
  }

  it('none between a tree and itself', () => {
    for (const text of Object.values(TEMPLATES)) {
      assert.deepEqual(differences(tree(text), tree(text.replaceAll('\n', '\r\n'))).filter((path) => !path.some((key) => /Base64|content|InlineCode/.test(`${key}`))), []);
      assert.equal(commentsDiffer(tree(text), tree(text)), false);
    }
  });

  it('of comments', () => {
    assert.equal(commentsDiffer(tree('a: 1 # x'), tree('# x\na: 1')), false);
    assert.equal(commentsDiffer(tree('a: 1 # x'), tree('a: 1 # y')), true);
    assert.equal(commentsDiffer(tree('a: 1 # x'), tree('a: 1')), true);
    assert.equal(commentsDiffer(tree('# x\n# y\n'), tree('# y\n# x\n')), true);
    assert.equal(commentsDiffer(tree('# x \r\n'), tree('# x\n')), false);
  });

  it('of deep trees is found without recursion', () => {
    const deep = (inner: string): ReturnType<typeof parse> => tree('['.repeat(200) + inner + ']'.repeat(200));
    assert.deepEqual(differences(deep('a'), deep('b')), [Array<number>(200).fill(0)]);
  });
});
