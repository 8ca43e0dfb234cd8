/** The structure of HCL: what is read from valid texts, and what from texts with mistakes. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseHcl, parsingHcl } from '../../server/src/syntax/hcl.ts';
import { MAX_DEPTH } from '../../server/src/syntax/nodes.ts';
import { MAX_PROBLEMS, type MapNode } from '../../server/src/syntax/tree.ts';
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

describe('HCL of any size is read', function () {
  this.timeout(120_000);
  const many = 100_000;
  const blocks = Array.from(
    { length: 40_000 },
    (_, index) =>
      `resource "aws_sqs_queue" "q${index}" {\n  name = "q-\${var.stage}"\n  tags = { a = [1, "b"], c = {} }\n  visibility_timeout_seconds = 30\n}\n`,
  );
  const rows: readonly (readonly [what: string, text: string, problems: number, pairs: number])[] = [
    ['5 MB of blocks', blocks.join(''), 0, blocks.length],
    ['a line of 5 MB', `a = "${'x'.repeat(5_000_000)}"\nb = 1\n`, 0, 2],
    ['nested parentheses', `a = ${'('.repeat(many)}1${')'.repeat(many)}\nb = 1\n`, 0, 2],
    ['parentheses that are not closed', `a = ${'('.repeat(many)}\nb = 1\n`, 1, 2],
    ['nested lists', `a = ${'['.repeat(many)}${']'.repeat(many)}\nb = 1\n`, 0, 2],
    ['nested objects', `a = ${'{ a = '.repeat(many)}1${' }'.repeat(many)}\nb = 1\n`, 0, 2],
    ['heredocs that are not closed', 'a = <<EOT\ntext\n'.repeat(many), 1, 1],
  ];
  for (const [what, text, problems, pairs] of rows)
    it(`with ${what}`, () => {
      const tree = parseHcl('file:///t.tf', text);
      assert.equal(tree.problems.length, problems);
      assert.equal((tree.roots[0] as MapNode).pairs.length, pairs);
    });

  it('in steps, the more the longer it is', () => {
    const steps = (count: number): number => [...parsingHcl('file:///t.tf', blocks.slice(0, count).join(''))].length;
    assert.equal(steps(2), 0);
    assert.ok(steps(1000) > 10);
  });
});
