import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, mergePatches } from '../../server/src/fixes/merge.ts';
import { writeEdits } from '../../server/src/fixes/write.ts';
import type { Patch, TextEdit } from '../../server/src/model/finding.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { DOC, editsOf } from './cases.ts';
import { yamlDocument } from './documents.ts';
import { difference, expectedAfter } from './expected.ts';
import { granted, wishes } from './random-edits.ts';
import { runs } from '../kit/runs.ts';

function edit(start: number, end: number, newText = 'x', doc = DOC): TextEdit {
  return { doc, range: { start, end }, newText };
}

interface Row {
  readonly title: string;
  readonly patches: readonly (readonly TextEdit[])[];
  /** Indexes of the patches that are taken. */
  readonly taken: readonly number[];
  readonly text?: string;
}

const ROWS: readonly Row[] = [
  {
    title: 'patches apart are all taken',
    patches: [[edit(5, 6)], [edit(0, 1), edit(3, 3)], [edit(8, 8)]],
    taken: [0, 1, 2],
  },
  {
    title: 'a patch that reaches around another one meets it',
    patches: [[edit(5, 6)], [edit(0, 1), edit(8, 8)]],
    taken: [0],
  },
  {
    title: 'the first of two that overlap is taken',
    patches: [[edit(0, 5)], [edit(4, 6)], [edit(7, 8)]],
    taken: [0, 2],
  },
  {
    title: 'a patch is taken as a whole or not at all',
    patches: [[edit(0, 5)], [edit(4, 6), edit(10, 11)], [edit(10, 12)]],
    taken: [0, 2],
  },
  { title: 'two insertions at one place meet', patches: [[edit(5, 5, 'a')], [edit(5, 5, 'b')]], taken: [0] },
  { title: 'an insertion at the end of a replacement meets it', patches: [[edit(2, 5)], [edit(5, 5)]], taken: [0] },
  { title: 'replacements side by side meet', patches: [[edit(2, 5)], [edit(5, 7)]], taken: [0] },
  {
    title: 'the same edit is made once',
    patches: [
      [edit(2, 2), edit(4, 5)],
      [edit(2, 2), edit(7, 8)],
    ],
    taken: [0, 1],
  },
  { title: 'documents do not meet', patches: [[edit(2, 5)], [edit(2, 5, 'y', 'file:///other')]], taken: [0, 1] },
  {
    title: 'removals with a comment between meet',
    patches: [[edit(0, 2, '')], [edit(6, 8, '')]],
    taken: [0],
    text: 'ab\n# c\nde',
  },
  {
    title: 'a removal and a replacement with a comment between are apart',
    patches: [[edit(0, 2, '')], [edit(6, 8)]],
    taken: [0, 1],
    text: 'ab\n# c\nde',
  },
  {
    title: 'removals with something between are apart',
    patches: [[edit(0, 2, '')], [edit(6, 8, '')]],
    taken: [0, 1],
    text: 'ab\nxyz\nde',
  },
];

const TEXT = 'A:\n  B: 1\n\n  # about C\n  C: 2\nD: [x]\nE:\n';

/** Edits, one patch each, which of them are taken, and what comes out. */
const COMBINED: readonly (readonly [
  title: string,
  lines: readonly string[],
  taken: readonly number[],
  after: string,
])[] = [
  [
    'a missing parent is made once',
    ['set / F/G = 1', 'set / F/H = 2', 'set / E/I = 3'],
    [0, 1, 2],
    'A:\n  B: 1\n\n  # about C\n  C: 2\nD: [x]\nE:\n  I: 3\nF:\n  G: 1\n  H: 2\n',
  ],
  [
    'a map that loses all its pairs becomes braces',
    ['removePair /A/B', 'removePair /A/C'],
    [0, 1],
    'A: {}\nD: [x]\nE:\n',
  ],
  [
    'the first of two values for one place is taken',
    ['set / E = 1', 'set / E = 2', 'set /A B = 3'],
    [0, 2],
    'A:\n  B: 3\n\n  # about C\n  C: 2\nD: [x]\nE: 1\n',
  ],
  [
    'what is inside something that goes waits',
    ['removePair /D', 'insertItem /D 1 = "y"', 'set / E = 1'],
    [0, 2],
    'A:\n  B: 1\n\n  # about C\n  C: 2\nE: 1\n',
  ],
  [
    'items of several patches go in in order, equal ones once',
    ['insertItem /D 1 = "w"', 'insertItem /D 1 = "z"', 'insertItem /D 1 = "w"'],
    [0, 1, 2],
    'A:\n  B: 1\n\n  # about C\n  C: 2\nD: [x, w, z]\nE:\n',
  ],
];

function patchesOf(text: string, lines: readonly string[]): readonly (Patch & { line: string; index: number })[] {
  const tree = parse(DOC, text, 'yaml');
  return lines.map((line, index) => {
    const written = writeEdits(editsOf(tree, [line]));
    assert.ok('edits' in written, line);
    return { ...written, line, index };
  });
}

describe('merging patches', () => {
  for (const { title, patches, taken, text } of ROWS) {
    it(title, () => {
      const all = patches.map((edits, index) => ({ edits, index }));
      const merged = mergePatches(all, () => text ?? '0123456789abc');
      assert.deepEqual(
        merged.accepted.map(({ index }) => index),
        taken,
      );
      assert.deepEqual(
        [...merged.accepted, ...merged.rejected].map(({ index }) => index).sort(),
        all.map(({ index }) => index),
      );
    });
  }

  it('sorts the edits of each document and makes equal ones once', () => {
    const { edits } = mergePatches(
      [
        { edits: [edit(5, 6), edit(2, 2)] },
        { edits: [edit(2, 2), edit(0, 1)] },
        { edits: [edit(9, 9, 'y', 'file:///a')] },
      ],
      () => '',
    );
    assert.deepEqual(edits, [edit(0, 1), edit(2, 2), edit(5, 6), edit(9, 9, 'y', 'file:///a')]);
  });

  it('applies edits in any order', () => {
    assert.equal(applyEdits('0123456789', [edit(5, 6, 'F'), edit(0, 0, '>'), edit(8, 10, '')]), '>01234F67');
  });

  for (const [title, lines, taken, after] of COMBINED) {
    it(title, () => {
      const { accepted, rejected, edits } = mergePatches(patchesOf(TEXT, lines), () => TEXT);
      assert.deepEqual(
        accepted.map(({ index }) => index),
        taken,
      );
      assert.equal(accepted.length + rejected.length, lines.length);
      assert.equal(applyEdits(TEXT, edits), after);
    });
  }

  it('leaves no map without pairs between two removals that it knows as text alone', () => {
    const patches = patchesOf(TEXT, ['removePair /A/B', 'removePair /A/C']).map(({ edits }) => ({ edits }));
    const { accepted, edits } = mergePatches(patches, () => TEXT);
    assert.equal(accepted.length, 1);
    assert.equal(applyEdits(TEXT, edits), 'A:\n\n  # about C\n  C: 2\nD: [x]\nE:\n');
  });

  for (const known of [true, false]) {
    it(`gives what the accepted patches ask for, over random documents, knowing ${known ? 'the changes' : 'the texts alone'}`, () => {
      fc.assert(
        fc.property(yamlDocument, wishes(true), (text, all) => {
          const tree = parse(DOC, text, 'yaml');
          const patches = granted(tree, all)
            .flatMap((one) => {
              const written = writeEdits([one]);
              return 'edits' in written ? [{ ...(known ? written : { edits: written.edits }), one }] : [];
              // Of two that ask for the same, one is enough.
            })
            .filter(
              ({ edits }, i, others) =>
                others.findIndex((other) => JSON.stringify(other.edits) === JSON.stringify(edits)) === i,
            );
          const { edits, accepted } = mergePatches(patches, () => text);
          if (known) assert.equal(accepted.length, patches.length);
          if (accepted.length === 0) return;
          const after = parse(DOC, applyEdits(text, edits), 'yaml');
          assert.equal(
            difference(
              after,
              after.roots[0],
              expectedAfter(
                tree,
                accepted.map(({ one }) => one),
              ),
            ),
            undefined,
            after.text,
          );
        }),
        { numRuns: runs(500) },
      );
    });
  }

  it('finds the patches that contradict among many', () => {
    const count = 200;
    const text = Array.from({ length: count }, (_, i) => `K${i}:\n`).join('');
    const lines = Array.from({ length: count }, (_, i) => [`set / K${i}/A = 1`, `set / K${i}/A = 2`]).flat();
    const { accepted, edits } = mergePatches(patchesOf(text, lines), () => text);
    assert.deepEqual(
      accepted.map(({ line }) => line),
      lines.filter((_, i) => i % 2 === 0),
    );
    assert.equal(applyEdits(text, edits), text.replaceAll('\n', '\n  A: 1\n'));
  });
});
