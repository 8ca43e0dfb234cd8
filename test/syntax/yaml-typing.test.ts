/** The resources of a template while a user types in it. */
import assert from 'node:assert/strict';
import { parseYaml } from '../../server/src/syntax/yaml.ts';
import { isBroken, valueOf } from '../../server/src/syntax/tree.ts';
import { plain } from './plain.ts';

const BASE = [
  'Resources:',
  '  First:',
  '    Type: AWS::S3::Bucket',
  '    Properties:',
  '      Name: one',
  '      Size: 2',
  '  Second:',
  '    Type: AWS::SNS::Topic',
  '    Properties:',
  '      Name: two',
  '',
];

const TYPE = 'AWS::S3::Bucket';
const SECOND = { Type: 'AWS::SNS::Topic', Properties: { Name: 'two' } };

interface Row {
  readonly what: string;
  /** The lines from `at` on, as many as `instead` says (one, if it does not), are replaced by these. */
  readonly at: number;
  readonly instead?: number;
  readonly lines: readonly string[];
  /** What is read of the first resource, which is the one that is edited. */
  readonly first: unknown;
  /** What is reported: the text and what is said of it. */
  readonly problems: readonly (readonly [string, RegExp])[];
}

const properties = (values: object): object => ({ Type: TYPE, Properties: values });
const one = (value: unknown): object => properties({ Name: value, Size: '2' });

const ROWS: readonly Row[] = [
  // Quotes.
  {
    what: 'a double quote that is not closed',
    at: 4,
    lines: ['      Name: "x'],
    first: one('x'),
    problems: [['"x', /Unclosed quote/]],
  },
  {
    what: 'text after a quoted string',
    at: 4,
    lines: ["      Name: 'x' (y)"],
    first: one("x' (y)"),
    problems: [["'x' (y)", /Unexpected text after the closing quote/]],
  },
  {
    what: 'two tags',
    at: 4,
    lines: ['      Name: !Base64 !Sub x'],
    first: one('!Base64 '),
    problems: [['!Sub x', /only one tag.*Fn::Base64/]],
  },
  {
    what: 'a single quote that is not closed',
    at: 4,
    lines: ["      Name: 'x"],
    first: one('x'),
    problems: [["'x", /Unclosed quote/]],
  },
  {
    what: 'an unclosed quote with a colon behind',
    at: 4,
    lines: ['      Name: "a: b'],
    first: one(null),
    problems: [['"a: b', /Unclosed quote/]],
  },
  {
    what: 'an unclosed quote above the properties',
    at: 2,
    lines: ['    Type: "AWS::S3'],
    first: { Type: 'AWS::S3', Properties: { Name: 'one', Size: '2' } },
    problems: [['"AWS::S3', /quote/]],
  },
  {
    what: 'an unclosed quote above deeper lines and another quote',
    at: 4,
    lines: ['      Name: "abc', '        Deep: 1', '      Other: "x"'],
    first: properties({ Name: { Deep: '1' }, Other: 'x', Size: '2' }),
    problems: [['"abc', /quote/]],
  },
  {
    what: 'an unclosed quote in a block list',
    at: 4,
    lines: ['      Name:', '        - "a', '        - b'],
    first: one(['a', 'b']),
    problems: [['"a', /quote/]],
  },
  {
    what: 'an unclosed quote in a flow list',
    at: 4,
    lines: ['      Name: ["a, "b"]'],
    first: one(['a', 'b']),
    problems: [['"a, "b"]', /quote/]],
  },
  {
    what: 'a quoted key that is not finished',
    at: 6,
    instead: 0,
    lines: ['      "Buc'],
    first: one('one'),
    problems: [['"Buc', /quote/]],
  },
  {
    what: 'a quoted key without colon',
    at: 6,
    instead: 0,
    lines: ['      "Buc"'],
    first: one('one'),
    problems: [['"Buc"', /quote/]],
  },
  {
    what: 'text behind a quoted one',
    at: 4,
    lines: ['      Name: "one" two'],
    first: one('one" two'),
    problems: [['"one" two', /quote/]],
  },
  // Half keys.
  {
    what: 'half a key below its siblings',
    at: 6,
    instead: 0,
    lines: ['      Buc'],
    first: properties({ Name: 'one', Size: '2', Buc: null }),
    problems: [['Buc', /Missing colon/]],
  },
  {
    what: 'half a key above its siblings',
    at: 4,
    instead: 0,
    lines: ['      Buc'],
    first: properties({ Buc: null, Name: 'one', Size: '2' }),
    problems: [['Buc', /Missing colon/]],
  },
  {
    what: 'half a key between its siblings',
    at: 5,
    instead: 0,
    lines: ['      Buc'],
    first: properties({ Name: 'one', Buc: null, Size: '2' }),
    problems: [['Buc', /Missing colon/]],
  },
  {
    what: 'one letter of a key',
    at: 6,
    instead: 0,
    lines: ['      B'],
    first: properties({ Name: 'one', Size: '2', B: null }),
    problems: [['B', /Missing colon/]],
  },
  {
    what: 'half a key with a comment',
    at: 6,
    instead: 0,
    lines: ['      Buc # later'],
    first: properties({ Name: 'one', Size: '2', Buc: null }),
    problems: [['Buc', /Missing colon/]],
  },
  {
    what: 'half a key above a colon',
    at: 4,
    instead: 0,
    lines: ['      Buc', '      : x'],
    first: properties({ Buc: null, '': 'x', Name: 'one', Size: '2' }),
    problems: [['Buc', /Missing colon/]],
  },
  {
    what: 'half a key with a tag',
    at: 6,
    instead: 0,
    lines: ['      !x Buc'],
    first: properties({ Name: 'one', Size: '2', Buc: null }),
    problems: [['Buc', /Missing colon/]],
  },
  {
    what: 'a stray character behind a colon',
    at: 3,
    lines: ['    Properties:{'],
    first: one('one'),
    problems: [['{', /after the colon/]],
  },
  {
    what: 'half a key as the only child',
    at: 4,
    instead: 2,
    lines: ['      Buc'],
    first: { Type: TYPE, Properties: 'Buc' },
    problems: [],
  },
  {
    what: 'half a key in a list of maps',
    at: 4,
    lines: ['      Name:', '        - Ke', '          Value: a'],
    first: one([{ Ke: null, Value: 'a' }]),
    problems: [['Ke', /Missing colon/]],
  },
  {
    what: 'a missing colon above children',
    at: 3,
    lines: ['    Properties'],
    first: one('one'),
    problems: [['Properties', /Missing colon/]],
  },
  {
    what: 'a missing colon above a list',
    at: 4,
    lines: ['      Items', '        - a', '        - b'],
    first: properties({ Items: ['a', 'b'], Size: '2' }),
    problems: [['Items', /Missing colon/]],
  },
  {
    what: 'a missing colon in front of a value',
    at: 4,
    lines: ['      Name one'],
    first: one('one'),
    problems: [['Name', /Missing colon/]],
  },
  {
    what: 'a missing space behind a colon',
    at: 4,
    lines: ['      Name:one'],
    first: one('one'),
    problems: [['Name', /Missing space/]],
  },
  // Indentation.
  {
    what: 'a tab as indentation',
    at: 4,
    lines: ['\tName: one'],
    first: properties({ Size: '2' }),
    problems: [['Name: one', /tab/]],
  },
  {
    what: 'a tab among the spaces',
    at: 4,
    lines: ['    \t Name: one'],
    first: one('one'),
    problems: [['    \t ', /tab/]],
  },
  {
    what: 'a sibling indented too much',
    at: 5,
    lines: ['        Size: 2'],
    first: properties({ Name: 'one' }),
    problems: [['Size: 2', /indentation/]],
  },
  {
    what: 'a sibling indented too little',
    at: 5,
    lines: ['     Size: 2'],
    first: properties({ Name: 'one' }),
    problems: [['Size: 2', /indentation/]],
  },
  {
    what: 'a parent indented too much',
    at: 3,
    lines: ['     Properties:'],
    first: { Type: TYPE },
    problems: [['Properties:\n      Name: one\n      Size: 2', /indentation/]],
  },
  {
    what: 'a parent indented too little',
    at: 3,
    lines: ['   Properties:'],
    first: { Type: TYPE },
    problems: [['Properties:\n      Name: one\n      Size: 2', /indentation/]],
  },
  {
    what: 'a line break in a key',
    at: 4,
    lines: ['      Na', 'me: one'],
    first: properties({ 'Na me': 'one', Size: '2' }),
    problems: [['me: one', /line above/]],
  },
  {
    what: 'a line break in the key of children',
    at: 3,
    lines: ['    Proper', 'ties:'],
    first: { Type: TYPE, 'Proper ties': { Name: 'one', Size: '2' } },
    problems: [['ties:', /line above/]],
  },
  {
    what: 'a line break in a value',
    at: 2,
    lines: ['    Type: AWS::S3', '::Bucket'],
    first: { Type: 'AWS::S3 ::Bucket', Properties: { Name: 'one', Size: '2' } },
    problems: [['::Bucket', /line above/]],
  },
  {
    what: 'two lines in one',
    at: 1,
    instead: 2,
    lines: ['  First:    Type: AWS::S3::Bucket'],
    first: { Properties: { Name: 'one', Size: '2' } },
    problems: [['Type: AWS::S3::Bucket', /colon/]],
  },
  // Brackets.
  {
    what: 'brackets that are not closed',
    at: 4,
    lines: ['      Name: [a, {b: c}'],
    first: one(null),
    problems: [['[a, {b: c}', /Unclosed bracket/]],
  },
  {
    what: 'a list up to a comma',
    at: 4,
    lines: ['      Name: [a,'],
    first: one(['a']),
    problems: [['[a,', /Unclosed bracket/]],
  },
  {
    what: 'a map up to a comma',
    at: 4,
    lines: ['      Name: {a: 1,'],
    first: one({ a: '1' }),
    problems: [['{a: 1,', /Unclosed bracket/]],
  },
  {
    what: 'a bracket open over several lines',
    at: 4,
    lines: ['      Name: [', '        a,', '        b'],
    first: one(null),
    problems: [['[\n        a,\n        b', /Unclosed bracket/]],
  },
  {
    what: 'a bracket too many',
    at: 4,
    lines: ['      Name: [a]]'],
    first: one(['a']),
    problems: [[']', /matches neither/]],
  },
  {
    what: 'a comma too many',
    at: 4,
    lines: ['      Name: [a,, b]'],
    first: one(['a', 'b']),
    problems: [[',', /Unexpected/]],
  },
  {
    what: 'a missing comma',
    at: 4,
    lines: ['      Name: ["a" "b"]'],
    first: one(['a', 'b']),
    problems: [['"', /Missing comma/]],
  },
  // Characters that mean something.
  { what: 'a star', at: 4, lines: ['      Name: *'], first: one('*'), problems: [['*', /must be quoted/]] },
  {
    what: 'a star in a list',
    at: 4,
    lines: ['      Name:', '        - *', '        - b'],
    first: one(['*', 'b']),
    problems: [['*', /must be quoted/]],
  },
  { what: 'an ampersand', at: 4, lines: ['      Name: &'], first: one('&'), problems: [['&', /must be quoted/]] },
  { what: 'a percent sign', at: 4, lines: ['      Name: %x'], first: one('%x'), problems: [['%', /must be quoted/]] },
  { what: 'an at sign', at: 4, lines: ['      Name: @x'], first: one('@x'), problems: [['@', /must be quoted/]] },
  { what: 'a backquote', at: 4, lines: ['      Name: `x`'], first: one('`x`'), problems: [['`', /must be quoted/]] },
  { what: 'a bar', at: 4, lines: ['      Name: |x'], first: one('|x'), problems: [['|', /must be quoted/]] },
  {
    what: 'a greater-than sign',
    at: 4,
    lines: ['      Name: > 3'],
    first: one('> 3'),
    problems: [['>', /must be quoted/]],
  },
  {
    what: 'a second colon',
    at: 4,
    lines: ['      Name: a: b'],
    first: one('a: b'),
    problems: [['a: b', /must be quoted/]],
  },
  {
    what: 'more colons',
    at: 4,
    lines: ['      Name: a: b: c'],
    first: one('a: b: c'),
    problems: [['a: b: c', /must be quoted/]],
  },
  {
    what: 'a backslash in double quotes',
    at: 4,
    lines: ['      Name: "a\\d"'],
    first: one('a\uFFFDd'),
    problems: [['\\d', /Invalid escape/]],
  },
  {
    what: 'half an escape',
    at: 4,
    lines: ['      Name: "\\u12"'],
    first: one('\uFFFDu12'),
    problems: [['\\u', /Invalid escape/]],
  },
  {
    what: 'a tag without space behind it',
    at: 4,
    lines: ['      Name: !Equals[a, b]'],
    first: one(null),
    problems: [['!Equals[a, b]', /tag/]],
  },
  { what: 'two tags', at: 4, lines: ['      Name: !Sub !Ref a'], first: one('!Sub '), problems: [['!Ref a', /tag/]] },
  {
    what: 'a tag on an alias',
    at: 4,
    lines: ['      Name: !Ref *x'],
    first: one('!Ref *x'),
    problems: [['*', /must be quoted/]],
  },
  {
    what: 'a block that loses its indentation',
    at: 4,
    lines: ['      Name: |', '        one', '    two, three'],
    first: properties({ Name: 'one\n   \n', Size: '2' }),
    problems: [['two, three', /neither a key/]],
  },
  // What other tools leave behind.
  {
    what: 'a merge conflict',
    at: 4,
    lines: ['<<<<<<< HEAD', '      Name: one', '=======', '      Name: uno', '>>>>>>> branch'],
    first: one('uno'),
    problems: [
      ['<<<<<<< HEAD', /merge conflict/],
      ['=======', /merge conflict/],
      ['>>>>>>> branch', /merge conflict/],
    ],
  },
  {
    what: 'a line of a template language',
    at: 4,
    instead: 0,
    lines: ['{% if x %}'],
    first: one('one'),
    problems: [['{% if x %}', /template directive/]],
  },
  {
    what: 'a line that is not YAML',
    at: 4,
    instead: 0,
    lines: ['what is this'],
    first: one('one'),
    problems: [['what is this', /neither a key/]],
  },
  { what: 'a NUL', at: 4, lines: ['      Name: o\0ne'], first: one('o\0ne'), problems: [['\0', /not allowed/]] },
  {
    what: 'a control character in quotes',
    at: 4,
    lines: ['      Name: "o\u0001ne"'],
    first: one('o\u0001ne'),
    problems: [['\u0001', /not allowed/]],
  },
  {
    what: 'half a surrogate pair',
    at: 4,
    lines: ['      Name: o\uD800ne'],
    first: one('o\uD800ne'),
    problems: [['\uD800', /not allowed/]],
  },
  // What is not finished and yet YAML.
  { what: 'a bare dash', at: 4, lines: ['      Name:', '        -'], first: one([null]), problems: [] },
  { what: 'a bare tag', at: 4, lines: ['      Name: !'], first: one('! '), problems: [] },
  { what: 'an alias of nothing', at: 4, lines: ['      Name: *nowhere'], first: one('*nowhere'), problems: [] },
  {
    what: 'the same key again',
    at: 5,
    lines: ['      Name: again'],
    first: properties({ Name: 'again' }),
    problems: [],
  },
  // What CloudFormation reads although YAML forbids it.
  {
    what: 'a map closed at the indentation of its key',
    at: 4,
    lines: ['      Name: {', '        a: 1', '      }'],
    first: one({ a: '1' }),
    problems: [],
  },
  {
    what: 'a list continued too far left',
    at: 4,
    lines: ['      Name: [', '  a, # why', 'b', '      ]'],
    first: one(['a', 'b']),
    problems: [],
  },
  {
    what: 'lone dashes in a list',
    at: 4,
    lines: ['      Name: [0, [-, "a,-,b"], {c: -}, -]'],
    first: one(['0', ['-', 'a,-,b'], { c: '-' }, '-']),
    problems: [],
  },
  {
    what: 'a dash and a space in a list',
    at: 4,
    lines: ['      Name: [- , a]'],
    first: one(null),
    problems: [['[- , a]', /bracket/]],
  },
  {
    what: 'a quoted text continued too far left',
    at: 4,
    lines: ["      Name: '{", '  "a": 1', "      }'"],
    first: one('{ "a": 1 }'),
    problems: [],
  },
];

function edited({ at, instead = 1, lines }: Row): string {
  return BASE.toSpliced(at, instead, ...lines).join('\n');
}

describe('YAML while somebody is typing', () => {
  for (const row of ROWS) {
    for (const [variant, lineEnd] of [
      ['', '\n'],
      [' with CRLF', '\r\n'],
    ] as const) {
      it(row.what + variant, () => {
        const text = edited(row).replaceAll('\n', lineEnd);
        const tree = parseYaml('file:///a.yaml', text);
        const reported = tree.problems.map(({ start, end, message }) => [text.slice(start, end), message] as const);
        assert.deepEqual(
          reported.map(([range]) => range),
          row.problems.map(([range]) => range.replaceAll('\n', lineEnd)),
        );
        reported.forEach(([, message], i) => assert.match(message, row.problems[i]![1]));
        assert.equal(tree.roots.length, 1);
        // In the place of a line break are as many spaces as it had characters.
        const read: unknown = JSON.parse(JSON.stringify(plain(tree.roots[0])).replaceAll('  ', ' '));
        assert.deepEqual(read, { Resources: { First: row.first, Second: SECOND } });
      });
    }
  }

  it('comments of a list that is continued too far left are kept', () => {
    const text = 'a: [\nb, # why\nc\n]\n';
    const tree = parseYaml('file:///a.yaml', text);
    assert.deepEqual(
      tree.comments.map(({ start, end }) => text.slice(start, end)),
      ['# why'],
    );
  });

  it('the place of half a key is the whole word, and its value is behind it', () => {
    const text = 'a: 1\nbcd\n';
    const pair = (
      parseYaml('file:///a.yaml', text).roots[0] as {
        pairs?: readonly {
          name: string;
          separator: number;
          key: { start: number; end: number };
          value: { start: number; end: number };
        }[];
      }
    ).pairs![1]!;
    assert.deepEqual(
      [pair.name, pair.separator, pair.key.start, pair.key.end, pair.value.start, pair.value.end],
      ['bcd', -1, 5, 8, 8, 8],
    );
  });

  it('what is broken is known to be broken', () => {
    const broken = (text: string): readonly boolean[] => {
      const tree = parseYaml('file:///a.yaml', text);
      return ['a', 'b'].map((name) => isBroken(tree, valueOf(tree.roots[0], name)!));
    };
    assert.deepEqual(broken('a: [1, 2\nb: 3\n'), [true, false]);
    assert.deepEqual(broken('a: "x\nb: 3\n'), [true, false]);
    assert.deepEqual(broken('a:\n  c: 1\n  d\nb:\n  e: 2\n'), [true, false]);
    assert.deepEqual(broken('a:\n  c: 1\n   d: 2\nb: {e: 2}\n'), [true, false]);
    assert.deepEqual(broken('a:\n  c: 1\nb:\n  e: [1\n'), [false, true]);
    assert.deepEqual(broken('a:\n  c: 1\n# d\n   d: 2\nb: 3\n'), [true, false]);
    assert.deepEqual(broken('a:\nb: 3\n'), [false, false]);
  });
});
