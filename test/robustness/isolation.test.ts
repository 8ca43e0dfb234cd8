/**
 * A failure affects only its value, rule call or document. Everything else is reported as before, and the failure is
 * named.
 */
import assert from 'node:assert/strict';
import type { FileAnswer, Reader } from '../../server/src/base/snapshot.ts';
import type { Analysis } from '../../server/src/engine/analysis.ts';
import { explainAt } from '../../server/src/engine/explain.ts';
import { fixAll } from '../../server/src/engine/fix-all.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect, run } from '../../server/src/engine/run.ts';
import { Template } from '../../server/src/formats/cloudformation/evaluate.ts';
import { CloudFormationResource } from '../../server/src/formats/cloudformation/resource.ts';
import { analysed, EVERYTHING, linesOf, readerOf, uri } from '../engine/analysis.ts';

const BUCKET = '  Other: {Type: AWS::S3::Bucket, Properties: {AccessControl: PublicRead}}\n';

/** Lets something fail while a test runs. */
function failing<T extends object, K extends keyof T>(
  holder: T,
  name: K,
  when: (given: unknown, self: unknown) => boolean,
  test: () => void,
): void {
  const whole = holder[name] as (...given: unknown[]) => unknown;
  holder[name] = function (this: unknown, ...given: unknown[]): unknown {
    if (when(given[0], this)) throw new TypeError('hunter2');
    return whole.apply(this, given);
  } as T[K];
  try {
    test();
  } finally {
    holder[name] = whole as T[K];
  }
}

function failures({ documents }: Analysis): readonly string[] {
  return documents.flatMap(({ doc, problems }) =>
    problems.filter(({ kind }) => kind === 'internal').map(({ at, message }) => `${doc} ${at.start}: ${message}`),
  );
}

describe('a failure', () => {
  it('of a value leaves the value unknown', () => {
    const text = `Resources:\n  Disk: {Type: AWS::EC2::Volume, Properties: {Encrypted: !Ref Boom}}\n${BUCKET}`;
    const fine = linesOf(analysed({ 't.yaml': text.replace('Boom', 'AWS::StackName') }));
    failing(
      Template.prototype,
      'parameterValue',
      (name) => name === 'Boom',
      () => {
        const analysis = analysed({ 't.yaml': text });
        assert.deepEqual(
          linesOf(analysis).filter((line) => line.includes('Other')),
          fine.filter((line) => line.includes('Other')),
        );
        assert.ok(
          failures(analysis).some((line) => line.includes(` ${text.indexOf('!Ref Boom')}: Failed to evaluate this`)),
          failures(analysis).join(),
        );
        assert.doesNotMatch(JSON.stringify(analysis), /hunter2/);
        const reader = readerOf({ 't.yaml': text });
        const cache = new ParseCache();
        explainAt(
          collect(reader, [uri('t.yaml')], EVERYTHING, cache),
          uri('t.yaml'),
          text.indexOf('!Ref Boom') + 2,
          EVERYTHING,
          cache,
        );
        fixAll(reader, [uri('t.yaml')], EVERYTHING);
      },
    );
  });

  it('of an expression leaves the expression unknown', () => {
    const text = JSON.stringify({
      resource: { aws_ebs_volume: { a: { encrypted: '${title("boom") == "X"}' }, b: { encrypted: false } } },
    });
    failing(
      String.prototype,
      'replaceAll',
      (_, self) => String(self) === 'boom',
      () => {
        const analysis = analysed({ 'main.tf.json': text });
        assert.ok(
          linesOf(analysis).some(
            (line) => line.startsWith('ebs-volume-encryption certain') && line.includes('aws_ebs_volume.b'),
          ),
        );
        assert.equal(failures(analysis).length, 1);
      },
    );
  });

  it('of a document leaves the others as they are', () => {
    const reader = readerOf({
      'a.yaml': `Resources:\n${BUCKET}`,
      'b.json': '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}',
      'c.yaml': `Resources:\n${BUCKET}`,
    });
    const alone = linesOf(run(reader, [uri('a.yaml'), uri('b.json')], EVERYTHING));
    // A text that cannot be looked at, and one that cannot be had.
    const broken: FileAnswer = {
      kind: 'text',
      version: 'x',
      get text(): string {
        throw new TypeError('hunter2');
      },
    };
    const unlookable: Reader = {
      ...reader,
      head: (doc) => (doc === uri('c.yaml') ? broken : reader.head(doc)),
      file: (doc) => (doc === uri('c.yaml') ? broken : reader.file(doc)),
    };
    const unreadable: Reader = {
      ...reader,
      head: (doc) => (doc === uri('c.yaml') ? assert.fail('hunter2') : reader.head(doc)),
    };
    for (const one of [unlookable, unreadable]) {
      const analysis = run(one, [uri('a.yaml'), uri('b.json'), uri('c.yaml')], EVERYTHING);
      assert.deepEqual(linesOf(analysis).toSorted(), alone.toSorted());
      assert.ok(failures(analysis).length > 0 || analysis.documents[2]!.reason.includes('cannot be read'));
      assert.doesNotMatch(JSON.stringify(analysis), /hunter2/);
    }
  });

  it('of an identity leaves the other identities as they are', () => {
    const role = (name: string): string =>
      `  ${name}: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}]}, Policies: [{PolicyName: p, PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: 'iam:PutRolePolicy', Resource: '*'}]}}]}}\n`;
    const text = `Resources:\n${role('First')}${role('Second')}${BUCKET}`;
    const ofIdentities = (analysis: Analysis, name: string): readonly string[] =>
      linesOf(analysis).filter((line) => line.startsWith('iam-identity-') && line.includes(name));
    const fine = analysed({ 't.yaml': text });
    assert.ok(ofIdentities(fine, 'First').length > 0);
    for (const failed of ['First', 'Second'])
      failing(
        CloudFormationResource.prototype,
        'related',
        (kind, self) => kind === 'permissions-boundary' && (self as CloudFormationResource).address === failed,
        () => {
          const analysis = analysed({ 't.yaml': text });
          const other = failed === 'First' ? 'Second' : 'First';
          assert.deepEqual(ofIdentities(analysis, other), ofIdentities(fine, other));
          assert.ok(
            failures(analysis).some((line) => line.includes('Failed to evaluate this')),
            failures(analysis).join(),
          );
        },
      );
  });

  it('of what a policy is attached to leaves the other resources as they are', () => {
    const text = `Resources:\n  P:\n    Type: AWS::IAM::RolePolicy\n    Properties: {PolicyName: p, PolicyDocument: {Version: "2012-10-17", Statement: []}, RoleName: !Ref Boom}\n${BUCKET}`;
    failing(
      Template.prototype,
      'parameterValue',
      (name) => name === 'Boom',
      () => {
        assert.ok(linesOf(analysed({ 't.yaml': text })).some((line) => line.startsWith('s3-acl-public-read')));
      },
    );
  });
});
