/** Files with values for the parameters of a template, in every shape. */
import assert from 'node:assert/strict';
import {
  isParameterFileByContent,
  readParameterFile,
  type ParameterFileShape,
} from '../../server/src/formats/cloudformation/parameter-file.ts';
import { parse } from '../../server/src/syntax/parse.ts';

interface Row {
  readonly what: string;
  readonly text: string;
  readonly shape?: ParameterFileShape;
  /** Each parameter as NAME=TEXT, and what is marked when it is not the text itself. */
  readonly values?: readonly string[];
  readonly open?: readonly string[];
  readonly template?: string;
  /** Each problem as the text at its place and its message. */
  readonly problems?: readonly (readonly [string, RegExp])[];
}

const NOT_PLAIN = /^Stage is not a string, a number, a boolean or a list of those/;

const ROWS: readonly Row[] = [
  {
    what: 'the list of create-stack',
    text: '[{"ParameterKey": "Stage", "ParameterValue": "prod"}, {"ParameterKey": "Size", "ParameterValue": "10"}]',
    shape: 'list',
    values: ['Stage=prod "prod"', 'Size=10 "10"'],
  },
  {
    what: 'the list in YAML',
    text: '- ParameterKey: Stage\n  ParameterValue: prod\n',
    shape: 'list',
    values: ['Stage=prod'],
  },
  {
    what: 'a value that the stack has',
    text: '[{"ParameterKey": "Stage", "UsePreviousValue": true}]',
    shape: 'list',
    open: ['Stage'],
  },
  {
    what: 'a value that the stack has, as text',
    text: '[{"ParameterKey": "Stage", "UsePreviousValue": "True"}]',
    shape: 'list',
    open: ['Stage'],
  },
  {
    what: 'a value that is not the one that the stack has',
    text: '[{"ParameterKey": "Stage", "ParameterValue": "a", "UsePreviousValue": false}]',
    shape: 'list',
    values: ['Stage=a "a"'],
  },
  {
    what: 'a value beside the one that the stack has',
    text: '[{"ParameterKey": "Stage", "ParameterValue": "a", "UsePreviousValue": true}]',
    shape: 'list',
    open: ['Stage'],
    problems: [['"ParameterValue"', /^Stage has both ParameterValue and UsePreviousValue/]],
  },
  {
    what: 'an entry without a value',
    text: '[{"ParameterKey": "Stage"}]',
    shape: 'list',
    open: ['Stage'],
    problems: [['{"ParameterKey": "Stage"}', /^Stage has no ParameterValue/]],
  },
  {
    what: 'an entry without a key beside a good one',
    text: '[{"ParameterValue": "a"}, {"ParameterKey": "B", "ParameterValue": "b"}]',
    shape: 'list',
    values: ['B=b "b"'],
    problems: [['{"ParameterValue": "a"}', /no ParameterKey/]],
  },
  {
    what: 'an entry that is something else',
    text: '[{"ParameterKey": "B", "ParameterValue": "b"}, 7]',
    shape: 'list',
    values: ['B=b "b"'],
    problems: [['7', /no ParameterKey/]],
  },
  {
    what: 'what `describe-stacks` adds',
    text: '[{"ParameterKey": "Image", "ParameterValue": "/path", "ResolvedValue": "ami-1"}]',
    shape: 'list',
    values: ['Image=/path "/path"'],
  },

  {
    what: 'assignments',
    text: '["Stage=prod", "Query=a=b"]',
    shape: 'assignments',
    values: ['Stage=prod', 'Query=a=b'],
  },
  { what: 'an empty assignment', text: '["Stage="]', shape: 'assignments', values: ['Stage='] },
  {
    what: 'an assignment with escapes',
    text: String.raw`["Path=a\\b"]`,
    shape: 'assignments',
    values: [String.raw`Path=a\b "Path=a\\b"`],
  },
  {
    what: 'an assignment without a value beside a good one',
    text: '["Stage", "B=b"]',
    shape: 'assignments',
    values: ['B=b'],
    problems: [['"Stage"', /NAME=VALUE/]],
  },

  {
    what: 'the template configuration of CodePipeline',
    text: '{"Parameters": {"Stage": "prod"}, "Tags": {"a": "b"}, "StackPolicy": {"Statement": []}}',
    shape: 'sections',
    values: ['Stage=prod "prod"'],
  },
  {
    what: 'a template configuration without parameters',
    text: '{"Parameters": {}, "Tags": {"a": "b"}}',
    shape: 'sections',
  },
  {
    what: 'the deployment file of Git sync',
    text: 'template-file-path: stacks/net.yaml\nparameters:\n  Stage: prod\n  Size: 010\ntags: {a: b}\n',
    shape: 'deployment',
    values: ['Stage=prod', 'Size=010'],
    template: 'stacks/net.yaml',
  },
  {
    what: 'a deployment file without parameters',
    text: 'template-file-path: net.yaml\n',
    shape: 'deployment',
    template: 'net.yaml',
  },
  {
    what: 'a deployment file that does not say for what',
    text: '{"parameters": {"Stage": "prod"}}',
    shape: 'deployment',
    values: ['Stage=prod "prod"'],
  },

  {
    what: 'a plain map',
    text: '{"Stage": "prod", "Size": 10, "On": true, "Off": false}',
    shape: 'map',
    values: ['Stage=prod "prod"', 'Size=10', 'On=true', 'Off=false'],
  },
  {
    what: 'a plain map in YAML',
    text: 'Stage: prod\nOn: True\nVersion: 1.10\nEmpty: ""\n',
    shape: 'map',
    values: ['Stage=prod', 'On=true True', 'Version=1.10', 'Empty= ""'],
  },
  {
    what: 'a list, which becomes one text',
    text: '{"Subnets": ["a", "b"], "Ports": [80, 443]}',
    shape: 'map',
    values: ['Subnets=a,b ["a", "b"]', 'Ports=80,443 [80, 443]'],
  },
  { what: 'an anchor', text: 'A: &x prod\nB: *x\n', shape: 'map', values: ['A=prod &x prod', 'B=prod *x'] },
  {
    what: 'an object',
    text: '{"Stage": {"value": "prod"}, "B": "b"}',
    shape: 'map',
    values: ['B=b "b"'],
    open: ['Stage'],
    problems: [['{"value": "prod"}', NOT_PLAIN]],
  },
  {
    what: 'nothing',
    text: 'Stage:\nB: b\n',
    shape: 'map',
    values: ['B=b'],
    open: ['Stage'],
    problems: [['', NOT_PLAIN]],
  },
  { what: 'null', text: '{"Stage": null}', shape: 'map', open: ['Stage'], problems: [['null', NOT_PLAIN]] },
  {
    what: 'a list with an object in it',
    text: '{"Stage": ["a", {}]}',
    shape: 'map',
    open: ['Stage'],
    problems: [['["a", {}]', NOT_PLAIN]],
  },
  {
    what: 'a function',
    text: 'Stage: !Ref Other\n',
    shape: 'map',
    open: ['Stage'],
    problems: [['!Ref Other', NOT_PLAIN]],
  },
  {
    what: 'a name that is written twice',
    text: '{"Stage": "a", "Stage": "b"}',
    shape: 'map',
    values: ['Stage=b "b"'],
    problems: [['"Stage"', /^Stage is set twice; the last value applies\.$/]],
  },
  {
    what: 'a name whose last value is not known',
    text: '{"Stage": "a", "Stage": null}',
    shape: 'map',
    open: ['Stage'],
    problems: [
      ['null', NOT_PLAIN],
      ['"Stage"', /twice/],
    ],
  },
  {
    what: 'a name that is a map',
    text: '{a: b}: c\nStage: d\n',
    shape: 'map',
    values: ['Stage=d'],
    problems: [['{a: b}', /parameter name/]],
  },

  {
    what: 'what is filled in later',
    text: '{"A": "${STAGE}", "B": "{{ stage }}-x", "C": "<%= stage %>", "D": ["a", "${B}"], "E": "$5"}',
    shape: 'map',
    values: ['E=$5 "$5"'],
    open: ['A', 'B', 'C', 'D'],
  },
  {
    what: 'a dynamic reference',
    text: '["Password={{resolve:secretsmanager:db}}"]',
    shape: 'assignments',
    open: ['Password'],
  },
  {
    what: 'a value that is half typed',
    text: '{"A": "a", "Stage": "pro',
    shape: 'map',
    values: ['A=a "a"'],
    open: ['Stage'],
  },
  {
    what: 'a list that is half typed',
    text: '[{"ParameterKey": "A", "ParameterValue": "a"}, {"ParameterKey": "B", "Para',
    shape: 'list',
    values: ['A=a "a"'],
    open: ['B'],
    problems: [['{"ParameterKey": "B", "Para', /^B has no ParameterValue/]],
  },

  { what: 'an empty file', text: '' },
  { what: 'an empty map', text: '{}' },
  { what: 'an empty list', text: '[]' },
  { what: 'a list of other things', text: '["a", "b"]' },
  { what: 'a scalar', text: 'prod' },
  { what: 'a template', text: 'Parameters: {Stage: {Type: String}}\nResources: {}\n' },
  {
    what: 'a template that is being written',
    text: 'AWSTemplateFormatVersion: 2010-09-09\nParameters: {Stage: {Type: String}}\n',
  },
];

describe('a parameter file', () => {
  for (const { what, text, shape, values = [], open = [], template, problems = [] } of ROWS)
    it(`is read: ${what}`, () => {
      const file = readParameterFile(parse('file:///p', text));
      assert.equal(file?.shape, shape);
      if (!file) return;
      assert.deepEqual(
        [...file.parameters].map(([name, { text: given, at }]) => {
          const marked = text.slice(at!.start, at!.end);
          return marked === given ? `${name}=${given}` : `${name}=${given} ${marked}`;
        }),
        values,
      );
      assert.deepEqual([...file.open], open);
      assert.equal(file.template, template);
      assert.deepEqual(
        file.problems.map(({ at }) => text.slice(at.start, at.end)),
        problems.map(([at]) => at),
      );
      file.problems.forEach(({ message }, index) => assert.match(message, problems[index]![1]));
    });

  it('is read in one step for each of its values', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `P${index}`);
    const file = readParameterFile(
      parse('file:///p.json', JSON.stringify(Object.fromEntries(names.map((name) => [name, 'x'])))),
    );
    assert.equal(file?.parameters.size, names.length);
  });

  it('does not repeat a list for ever', () => {
    const { parameters, open } = readParameterFile(
      parse(
        'file:///p',
        `A: &a [${'x,'.repeat(1000)}]\n${Array.from({ length: 1000 }, (_, index) => `P${index}: *a\n`).join('')}`,
      ),
    )!;
    assert.deepEqual([parameters.size, open.size], [100, 901]);
  });

  it('is read as far as it is there, wherever it ends', () => {
    for (const { text } of ROWS)
      for (let end = 0; end <= text.length; end++) {
        const file = readParameterFile(parse('file:///p', text.slice(0, end)));
        const places = [
          ...(file?.problems.map(({ at }) => at) ?? []),
          ...[...(file?.parameters.values() ?? [])].map(({ at }) => at!),
        ];
        assert.ok(
          places.every((at) => at.start >= 0 && at.start <= at.end && at.end <= end),
          text.slice(0, end),
        );
      }
  });

  it('never quotes a value in a problem', () => {
    const text =
      '[{"ParameterKey": "A", "ParameterValue": {"hunter2": "hunter2"}}, {"ParameterValue": "hunter2"}, "hunter2"]';
    const { problems } = readParameterFile(parse('file:///p', text))!;
    assert.equal(problems.length, 3);
    assert.ok(problems.every(({ message }) => !message.includes('hunter2')));
  });

  for (const [text, expected] of [
    ['[{"ParameterKey": "A", "ParameterValue": "a"}]', true],
    ['["A=a"]', true],
    ['["A=a", "and something else"]', false],
    ['{"Parameters": {"A": "a"}, "Tags": {}}', true],
    ['{"Parameters": {"A": "a"}, "Outputs": {}}', false],
    ['{"Parameters": {"A": {"Type": "String"}}}', false],
    ['{"template-file-path": "a.yaml"}', true],
    ['{"parameters": {"A": "a"}}', false],
    ['{"A": "a"}', false],
  ] as const)
    it(`is ${expected ? '' : 'not '}recognised by itself: ${text}`, () => {
      assert.equal(isParameterFileByContent(parse('file:///p', text).roots[0]), expected);
    });
});
