/** All causes of a public bucket are one finding. */
import assert from 'node:assert/strict';
import { analysed, findingsOf, linesOf } from './analysis.ts';

const OPEN =
  '{BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: false, RestrictPublicBuckets: false}';

const RULES = {
  rules: new Set(['s3-acl-public-read', 's3-bucket-policy-public-principal', 's3-bucket-public-access-block']),
};

function bucket(properties: string): string {
  return `Conditions:
  IsLive: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Photos:
    Type: AWS::S3::Bucket
    Properties: ${properties}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Photos
`;
}

const PUBLIC = `      PolicyDocument: {Statement: {Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: '*'}}\n`;
const CLOSED = `      PolicyDocument: {Statement: {Effect: Allow, Principal: {AWS: '111122223333'}, Action: 's3:GetObject', Resource: '*'}}\n`;

describe('a public bucket', () => {
  it('is not reported again for its public access block if its policy is public', () => {
    const found = findingsOf(
      analysed({ 't.yaml': bucket(`{PublicAccessBlockConfiguration: ${OPEN}}`) + PUBLIC }, RULES),
    );
    assert.deepEqual(
      found.map(({ rule, severity, subjects }) => [rule, severity, ...subjects]),
      [['s3-bucket-policy-public-principal', 'critical', 'Policy', 'Photos']],
    );
    assert.equal(found[0]!.related.length, 5);
    assert.ok(found[0]!.aliases.checkov?.includes('CKV_AWS_54'));
  });

  it('is not reported again for its public access block if its ACL is public', () => {
    const properties = `{AccessControl: PublicRead, OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}, PublicAccessBlockConfiguration: ${OPEN}}`;
    assert.deepEqual(linesOf(analysed({ 't.yaml': bucket(properties) + CLOSED }, RULES)), [
      's3-acl-public-read certain critical Photos Properties.AccessControl',
    ]);
  });

  it('is reported for its public access block in the other scenarios if it is public in one', () => {
    const properties = `{PublicAccessBlockConfiguration: ${OPEN}}`;
    const sometimes = `      PolicyDocument: {Statement: {Effect: Allow, Principal: !If [IsLive, '*', {AWS: '111122223333'}], Action: 's3:GetObject', Resource: '*'}}\n`;
    assert.deepEqual(
      linesOf(analysed({ 't.yaml': bucket(properties) + sometimes }, RULES)).map((line) =>
        line.split(' ').slice(0, 3).join(' '),
      ),
      ['s3-bucket-public-access-block certain high', 's3-bucket-policy-public-principal certain critical'],
    );
  });

  it('is reported for its public access block if nothing else is public', () => {
    assert.deepEqual(
      linesOf(analysed({ 't.yaml': bucket(`{PublicAccessBlockConfiguration: ${OPEN}}`) + CLOSED }, RULES)),
      ['s3-bucket-public-access-block certain high Photos Properties.PublicAccessBlockConfiguration.BlockPublicAcls'],
    );
  });

  it('is reported at the policy if that is in another file of the directory', () => {
    const found = findingsOf(
      analysed(
        {
          'bucket.tf.json':
            '{"resource": {"aws_s3_bucket": {"photos": {}}, "aws_s3_bucket_public_access_block": {"photos": {"bucket": "${aws_s3_bucket.photos.id}"}}}}',
          'policy.tf.json':
            '{"resource": {"aws_s3_bucket_policy": {"photos": {"bucket": "${aws_s3_bucket.photos.id}", "policy": "{\\"Statement\\": {\\"Effect\\": \\"Allow\\", \\"Principal\\": \\"*\\", \\"Action\\": \\"s3:GetObject\\", \\"Resource\\": \\"*\\"}}"}}}}',
        },
        RULES,
      ),
    );
    assert.deepEqual(
      found.map(({ rule, at, subjects }) => [rule, at.doc, ...subjects]),
      [
        [
          's3-bucket-policy-public-principal',
          'file:///w/policy.tf.json',
          'aws_s3_bucket_policy.photos',
          'aws_s3_bucket.photos',
        ],
      ],
    );
  });
});

describe('a function with a public URL', () => {
  const both = { rules: new Set(['lambda-url-auth-none', 'lambda-permission-public']) };
  const permission = (name: string, rest: string): string => `  ${name}:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Fn, Principal: '*', ${rest}}
`;
  const template = (auth: string): string => `Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties: {Code: {ZipFile: x}, Role: r}
  Url:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !GetAtt Fn.Arn, AuthType: ${auth}}
${permission('CallUrl', "Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: NONE")}${permission('Call', "Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true")}`;

  it('is a single finding together with its permissions', () => {
    const found = findingsOf(analysed({ 't.yaml': template('NONE') }, both));
    assert.deepEqual(
      found.map(({ rule, subjects }) => [rule, ...subjects]),
      [['lambda-url-auth-none', 'Url', 'CallUrl', 'Call']],
    );
    assert.equal(found[0]!.related.length, 3);
  });

  it('is a single finding if the transform generates the permissions', () => {
    const sam = `Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties: {InlineCode: x, Handler: h, Runtime: nodejs22.x, FunctionUrlConfig: {AuthType: NONE}}
`;
    assert.deepEqual(
      findingsOf(analysed({ 't.yaml': sam }, both)).map(({ rule }) => rule),
      ['lambda-url-auth-none'],
    );
  });

  it('is reported at its permissions if the URL requires authentication', () => {
    assert.deepEqual(
      linesOf(analysed({ 't.yaml': template('AWS_IAM') }, both)).map((line) => line.split(' ')[0]),
      ['lambda-permission-public'],
    );
  });
});
