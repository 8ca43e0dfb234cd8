import assert from 'node:assert/strict';
import { parseFixture, readMarks, renderMarks } from './fixture.ts';

/** The marked texts with what is said of them. */
function marked(body: string): readonly (readonly [string, string])[] {
  const { text, marks } = readMarks(body);
  return marks.map(({ start, end, label }) => [text.slice(start, end), label]);
}

describe('fixture', () => {
  it('marks columns of the line above, several times', () => {
    const body = 'a: one\nb: two\n#  ^^^ some-rule\n#^1 other-rule possible\nc: three\n # ^^ some-rule\n';
    assert.deepEqual(marked(body), [
      ['two', 'some-rule'],
      ['b', 'other-rule possible'],
      ['th', 'some-rule'],
    ]);
    assert.equal(readMarks(body).text, 'a: one\nb: two\nc: three\n');
  });

  it('says flags in one way', () => {
    const labelOf = (flags: string): string => readMarks(`abc\n#^^ r ${flags}\n`).marks[0]!.label;
    assert.equal(
      labelOf('suggestion fix profile=essential severity=low possible when A=true B="x y"'),
      'r possible when A=true B="x y" severity=low profile=essential fix suggestion',
    );
    assert.equal(labelOf('when "a b"=false'), 'r when "a b"=false');
    assert.throws(() => labelOf('sugestion'), /cannot say/);
  });

  it('marks with brackets inside one line', () => {
    const body = '{"a":⟦outer possible:[⟦inner:1⟧,2]⟧}\n';
    assert.deepEqual(marked(body), [
      ['1', 'inner'],
      ['[1,2]', 'outer possible'],
    ]);
    assert.equal(readMarks(body).text, '{"a":[1,2]}\n');
    assert.throws(() => readMarks('⟦r:x'), /not closed/);
    assert.throws(() => readMarks('x⟧ ⟦r:y⟧'), /not opened/);
  });

  it('refuses markers that mark nothing', () => {
    assert.throws(() => readMarks('ab\n#  ^^^ r\n'), /line 2: marks more/);
    assert.throws(() => readMarks('abcdef\n#  ^^^\n'), /line 2: a marker that does not name a rule/);
  });

  it('writes what it reads', () => {
    const body = 'a: one\n#  ^^ r possible\n#  ^^^ r\nb: two\n#^1 s\nc';
    const { text, marks } = readMarks(body);
    assert.equal(renderMarks(text, marks), body);
  });

  it('collects cases, files and goldens', () => {
    const { title, cases } = parseFixture(
      [
        'Two lines',
        'of title',
        '',
        '-- bad.yaml --',
        'x: 1',
        '#  ^ r fix',
        '',
        '-- fixed/bad.yaml --',
        'x: 2',
        '',
        '-- suggested/r/dir/a.json --',
        '{}',
        '-- suggested/r#2/dir/a.json --',
        '[]',
        '-- dir/a.json --',
        '1',
        '-- dir/b.json --',
        '2',
        '',
      ].join('\n'),
    );
    assert.equal(title, 'Two lines\nof title');
    assert.deepEqual(
      cases.map(({ name, files, fixed, suggestions }) => [
        name,
        files.map(({ path, text }) => [path, text]),
        [...fixed],
        suggestions.map(({ rule, number, goldens }) => [rule, number, [...goldens]]),
      ]),
      [
        ['bad.yaml', [['bad.yaml', 'x: 1\n']], [['bad.yaml', 'x: 2\n']], []],
        [
          'dir',
          [
            ['dir/a.json', '1\n'],
            ['dir/b.json', '2\n'],
          ],
          [],
          [
            ['r', 1, [['dir/a.json', '{}\n']]],
            ['r', 2, [['dir/a.json', '[]\n']]],
          ],
        ],
      ],
    );
  });

  it('refuses goldens without a file and files that are there twice', () => {
    assert.throws(() => parseFixture('t\n-- a.yaml --\n-- fixed/b.yaml --\n'), /line 3: a golden for b.yaml/);
    assert.throws(() => parseFixture('t\n-- a.yaml --\n-- a.yaml --\n'), /line 3: a.yaml is there twice/);
  });

  it('knows what is about YAML alone', () => {
    const yamlOnly = (name: string, text: string): boolean =>
      parseFixture(`t\n-- ${name} --\n${text}\n`).cases[0]!.yamlOnly;
    assert.equal(yamlOnly('bad-yaml-only.yaml', 'a: 1'), true);
    assert.equal(yamlOnly('bad.yaml', '# Anchors: yaml only\na: 1'), true);
    assert.equal(yamlOnly('bad.yaml', 'a: 1 # yaml only'), false);
  });
});
