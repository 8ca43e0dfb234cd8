/** References into modules, whose resources CloudFormation puts in their place and which are not seen. */
import assert from 'node:assert/strict';
import type { Value } from '../../server/src/model/value.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { asJsonText } from '../kit/as-json.ts';
import { analysed, findingsOf } from '../engine/analysis.ts';
import { propertyOf, templateOf, valueText } from './template-values.ts';

const HEAD = `Resources:
  Data: {Type: My::S3::SampleBucket::MODULE, Properties: {BucketName: b}}
  DataBase: {Type: My::RDS::Database::MODULE}
  Bucket: {Type: AWS::S3::Bucket}
  Subject:
    Type: AWS::SNS::Subscription
    Properties:
      P: `;

describe('a reference into a module', () => {
  const rows: readonly (readonly [expression: string, expected: string])[] = [
    ['!Ref Data.S3Bucket', 'Data.S3Bucket'],
    ['!Ref DataS3Bucket', 'Data.S3Bucket'],
    ['!GetAtt Data.S3Bucket.Arn', 'Arn of Data.S3Bucket'],
    ['!GetAtt DataS3Bucket.Arn', 'Arn of Data.S3Bucket'],
    ['!GetAtt [Data, S3Bucket.Arn]', 'Arn of Data.S3Bucket'],
    ['!GetAtt [Data.S3Bucket, Arn]', 'Arn of Data.S3Bucket'],
    ['!GetAtt [DataS3Bucket, Arn]', 'Arn of Data.S3Bucket'],
    ['!GetAtt Data.S3Bucket', '?function of Data.S3Bucket'],
    ["!Sub 'arn:${Data.S3Bucket.Arn}/*'", 'arn: + Arn of Data.S3Bucket + /*'],
    ["!Sub '${DataS3Bucket}'", 'Data.S3Bucket'],
    ["!Sub '${Data.S3Bucket}'", 'Data.S3Bucket'],
    ["!Sub '${DataS3Bucket.Arn}'", 'Arn of Data.S3Bucket'],
    ['!Ref Data.Child.S3Bucket', 'Data.Child.S3Bucket'],
    ['!Ref DataBaseCluster', 'DataBase.Cluster'],
    ['!GetAtt DataBase.Cluster.Endpoint.Address', 'Endpoint.Address of DataBase.Cluster'],
    ['!Ref Data', 'Data'],
    ['!Ref Data.', '?syntax'],
    ['!Ref Bucket', 'Bucket'],
    ['!Ref BucketOther', '?syntax'],
    ['!GetAtt Bucket.Arn', 'Arn of Bucket'],
    ['!Ref Bucket.Arn', '?syntax'],
    ['!GetAtt Nowhere.Arn', '?syntax'],
    ['!GetAtt Bucket.', '?function of Bucket'],
    ['!GetAtt [Bucket]', '?function of Bucket'],
    ['!GetAtt [Bucket, !Ref Data]', '?function of Bucket'],
    ['!GetAtt [!Ref Data, Arn]', '?syntax'],
    ['!GetAtt [!Ref Data, Bucket]', '?syntax'],
    ['!GetAtt', '?syntax'],
  ];
  for (const [expression, expected] of rows) {
    const text = `${HEAD}${expression}\n`;
    it(`${expression} is ${expected}`, () => assert.equal(targetsOf(text, 'file:///t.yaml'), expected));
    if (expression !== '!GetAtt')
      it(`${expression} is the same in JSON`, () =>
        assert.equal(targetsOf(asJsonText(parse('file:///t.yaml', text, 'yaml')), 'file:///t.json'), expected));
  }
});

function targetsOf(text: string, doc: string): string {
  return targetsIn(propertyOf(templateOf(text, doc), 'Subject', 'P'));
}

/** A value as text, in which a reference to `A.B` is told apart from the attribute B of A. */
function targetsIn(value: Value): string {
  if (value.state === 'template')
    return value.pieces.map((piece) => (typeof piece === 'string' ? piece : targetsIn(piece))).join(' + ');
  return value.state === 'reference' && value.attribute !== undefined
    ? `${value.attribute} of ${value.to}`
    : valueText(value, []);
}

describe('a module', () => {
  const RULE = 's3-bucket-policy-secure-transport';
  const certainties = (resources: string): readonly string[] =>
    findingsOf(
      analysed({ 't.yaml': `Resources:\n  B: {Type: AWS::S3::Bucket}\n${resources}` }, { rules: new Set([RULE]) }),
    ).map(({ resource, certainty }) => `${resource} ${certainty}`);
  const POLICY =
    "  P: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref M.B, PolicyDocument: {Statement: {Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': false}}}}}}\n";

  it('may have what is not seen', () => {
    assert.deepEqual(certainties(''), ['B certain']);
    assert.deepEqual(certainties('  M: {Type: My::S3::Bucket::MODULE}\n'), ['B possible']);
  });

  it('has resources that are not those beside it', () => {
    assert.deepEqual(certainties(`  M: {Type: My::S3::Bucket::MODULE}\n${POLICY}`), ['B possible']);
    assert.deepEqual(certainties(`  M: {Type: My::S3::Bucket::MODULE}\n${POLICY.replace('M.B', 'B')}`), []);
  });
});
