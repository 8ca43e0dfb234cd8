/** The structure of HCL: what is read from valid texts, and what from texts with mistakes. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseHcl } from '../../server/src/syntax/hcl/hcl.ts';
import { MAX_DEPTH } from '../../server/src/syntax/nodes.ts';
import { MAX_PROBLEMS } from '../../server/src/syntax/tree.ts';
import { BROKEN, VALID, type HclDocument } from './hcl-documents.ts';
import { shapeOf } from './hcl-shape.ts';
import { assertWellFormed } from './well-formed.ts';

function check({ text, tree: shape, comments = [], problems = [] }: HclDocument): void {
  const tree = parseHcl('file:///t.tf', text);
  assertWellFormed(tree);
  assert.equal(shapeOf(tree), shape);
  assert.deepEqual(
    tree.comments.map(({ start, end }) => text.slice(start, end)),
    comments,
  );
  assert.deepEqual(
    tree.problems.map(({ start, end, message }) => [start, text.slice(start, end), message]),
    problems,
  );
}

describe('HCL', () => {
  for (const row of VALID) it(`reads ${row.what}`, () => check(row));
});

describe('HCL with a mistake', () => {
  for (const row of BROKEN) it(`reads what is beside ${row.what}`, () => check(row));

  it('has a limit of nested blocks', () => {
    const tree = parseHcl('file:///t.tf', `${'a {\n'.repeat(MAX_DEPTH + 10)}${'}\n'.repeat(MAX_DEPTH + 10)}`);
    assertWellFormed(tree);
    assert.match(tree.problems[0]!.message, /Nesting exceeds/);
  });

  it('has a limit of problems', () => {
    const tree = parseHcl('file:///t.tf', '1 = 2\n'.repeat(1000));
    assert.equal(tree.problems.length, MAX_PROBLEMS);
  });

  it('has a tree whatever it is', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'b = ',
        '"',
        '{',
        '}',
        '[',
        ']',
        '(',
        ')',
        '\n',
        '\r\n',
        ' ',
        '<<A',
        '<<-A',
        '\nA\n',
        '${',
        '%{',
        '$${',
        '#',
        '//',
      ],
      ...['/*', '*/', ',', '\\', '\u0000', '\uFEFF', '=', ':', '1', 'for ', ' "t" "n" {\n', '  '],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) =>
        assertWellFormed(parseHcl('file:///t.tf', pieces.join(''))),
      ),
      { numRuns: 3000 },
    );
  });
});
