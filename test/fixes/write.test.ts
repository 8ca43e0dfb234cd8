import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { applyEdits } from '../../server/src/fixes/merge.ts';
import { writeEdits } from '../../server/src/fixes/write.ts';
import type { TextEdit } from '../../server/src/model/finding.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { Tagged, type NewNode } from '../../server/src/syntax/tree-edit.ts';
import { pairOf, type Tree } from '../../server/src/syntax/tree.ts';
import { DOC, editsOf, parseCase, readCases, type Case } from './cases.ts';

const FOLDER = new URL('./', import.meta.url);

for (const file of readdirSync(FOLDER)
  .filter((name) => name.endsWith('.cases'))
  .sort()) {
  describe(`writing fixes: ${file.replace('.cases', '').replaceAll('-', ' ')}`, () => {
    for (const one of readCases(new URL(file, FOLDER))) it(one.title, () => check(one));
  });
}

describe('writing fixes: numbers', () => {
  for (const language of ['yaml', 'json'] as const) {
    it(`refuses in ${language} what is not finite`, () => {
      const tree = parse(DOC, '{"A": 1}', language);
      for (const value of [NaN, Infinity]) {
        assert.deepEqual(writeEdits([{ tree, op: 'set', at: tree.roots[0]!, path: ['B'], value }]), {
          refused: `The number ${value} cannot be written.`,
        });
      }
    });
  }
});

describe('writing fixes: two values for one place', () => {
  const pairs: readonly (readonly [NewNode, NewNode])[] = [
    [new Tagged('!T', 1), new Tagged('!U', 1)],
    [new Tagged('!T', 1), new Tagged('!T', 2)],
    [new Tagged('!T', 1), 1],
    [1, new Tagged('!T', 1)],
    [[1], [1, 2]],
    [[1], [2]],
    [[1], 1],
    [1, [1]],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, 1],
    [{ a: 1 }, ['a']],
    ['1', 1],
    [null, false],
  ];
  for (const [a, b] of pairs) {
    it(`${JSON.stringify(a)} and ${JSON.stringify(b)}`, () => {
      const tree = parse(DOC, 'A: 1\n', 'yaml');
      const at = pairOf(tree.roots[0], 'A')!.value;
      const written = writeEdits([a, b].map((value) => ({ tree, op: 'replace', at, value })));
      assert.deepEqual(written, { refused: 'Two changes set different values.' });
    });
  }
});

function check(one: Case): void {
  const tree = parseCase(one);
  const written = writeEdits(editsOf(tree, one.edits));
  if (one.refused !== undefined) {
    assert.ok(
      'refused' in written,
      `it wrote ${'edits' in written ? JSON.stringify(applyEdits(one.before, written.edits)) : ''}`,
    );
    assert.ok(written.refused.includes(one.refused), `the reason is: ${written.refused}`);
    return;
  }
  assert.ok('edits' in written, `refused: ${'refused' in written ? written.refused : ''}`);
  checkPatch(written.edits, one.before);
  const after = applyEdits(one.before, written.edits);
  assert.equal(after, one.after);
  const read = parse(DOC, after, one.language);
  assert.deepEqual(read.problems.map((p) => p.message).slice(tree.problems.length), []);
  assert.deepEqual(
    commentsOf(read),
    commentsOf(tree).filter((comment) => !one.lost.includes(comment)),
  );
}

function checkPatch(edits: readonly TextEdit[], text: string): void {
  edits.forEach(({ doc, range, newText }, i) => {
    assert.equal(doc, DOC);
    assert.ok(
      range.start >= (edits[i - 1]?.range.end ?? -1) && range.end >= range.start && range.end <= text.length,
      'sorted and apart',
    );
    assert.notEqual(newText, text.slice(range.start, range.end), 'an edit changes something');
  });
}

function commentsOf(tree: Tree): readonly string[] {
  return tree.comments.map(({ start, end }) => tree.text.slice(start, end));
}
