/** Mistakes that could cost more than the resource they are in, and do not. */
import assert from 'node:assert/strict';
import { parse } from '../../server/src/syntax/parse.ts';
import { valueOf, type Tree } from '../../server/src/syntax/tree.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';
import { sameNode } from '../kit/tree-change.ts';
import { resourcesOf } from './mutations.ts';
import { plain } from './plain.ts';
import { assertWellFormed } from './well-formed.ts';

const YAML = `AWSTemplateFormatVersion: "2010-09-09"
Description: >
  Buckets and what belongs to them,
  in two lines
Parameters:
  Name:
    Type: String
    Default: "x"
Resources:
  First:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Ref Name
      Tags:
        - Key: "a"
          Value: 'b'
        - Key: c
          Value: d
  Second:
    Type: AWS::SNS::Topic
    DependsOn: First
    Properties:
      DisplayName: "two"
      TopicName: two
      Subscription:
        - Endpoint: !Sub |
            arn:aws:sqs:
            region
          Protocol: sqs
  Third:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: 'three'
      RedrivePolicy: {maxReceiveCount: 5}
  Fourth:
    Type: AWS::KMS::Key
    Properties:
      Description: four
Outputs:
  Out:
    Value: !Ref First
`;

const NAMES = ['First', 'Second', 'Third', 'Fourth'];

/** What is changed, and which resource need not be as it was. */
type Row = readonly [what: string, from: string | RegExp, to: string, edited?: string];

const YAML_ROWS: readonly Row[] = [
  // Characters at the beginning of a line, which shift it by one column.
  [
    'a dash in front of a parent',
    '    Properties:\n      DisplayName',
    '-    Properties:\n      DisplayName',
    'Second',
  ],
  [
    'a brace in front of a parent',
    '    Properties:\n      DisplayName',
    '}    Properties:\n      DisplayName',
    'Second',
  ],
  [
    'an opening bracket in front of a parent',
    '    Properties:\n      DisplayName',
    '    [Properties:\n      DisplayName',
    'Second',
  ],
  ['an opening bracket in front of a property', '      TopicName', ' [     TopicName', 'Second'],
  ['an opening brace behind a name', '  Second:', '  Second:{', 'Second'],
  ['a colon in front of a property', '      DisplayName', ' :     DisplayName', 'Second'],
  ['a double quote in front of a resource', '  Second:', '"  Second:', 'Second'],
  [
    'a single quote in front of a parent',
    '    Properties:\n      DisplayName',
    "    'Properties:\n      DisplayName",
    'Second',
  ],
  ['a double quote in front of a property', '      TopicName', '"      TopicName', 'Second'],
  ['a single quote in front of a property', '      TopicName', "'      TopicName", 'Second'],
  ['a double quote in front of a key', '    DependsOn', '    "DependsOn', 'Second'],
  // Indentation.
  ['a resource indented too little', '  Second:', ' Second:', 'Second'],
  ['a resource indented too much', '  Second:', '   Second:', 'Second'],
  ['the first resource indented too little', '  First:', ' First:', 'First'],
  ['the first resource indented too much', '  First:', '   First:', 'First'],
  ['the name of the first resource taken out', '  First:', '#  First:', 'First'],
  ['a parent indented too much', '    Properties:\n      DisplayName', '     Properties:\n      DisplayName', 'Second'],
  ['a parent taken out', '    Properties:\n      DisplayName', '#    Properties:\n      DisplayName', 'Second'],
  // Line breaks.
  ['a line break in the name of a resource', '  Second:', '  Sec\nond:', 'Second'],
  [
    'a line break in front of a parent',
    '    Properties:\n      DisplayName',
    '    \nProperties:\n      DisplayName',
    'Second',
  ],
  ['a line break in front of a resource', '  Second:', '  \nSecond:', 'Second'],
  ['a line break in a parent', '    Properties:\n      DisplayName', '    Proper\nties:\n      DisplayName', 'Second'],
  ['a line break in the last property', '      Description: four', '      Descrip\ntion: four', 'Fourth'],
  ['a line break in an item', '        - Key: c', '       \n - Key: c', 'First'],
  ['a line break in a block of text', 'Buckets and', 'Buckets\nand'],
  ['no line break behind the name of a resource', '  Second:\n', '  Second:', 'Second'],
  ['no line break behind the section', 'Resources:\n', 'Resources:', 'First'],
  // What is open for a long way.
  ['a quote that is never closed', '      Subscription:', "'      Subscription:", 'Second'],
  ['a quote in the description', '  in two', '  "in two'],
  ['a bracket that is never closed', '      DisplayName: "two"', '      DisplayName: ["two"', 'Second'],
  ['a block of text without its bar', '!Sub |\n', '!Sub\n', 'Second'],
  ['a quote in the middle of a quoted text', '"two"', '"t"wo"', 'Second'],
];

function check(before: Tree, after: Tree, edited: string | undefined): void {
  assertWellFormed(after);
  const [was, is] = [resourcesOf(before), resourcesOf(after)];
  for (const name of NAMES.filter((one) => one !== edited)) {
    const [own, other] = [valueOf(is, name), valueOf(was, name)];
    assert.ok(own && other && sameNode(own, other), `${name} is ${JSON.stringify(plain(own))}`);
  }
  assert.deepEqual(
    is!.pairs.map((pair) => pair.name).filter((name) => name !== edited && NAMES.includes(name)),
    NAMES.filter((name) => name !== edited),
  );
}

function change(text: string, [, from, to]: Row): string {
  const changed = text.replace(from, to);
  assert.notEqual(changed, text);
  return changed;
}

describe('the other resources of a YAML template are there', () => {
  for (const row of YAML_ROWS) {
    it(`with ${row[0]}`, () => {
      const [before, after] = [parseYaml('file:///a.yaml', YAML), parseYaml('file:///a.yaml', change(YAML, row))];
      assert.deepEqual(before.problems, []);
      check(before, after, row[3]);
      assert.equal(plain(valueOf(valueOf(valueOf(after.roots[0], 'Outputs'), 'Out'), 'Value')), '!Ref First');
    });
  }

  it('with a quote that is never closed, in a long file', () => {
    const many = Array.from(
      { length: 400 },
      (_, i) => `  Filler${i}:\n    Type: AWS::SNS::Topic\n    Properties: {DisplayName: ''}\n`,
    ).join('');
    const text = YAML.replace('Outputs:', `${many}Outputs:`);
    check(
      parseYaml('file:///a.yaml', text),
      parseYaml('file:///a.yaml', text.replace('      TopicName', "'      TopicName")),
      'Second',
    );
  });

  it('with lines everywhere that are not YAML', () => {
    const entry = (i: number): string =>
      `  R${i}:\n    Type: AWS::SNS::Topic\n    Properties:\n      DisplayName: ${'x'.repeat(100)}\n      TopicName: t\n`;
    const text = `Resources:\n${Array.from({ length: 400 }, (_, i) => entry(i)).join('')}`;
    const lines = text.split('\n').flatMap((line, i) => (i % 20 === 3 ? ['@@ what is this', line] : [line]));
    const names = resourcesOf(parseYaml('file:///a.yaml', lines.join('\n')))!.pairs.map((pair) => pair.name);
    assert.deepEqual(
      names,
      Array.from({ length: 400 }, (_, i) => `R${i}`),
    );
  });
});

const JSON_ROWS: readonly Row[] = [
  ['no brace at the beginning', '{', ''],
  ['a quote in front of everything', '{', '"{'],
  ['a bracket in front of the first section', '  "Parameters"', '[  "Parameters"'],
  ['a brace in front of a section', '  "Resources"', '}  "Resources"'],
  ['an opening brace in front of a section', '  "Resources"', '{  "Resources"'],
  ['a quote in front of a section', '  "Resources"', '"  "Resources"'],
  ['a quote behind the name of a section', '"Resources": {', '"Resources":" {'],
  ['no brace behind the name of a section', '"Resources": {', '"Resources": '],
  ['no quote in front of the name of a section', '"Resources"', 'Resources"'],
  ['no quote behind the name of a section', '"Resources"', '"Resources'],
  ['a word in front of the brace of a section', '"Resources": {', '"Resources": -{'],
  ['a brace in front of a resource', '    "Second"', '}    "Second"'],
  ['an opening brace in front of a resource', '    "Second"', '{    "Second"', 'Second'],
  ['a quote in front of a resource', '    "Second"', '"    "Second"', 'Second'],
  ['no brace behind a resource', '"Second": {', '"Second": ', 'Second'],
  ['a line break in the name of a resource', '"Second"', '"Sec\nond"', 'Second'],
  ['a brace in front of another', '\n      }\n    },\n    "Third"', '\n  }    }\n    },\n    "Third"', 'Second'],
  ['no brace at the end of a resource', '\n    },\n    "Third"', '\n    ,\n    "Third"', 'Second'],
  ['no braces at the end of a resource', '\n      }\n    },\n    "Third"', '\n    "Third"', 'Second'],
  ['two braces at the end of a resource', '\n    },\n    "Third"', '\n    }},\n    "Third"', 'Second'],
  ['a brace in front of a list', '"Subscription": [', '"Subscription": {[', 'Second'],
  [
    'a bracket in front of a brace',
    '"Properties": {\n        "DisplayName"',
    '"Properties": [{\n        "DisplayName"',
    'Second',
  ],
  [
    'a quote in front of an item',
    '          {\n            "Endpoint"',
    '"          {\n            "Endpoint"',
    'Second',
  ],
  ['a string that is not closed', '"two",', '"two,', 'Second'],
  ['a comment that is not closed', '"two",', '/* "two",', 'Second'],
];

describe('the other resources of a JSON template are there', () => {
  const text = JSON.stringify(plain(parseYaml('file:///a.yaml', YAML).roots[0]), null, 2);
  for (const row of JSON_ROWS) {
    it(`with ${row[0]}`, () =>
      check(parse('file:///a.json', text), parse('file:///a.json', change(text, row)), row[3]));
  }
});
