/** `stackwarden access` with the real engine, called in this process. */
import assert from 'node:assert/strict';
import { makeFolder } from '../host/workspace.ts';
import { call, type Called } from './call.ts';

const TEMPLATE = `Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  Data: {Type: AWS::S3::Bucket}
  DataPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Data
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {AWS: 'arn:aws:iam::111122223333:root'}, Action: s3:GetObject, Resource: !Sub '\${Data.Arn}/shared/*'}
          - {Effect: Deny, Principal: {AWS: !GetAtt Old.Arn}, Action: 's3:*', Resource: !Sub '\${Data.Arn}/*'}
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}
      Policies:
        - PolicyName: read
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: s3:GetObject
                Resource: !Sub '\${Data.Arn}/*'
                Condition: {IpAddress: {aws:SourceIp: 192.0.2.0/24}}
        - !If
          - IsLive
          - {PolicyName: write, PolicyDocument: {Statement: [{Effect: Allow, Action: s3:PutObject, Resource: '*'}]}}
          - !Ref AWS::NoValue
  Old: {Type: AWS::IAM::User, Properties: {Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: s3:GetObject, Resource: '*'}]}}]}}
  Fn: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Reader.Arn, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}
  Vpc: {Type: AWS::EC2::VPC}
`;

/** Statements of one dynamic block, of which the last two are the same. */
const DYNAMIC = `resource "aws_s3_bucket" "data" {
  bucket = "data"
}
data "aws_iam_policy_document" "p" {
  dynamic "statement" {
    for_each = { a = ["s3:GetObject", "a"], b = ["s3:PutObject", "b"], c = ["s3:PutObject", "b"] }
    content {
      actions   = [statement.value[0]]
      resources = ["\${aws_s3_bucket.data.arn}/\${statement.value[1]}/*"]
    }
  }
}
resource "aws_iam_user_policy" "p" {
  user   = "ann"
  policy = data.aws_iam_policy_document.p.json
}
`;

/** A statement with names of other services and of operations of the API. */
const UNLISTED = `Resources:
  Key: {Type: AWS::KMS::Key}
  Photos:
    Type: AWS::S3::Bucket
    Properties: {BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !Ref Key}}]}}
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}
      Policies: [{PolicyName: read, PolicyDocument: {Statement: [{Effect: Allow, Action: ['s3:HeadBucket', 's3:Get*', 's3:ListObjectsV2', 'sqs:SendMessage', 'kms:Decrypt'], Resource: '*'}]}}]
`;

describe('stackwarden access', () => {
  let folder: ReturnType<typeof makeFolder>;
  before(() => {
    folder = makeFolder({
      '.git/HEAD': '',
      'a.yaml': TEMPLATE,
      'b/b.yaml': 'Resources:\n  Data: {Type: AWS::SQS::Queue}\n  Alone: {Type: AWS::SQS::Queue}\n',
      'tf/main.tf':
        'resource "aws_sqs_queue" "jobs" {\n  name = "jobs"\n}\nresource "aws_iam_user_policy" "p" {\n  user = "ann"\n  policy = jsonencode({Statement = [{Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.jobs.arn}]})\n}\n',
      'dynamic/main.tf': DYNAMIC,
      'repeated/main.tf':
        'resource "aws_sqs_queue" "jobs" {\n  for_each = toset(["x", "y"])\n}\nresource "aws_sqs_queue" "one" {\n  count = 1\n}\n',
      'unlisted/a.yaml': UNLISTED,
      'empty/other.yaml': 'services: {}\n',
      'cdk.out/App.template.json':
        '{"Resources": {"Data1A2B": {"Type": "AWS::SQS::Queue", "Metadata": {"aws:cdk:path": "App/Data/Resource"}}}}\n',
    });
  });
  after(() => folder.remove());
  const access = (...args: string[]): Called => call(['access', ...args], { cwd: folder.path });

  it('lists what each statement of a dynamic block allows', () => {
    const lines = access('aws_s3_bucket.data', 'dynamic').out.split('\n');
    assert.deepEqual(
      lines.filter((line) => / by policy | on \S*data/.test(line)).map((line) => line.trim()),
      [
        'read by policy aws_iam_user_policy.p  dynamic/main.tf:7',
        's3:GetObject on ${aws_s3_bucket.data.arn}/a/*',
        'write by policy aws_iam_user_policy.p  dynamic/main.tf:7',
        's3:PutObject on ${aws_s3_bucket.data.arn}/b/*',
      ],
    );
  });

  it('lists principals with their access, then what allows and limits it', () => {
    assert.deepEqual(access('Data', 'a.yaml'), {
      code: 0,
      err: '',
      out: `Data (AWS::S3::Bucket) a.yaml:6

In this template
  Reader (role)                                 read (conditional), write (when
                                                IsLive is true)

From outside
  account 111122223333 (account, possibly this one)
                                                read (in part)

Denied
  Old (user)                                    read

Why
  Reader, used by Fn
    read by inline policy of Reader  a.yaml:23
      s3:GetObject on \${Data.Arn}/*
    write by inline policy of Reader  a.yaml:29
      s3:PutObject on *
    limit: read only if aws:SourceIp is in 192.0.2.0/24  a.yaml:23

  account 111122223333
    read by resource policy DataPolicy  a.yaml:13
      s3:GetObject on \${Data.Arn}/shared/*
    limit: policies of that account must allow it too

  Old
    read by inline policy of Old  a.yaml:31
      s3:GetObject on *
    limit: Deny statement of DataPolicy  a.yaml:14

Principals that this template does not declare are listed only if a policy of
the resource names them.
`,
    });
  });

  it('lists no names that allow nothing of the resource, such as operations of the API', () => {
    const { out } = access('Photos', 'unlisted');
    assert.match(
      out,
      /read and decrypt by inline policy of Reader +unlisted\/a.yaml:10\n +s3:Get\* and kms:Decrypt on \*\n/,
    );
    assert.doesNotMatch(out, /HeadBucket|ListObjectsV2|SendMessage/);
  });

  it('finds resources of the current directory, and of Terraform', () => {
    assert.match(access('Alone').out, /^Alone \(AWS::SQS::Queue\) b\/b\.yaml:3\n\nNo principal of this template/);
    assert.match(
      access('aws_sqs_queue.jobs', 'tf').out,
      /aws_iam_user_policy\.p .*\n? *write[^]*sqs:SendMessage on aws_sqs_queue\.jobs\.arn/,
    );
  });

  it('finds the only instance of a Terraform block by its address', () => {
    assert.match(access('aws_sqs_queue.one', 'repeated').out, /^aws_sqs_queue\.one\[0\] \(aws_sqs_queue\) /);
  });

  it('finds resources of the AWS CDK by their construct paths', () => {
    for (const name of ['App/Data', 'Data1A2B'])
      assert.match(access(name, 'cdk.out/App.template.json').out, /^App\/Data \(AWS::SQS::Queue\) cdk\.out\//);
  });

  it('considers the scenarios that are asked for', () => {
    assert.doesNotMatch(access('Data', 'a.yaml', '--scenario', 'Stage=test').out, /write/);
    assert.match(
      access('Data', 'a.yaml', '--scenario', 'Stage=live').out,
      /Reader \(role\) +read \(conditional\), write\n/,
    );
  });

  it('writes JSON', () => {
    const { code, out, err } = access('Data', 'a.yaml', '--format', 'json');
    assert.deepEqual([code, err], [0, '']);
    const { resource, path, principals, denied, notKnown, unknowns } = JSON.parse(out) as Report;
    assert.deepEqual([resource, path, notKnown, unknowns], ['Data', 'a.yaml', [], []]);
    assert.deepEqual(
      principals.map(({ kind, name, outside, usedBy }) => [kind, name, outside, usedBy]),
      [
        ['identity', 'Reader', false, ['Fn']],
        ['account', 'account 111122223333', true, []],
      ],
    );
    assert.deepEqual(principals[0]!.access, [
      { level: 'read', actions: ['s3:GetObject'], conditional: true, partial: false, lacks: [], scenario: null },
      {
        level: 'write',
        actions: ['s3:PutObject'],
        conditional: false,
        partial: false,
        lacks: [],
        scenario: 'when IsLive is true',
      },
    ]);
    assert.equal(principals[0]!.allowedBy[0]!.range.start.line, 22);
    assert.deepEqual(
      denied.map(({ name, limits }) => [name, limits.map(({ kind, path: where }) => [kind, where])]),
      [['Old', [['deny', 'a.yaml']]]],
    );
  });

  const REFUSALS: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [['Dat', 'a.yaml'], /^stackwarden: No resource named "Dat" in a\.yaml\. Did you mean "Data"\?\n$/],
    [['Zebra', 'a.yaml'], /^stackwarden: No resource named "Zebra" in a\.yaml\.\n$/],
    [['Data'], /^stackwarden: Data is in several documents: a\.yaml, b\/b\.yaml\. Name one of them\.\n$/],
    [
      ['aws_sqs_queue.jobs', 'repeated'],
      /^stackwarden: aws_sqs_queue\.jobs has 2 instances\. Name one of them: aws_sqs_queue\.jobs\["x"\] and aws_sqs_queue\.jobs\["y"\]\.\n$/,
    ],
    [['Vpc', 'a.yaml'], /^stackwarden: Access to AWS::EC2::VPC is not evaluated\. Evaluated types: AWS::/],
    [['Data', 'none.yaml'], /^stackwarden: none\.yaml /],
    [['Data', 'empty'], /^stackwarden: No resources found in empty\.\n$/],
    [[], /missing required argument 'name'/],
  ];
  for (const [args, message] of REFUSALS)
    it(`refuses ${args.join(' ') || 'no resource'}`, () => {
      const { code, out, err } = access(...args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, message);
    });
});

interface Report {
  readonly resource: string;
  readonly path: string;
  readonly principals: readonly Row[];
  readonly notKnown: readonly Row[];
  readonly denied: readonly Row[];
  readonly unknowns: readonly string[];
}

interface Row {
  readonly kind: string;
  readonly name: string;
  readonly outside: boolean;
  readonly usedBy: readonly string[];
  readonly access: readonly object[];
  readonly allowedBy: readonly { readonly range: { readonly start: { readonly line: number } } }[];
  readonly limits: readonly { readonly kind: string; readonly path: string | null }[];
}
