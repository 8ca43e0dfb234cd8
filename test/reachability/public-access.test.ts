/** Public access and access of other accounts, by type: what gives it, where it is open, and what blocks it. */
import assert from 'node:assert/strict';
import { finished } from '../../server/src/base/steps.ts';
import type { Truth } from '../../server/src/base/guard.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { detections } from '../../server/src/engine/detections.ts';
import { Documents } from '../../server/src/engine/documents.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { loadStacks } from '../../server/src/engine/stacks.ts';
import type { Resource, Stack } from '../../server/src/model/resource.ts';
import { externalAccountsOf } from '../../server/src/reachability/public-access/external-accounts.ts';
import { publicAccessOf } from '../../server/src/reachability/public-access/public-access-of.ts';
import { memoryReader } from '../kit/memory-reader.ts';

function stackOf(name: string, text: string, configuration = DEFAULT_CONFIGURATION): Stack {
  const doc = `file:///w/${name}`;
  const options = { configuration };
  const cache = new ParseCache();
  const documents = new Documents(collect(memoryReader(new Map([[doc, text]])), [doc], options, cache), cache);
  const [loaded] = loadStacks(documents, detections(documents, options), options) ?? [];
  return finished(loaded!.building()).stack;
}

function found(
  text: string,
  address: string,
  name = 't.yaml',
  configuration = DEFAULT_CONFIGURATION,
): { readonly stack: Stack; readonly resource: Resource } {
  const stack = stackOf(name, text, configuration);
  return {
    stack,
    resource: stack.resources.find((one) => one.address === address && one.type !== 'AWS::SSM::Document')!,
  };
}

function answer({ yes, no }: Truth): string {
  return yes.isAlways() ? 'yes' : no.isAlways() ? 'no' : yes.satisfiable() ? 'sometimes' : 'unknown';
}

/** The answer, then each cause and each block with its own. */
function accessIn(text: string, address: string, name?: string): readonly string[] {
  const { stack, resource } = found(text, address, name);
  const { open, causes, blocks } = publicAccessOf(resource, stack);
  return [
    answer(open),
    ...causes.map((cause) => `${answer(cause.open)} ${cause.from}: ${cause.text}`),
    ...blocks.map((block) => `${answer(block.blocks)} blocks: ${block.text}`),
  ];
}

const BLOCK = (off: string): string =>
  `{BlockPublicAcls: ${off}, IgnorePublicAcls: ${off}, BlockPublicPolicy: ${off}, RestrictPublicBuckets: ${off}}`;
const OPEN = `{Statement: [{Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: '*'}]}`;

const bucket = (properties: string, more = ''): string => `Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  Files: {Type: AWS::S3::Bucket, Properties: {${properties}}}
  Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Files, PolicyDocument: ${OPEN}}}
${more}`;

const POINT = (block: string): string =>
  `  Point: {Type: AWS::S3::AccessPoint, Properties: {Bucket: !Ref Files, ${block}Policy: ${OPEN}}}\n`;

const POLICY = (principal: string, action: string): string =>
  `{Statement: [{Effect: Allow, Principal: ${principal}, Action: '${action}', Resource: '*'}]}`;

const lambda = (auth: string): string => `Resources:
  Fn: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: x}, Role: r}}
  Url: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !GetAtt Fn.Arn, AuthType: ${auth}}}
  A: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Fn, Principal: '*', Action: lambda:InvokeFunctionUrl, FunctionUrlAuthType: NONE}}
  B: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Fn, Principal: '*', Action: lambda:InvokeFunction, InvokedViaFunctionUrl: true}}
`;

const ROWS: readonly (readonly [
  what: string,
  text: string,
  address: string,
  expected: readonly string[],
  name?: string,
])[] = [
  [
    'a bucket without settings',
    bucket(''),
    'Files',
    ['unknown', 'unknown internet: Policy allows anyone to call s3:GetObject'],
  ],
  [
    'a bucket with all settings off',
    bucket(`PublicAccessBlockConfiguration: ${BLOCK('false')}`),
    'Files',
    ['yes', 'yes internet: Policy allows anyone to call s3:GetObject'],
  ],
  [
    'a bucket with all settings on',
    bucket(`PublicAccessBlockConfiguration: ${BLOCK('true')}, AccessControl: PublicRead`),
    'Files',
    [
      'no',
      'no internet: the ACL PublicRead of Files allows access to anyone',
      'no internet: Policy allows anyone to call s3:GetObject',
      'yes blocks: BlockPublicAcls of Files is true',
      'yes blocks: IgnorePublicAcls of Files is true',
      'yes blocks: BlockPublicPolicy of Files is true',
      'yes blocks: RestrictPublicBuckets of Files is true',
    ],
  ],
  [
    'a bucket with a public ACL in one scenario',
    bucket(
      `AccessControl: !If [IsLive, Private, PublicRead], OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}, PublicAccessBlockConfiguration: ${BLOCK('false')}`,
    ).replace(/^ {2}Policy:.*\n/m, ''),
    'Files',
    ['sometimes', 'sometimes internet: the ACL PublicRead of Files allows access to anyone'],
  ],
  [
    'an access point with the defaults',
    bucket(`PublicAccessBlockConfiguration: ${BLOCK('false')}`, POINT('')),
    'Point',
    ['no', 'no internet: Point allows anyone to call s3:GetObject'],
  ],
  [
    'an open access point of an open bucket',
    bucket(
      `PublicAccessBlockConfiguration: ${BLOCK('false')}`,
      POINT(`PublicAccessBlockConfiguration: ${BLOCK('false')}, `),
    ),
    'Point',
    ['yes', 'yes internet: Point allows anyone to call s3:GetObject'],
  ],
  [
    'an open access point of a bucket that blocks public access',
    bucket(
      `PublicAccessBlockConfiguration: ${BLOCK('true')}`,
      POINT(`PublicAccessBlockConfiguration: ${BLOCK('false')}, `),
    ),
    'Point',
    [
      'no',
      'no internet: Point allows anyone to call s3:GetObject',
      'yes blocks: BlockPublicAcls of Files is true',
      'yes blocks: IgnorePublicAcls of Files is true',
      'yes blocks: BlockPublicPolicy of Files is true',
      'yes blocks: RestrictPublicBuckets of Files is true',
    ],
  ],
  [
    'a queue with a policy of another resource',
    `Resources:\n  Jobs: {Type: AWS::SQS::Queue}\n  P: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Jobs], PolicyDocument: ${POLICY("'*'", 'sqs:SendMessage')}}}\n`,
    'Jobs',
    ['yes', 'yes internet: P allows anyone to call sqs:SendMessage'],
  ],
  ['a queue without a policy', 'Resources:\n  Jobs: {Type: AWS::SQS::Queue}\n', 'Jobs', ['no']],
  [
    'a key',
    `Resources:\n  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: ${POLICY("{AWS: '*'}", 'kms:Decrypt')}}}\n`,
    'Key',
    ['yes', 'yes other-accounts: Key allows any AWS account to call kms:Decrypt'],
  ],
  [
    'a vault that allows more than copies',
    `Resources:\n  Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: v, AccessPolicy: ${POLICY("'*'", 'backup:DescribeBackupVault')}}}\n`,
    'Vault',
    ['no', 'no other-accounts: Vault allows any AWS account to call backup:DescribeBackupVault'],
  ],
  [
    'a domain in a VPC',
    `Resources:\n  Search: {Type: AWS::OpenSearchService::Domain, Properties: {VPCOptions: {SubnetIds: [s]}, AccessPolicies: ${POLICY("'*'", 'es:*')}}}\n`,
    'Search',
    ['no', 'no internet: Search allows anyone to call es:*', 'yes blocks: Search has endpoints in a VPC only'],
  ],
  ['a function with a public URL', lambda('NONE'), 'Fn', ['yes', 'yes internet: Url does not require authentication']],
  ['a function URL that authenticates', lambda('AWS_IAM'), 'Url', ['no']],
  [
    'an event bus',
    `Resources:\n  Bus: {Type: AWS::Events::EventBus, Properties: {Name: b}}\n  Senders: {Type: AWS::Events::EventBusPolicy, Properties: {EventBusName: !Ref Bus, StatementId: s, Action: events:PutEvents, Principal: '*'}}\n`,
    'Bus',
    ['yes', 'yes other-accounts: Senders allows any AWS account to send events'],
  ],
  [
    'a cluster',
    'Resources:\n  C: {Type: AWS::EKS::Cluster, Properties: {RoleArn: r, ResourcesVpcConfig: {SubnetIds: [s]}}}\n',
    'C',
    ['yes', 'yes internet: the Kubernetes API endpoint of C is public'],
  ],
  [
    'a snapshot',
    'resource "aws_db_snapshot" "s" {\n  db_snapshot_identifier = "a"\n  db_instance_identifier = "b"\n  shared_accounts = ["all"]\n}\n',
    'aws_db_snapshot.s',
    ['yes', 'yes other-accounts: aws_db_snapshot.s allows any AWS account to restore the snapshot'],
    'main.tf',
  ],
  [
    'an SSM document',
    'resource "aws_ssm_document" "d" {\n  name = "d"\n  document_type = "Command"\n  content = "{}"\n  permissions = { type = "Share", account_ids = "All" }\n}\n',
    'aws_ssm_document.d',
    ['yes', 'yes other-accounts: aws_ssm_document.d allows any AWS account to read and run the document'],
    'main.tf',
  ],
];

describe('public access', () => {
  for (const [what, text, address, expected, name] of ROWS)
    it(what, () => assert.deepEqual(accessIn(text, address, name), expected));

  it('a bucket whose account blocks public access', () => {
    const openIn = (settings: Readonly<Record<string, boolean>>): string => {
      const text = bucket(`PublicAccessBlockConfiguration: ${BLOCK('false')}`);
      const configuration = { ...DEFAULT_CONFIGURATION, assume: settings };
      const { stack, resource } = found(text, 'Files', 't.yaml', configuration);
      return answer(publicAccessOf(resource, stack).open);
    };
    assert.equal(openIn({ 's3.accountBlock': true }), 'no');
    assert.equal(openIn({ 's3.accountBlock': false }), 'yes');
    assert.equal(openIn({}), 'yes');
  });
});

const OUTSIDERS = `Resources:
  Files: {Type: AWS::S3::Bucket}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Files
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {AWS: ['111122223333', 'arn:aws:iam::444455556666:role/reader', !Ref AWS::AccountId]}, Action: s3:GetObject, Resource: '*'}
          - {Effect: Allow, Principal: {AWS: '777788889999'}, Action: s3:ListBucket, Resource: '*', Condition: {Bool: {aws:SecureTransport: 'true'}}}
          - {Effect: Deny, Principal: {AWS: '000011112222'}, Action: s3:*, Resource: '*'}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: v}}
  Share:
    Type: AWS::RAM::ResourceShare
    Properties: {Name: s, Principals: ['111122223333'], ResourceArns: [!GetAtt Subnet.SubnetArn]}
  Fn: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: x}, Role: r}}
  Invoke: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Fn, Principal: '111122223333', Action: lambda:InvokeFunction}}
`;

function outsidersIn(text: string, address: string, name?: string, accounts?: readonly string[]): readonly string[] {
  const { stack, resource } = found(text, address, name, { ...DEFAULT_CONFIGURATION, ...(accounts && { accounts }) });
  return externalAccountsOf(resource, stack).map(
    ({ open, text: words, conditional }) => `${answer(open)} ${words}${conditional ? ' (with conditions)' : ''}`,
  );
}

describe('other accounts with access', () => {
  it('by a policy', () =>
    assert.deepEqual(outsidersIn(OUTSIDERS, 'Files'), [
      'yes Policy allows 111122223333 to call s3:GetObject',
      'yes Policy allows 444455556666 to call s3:GetObject',
      'yes Policy allows 777788889999 to call s3:ListBucket (with conditions)',
    ]));
  it('by a policy, without the own accounts of the configuration', () =>
    assert.deepEqual(outsidersIn(OUTSIDERS, 'Files', 't.yaml', ['111122223333']), [
      'yes Policy allows 444455556666 to call s3:GetObject',
      'yes Policy allows 777788889999 to call s3:ListBucket (with conditions)',
    ]));
  it('by a resource share', () =>
    assert.deepEqual(outsidersIn(OUTSIDERS, 'Subnet'), ['yes Share allows 111122223333 to use the shared resources']));
  it('by a permission', () =>
    assert.deepEqual(outsidersIn(OUTSIDERS, 'Fn'), ['yes Invoke allows 111122223333 to invoke the function']));
  it('by a list of a snapshot, whose account is not known', () =>
    assert.deepEqual(
      outsidersIn(
        'resource "aws_db_snapshot" "s" {\n  db_snapshot_identifier = "a"\n  db_instance_identifier = "b"\n  shared_accounts = ["111122223333"]\n}\n',
        'aws_db_snapshot.s',
        'main.tf',
      ),
      ['unknown aws_db_snapshot.s allows 111122223333 to restore the snapshot'],
    ));
});
