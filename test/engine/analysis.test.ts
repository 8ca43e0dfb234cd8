/** The result of an analysis: the rules that ran, the findings, and that they depend on nothing else. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { analyze, gather } from '../../server/src/engine/analyze.ts';
import { GrowingSnapshot, run } from '../../server/src/engine/run.ts';
import { Cancelled } from '../../server/src/engine/analysis.ts';
import type { Certainty, Profile } from '../../server/src/model/finding.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { analysed, EVERYTHING, findingsOf, linesOf, readerOf, uri } from './analysis.ts';

const RESOURCES: Readonly<Record<string, string>> = {
  Disk: '{Type: AWS::EC2::Volume, Properties: {Encrypted: false}}',
  Maybe: '{Type: AWS::EC2::Volume, Properties: {}}',
  Bucket: '{Type: AWS::S3::Bucket}',
  Group:
    '{Type: AWS::EC2::SecurityGroup, Properties: {SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]}}',
  Policy: '{Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Bucket, PolicyDocument: {Statement: []}}}',
  Ghost: '{Type: AWS::EC2::Volume, Condition: Never, Properties: {Encrypted: false}}',
};

function template(names: readonly string[] = Object.keys(RESOURCES)): string {
  return `Conditions: {Never: !Equals [a, b]}\nResources:\n${names.map((name) => `  ${name}: ${RESOURCES[name]!}\n`).join('')}`;
}

/** Rules of which each profile has some. */
const SOME: ReadonlySet<string> = new Set([
  'ebs-volume-encryption',
  's3-bucket-policy-secure-transport',
  's3-bucket-public-access-block',
  'sg-ingress-open-ssh',
]);

describe('a profile and a certainty', () => {
  const rows: readonly (readonly [Profile, Certainty, ...string[]])[] = [
    ['essential', 'certain', 'sg-ingress-open-ssh Group'],
    [
      'recommended',
      'certain',
      'ebs-volume-encryption Disk',
      'sg-ingress-open-ssh Group',
      's3-bucket-policy-secure-transport Policy',
    ],
    [
      'recommended',
      'possible',
      'ebs-volume-encryption Disk',
      'ebs-volume-encryption Maybe',
      'sg-ingress-open-ssh Group',
      's3-bucket-policy-secure-transport Policy',
    ],
    [
      'strict',
      'certain',
      'ebs-volume-encryption Disk',
      's3-bucket-public-access-block Bucket',
      'sg-ingress-open-ssh Group',
      's3-bucket-policy-secure-transport Policy',
    ],
  ];
  for (const [profile, certainty, ...expected] of rows) {
    it(`of ${profile} and ${certainty} report the expected findings`, () => {
      const found = findingsOf(analysed({ 't.yaml': template() }, { profile, certainty, rules: SOME }));
      assert.deepEqual(
        found.map(({ rule, resource }) => `${rule} ${resource ?? ''}`),
        expected,
      );
      for (const one of found) assert.ok(certainty === 'possible' || one.certainty === 'certain');
    });
  }
});

describe('a disabled rule', () => {
  const calls = (options: Parameters<typeof analysed>[1]): number =>
    analysed({ 't.yaml': template() }, options).work.ruleCalls;

  it('is not run', () => {
    assert.equal(calls({ rules: new Set() }), 0);
    assert.equal(calls({ rules: new Set(['ebs-volume-encryption']) }), 2, 'two volumes that can be there');
    assert.equal(calls({ rules: new Set(['ebs-volume-encryption']), profile: 'essential' }), 0);
    assert.ok(calls({ profile: 'essential' }) < calls({ profile: 'recommended' }));
  });

  it('reports nothing', () => {
    const text = template();
    const reported = new Set(findingsOf(analysed({ 't.yaml': text })).map(({ rule }) => rule));
    assert.ok(reported.size > 5, `${reported.size} rules`);
    // Each rule that reports something is off alone. Of any two rules, each is off while the other one is on.
    const off: ((rule: string, index: number) => boolean)[] = [...reported].map((id) => (rule) => rule === id);
    for (let bit = 1; bit < 2 * RULES.length; bit *= 2)
      off.push(
        (_, index) => (index & bit) === 0,
        (_, index) => (index & bit) > 0,
      );
    for (const isOff of off) {
      const rules = new Set(RULES.map(({ id }) => id).filter((id, index) => !isOff(id, index)));
      assert.deepEqual(
        findingsOf(analysed({ 't.yaml': text }, { rules })).filter(({ rule }) => !rules.has(rule)),
        [],
      );
    }
  });
});

/** Documents as JSON: a fix has its changes as a function, and no two functions are equal. */
function printed<T>(documents: readonly T[]): readonly string[] {
  return documents.map((document) => JSON.stringify(document));
}

describe('the same documents', () => {
  const names = Object.keys(RESOURCES);

  it('have the same findings regardless of the order of their resources', () => {
    const expected = linesOf(analysed({ 't.yaml': template() })).toSorted();
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (order) => {
        assert.deepEqual(linesOf(analysed({ 't.yaml': template(order) })).toSorted(), expected);
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it('have the same findings alone and with others, in the order in which they are named', () => {
    const files = {
      'a.yaml': template(['Disk']),
      'b.yaml': template(['Bucket', 'Policy']),
      'c.yaml': `${template(['Maybe'])}  X: {Type: AWS::S3::Bucket, Condition: Nowhere}\n`,
    };
    const alone = Object.keys(files).map((name) => printed(analysed(files, {}, [name]).documents)[0]);
    assert.deepEqual(printed(analysed(files).documents), alone);
    assert.deepEqual(printed(analysed(files, {}, ['c.yaml', 'a.yaml', 'b.yaml']).documents), [
      alone[2],
      alone[0],
      alone[1],
    ]);
  });

  it('have the same findings with a cache that contains them', () => {
    const cache = new ParseCache();
    const reader = readerOf({ 't.yaml': template() });
    const [first, second] = [0, 1].map(() => run(reader, [uri('t.yaml')], EVERYTHING, cache));
    assert.deepEqual(printed(second!.documents), printed(first!.documents));
    assert.equal(cache.parses, 1);
  });

  it('say the same with a cache that is too small for the documents', () => {
    const resource = 'resource "aws_ebs_volume" "a" {\n  encrypted = false\n}\n';
    const reader = readerOf({ 'a/a.tf': resource, 'a/b.tf': resource.replace('"a"', '"b"'), 'b/a.tf': resource });
    const named = ['a/a.tf', 'a/b.tf', 'b/a.tf'].map(uri);
    const [large, small] = [256, 1].map((limit) => run(reader, named, EVERYTHING, new ParseCache({ limit })));
    assert.deepEqual(printed(small!.documents), printed(large!.documents));
    assert.deepEqual(
      small!.documents.flatMap(({ problems }) => problems),
      [],
    );
  });

  it('are reported if they are named, and otherwise only read', () => {
    const files = {
      'a.tf.json': JSON.stringify({ resource: { aws_ebs_volume: { a: { encrypted: '${var.on}' } } } }),
      'b.tf.json': JSON.stringify({
        resource: { aws_ebs_volume: { b: { encrypted: false } } },
        variable: { on: { default: true } },
      }),
      'terraform.tfvars.json': '{"on": false}',
      'other.yaml': template(),
    };
    const { documents, dependencies } = analysed(files, {}, ['a.tf.json']);
    assert.deepEqual(
      documents.map(({ doc, findings }) => [doc, findings.map(({ resource }) => resource)]),
      [[uri('a.tf.json'), ['aws_ebs_volume.a']]],
    );
    assert.deepEqual(
      [...dependencies].map(([doc, on]) => [doc, [...on].sort()]),
      [
        [
          uri('a.tf.json'),
          [uri(''), uri('a.tf.json'), uri('b.tf.json'), uri('terraform.tfvars.json')]
            .map((one) => one.replace(/\/$/, ''))
            .sort(),
        ],
      ],
    );
  });
});

describe('an analysis', () => {
  it('stops when it is canceled', () => {
    assert.throws(() => analysed({ 't.yaml': template() }, { cancelled: () => true }), Cancelled);
  });

  it('rejects a snapshot with unread files', () => {
    const snapshot = new GrowingSnapshot([uri('t.yaml')]);
    const cache = new ParseCache();
    assert.deepEqual(gather(snapshot, EVERYTHING, cache), [{ head: uri('t.yaml') }]);
    snapshot.grow(readerOf({ 't.yaml': template() }), EVERYTHING, cache);
    assert.deepEqual(gather(snapshot, EVERYTHING, cache), [{ file: uri('t.yaml') }, { data: 'iam/locations' }]);
    assert.throws(() => analyze(snapshot, EVERYTHING, cache), /is missing a file/);
  });

  it('reads only the beginning of unsupported documents', () => {
    const requested: string[] = [];
    const reader = readerOf({ 'x.json': '{"a": 1}', 'y.yaml': 'a: 1' });
    run(
      {
        ...reader,
        file: (doc) => {
          requested.push(doc);
          return reader.file(doc);
        },
      },
      [uri('x.json'), uri('y.yaml'), uri('gone.yaml')],
      EVERYTHING,
    );
    assert.deepEqual(requested, []);
  });

  it('states the format of each document, and why it was detected', () => {
    const { documents } = run(
      readerOf({ 'x.json': '{"a": 1}', 't.yaml': template(), 'e.yaml': '' }, {}),
      ['x.json', 't.yaml', 'e.yaml', 'gone.yaml'].map(uri),
      EVERYTHING,
    );
    assert.deepEqual(
      documents.map(({ format, reason, findings, problems }) => [format, reason, findings.length > 0, problems.length]),
      [
        ['none', 'no supported format has these keys', false, 0],
        ['cloudformation', 'Resources with AWS types', true, 0],
        ['none', 'it is empty', false, 0],
        ['none', 'it does not exist', false, 0],
      ],
    );
  });

  it('sorts problems by place', () => {
    const { documents } = analysed({
      't.yaml':
        'AWSTemplateFormatVersion: x\nResources:\n  A: {Type: AWS::S3::Bucket, Condition: Nowhere, Properties: {BucketName: !If [Gone, a, b]}}\n',
    });
    assert.deepEqual(
      documents[0]!.problems.map(({ kind, message }) => `${kind} ${/named (\w+)/.exec(message)![1]!}`),
      ['document Nowhere', 'document Gone'],
    );
    const starts = documents[0]!.problems.map(({ at }) => at.start);
    assert.deepEqual(
      starts,
      starts.toSorted((a, b) => a - b),
    );
  });
});
