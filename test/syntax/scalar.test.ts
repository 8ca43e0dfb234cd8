/** The values of scalars by YAML's core schema, except for numbers that would lose precision. */
import assert from 'node:assert/strict';
import { parse } from '../../server/src/syntax/parse.ts';
import { readScalar, type ReadScalar } from '../../server/src/syntax/scalar.ts';
import type { ScalarNode } from '../../server/src/syntax/tree.ts';

const text = (raw: string): ReadScalar => ({ raw, quoted: true, value: raw });
const plain = (raw: string, value: ReadScalar['value'] = raw): ReadScalar => ({ raw, quoted: false, value });

const ROWS: readonly (readonly [source: string, read: ReadScalar])[] = [
  // Words of the core schema, and words of older ones.
  ...['true', 'True', 'TRUE'].map((word) => [word, plain(word, true)] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, plain(word, false)] as const),
  ...['null', 'Null', 'NULL', '~', ''].map((word) => [word, plain(word, null)] as const),
  ...['yes', 'No', 'on', 'OFF', 'y', 'tRUE', 'nil', 'None'].map((word) => [word, plain(word)] as const),
  // Numbers that print as they are written.
  ['0', plain('0', 0)],
  ['42', plain('42', 42)],
  ['-7', plain('-7', -7)],
  ['1.5', plain('1.5', 1.5)],
  ['123456789012', plain('123456789012', 123456789012)],
  // Numbers that would lose a zero, a sign, a digit or their notation.
  ...[
    '010',
    '012345678901',
    '0x1F',
    '0o17',
    '1.0',
    '1.10',
    '3.10',
    '+1',
    '-0',
    '.5',
    '5.',
    '1e3',
    '1E3',
    '1_000',
    '12:30:45',
    '9007199254740993',
    '.inf',
    '.nan',
    '0.1e-7',
  ].map((raw) => [raw, plain(raw)] as const),
  // Dates and the like.
  ...['2012-10-17', '2024-01-01T00:00:00Z', '1.2.3', '10.0.0.0/16', '::1', 'a', '-', '- a']
    .slice(0, -2)
    .map((raw) => [raw, plain(raw)] as const),
  // Written as text.
  ['"true"', text('true')],
  ["'42'", text('42')],
  ['""', text('')],
  ['"a\\n"', text('a\n')],
  ['|-\n  1', text('1')],
  ['>\n  true\n', text('true\n')],
  // Tags.
  ['!!str 42', text('42')],
  ['!!str', text('')],
  ['! true', text('true')],
  ['!<tag:yaml.org,2002:str> 42', text('42')],
  ['!!bool "true"', plain('true', true)],
  ['!!bool yes', plain('yes')],
  ['!!int "42"', plain('42', 42)],
  ['!!int 012', plain('012')],
  ['!!float 1.5', plain('1.5', 1.5)],
  ['!!null ""', plain('', null)],
  ['!!binary aGk=', plain('aGk=')],
  ['!Ref 42', plain('42')],
  ['!Sub "true"', text('true')],
];

describe('scalars', () => {
  for (const [source, read] of ROWS) {
    it(JSON.stringify(source), () => {
      const tree = parse('file:///a.yaml', `- ${source}\n- next`);
      assert.deepEqual(tree.problems, []);
      assert.deepEqual(
        readScalar((tree.roots[0] as { items?: readonly { value: ScalarNode }[] }).items![0]!.value),
        read,
      );
    });
  }

  it('in JSON', () => {
    const { roots } = parse('file:///a.json', '["1", 1, 1.0, true, null, "null"]');
    const items = (roots[0] as { items?: readonly { value: ScalarNode }[] }).items!;
    assert.deepEqual(
      items.map((item) => readScalar(item.value)),
      [text('1'), plain('1', 1), plain('1.0'), plain('true', true), plain('null', null), text('null')],
    );
  });
});
