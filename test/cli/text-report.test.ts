import assert from 'node:assert/strict';
import { colourWanted } from '../../server/src/cli/colour.ts';
import type { Outcome } from '../../server/src/cli/lint.ts';
import type { Certainty } from '../../server/src/model/finding.ts';
import { scenario } from '../../server/src/model/scenario.ts';
import { textReport } from '../../server/src/cli/text-report.ts';
import { CWD, docOf, finding, linted, marked, outcome } from './outcomes.ts';

function report(given: Outcome, columns = 80, colour = false, asked: Certainty = 'possible'): string {
  return textReport(given, 'stacks', asked, { cwd: CWD, look: { colour, columns, terminal: false } });
}

const TEMPLATE = marked(`Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      Encrypted: !If [IsProd, true, ⟦false⟧]
  Logs:
    Type: AWS::S3::Bucket
    Properties: ⟦{AccessControl: PublicRead}⟧
`);
const VARIABLES = marked('{"stage": ⟦"prod"⟧}');

describe('the report for people', () => {
  it('shows each finding with its line, its scenario, related places and fixes', () => {
    const [disk, logs] = TEMPLATE.ranges;
    const file = linted('stacks/a.yaml', {
      texts: { 'stacks/a.yaml': TEMPLATE.text, 'stacks/stage.json': VARIABLES.text },
      findings: [
        finding(docOf('stacks/a.yaml'), disk!, {
          message:
            'The volume Disk is not encrypted, so whoever gets hold of a snapshot of it reads everything; set Encrypted to true.',
          when: [
            { kind: 'condition', name: 'IsProd', value: false },
            { kind: 'parameter', name: 'Stage', value: 'test' },
          ],
          related: [
            { at: { doc: docOf('stacks/stage.json'), ...VARIABLES.ranges[0]! }, message: 'The value comes from here.' },
          ],
          fixes: [
            { title: 'Set Encrypted to true', safe: true, edits: [] },
            { title: 'Remove the volume', safe: false, edits: [] },
          ],
        }),
        finding(docOf('stacks/a.yaml'), logs!, {
          rule: 's3-bucket-public-acl',
          severity: 'critical',
          certainty: 'possible',
          message: 'Possible: Anybody can list the bucket.',
        }),
      ],
    });
    assert.equal(
      report(outcome([file, linted('stacks/b.yaml', { texts: {} })])),
      `stacks/a.yaml

high  ebs-volume-encryption  stacks/a.yaml:5:37
  The volume Disk is not encrypted, so whoever gets hold of a snapshot of it
  reads everything; set Encrypted to true.
  when IsProd is false and Stage is "test"
     5 |       Encrypted: !If [IsProd, true, false]
       |                                     ^^^^^
  see stacks/stage.json:1:11: The value comes from here.
  fix: Set Encrypted to true (safe; run with --fix)
  suggestion: Remove the volume

critical, possible  s3-bucket-public-acl  stacks/a.yaml:8:17
  Anybody can list the bucket.
     8 |     Properties: {AccessControl: PublicRead}
       |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^

2 findings in 1 of 2 files: 1 critical, 1 high. One is possible, not certain.
1 can be fixed with --fix.
`,
    );
  });

  it('names the tool that made a file', () => {
    const file = linted('cdk.json', {
      texts: { 'cdk.json': '{"a": 1}' },
      findings: [finding(docOf('cdk.json'), { start: 1, end: 4 })],
    });
    assert.match(
      report(outcome([{ ...file, document: { ...file.document, generator: 'the AWS CDK' } }])),
      /^cdk\.json\n {2}The AWS CDK made this file: change its source instead\.\n\nhigh /,
    );
    assert.match(report(outcome([file])), /^cdk\.json\n\nhigh /);
  });

  it('says what there is beyond what it shows', () => {
    const given = outcome([
      linted('stacks/a.yaml', {
        texts: { 'stacks/a.yaml': TEMPLATE.text },
        findings: [
          finding(docOf('stacks/a.yaml'), TEMPLATE.ranges[0]!, {
            fixes: [{ title: 'Remove the volume', safe: false, edits: [] }],
          }),
        ],
      }),
    ]);
    const summary = '1 finding in 1 file: 1 high.\n1 has a suggestion, to be taken in an editor.\n';
    assert.ok(report(given).endsWith(`\n${summary}`));
    assert.ok(
      report(given, 80, false, 'certain').endsWith(
        `\n${summary}What depends on values that are not known is shown with --certainty possible.\n`,
      ),
    );
  });

  it('counts what is wrong with documents as such', () => {
    const wrong = (path: string, number: number) =>
      linted(path, {
        texts: { [path]: TEMPLATE.text },
        problems: Array.from({ length: number }, () => ({
          at: { doc: docOf(path), ...TEMPLATE.ranges[0]! },
          message: 'There is no parameter named X.',
          kind: 'document' as const,
        })),
      });
    assert.ok(
      report(outcome([wrong('a.yaml', 2), wrong('b.yaml', 1), wrong('c.yaml', 0)])).endsWith(
        '\nNo findings in 3 files. 3 problems in 2 files.\n',
      ),
    );
    assert.ok(report(outcome([wrong('c.yaml', 0)])).endsWith('No findings in 1 file.\n'));
  });

  it('shows syntax problems and what could not be checked', () => {
    const text = marked('Resources:\n  A: ⟦[⟧\n');
    const doc = docOf('a.yaml');
    const file = linted('a.yaml', {
      texts: { 'a.yaml': text.text },
      problems: [{ at: { doc, ...text.ranges[0]! }, message: 'This bracket is never closed.', kind: 'syntax' }],
    });
    assert.equal(
      report(outcome([file], { incomplete: [{ path: 'nested/c.yaml', reason: 'it does not exist' }] })),
      `a.yaml

syntax  a.yaml:2:6
  This bracket is never closed.
     2 |   A: [
       |      ^

Not everything could be checked:
  nested/c.yaml: it does not exist

No findings in 1 file. 1 file cannot be read in full because of syntax errors.
`,
    );
  });

  it('fits into the terminal, with the place on a line of its own when it must be', () => {
    const name = `${'deep/'.repeat(12)}template.yaml`;
    const text = marked(
      `Resources: {Disk: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: eu-west-1a, Encrypted: ⟦false⟧, Size: 100, Tags: [{Key: a, Value: b}]}}}`,
    );
    const file = linted(name, {
      texts: { [name]: text.text },
      findings: [finding(docOf(name), text.ranges[0]!, { message: 'word '.repeat(60).trim() })],
    });
    for (const columns of [80, 100]) {
      const lines = report(outcome([file]), columns).split('\n');
      assert.deepEqual(
        lines.filter((line) => line.length > columns),
        [],
        String(columns),
      );
      assert.ok(lines.includes(`  ${name}:1:98`), String(columns));
    }
  });

  it('never shows a secret, on the line of another finding neither', () => {
    const text = marked('{"user": ⟦"me"⟧, "password": ⟦"hunter2"⟧}');
    const doc = docOf('a.json');
    const [user, password] = text.ranges;
    const file = linted('a.json', {
      texts: { 'a.json': text.text },
      findings: [
        finding(doc, user!),
        finding(doc, password!, { rule: 'plaintext-secret', topic: 'secrets', message: 'A password is written here.' }),
      ],
    });
    const said = report(outcome([file]));
    assert.ok(!said.includes('hunter2'));
    assert.equal(said.split('{"user": "me", "password": *********}').length, 3);
  });

  it('colours only when asked, and the words are the same', () => {
    const file = linted('a.yaml', {
      texts: { 'a.yaml': TEMPLATE.text },
      findings: [finding(docOf('a.yaml'), TEMPLATE.ranges[0]!)],
    });
    const coloured = report(outcome([file]), 80, true);
    assert.match(coloured, /\u001b\[31mhigh\u001b\[39m/);
    assert.equal(coloured.replace(/\u001b\[\d+m/g, ''), report(outcome([file])));
    assert.ok(!report(outcome([file])).includes('\u001b'));
  });

  it('says that nothing was recognised, and what to do with Terraform', () => {
    assert.equal(
      report(outcome([linted('readme.md', { texts: {}, format: 'none' })])),
      `No CloudFormation, SAM, Terraform JSON, plan or IAM policy files found in
stacks.
Terraform's own language (.tf) is not read. Check a plan instead:
terraform show -json tfplan > plan.json
`,
    );
  });
});

describe('a scenario in words', () => {
  const cases: readonly (readonly [Parameters<typeof scenario>[0], string])[] = [
    [[], ''],
    [[{ kind: 'condition', name: 'IsProd', value: true }], 'when IsProd is true'],
    [[{ kind: 'parameter', name: 'Stage', value: '' }], 'when Stage is ""'],
    [[{ kind: 'parameter', name: 'Stage', value: 'another value' }], 'when Stage has another value'],
    [
      [
        { kind: 'exists', name: 'aws_x.y', value: true },
        { kind: 'exists', name: 'aws_x.z', value: false },
      ],
      'when aws_x.y exists and aws_x.z does not exist',
    ],
  ];
  for (const [terms, words] of cases) it(`is "${words}"`, () => assert.equal(scenario(terms), words));
});

describe('colours', () => {
  const cases: readonly (readonly [Record<string, string>, boolean, boolean])[] = [
    [{}, true, true],
    [{}, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  ];
  for (const [env, isTerminal, wanted] of cases) {
    it(`are ${wanted ? 'on' : 'off'} with ${JSON.stringify(env)} ${isTerminal ? 'on' : 'off'} a terminal`, () =>
      assert.equal(colourWanted(env, isTerminal), wanted));
  }
});
