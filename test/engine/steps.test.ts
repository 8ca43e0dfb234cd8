/** Analyses in steps, which can be stopped between stacks. */
import assert from 'node:assert/strict';
import type { Progress } from '../../server/src/base/steps.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { Documents } from '../../server/src/engine/documents.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect, running } from '../../server/src/engine/run.ts';
import { HEAD_SIZE } from '../../server/src/base/file-head.ts';
import { analysed, EVERYTHING, findingsOf, linesOf, readerOf, uri, type Files } from './analysis.ts';

const BUCKET = 'Resources:\n  B: {Type: AWS::S3::Bucket}\n';
const FILES = {
  'a.yaml': BUCKET,
  'b.yaml': BUCKET,
  'parent.yaml':
    'Resources:\n  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./child.yaml}}\n  T: {Type: AWS::SQS::Queue}\n',
  'child.yaml': BUCKET,
  ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`other${i}.yaml`, 'a: 1\n'])),
  'tf/main.tf': 'resource "aws_s3_bucket" "a" {}\n',
  'tf/more.tf': 'resource "aws_sqs_queue" "a" {}\n',
};
const NAMED = Object.keys(FILES).map(uri);

describe('steps of an analysis', () => {
  it('give the result of the analysis, and count the files', () => {
    const seen: Progress[] = [];
    const steps = running(readerOf(FILES), NAMED, EVERYTHING);
    let step = steps.next();
    for (; !step.done; step = steps.next()) seen.push(step.value);
    assert.deepEqual(linesOf(step.value), linesOf(analysed(FILES)));
    assert.ok(seen.every(({ done, total }, i) => total === NAMED.length && (i === 0 || done <= total)));
    const reading = seen.filter(({ stage }) => stage === 'reading').map(({ done }) => done);
    assert.deepEqual(
      reading,
      reading.toSorted((a, b) => a - b),
    );
    const checking = seen.filter(({ stage }) => stage === 'checking').map(({ done }) => done);
    assert.deepEqual(
      checking,
      checking.toSorted((a, b) => a - b),
    );
    assert.deepEqual([checking[0], checking.at(-1)], [40, NAMED.length]);
    assert.deepEqual([reading[0], reading.at(-1)], [0, NAMED.length]);
    assert.deepEqual([...step.value.unchecked], []);
  });

  it('end with the findings of the checked stacks when they are stopped', () => {
    const whole = analysed(FILES);
    const reached = new Set<string>();
    for (let limit = 0; limit < 12; limit++) {
      let steps = 0;
      const stopped = analysed(FILES, { stopped: () => steps++ >= limit });
      const names = [...stopped.unchecked].map((doc) => doc.slice(uri('').length));
      reached.add(names.join());
      for (const { doc, findings } of stopped.documents)
        if (!stopped.unchecked.has(doc))
          assert.deepEqual(
            findings.map(({ fingerprint }) => fingerprint),
            findingsOf(whole).flatMap(({ at, fingerprint }) => (at.doc === doc ? [fingerprint] : [])),
          );
    }
    // A file is checked when all its stacks are; a template is checked with those that it nests.
    assert.deepEqual(
      [...reached],
      [
        'a.yaml,b.yaml,parent.yaml,child.yaml,tf/main.tf,tf/more.tf',
        'b.yaml,parent.yaml,child.yaml,tf/main.tf,tf/more.tf',
        'parent.yaml,child.yaml,tf/main.tf,tf/more.tf',
        'tf/main.tf,tf/more.tf',
        '',
      ],
    );
  });

  /** The number of steps of an analysis by some rules; all documents are read first. */
  const stepsOf = (files: Files, options: Partial<AnalysisOptions>): number =>
    [...running(readerOf(files), Object.keys(files).map(uri), { ...EVERYTHING, ...options })].length;

  it('are more the more resources a Terraform configuration has, before any rule is called', () => {
    const queues = (count: number): string =>
      Array.from({ length: count }, (_, i) => `resource "aws_sqs_queue" "q${i}" {\n  name = "q${i}"\n}\n`).join('');
    const steps = (count: number): number => stepsOf({ 'main.tf': queues(count) }, { rules: new Set() });
    assert.ok(steps(200) - steps(8) > 60, `${steps(200)} for 200 resources, ${steps(8)} for 8`);
  });

  it('are more the more parameters and conditions a template has', () => {
    const each = (count: number, line: (i: number) => string): string =>
      Array.from({ length: count }, (_, i) => `  ${line(i)}\n`).join('');
    const template = (count: number): string =>
      `Parameters:\n${each(count, (i) => `P${i}: {Type: String}`)}` +
      `Conditions:\n${each(count, (i) => `C${i}: !Equals [!Ref P${i}, a]`)}` +
      'Resources:\n  Q: {Type: AWS::SQS::Queue, Condition: C1}\n';
    const steps = (count: number): number => stepsOf({ 'a.yaml': template(count) }, { rules: new Set() });
    assert.ok(steps(200) - steps(8) > 50, `${steps(200)} for 200 of each, ${steps(8)} for 8`);
  });

  it('read the beginning of a long JSON document', () => {
    const queues = Array.from({ length: 2000 }, (_, i) => [`Q${i}`, { Type: 'AWS::SQS::Queue' }]);
    const text = JSON.stringify({ Resources: Object.fromEntries(queues) }, undefined, 2);
    assert.ok(text.length > HEAD_SIZE);
    const snapshot = collect(readerOf({ 'a.json': text }), [uri('a.json')], EVERYTHING);
    const documents = new Documents(snapshot, new ParseCache());
    const steps = [...documents.detecting(uri('a.json'))].length;
    assert.equal(documents.detection(uri('a.json'))?.format, 'cloudformation');
    assert.ok(steps > 8, `${steps} steps`);
  });

  it('read each expression of a Terraform file', () => {
    const broken = new Set([0, 1, 126, 127, 128, 129]);
    const attribute = (_: unknown, i: number): string => `  a${i} = ${broken.has(i) ? '1 +' : 'var.b'}\n`;
    const text = `locals {\n${Array.from({ length: 130 }, attribute).join('')}}\n`;
    const lines = analysed({ 'main.tf': text }).documents[0]!.problems.flatMap(({ kind, at }) =>
      kind === 'syntax' ? text.slice(0, at.start).split('\n').length - 2 : [],
    );
    assert.deepEqual(lines, [...broken]);
  });

  it('are more if an identity can act as one of many others', () => {
    const user = (action: string): string =>
      `  U:\n    Type: AWS::IAM::User\n    Properties:\n      Policies: [{PolicyName: a, PolicyDocument: {Statement: {Effect: Allow, Action: "${action}", Resource: !GetAtt R0.Arn}}}]\n`;
    const roles = Array.from({ length: 40 }, (_, i) => `  R${i}: {Type: AWS::IAM::Role}\n`).join('');
    const rules = new Set(['iam-identity-privilege-escalation']);
    const steps = (action: string): number => stepsOf({ 'a.yaml': `Resources:\n${user(action)}${roles}` }, { rules });
    assert.ok(steps('iam:PassRole') - steps('sqs:SendMessage') > 30);
  });
});
