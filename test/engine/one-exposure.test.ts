/** All that makes one resource public is one finding, with the causes as related places. */
import assert from 'node:assert/strict';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import type { Finding } from '../../server/src/model/finding.ts';
import { analysed, findingsOf, type Files } from './analysis.ts';

/** The rules about public access. */
const RULES = new Set([
  'events-bus-permission-public',
  'iam-resource-policy-wildcard-principal',
  'kms-key-policy-wildcard-principal',
  'lambda-permission-public',
  'lambda-url-auth-none',
  's3-access-point-public-access-block',
  's3-acl-public-read',
  's3-acls-disabled',
  's3-bucket-policy-public-principal',
  's3-bucket-public-access-block',
  's3-object-public-acl',
  'sqs-queue-policy-public',
]);

const CONFIGURATION = readConfiguration('file:///w/.stackwarden.yaml', '').configuration;

/** A finding as `rule@line severity`, and the lines of its related places. */
function lined(files: Files): readonly string[] {
  const text = Object.values(files)[0]!;
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const line = ({ rule, at, severity, certainty, suppressed, related }: Finding): string =>
    [
      suppressed && 'suppressed',
      certainty === 'possible' && certainty,
      `${rule}@${lineAt(at.start)}`,
      severity,
      ...related.map((place) => lineAt(place.at.start)),
    ]
      .filter(Boolean)
      .join(' ');
  return findingsOf(analysed(files, { rules: RULES, configuration: CONFIGURATION })).map(line);
}

function messageOf(files: Files): string {
  return findingsOf(analysed(files, { rules: RULES }))[0]!.message;
}

const BLOCK_OFF = `{BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: false, RestrictPublicBuckets: false}`;

const bucket = (metadata = '', block = BLOCK_OFF): string => `Resources:
  Files:
    Type: AWS::S3::Bucket
    ${metadata}
    Properties:
      AccessControl: PublicRead
      OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}
      PublicAccessBlockConfiguration: ${block}
  FilesPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Files
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: '*'}
          - {Effect: Allow, Principal: '*', Action: s3:PutObject, Resource: '*'}
`;

const POINT = `  Readers:
    Type: AWS::S3::AccessPoint
    Properties:
      Bucket: !Ref Files
      PublicAccessBlockConfiguration: ${BLOCK_OFF}
      Policy:
        Statement:
          - {Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: '*'}
`;

const QUEUE = `Parameters:
  Who: {Type: String}
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Senders:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Jobs]
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: '*'}
          - {Effect: Allow, Principal: !If [IsLive, '*', {AWS: !Ref AWS::AccountId}], Action: sqs:PurgeQueue, Resource: '*'}
          - {Effect: Allow, Principal: {AWS: !Ref Who}, Action: sqs:*, Resource: '*'}
  Receivers:
    Type: AWS::SQS::QueueInlinePolicy
    Properties:
      Queue: !Ref Jobs
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {AWS: '*'}, Action: sqs:ReceiveMessage, Resource: '*'}
  Others: {Type: AWS::SQS::Queue}
  OthersPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Others]
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: '*'}
`;

const FUNCTION = `Resources:
  Fn: {Type: AWS::Lambda::Function, Properties: {Role: r, Handler: a.b, Runtime: nodejs22.x, Code: {ZipFile: x}}}
  Url: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: !Ref Fn}}
  CallUrl: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Fn, Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: NONE}}
  Call: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Fn, Action: 'lambda:InvokeFunction', Principal: '*', InvokedViaFunctionUrl: true}}
  Read: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Fn, Action: 'lambda:GetFunction', Principal: '*'}}
`;

const BUS = `Resources:
  Member:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: '*'}, Action: sts:AssumeRole, Condition: {StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}}]}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: bus}}
  Permission: {Type: AWS::Events::EventBusPolicy, Properties: {EventBusName: !Ref Bus, StatementId: a, Action: events:PutEvents, Principal: '*'}}
  Policy:
    Type: AWS::Events::EventBusPolicy
    Properties:
      EventBusName: !Ref Bus
      StatementId: b
      Statement: {Effect: Allow, Principal: '*', Action: events:PutEvents, Resource: '*'}
`;

const OBJECTS = `resource "aws_s3_bucket" "files" {
  bucket = "files"
}
resource "aws_s3_bucket_ownership_controls" "files" {
  bucket = aws_s3_bucket.files.id
  rule {
    object_ownership = "ObjectWriter"
  }
}
resource "aws_s3_bucket_public_access_block" "files" {
  bucket                  = aws_s3_bucket.files.id
  block_public_acls       = false
  ignore_public_acls      = false
  block_public_policy     = false
  restrict_public_buckets = false
}
resource "aws_s3_bucket_acl" "files" {
  bucket = aws_s3_bucket.files.id
  acl    = "public-read"
}
resource "aws_s3_object" "one" {
  bucket = aws_s3_bucket.files.id
  key    = "one"
  acl    = "public-read"
}
resource "aws_s3_object" "two" {
  bucket = "files"
  key    = "two"
  acl    = "public-read"
}
resource "aws_s3_object" "elsewhere" {
  bucket = "others"
  key    = "two"
  acl    = "public-read"
}
`;

/** A suppression in front of a value. */
const ours = (rule: string): string => `# stackwarden-disable-next-line ${rule} -- It is our download site.`;

/** The metadata of a check of another tool. */
const theirs = (check: string): string => `Metadata: {checkov: {skip: [{id: ${check}, comment: It is public.}]}}`;

const above = (text: string, line: string, comment: string): string =>
  text.replace(line, `${' '.repeat(6)}${comment}\n${line}`);

/** A suppression of one cause leaves the others. */
const SUPPRESSED: readonly (readonly [what: string, text: string, ...found: string[]])[] = [
  [
    'a suppressed ACL leaves the policy',
    above(bucket(), '      AccessControl', ours('s3-acl-public-read')),
    'suppressed s3-acl-public-read@7 critical 9 9 9 9 8',
    's3-bucket-policy-public-principal@16 critical 9 9 9 9 13 17',
  ],
  [
    'a suppressed statement leaves the ACL and the other statement',
    above(
      bucket(),
      "          - {Effect: Allow, Principal: '*', Action: s3:GetObject",
      ours('s3-bucket-policy-public-principal'),
    ),
    's3-acl-public-read@6 critical 8 8 8 8 7 17 12',
    'suppressed s3-bucket-policy-public-principal@16 critical 8 8 8 8 12',
  ],
  [
    'the check of another tool for the ACL leaves the policy',
    bucket(theirs('CKV_AWS_20')),
    'suppressed s3-acl-public-read@6 critical 8 8 8 8 7',
    's3-bucket-policy-public-principal@15 critical 8 8 8 8 12 16',
  ],
  [
    'the check of another tool for a setting suppresses neither',
    bucket(theirs('CKV_AWS_53')),
    's3-acl-public-read@6 critical 8 8 8 8 7 15 12 16',
  ],
];

describe('one exposed resource is one finding', () => {
  it('a bucket by its ACL and two statements of its policy, with the settings that allow it', () => {
    const text = bucket();
    assert.deepEqual(lined({ 't.yaml': text }), ['s3-acl-public-read@6 critical 8 8 8 8 7 15 12 16']);
    assert.equal(
      messageOf({ 't.yaml': text }),
      'Files is public through its ACL and the bucket policy FilesPolicy, and Block Public Access is off. Remove the public grants, and turn on Block Public Access.',
    );
  });

  it('a bucket through an access point too', () => {
    const text = bucket() + POINT;
    assert.deepEqual(lined({ 't.yaml': text }), ['s3-acl-public-read@6 critical 8 8 8 8 7 15 12 16 24 21 21 21 21']);
    assert.match(messageOf({ 't.yaml': text }), / the bucket policy FilesPolicy and the access point Readers, and /);
  });

  it('a bucket whose settings reject both', () => {
    const text = bucket('', BLOCK_OFF.replaceAll('false', 'true')).replace('ObjectWriter', 'BucketOwnerEnforced');
    assert.deepEqual(lined({ 't.yaml': text }), ['s3-acl-public-read@6 low 15 12 16']);
    assert.match(messageOf({ 't.yaml': text }), / that only other settings prevent\. /);
  });

  it('a queue by two policies, with what is possible or only in a scenario at its place, but not another queue', () => {
    assert.deepEqual(lined({ 't.yaml': QUEUE }), [
      'sqs-queue-policy-public@23 critical 14 15 16',
      'sqs-queue-policy-public@31 critical',
    ]);
    const [found] = findingsOf(analysed({ 't.yaml': QUEUE }, { rules: RULES }));
    assert.equal(
      found!.message,
      'Jobs allows anyone to receive messages and send messages. Specify the principals, or add a condition on aws:SourceArn or aws:PrincipalOrgID.',
    );
    assert.deepEqual(
      found!.related.map(({ message }) => message),
      [
        'The queue policy Senders also allows anyone to send messages.',
        'The queue policy Senders also allows anyone to purge the queue when IsLive is true.',
        'Possible: The queue policy Senders also grants full access to anyone.',
      ],
    );
  });

  it('a function by its URL and a permission', () => {
    assert.deepEqual(lined({ 't.yaml': FUNCTION }), ['lambda-permission-public@6 critical 3 4 5 3']);
    assert.equal(
      messageOf({ 't.yaml': FUNCTION }),
      'Fn allows any AWS account to read or change the function and anyone on the internet to invoke the function URL. Require authentication for URLs, and specify the accounts or services in permissions.',
    );
    assert.deepEqual(lined({ 't.yaml': FUNCTION.replace(/^ {2}Read.*\n/m, '') }), [
      'lambda-url-auth-none@3 high 4 5 3',
    ]);
  });

  it('an event bus by a permission and a policy, with one fix for both', () => {
    const [found] = findingsOf(analysed({ 't.yaml': BUS }, { rules: RULES }));
    assert.deepEqual(
      found!.fixes.map(({ title, edits }) => [title, edits.length]),
      [
        ['Restrict to this account (ends this public access)', 2],
        ['Restrict to organization o-a1b2c3d4e5 (ends this public access)', 2],
      ],
    );
  });

  it('a bucket by its ACL and its objects, but not another bucket', () => {
    assert.deepEqual(lined({ 'main.tf': OBJECTS }), [
      's3-acl-public-read@19 critical 12 13 14 15 7 24 29',
      's3-object-public-acl@34 high',
    ]);
    assert.match(
      messageOf({ 'main.tf': OBJECTS }),
      /through its ACL, the object aws_s3_object\.one and the object aws_s3_object\.two,/,
    );
  });

  for (const [what, text, ...found] of SUPPRESSED) it(what, () => assert.deepEqual(lined({ 't.yaml': text }), found));
});
