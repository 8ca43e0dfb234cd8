/** Incomplete JSON: the reported errors, and the values that are read nevertheless. */
import assert from 'node:assert/strict';
import { parseJson, type JsonOptions } from '../../server/src/syntax/json.ts';
import { MAX_DEPTH } from '../../server/src/syntax/nodes.ts';
import { childrenOf, MAX_PROBLEMS, pairOf, type Node } from '../../server/src/syntax/tree.ts';
import { outline } from './outline.ts';
import { plain } from './plain.ts';
import { assertWellFormed } from './well-formed.ts';

interface Row {
  readonly what: string;
  readonly text: string;
  readonly read: unknown;
  readonly problems: readonly (readonly [string, RegExp])[];
  readonly options?: JsonOptions;
}

const BELOW = '  "b": {\n    "c": "d"\n  }\n';
const B = { c: 'd' };

const ROWS: readonly Row[] = [
  // Strings.
  {
    what: 'an unclosed string',
    text: `{\n  "a": "x\n${BELOW}}`,
    read: { a: 'x', b: B },
    problems: [
      ['"x', /Unterminated string/],
      ['"', /Missing comma/],
    ],
  },
  {
    what: 'an unclosed string in front of a comma',
    text: `{\n  "a": "x,\n${BELOW}}`,
    read: { a: 'x', b: B },
    problems: [['"x', /Unterminated string/]],
  },
  {
    what: 'an unclosed string in front of brackets',
    text: `{\n  "a": {"x": ["y]},\n${BELOW}}`,
    read: { a: { x: ['y'] }, b: B },
    problems: [['"y', /Unterminated string/]],
  },
  {
    what: 'a key without its closing quote',
    text: `{\n  "a: "x",\n${BELOW}}`,
    read: { a: 'x', b: B },
    problems: [['"a', /Unterminated string/]],
  },
  {
    what: 'a key without its closing quote above children',
    text: `{\n  "a: {\n    "x": 1\n  },\n${BELOW}}`,
    read: { a: { x: '1' }, b: B },
    problems: [['"a', /Unterminated string/]],
  },
  {
    what: 'a key without its opening quote',
    text: `{\n  a": "x",\n${BELOW}}`,
    read: { a: 'x', b: B },
    problems: [['a', /Keys must be in double quotes/]],
  },
  {
    what: 'a key without quotes',
    text: `{\n  a: "x",\n${BELOW}}`,
    read: { a: 'x', b: B },
    problems: [['a', /Keys must be in double quotes/]],
  },
  {
    what: 'a value without its opening quote',
    text: `{\n  "a": AWS::S3::Bucket",\n${BELOW}}`,
    read: { a: 'AWS::S3::Bucket', b: B },
    problems: [['AWS::S3::Bucket', /Expected a double-quoted string/]],
  },
  {
    what: 'single quotes',
    text: `{\n  "a": 'x',\n${BELOW}}`,
    read: { a: "'x'", b: B },
    problems: [["'x'", /Expected a double-quoted string/]],
  },
  { what: 'an escape that is none', text: '["\\d"]', read: [''], problems: [['"\\d"', /must not be escaped/]] },
  { what: 'half a Unicode escape', text: '["\\u12"]', read: [''], problems: [['"\\u12"', /hexadecimal/]] },
  { what: 'a tab in a string', text: '["a\tb"]', read: ['a\tb'], problems: [['"a\tb"', /Control characters/]] },
  // Commas and colons.
  {
    what: 'a missing comma',
    text: `{\n  "a": 1\n${BELOW}}`,
    read: { a: '1', b: B },
    problems: [['"', /Missing comma/]],
  },
  { what: 'a missing comma in a list', text: '[1 2]', read: ['1', '2'], problems: [['2', /Missing comma/]] },
  {
    what: 'a comma at the end',
    text: '{"a": [1, 2,],}',
    read: { a: ['1', '2'] },
    problems: [
      [',', /Unexpected/],
      [',', /Unexpected/],
    ],
  },
  { what: 'two commas', text: '[1,, 2]', read: ['1', '2'], problems: [[',', /Unexpected/]] },
  {
    what: 'a missing colon',
    text: `{\n  "a" "x",\n${BELOW}}`,
    read: { a: 'x', b: B },
    problems: [[' ', /Missing colon/]],
  },
  {
    what: 'half a key',
    text: `{\n  "a"\n${BELOW}}`,
    read: { a: null, b: B },
    problems: [
      ['"a"', /Missing value/],
      ['"', /Missing comma/],
    ],
  },
  {
    what: 'half a key below others',
    text: '{"b": 1,\n  "a"\n}',
    read: { b: '1', a: null },
    problems: [['"a"', /Missing value/]],
  },
  {
    what: 'a key without value',
    text: `{\n  "a":\n${BELOW}}`,
    read: { a: null, b: B },
    problems: [
      ['"a":', /Missing value/],
      ['"', /Missing comma/],
    ],
  },
  {
    what: 'a value without key',
    text: '{1, "a": 2}',
    read: { a: '2' },
    problems: [
      ['1', /Invalid JSON/],
      [',', /Unexpected/],
    ],
  },
  {
    what: 'a colon in a list',
    text: '["a": 1]',
    read: ['a', '1'],
    problems: [
      [':', /Unexpected colon/],
      ['1', /Missing comma/],
    ],
  },
  // Brackets.
  {
    what: 'a brace that is not closed',
    text: `{\n  "a": {\n    "x": 1,\n${BELOW}}`,
    read: { a: { x: '1' }, b: B },
    problems: [
      ['{', /not closed/],
      [',', /Unexpected/],
      ['"', /Missing comma/],
    ],
  },
  {
    what: 'a brace too many',
    text: `{\n  "a": {\n    "x": 1\n  }},\n${BELOW}}`,
    read: { a: { x: '1' }, b: B },
    problems: [['}', /no matching/]],
  },
  { what: 'a bracket of the wrong kind', text: '{"a": [1}', read: { a: ['1'] }, problems: [['[', /not closed/]] },
  {
    what: 'a missing brace',
    text: '{\n  "a":\n    "x": 1\n  },\n  "b": 2\n}',
    read: { a: { x: '1' }, b: '2' },
    problems: [['"a":', /Missing brace/]],
  },
  {
    what: 'a closer alone',
    text: ']',
    read: undefined,
    problems: [
      [']', /no matching/],
      ['', /Expected a JSON value/],
    ],
  },
  { what: 'nothing', text: ' ', read: undefined, problems: [['', /Expected a JSON value/]] },
  // Words and numbers.
  {
    what: 'a leading zero',
    text: '{"a": 012345678901}',
    read: { a: '012345678901' },
    problems: [['012345678901', /Expected a double-quoted string/]],
  },
  {
    what: 'a word',
    text: '{"a": yes, "b": 1}',
    read: { a: 'yes', b: '1' },
    problems: [['yes', /Expected a double-quoted string/]],
  },
  { what: 'keywords', text: '[true, false, null, -1.5e+3]', read: ['true', 'false', 'null', '-1.5e+3'], problems: [] },
  // Comments.
  {
    what: 'comments',
    text: '{ // one\n"a": /* two */ 1}',
    read: { a: '1' },
    problems: [['// one', /not allow comments/]],
  },
  {
    what: 'comments where they are welcome',
    text: '{ // one\n"a": /* two */ 1}',
    read: { a: '1' },
    problems: [],
    options: { comments: 'allow' },
  },
  {
    what: 'what looks like a comment',
    text: `{\n  "a": arn:aws:s3:::b/*",\n${BELOW}}`,
    read: { a: 'arn:aws:s3:::b/*', b: B },
    problems: [['arn:aws:s3:::b/*', /Expected a double-quoted string/]],
  },
  {
    what: 'a comment that is not closed',
    text: `{\n/* "a": 1,\n${BELOW}}`,
    read: { b: B },
    problems: [['/* "a": 1,', /Unclosed comment/]],
  },
  // What other tools leave behind.
  {
    what: 'a merge conflict',
    text: '{\n<<<<<<< HEAD\n  "a": 1\n=======\n  "a": 2\n>>>>>>> branch\n}',
    read: { a: '2' },
    problems: [
      ['<<<<<<< HEAD', /merge conflict/],
      ['=======', /merge conflict/],
      ['"', /Missing comma/],
      ['>>>>>>> branch', /merge conflict/],
    ],
  },
];

describe('JSON', () => {
  for (const { what, text, read, problems, options } of ROWS) {
    for (const [variant, lineEnd] of [
      ['', '\n'],
      [' with CRLF', '\r\n'],
    ] as const) {
      it(what + variant, () => {
        const changed = text.replaceAll('\n', lineEnd);
        const tree = parseJson('file:///a.json', changed, options);
        assertWellFormed(tree);
        assert.deepEqual(plain(tree.roots[0]), read);
        const reported = tree.problems.map(({ start, end, message }) => [changed.slice(start, end), message] as const);
        assert.deepEqual(
          reported.map(([range]) => range),
          problems.map(([range]) => range),
        );
        reported.forEach(([, message], i) => assert.match(message, problems[i]![1]));
      });
    }
  }

  it('says where everything is', () => {
    const text = '{"a": [1, "b\\n"], // c\n "a": null}';
    assert.deepEqual(
      outline(parseJson('file:///a.json', text)).map(([what, start, end]) => [what, text.slice(start, end)]),
      [
        ['// c', '// c'],
        ['flow map -1', text],
        ['pair', '"a": [1, "b\\n"]'],
        ['colon ', ''],
        ['pair', '"a": null'],
        ['colon ', ''],
        ['double "a"', '"a"'],
        ['flow list -1', '[1, "b\\n"]'],
        ['plain "1"', '1'],
        ['double "b\\n"', '"b\\n"'],
        ['double "a"', '"a"'],
        ['plain "null"', 'null'],
      ],
    );
  });

  it('a byte order mark moves everything by one', () => {
    const text = '{"a": [true, {"b": "c"}]}';
    const marked = outline(parseJson('file:///a.json', `\uFEFF${text}`));
    assert.deepEqual(
      marked.map(([what, start, end]) => [what, start - 1, end - 1]),
      outline(parseJson('file:///a.json', text)),
    );
  });

  it('takes the last of several equal keys, and keeps all', () => {
    const { roots } = parseJson('file:///a.json', '{"a": 1, "a": 2}');
    assert.equal(plain(pairOf(roots[0], 'a')!.value), '2');
    assert.equal(childrenOf(roots[0]!).length, 4);
  });

  it('gives a root for each of several values, and one problem', () => {
    const tree = parseJson('file:///a.json', '{"a": 1}\n{"a": 2}\n{"a": 3}\n');
    assert.deepEqual(tree.roots.map(plain), [{ a: '1' }, { a: '2' }, { a: '3' }]);
    assert.equal(tree.problems.length, 1);
  });

  it('gives the same nodes each time', () => {
    const { roots } = parseJson('file:///a.json', '{"a": [{}]}');
    const first = childrenOf(roots[0]!)[1]!;
    assert.equal(childrenOf(roots[0]!)[1], first);
    assert.equal(childrenOf(first)[0]!.parent, first);
  });

  it('reads a text that has many more values than the first guess', () => {
    const values = Array.from({ length: 5000 }, (_, i) => ({ a: i, b: [i] }));
    const tree = parseJson('file:///a.json', JSON.stringify(values));
    assertWellFormed(tree);
    assert.deepEqual(
      plain(tree.roots[0]),
      values.map(({ a }) => ({ a: `${a}`, b: [`${a}`] })),
    );
  });

  it('reads a great depth as far as is promised, and what comes behind', () => {
    for (const depth of [MAX_DEPTH, MAX_DEPTH + 1, 100_000]) {
      const text = `[${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}, "behind"]`;
      const tree = parseJson('file:///a.json', text);
      assert.equal(tree.problems.length, depth > MAX_DEPTH ? 1 : 0);
      const [inner, behind] = childrenOf(tree.roots[0]!);
      assert.equal(plain(behind), 'behind');
      assert.equal(text.slice(inner!.start, inner!.end), text.slice(1, -11));
      assert.ok(depthOf(tree.roots[0]!) <= MAX_DEPTH + 1);
    }
  });

  it('does not report without end', () => {
    assert.equal(parseJson('file:///a.json', '}'.repeat(10_000)).problems.length, MAX_PROBLEMS);
  });
});

function depthOf(node: Node): number {
  return 1 + Math.max(0, ...childrenOf(node).map(depthOf));
}
