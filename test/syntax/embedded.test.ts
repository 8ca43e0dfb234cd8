/** Documents in strings: the source offsets of their characters, and their edits. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { outermost, parseEmbedded } from '../../server/src/syntax/embedded.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { childrenOf, valueOf, type Node, type ScalarNode, type Tree } from '../../server/src/syntax/tree.ts';
import { plain } from './plain.ts';

const DOC = 'file:///a.yaml';

/** Texts with one scalar under `p`. */
const HOLDERS: Readonly<Record<string, string>> = {
  'a JSON string':
    '{"o": 1, "p": "{\\"a\\": [\\"b\\\\n\\", \\u0031, \\"\\u00e9😀\\ud83d\\ude00\\"],\\n \\"c\\": \\/}"}',
  'a YAML string in double quotes':
    'o: 1\np: "{\\"a\\": [\\"b\\\\n\\",\\x20\\u0031, \\"é\\U0001F600\\"],\\n\\t\\"c\\":\\_2}" # note\n',
  'a YAML string in single quotes': "o: 1\np: !Sub '{\"a\": [\"it''s\", ''''], \"c\": 😀}'\n",
  'a plain text': 'o: 1\np: a/b{c} d\n',
  'a literal block': 'o: 1\np: |\n    {\n      "a": ["b\\n"],\n\n    \t"c": "😀"\n    }\nq: 2\n',
  'a literal block without its last line end': 'p: !Sub |-\n  {"a":\n  1}',
  'a literal block that keeps its line ends': 'p: |+\n  a: 1\n\n  b: 2\n\n\n',
  'a literal block with its indentation given': 'p: |2\n    a:\n     - b\n  c: d\n',
  'a literal block that begins with an empty line': 'p: |\n\n\n  a\n  b\n',
  'a literal block with CRLF': 'p: |\r\n  {\r\n    "a": 1\r\n\r\n  }\r\nq: 2\r\n',
  'a folded block': 'p: >\n  {"a":\n  ["b\\n",\n\n  1],\n\n\n  "c": "😀"}\nq: 2\n',
  'a folded block with lines that are indented more':
    'p: >-\n    {\n      "a": [\n        "b", 2\n      ],\n\n      "c": 1\n    }\nq: 2\n',
  'a folded block with CRLF': 'p: >\r\n  {"a":\r\n    1,\r\n  "b": 2}\r\nq: 2\r\n',
  'a folded block that begins with an empty line': 'p: >+\n\n  a\n  b\n\n   c\n\n',
  'double quotes on several lines':
    'o: 1\np: "{\\"a\\": [  \n    \\"b\\\\n\\",\n\n  \\u0031, \\\n    \\"c\\"\n  ]}"\nq: 2\n',
  'single quotes on several lines': 'o: 1\np: \'{"a": "it\'\'s",\n\n   \t"b":   \n\n\n  1}\'\nq: 2\n',
  'a plain text on several lines': 'o: 1\np: a/b{c}\n  d e\n\n  f\nq: 2\n',
  'a literal block in a list': '- x\n- p: |\n     a\n      b\n',
};

function holder(text: string): { tree: Tree; scalar: ScalarNode } {
  const tree = parse(DOC, text);
  assert.deepEqual(tree.problems, []);
  const find = (node: Node): Node | undefined =>
    valueOf(node, 'p') ??
    childrenOf(node)
      .map(find)
      .find((found) => found !== undefined);
  return { tree, scalar: find(tree.roots[0]!) as ScalarNode };
}

describe('embedded documents', () => {
  for (const [name, text] of Object.entries(HOLDERS)) {
    const { tree, scalar } = holder(text);
    const isFolded =
      scalar.style === 'folded' ||
      (scalar.style !== 'literal' && /[\r\n]/.test(text.slice(scalar.content.start, scalar.content.end)));
    const { layer, text: inner } = parseEmbedded(tree, scalar, 'yaml')!;
    // The second half of a pair that is written as one escape has no place of its own.
    const isHalf = (i: number): boolean =>
      /[\uDC00-\uDFFF]/.test(inner[i] ?? '') && layer!.outerOffset(i) === layer!.outerOffset(i - 1);

    it(`${name}: every character is where it comes from`, () => {
      assert.equal(inner, scalar.value);
      for (let i = 0; i < inner.length; i++) {
        if (isHalf(i) || isHalf(i + 1)) continue;
        const from = layer!.outerOffset(i);
        const source = text.slice(from, layer!.outerOffset(i + 1));
        if (isFolded && /^$|[\r\n]/.test(source)) {
          assert.match(inner[i]!, /[ \n]/, `${i}`);
          continue;
        }
        if (inner[i] === '\n' && scalar.style === 'literal')
          assert.match(source, from === scalar.content.end ? /^$/ : /^\r?\n *$/, `${i}`);
        else if (scalar.style !== 'literal' && scalar.style !== 'folded' && /^(?:\\|'')/.test(source))
          assert.notEqual(source.length, 1, `${i}`);
        else assert.equal(source[0], inner[i], `${i}`);
        if (from < scalar.content.end) assert.equal(layer!.innerOffset(from), i);
      }
      assert.equal(layer!.outerOffset(inner.length), scalar.content.end);
    });

    it(`${name}: what is outside of it is not in it`, () => {
      assert.equal(layer!.innerOffset(scalar.content.start - 1), undefined);
      assert.equal(layer!.innerOffset(scalar.content.end + 1), undefined);
      for (let offset = scalar.content.start, before = 0; offset <= scalar.content.end; offset++) {
        const i = layer!.innerOffset(offset)!;
        assert.ok(i >= before && i <= inner.length, `${offset}`);
        before = i;
      }
    });

    it(`${name}: text that is written into it is read from it`, () => {
      const pieces = fc.oneof(
        fc.constantFrom(
          'x',
          '"Deny"',
          "it's",
          'a\nb',
          'a\n\n  b\n',
          '\n',
          '\\',
          '"\\n"',
          'é😀',
          '\u0085',
          '\u0001',
          '\t',
          ' ',
          'a: b',
          'a #b',
          '\r\n',
          '\uD800',
        ),
        fc.string({ maxLength: 5 }),
      );
      let written = 0;
      fc.assert(
        fc.property(pieces, fc.nat(inner.length), (piece, at) => {
          if (/[\uDC00-\uDFFF]/.test(inner[at] ?? '')) return;
          const encoded = layer!.encode(piece, at);
          if (encoded === undefined) return;
          written++;
          const offset = layer!.outerOffset(at);
          const changed = text.slice(0, offset) + encoded + text.slice(offset);
          const expected =
            inner.slice(0, at) +
            (scalar.style === 'literal' ? piece.replaceAll('\r\n', '\n') : piece) +
            inner.slice(at);
          assert.equal(holder(changed).scalar.value, expected, JSON.stringify(changed));
        }),
        { numRuns: 300 },
      );
      assert.ok(written > (isFolded ? 20 : 50), `${written} pieces were written`);
    });
  }

  it('escapes for the scalar that holds the text, or says that it cannot', () => {
    const encode = (name: string, piece: string, at = 1): string | undefined => {
      const { tree, scalar } = holder(HOLDERS[name]!);
      return parseEmbedded(tree, scalar, 'json')!.layer!.encode(piece, at);
    };
    assert.equal(encode('a JSON string', '"a\n"'), '\\"a\\n\\"');
    assert.equal(encode('a YAML string in double quotes', '"\u0085"'), '\\"\\u0085\\"');
    assert.equal(encode('a YAML string in single quotes', "'"), "''");
    assert.equal(encode('a YAML string in single quotes', 'a\nb'), undefined);
    assert.equal(encode('a literal block', 'a\n\n  b', 2), 'a\n\n      b');
    assert.equal(encode('a literal block with CRLF', 'a\nb', 2), 'a\r\n  b');
    assert.equal(encode('a literal block', '\u0001'), undefined);
    assert.equal(encode('a literal block', ' x', 0), undefined);
    assert.equal(encode('a plain text', 'x'), 'x');
    assert.equal(encode('a plain text', ': '), undefined);
    assert.equal(encode('a plain text', ' #'), undefined);
  });

  it('does not place what is not there', () => {
    for (const text of ['p:\n', 'p: |\n', 'p: >\n']) {
      const { tree, scalar } = holder(text);
      assert.equal(parseEmbedded(tree, scalar, 'yaml'), undefined, text);
    }
  });

  it('layers nest', () => {
    const text = JSON.stringify({ p: JSON.stringify({ policy: JSON.stringify({ Effect: 'Allow', 'é"': [1] }) }) });
    const { tree, scalar } = holder(text);
    const middle = parseEmbedded(tree, scalar, 'json')!;
    const inner = parseEmbedded(middle, valueOf(middle.roots[0], 'policy') as ScalarNode, 'json')!;
    assert.deepEqual([tree.problems, middle.problems, inner.problems], [[], [], []]);
    assert.deepEqual(plain(inner.roots[0]), { Effect: 'Allow', 'é"': ['1'] });
    const effect = valueOf(inner.roots[0], 'Effect')!;
    const { start, end } = outermost(inner, effect);
    assert.equal(text.slice(start, end), '\\\\\\"Allow\\\\\\"');
    const encoded = middle.layer!.encode(
      inner.layer!.encode('"Deny"', effect.start)!,
      inner.layer!.outerOffset(effect.start),
    )!;
    const changed = parse(DOC, text.slice(0, start) + encoded + text.slice(end));
    assert.equal(
      (plain(changed.roots[0]) as { p: string }).p,
      JSON.stringify({ policy: JSON.stringify({ Effect: 'Deny', 'é"': [1] }) }),
    );
  });

  it('problems of an embedded document are in its own text', () => {
    const { tree, scalar } = holder('p: \'{"a": [1}\'\n');
    const [problem] = parseEmbedded(tree, scalar, 'json')!.problems;
    assert.equal(scalar.value.slice(problem!.start, problem!.end), '[');
  });
});
