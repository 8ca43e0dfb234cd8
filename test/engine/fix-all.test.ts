/** Carrying out all safe fixes. */
import assert from 'node:assert/strict';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { loadConfiguration } from '../../server/src/config/load-configuration.ts';
import { fixAll, MAX_PASSES } from '../../server/src/engine/fix-all.ts';
import { EVERYTHING, findingsOf, readerOf, analysed, uri, type Files } from './analysis.ts';

/** The texts that change, by name, with how many findings were fixed in which pass. */
function fixed(files: Files, options: Partial<AnalysisOptions> = {}, named = Object.keys(files)) {
  const { texts, passes, fixed: counts } = fixAll(readerOf(files), named.map(uri), { ...EVERYTHING, ...options });
  const byName = <T>(of: ReadonlyMap<string, T>): Readonly<Record<string, T>> =>
    Object.fromEntries([...of].map(([doc, it]) => [doc.slice(uri('').length), it]));
  return { texts: byName(texts), passes, counts: byName(counts) };
}

const BUCKETS = `Resources:
  # The first bucket
  A:
    Type: AWS::S3::Bucket
    Properties: {}
  B:
    Type: AWS::S3::Bucket
    Properties: {BucketName: b} # for now
  Disk:
    Type: AWS::EC2::Volume
    Properties: {Encrypted: false}
`;
const FLAGS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map(
  (name) => `${name}: true`,
);

describe('fix-all', () => {
  it('applies only safe fixes', () => {
    const { texts, counts } = fixed({ 't.yaml': BUCKETS });
    assert.deepEqual(texts, {
      't.yaml': BUCKETS.replace(
        'Properties: {}',
        ['Properties:', '      PublicAccessBlockConfiguration:', ...FLAGS.map((flag) => `        ${flag}`)].join('\n'),
      ).replace('BucketName: b', `BucketName: b, PublicAccessBlockConfiguration: {${FLAGS.join(', ')}}`),
    });
    assert.deepEqual(counts, { 't.yaml': 2 });
  });

  describe('of a configuration', () => {
    const DOC = uri('.stackwarden.yaml');
    const TEAM = uri('team.stackwarden.yaml');
    const unused = (configuration: string, team = '', coversConfiguration = true): string | undefined => {
      const files = { 't.yaml': 'Resources: {A: {Type: AWS::EC2::Volume}}\n', 'team.stackwarden.yaml': team };
      const reader = readerOf({ ...files, '.stackwarden.yaml': configuration });
      const { configuration: read } = loadConfiguration(reader, { doc: DOC, text: configuration });
      const { texts } = fixAll(reader, [uri('t.yaml')], { ...EVERYTHING, configuration: read, coversConfiguration });
      assert.equal(texts.get(TEAM), undefined);
      return texts.get(DOC);
    };
    const entry = (rules: string): string => `  - rules: [${rules}]\n    reason: one\n`;

    it('removes entries that suppress nothing', () =>
      assert.equal(
        unused(`suppressions:\n${entry('s3-bucket-versioning')}${entry('ebs-volume-encryption')}`),
        `suppressions:\n${entry('ebs-volume-encryption')}`,
      ));
    it('removes one rule of an entry', () =>
      assert.equal(
        unused(`suppressions:\n${entry('s3-bucket-versioning, ebs-volume-encryption')}`),
        `suppressions:\n${entry('ebs-volume-encryption')}`,
      ));
    it('removes an entry of which no rule is used', () =>
      assert.equal(
        unused(`profile: strict\nsuppressions:\n${entry('s3-bucket-versioning, sg-ingress-open-world')}`),
        'profile: strict\n',
      ));
    it('leaves out files that others extend', () =>
      assert.equal(
        unused('extends: team.stackwarden.yaml\n', `suppressions:\n${entry('s3-bucket-versioning')}`),
        undefined,
      ));
    it('leaves out a configuration of which only a part is checked', () =>
      assert.equal(unused(`suppressions:\n${entry('s3-bucket-versioning')}`, '', false), undefined));
  });

  it('ends when there is nothing left to fix', () => {
    const { texts, passes } = fixed({ 't.yaml': BUCKETS });
    assert.ok(passes < MAX_PASSES);
    assert.deepEqual(fixed({ 't.yaml': texts['t.yaml']! }), { texts: {}, passes: 0, counts: {} });
    assert.ok(
      findingsOf(analysed({ 't.yaml': texts['t.yaml']! })).every(({ fixes }) => fixes.every(({ safe }) => !safe)),
    );
  });

  it('does not change possible findings', () => {
    const text = JSON.stringify({
      variable: { on: { type: 'list(string)' } },
      data: {
        aws_iam_policy_document: {
          p: {
            statement: [
              {
                actions: ['ec2:CreateTags'],
                resources: ['*'],
                dynamic: {
                  condition: {
                    for_each: '${var.on}',
                    content: { test: 'StringEqual', variable: 'aws:PrincipalTag/team', values: ['data'] },
                  },
                },
              },
            ],
          },
        },
      },
      resource: { aws_iam_policy: { p: { policy: '${data.aws_iam_policy_document.p.json}' } } },
    });
    const found = findingsOf(analysed({ 'main.tf.json': text })).find(
      ({ rule }) => rule === 'iam-policy-condition-operator',
    )!;
    assert.deepEqual([found.certainty, found.fixes.map(({ safe }) => safe)], ['possible', [true]]);
    assert.deepEqual(fixed({ 'main.tf.json': text }, { certainty: 'possible' }).texts, {});
  });

  it('applies only fixes of the requested rules and profile', () => {
    assert.deepEqual(fixed({ 't.yaml': BUCKETS }, { rules: new Set(['ebs-volume-encryption']) }).texts, {});
    assert.deepEqual(fixed({ 't.yaml': BUCKETS }, { profile: 'recommended' }).texts, {});
  });

  it('fixes the named documents', () => {
    assert.deepEqual(Object.keys(fixed({ 't.yaml': BUCKETS, 'u.yaml': BUCKETS }, {}, ['u.yaml']).texts), ['u.yaml']);
  });

  it('does not change a document that cannot be read again', () => {
    const reader = readerOf({ 't.yaml': BUCKETS });
    let reads = 0;
    const fading = {
      ...reader,
      file: (doc: string) => (reads++ === 0 ? reader.file(doc) : { kind: 'missing' as const }),
    };
    assert.deepEqual([...fixAll(fading, [uri('t.yaml')], EVERYTHING).texts], []);
  });

  it('does not change unsupported documents', () =>
    assert.deepEqual(fixed({ 'x.json': '{}', 'y.yaml': '', 'z.yaml': 'a: [\n' }), {
      texts: {},
      passes: 0,
      counts: {},
    }));
});
