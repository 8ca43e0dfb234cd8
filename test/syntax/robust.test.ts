/** Whatever the text is, there is a tree, problems where it is broken, and no exception. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_DEPTH } from '../../server/src/syntax/nodes.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { childrenOf, MAX_PROBLEMS, valueOf, type Node } from '../../server/src/syntax/tree.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';
import { anyText } from '../kit/any-text.ts';
import { TEMPLATES } from './documents.ts';
import { plain } from './plain.ts';
import { assertWellFormed } from './well-formed.ts';

const PIECES = [
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ':',
  ': ',
  '#',
  ' #',
  '-',
  '- ',
  '\n',
  '\n  ',
  '\t',
  ' ',
  '|',
  '>',
  '&a ',
  '*a',
  '!x ',
  '? ',
  ',',
  '---\n',
  '...\n',
  '%',
  '\\',
  '\r',
  '\r\n',
  '\0',
  '\uFEFF',
  '\uD800',
  '😀',
  '<<<<<<< x\n',
  '|\n',
  '>-\n',
  '\u0085',
  '\u2028',
  '//',
  '/*',
  'a',
  'b: c',
  'true',
  '1',
];

const NAMES = ['file:///a.yaml', 'file:///a.json', 'file:///a.template'];

function depthOf(node: Node): number {
  let depth = 0;
  for (let level: readonly Node[] = [node]; level.length > 0; level = level.flatMap(childrenOf)) depth++;
  return depth;
}

describe('any text', function () {
  this.timeout(120_000);

  it('of pieces of YAML and JSON', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }),
        fc.constantFrom(...NAMES),
        (pieces, name) => {
          assertWellFormed(parse(name, pieces.join('')));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('of any characters', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 60 }), fc.constantFrom(...NAMES), (text, name) => {
        assertWellFormed(parse(name, text));
      }),
      { numRuns: 1000 },
    );
  });

  it('of templates with pieces in wrong places', () => {
    const spot = fc.tuple(fc.nat(5000), fc.nat(20), fc.constantFrom(...PIECES));
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(TEMPLATES)),
        fc.array(spot, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...NAMES),
        (template, spots, name) => {
          const text = spots.reduce(
            (left, [at, count, piece]) =>
              left.slice(0, at % left.length) + piece + left.slice((at % left.length) + count),
            template,
          );
          assertWellFormed(parse(name, text));
        },
      ),
      { numRuns: 300 },
    );
  });

  const DEEP: Readonly<Record<string, string>> = {
    'lists in brackets': `a: ${'['.repeat(100_000)}${']'.repeat(100_000)}\nb: c\n`,
    'maps in braces': `a: ${'{x: '.repeat(100_000)}${'}'.repeat(100_000)}\nb: c\n`,
    'brackets that are not closed': `a: ${'['.repeat(100_000)}\nb: c\n`,
    dashes: `a:\n  ${'- '.repeat(100_000)}\nb: c\n`,
    lines: `${Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')}\nb: c\n`,
    'lists in maps': `${Array.from({ length: 500 }, (_, i) => `${'  '.repeat(i)}- a:`).join('\n')}\n`,
  };
  for (const [name, text] of Object.entries(DEEP)) {
    it(`a great depth of ${name}`, () => {
      const tree = parseYaml('file:///a.yaml', text);
      assertWellFormed(tree);
      assert.ok(tree.problems.length > 0 && tree.problems.length < 5, `${tree.problems.length} problems`);
      assert.ok(depthOf(tree.roots[0]!) <= MAX_DEPTH + 1);
      if (text.endsWith('b: c\n')) assert.equal(plain(valueOf(tree.roots[0], 'b')), 'c');
    });
  }

  it('up to the greatest depth is read', () => {
    const depth = MAX_DEPTH - 2;
    const tree = parseYaml('file:///a.yaml', `${'['.repeat(depth)}x${']'.repeat(depth)}`);
    assert.deepEqual(tree.problems, []);
    assert.equal(depthOf(tree.roots[0]!), depth + 1);
  });

  it('many aliases cost nothing', () => {
    const bomb = [
      'a0: &a0 [x, x]',
      ...Array.from({ length: 500 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`),
    ].join('\n');
    const tree = parseYaml('file:///a.yaml', bomb);
    assert.deepEqual(tree.problems, []);
    assertWellFormed(tree);
  });

  it('many mistakes are not reported without end, and the rest is left out', () => {
    const broken = `Resources:\n${Array.from({ length: 5000 }, (_, i) => `  R${i}:\n    Type: "x\n   y: [\n`).join('')}`;
    const tree = parseYaml('file:///a.yaml', broken);
    assertWellFormed(tree);
    assert.ok(tree.problems.length <= MAX_PROBLEMS);
    assert.match(tree.problems.at(-1)!.message, /\./);
    assert.equal(tree.problems.filter((problem) => problem.message.includes('Too many syntax errors')).length, 1);
  });

  it('many mistakes in a long file each cost their line', () => {
    const entry = (i: number): string =>
      `  R${i}:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: name-of-bucket-${i}\n      Tags:\n        - Key: a\n          Value: b\n`;
    const entries = Array.from({ length: 500 }, (_, i) =>
      i % 10 === 5 ? entry(i).replace('BucketName: ', 'BucketName: "') : entry(i),
    );
    const tree = parseYaml('file:///a.yaml', `Resources:\n${entries.join('')}`);
    assert.equal(tree.problems.length, 50);
    const resources = plain(valueOf(tree.roots[0], 'Resources')) as Record<
      string,
      { Properties: { BucketName: string } }
    >;
    assert.deepEqual(
      Object.entries(resources).map(([name, { Properties }]) => [name, Properties.BucketName]),
      entries.map((_, i) => [`R${i}`, `name-of-bucket-${i}`]),
    );
  });

  it('lone carriage returns end lines', () => {
    assert.deepEqual(plain(parseYaml('file:///a.yaml', 'a: 1\rb:\r  - c\r').roots[0]), { a: '1', b: ['c'] });
  });

  it('tabs as indentation are read as spaces', () => {
    const tree = parseYaml('file:///a.yaml', 'a:\n\tb:\n\t\t- c\n\t\t- d\n\te: f\n');
    assert.deepEqual(plain(tree.roots[0]), { a: { b: ['c', 'd'], e: 'f' } });
    assert.equal(tree.problems.length, 4);
  });

  it('a tab in front of brackets, or in them, is read as a space', () => {
    for (const text of [
      'a:\t{b: [c, d]}\ne: f\n',
      'a: {b: [\tc, d]}\ne: f\n',
      'a: {b: [c,\td]}\ne: f\n',
      'a: \t \t{b: [c, d]}\ne: f\n',
      'a:\t{b: [c,\td]}\ne:\tf\n',
      'a: {b:\t[\tc,\t\td]}\ne: f\n',
    ]) {
      const tree = parseYaml('file:///a.yaml', text);
      assert.deepEqual(plain(tree.roots[0]), { a: { b: ['c', 'd'] }, e: 'f' }, text);
      for (const { start, end } of tree.problems) assert.match(text.slice(start, end), /^[\t ]+$/);
    }
  });

  it('a quoted text that goes on further to the left is one, as CloudFormation reads it', () => {
    const about = 'Password must contain printable characters, excluding: /.';
    for (const [text, expected] of [
      [
        `A:\n  B:\n    - C: x\n      D: 'Password must contain printable characters,\n    excluding: /.'\nE: f\n`,
        { A: { B: [{ C: 'x', D: about }] }, E: 'f' },
      ],
      [
        `A:\n  B:\n    - C: x\n      D: "Password must contain printable characters,\n   excluding: /."\n      E: f\n`,
        { A: { B: [{ C: 'x', D: about, E: 'f' }] } },
      ],
      [`A:\n  D: 'Password must contain printable characters,\n  excluding: /.'\nE: f\n`, { A: { D: about }, E: 'f' }],
    ] as const) {
      const tree = parseYaml('file:///a.yaml', text);
      assert.deepEqual(tree.problems, [], text);
      assert.deepEqual(plain(tree.roots[0]), expected, text);
    }
  });

  it('a quoted text that is not closed does not go on over the keys below it', () => {
    for (const text of [
      `A:\n  B: 'x\n  C: 'y'\n  D: z\n`,
      `A:\n  - B: "x\n  - C: "y"\n  - D: z\n`,
      `A:\n  B: 'x\n  C: y\n  D: 'z'\n`,
    ]) {
      const tree = parseYaml('file:///a.yaml', text);
      assert.equal(tree.problems.length, 1, text);
      assert.match(JSON.stringify(plain(tree.roots[0])), /"D":"z"/, text);
    }
  });
});
