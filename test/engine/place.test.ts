/** The marked range of a finding, and its path in the terms of the document. */
import assert from 'node:assert/strict';
import { markOf } from '../../server/src/engine/mark.ts';
import { pathBelow } from '../../server/src/engine/path.ts';
import type { Leaf } from '../../server/src/model/value.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { pairOf, valueOf } from '../../server/src/syntax/tree.ts';

const YAML = `Resources:
  A:
    Type: T
    Properties:
      One: first
      List:
        - second
        - Key: third
      Short: !If [C, fourth, !Sub fifth]
      Long:
        Fn::If: [C, {Deep: sixth}, {Ref: seventh}]
      Lists: [[eighth], [x, ninth]]
      "Quoted.Key": tenth
      Text: |
        eleventh
  B: {Type: T, Properties: {One: twelfth}}
`;

const HCL = `resource "aws_s3_bucket" "b" {
  bucket = "first"
  lifecycle_rule {
    id = "second"
  }
  lifecycle_rule {
    id = "third"
  }
  dynamic "cors_rule" {
    for_each = "fourth"
    content {
      allowed_methods = ["fifth"]
    }
  }
  lifecycle {
    prevent_destroy = "sixth"
  }
}
`;

describe('the path of a place in HCL', () => {
  const tree = parse('file:///t.tf', HCL, 'hcl');
  const body = pairOf(valueOf(valueOf(tree.roots[0], 'resource'), 'aws_s3_bucket'), 'b')!;
  const rows: readonly (readonly [word: string, path: string])[] = [
    ['first', 'bucket'],
    ['second', 'lifecycle_rule[0].id'],
    ['third', 'lifecycle_rule[1].id'],
    ['fourth', 'dynamic.cors_rule.for_each'],
    ['fifth', 'dynamic.cors_rule.content.allowed_methods[0]'],
    ['sixth', 'lifecycle.prevent_destroy'],
  ];
  for (const [word, path] of rows)
    it(`of ${word} is ${path}`, () => {
      const place = { start: HCL.indexOf(`"${word}"`), end: HCL.indexOf(`"${word}"`) + word.length + 2 };
      assert.equal(pathBelow(tree, body, place), path);
      assert.equal(pathBelow(tree, undefined, place), `resource.aws_s3_bucket.b.${path}`);
    });
});

describe('the path of a place', () => {
  const tree = parse('file:///t.yaml', YAML);
  const body = pairOf(valueOf(tree.roots[0], 'Resources'), 'A')!;
  const path = (word: string, length = word.length): string =>
    pathBelow(tree, body, { start: YAML.indexOf(word), end: YAML.indexOf(word) + length });
  const rows: readonly (readonly [word: string, path: string])[] = [
    ['first', 'Properties.One'],
    ['One: first', 'Properties.One'],
    ['One', 'Properties.One'],
    ['second', 'Properties.List[0]'],
    ['third', 'Properties.List[1].Key'],
    ['fourth', 'Properties.Short[1]'],
    ['!Sub fifth', 'Properties.Short[2]'],
    ['!If', 'Properties.Short'],
    ['sixth', 'Properties.Long[1].Deep'],
    ['seventh', 'Properties.Long[2].Ref'],
    ['eighth', 'Properties.Lists[0][0]'],
    ['ninth', 'Properties.Lists[1][1]'],
    ['tenth', 'Properties.Quoted.Key'],
    ['eleventh', 'Properties.Text'],
    ['Type', 'Type'],
    ['A:', ''],
    ['Resources', ''],
    ['twelfth', ''],
  ];
  for (const [word, expected] of rows)
    it(`of ${word} is ${expected || 'none'}`, () => assert.equal(path(word), expected));

  it('is the same in JSON', () => {
    const text = '{"Resources": {"A": {"Properties": {"Short": {"Fn::If": ["C", "fourth", {"Fn::Sub": "fifth"}]}}}}}';
    const json = parse('file:///t.json', text);
    const pair = pairOf(valueOf(json.roots[0], 'Resources'), 'A')!;
    for (const [word, expected] of [
      ['"fourth"', 'Properties.Short[1]'],
      ['{"Fn::Sub": "fifth"}', 'Properties.Short[2]'],
      ['"fifth"', 'Properties.Short[2]'],
    ] as const) {
      assert.equal(
        pathBelow(json, pair, { start: text.indexOf(word), end: text.indexOf(word) + word.length }),
        expected,
      );
    }
  });

  it('is empty in a document without paths', () =>
    assert.equal(pathBelow(parse('file:///t.yaml', ''), { start: 0, end: 0 }, { start: 0, end: 0 }), ''));
});

describe('the mark of a value', () => {
  const text = 'Key: {a: 1,\r\n  b: 2}\nNext: x\n';
  const at = (start: number, end: number, key?: [number, number]): Leaf => ({
    state: 'absent',
    open: false,
    origin: {
      use: { doc: 'd', start, end },
      steps: [],
      edit: 'here',
      ...(key ? { key: { doc: 'd', start: key[0], end: key[1] } } : {}),
    },
  });
  const rows: readonly (readonly [what: string, leaf: Leaf, marked: string])[] = [
    ['of one line is itself', at(21, 28), 'Next: x'],
    ['of one line is itself, whatever its key', at(27, 28, [21, 25]), 'x'],
    ['that ends at the end of a line is itself', at(5, 11), '{a: 1,'],
    ['of several lines is its key', at(5, 20, [0, 3]), 'Key'],
    ['of several lines without a key is its first line', at(5, 20), '{a: 1,'],
    ['in the last line is itself', at(27, 28), 'x'],
  ];
  for (const [what, leaf, expected] of rows) {
    it(what, () => {
      const { start, end } = markOf(leaf, () => text);
      assert.equal(text.slice(start, end), expected);
    });
  }

  it('in a last line without a line break is the value itself', () =>
    assert.deepEqual(
      markOf(at(0, 3, [0, 1]), () => 'abc'),
      { doc: 'd', start: 0, end: 3 },
    ));

  it('in a missing text is unchanged', () =>
    assert.deepEqual(
      markOf(at(5, 20, [0, 3]), () => undefined),
      { doc: 'd', start: 5, end: 20 },
    ));
});
