/** What a finding is recognized by does not depend on syntax, layout and order. */
import assert from 'node:assert/strict';
import {
  EMPTY_BASELINE,
  baselineEntries,
  type BaselineEntry,
  type PlacedFinding,
} from '../../server/src/baseline/baseline.ts';
import { matchBaseline } from '../../server/src/baseline/match-baseline.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { asJsonText } from '../kit/as-json.ts';
import { analysed, findingsOf } from './analysis.ts';

const TEMPLATE = `Conditions:
  IsProd: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
      Size: 1
      Encrypted: !If [IsProd, true, false]
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
        - {IpProtocol: tcp, FromPort: 3389, ToPort: 3389, CidrIp: '::/0'}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {AWS: '*'}, Action: sts:AssumeRole}
  Bucket:
    Type: AWS::S3::Bucket
`;
const TERRAFORM = `resource "aws_ebs_volume" "disk" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = false
}
resource "aws_security_group" "group" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]
  }
}
`;
const TERRAFORM_JSON = JSON.stringify({
  resource: {
    aws_security_group: {
      group: { ingress: { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0', '10.0.0.0/8'] } },
    },
    aws_ebs_volume: { disk: { availability_zone: 'eu-west-1a', size: 1, encrypted: false } },
  },
});

/** The identities of the findings in a document, sorted. */
function identities(text: string, name = 't.yaml'): readonly string[] {
  return findingsOf(analysed({ [name]: text }, { profile: 'strict', certainty: 'possible' }))
    .map(({ rule, resource, canonicalPath, valueHash, valueText, decidedBy = [] }) =>
      [rule, resource, canonicalPath, valueHash, valueText, ...decidedBy].join(' ').trimEnd(),
    )
    .sort();
}

const lines = (from: number, to: number): string => TEMPLATE.split('\n').slice(from, to).join('\n') + '\n';

describe('what a finding is recognized by', () => {
  const before = identities(TEMPLATE);

  it('is its rule, resource, path and value', () => {
    assert.ok(before.length >= 8, before.join('\n'));
    assert.ok(before.some((one) => /^ebs-volume-encryption Disk Encrypted [0-9a-f]{16} false$/.test(one)));
    assert.ok(
      before.some((one) =>
        /^sg-ingress-open-ssh Group SecurityGroupIngress.CidrIp [0-9a-f]{16} 0\.0\.0\.0\/0(?: [0-9a-f]{8}){3}$/.test(
          one,
        ),
      ),
    );
  });

  const group = lines(9, 15);
  const forms: Readonly<Record<string, readonly [text: string, name?: string]>> = {
    'in JSON': [asJsonText(parse('file:///t.yaml', TEMPLATE, 'yaml')), 't.json'],
    'below a comment': [`# x\n\n${TEMPLATE}`],
    'with other line ends': [TEMPLATE.replaceAll('\n', '\r\n')],
    'in flow style': [
      TEMPLATE.replace(
        / {6}AvailabilityZone[^]*?Encrypted.*\n/,
        '      {Size: 1, Encrypted: !If [IsProd, true, false]}\n',
      ),
    ],
    'with quotes': [TEMPLATE.replace(', false]', ", 'false']").replace('0.0.0.0/0', '"0.0.0.0/0"')],
    'with long functions': [TEMPLATE.replace('!If [IsProd, true, false]', '{Fn::If: [IsProd, true, false]}')],
    'in another order of branches': [TEMPLATE.replace('[IsProd, true, false]', '[IsProd, false, true]')],
    'in another order of resources': [lines(0, 3) + lines(9, 24) + lines(3, 9)],
    'in another order of items': [
      TEMPLATE.replace(/( {8}- .*3389.*\n)/, '').replace(
        /( {8}- .*22,.*\n)/,
        "        - {IpProtocol: tcp, FromPort: 3389, ToPort: 3389, CidrIp: '::/0'}\n$1",
      ),
    ],
    'with an item before': [
      TEMPLATE.replace(
        /( {8}- .*22,.*\n)/,
        '        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8}\n$1',
      ),
    ],
    'with an item for a list': [TEMPLATE.replace('          - {Effect: Allow', '          {Effect: Allow')],
    'with empty properties': [
      TEMPLATE.replace('Type: AWS::S3::Bucket\n', 'Type: AWS::S3::Bucket\n    Properties: {}\n'),
    ],
    'in another file': [TEMPLATE, 'other.template'],
  };
  for (const [what, [text, name]] of Object.entries(forms)) {
    it(`is the same ${what}`, () => {
      assert.notEqual(text + (name ?? ''), TEMPLATE);
      assert.deepEqual(identities(text, name), before);
    });
  }
  it('has resources to reorder', () => assert.match(group, /^ {2}Group:/));

  it('is the same in both syntaxes of Terraform', () => {
    const hcl = identities(TERRAFORM, 'main.tf');
    assert.ok(hcl.length >= 2);
    assert.deepEqual(identities(TERRAFORM_JSON, 'main.tf.json'), hcl);
  });

  it('differs for another value', () => {
    const after = identities(TEMPLATE.replace('0.0.0.0/0', '0.0.0.0/1'));
    assert.notDeepEqual(after, before);
  });

  it('does not depend on a secret', () => {
    const secret = (value: string): readonly string[] =>
      identities(
        `Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    Properties: {MasterUserPassword: ${value}, StorageEncrypted: true}\n`,
      ).filter((one) => one.includes('MasterUserPassword'));
    const one = secret('Horse7Battery');
    assert.equal(one.length > 0, true);
    assert.deepEqual(secret('Staple8Correct'), one);
    assert.ok(!one.join().includes('Horse'));
  });
});

/** A bucket policy for the public. */
function bucketPolicy(statement: string, indent = ''): string {
  return `Resources:
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: public
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - ${indent}${statement}
`;
}

/** A managed policy. */
function managedPolicy(statement: string): string {
  return `Resources: {P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Version: '2012-10-17', Statement: [${statement}]}}}}\n`;
}

function groupOf(ports: string): string {
  return `Resources: {G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x, SecurityGroupIngress: [{IpProtocol: tcp, ${ports}, CidrIp: 0.0.0.0/0}]}}}\n`;
}

function instances(...keys: readonly string[]): string {
  return `resource "aws_ebs_volume" "disk" {
  for_each          = toset(${JSON.stringify(keys)})
  availability_zone = each.key
  encrypted         = false
}
`;
}

const PUBLIC = (actions: string): string =>
  bucketPolicy(`{Effect: Allow, Principal: '*', Action: ${actions}, Resource: 'arn:aws:s3:::public/*'}`);
const WIDE = (actions: string): string => managedPolicy(`{Effect: Allow, Action: ${actions}, Resource: '*'}`);

/** What makes a finding with the same value worse, or not. */
const DECIDED: readonly {
  readonly what: string;
  readonly rule: string;
  readonly before: string;
  readonly after: string;
  readonly name?: string;
  readonly isKnown: boolean;
}[] = [
  {
    what: 'other ports with the same address range',
    rule: 'sg-ingress-open-high-risk-port',
    before: groupOf('FromPort: 5432, ToPort: 5432'),
    after: groupOf('FromPort: 5432, ToPort: 6379'),
    isKnown: false,
  },
  {
    what: 'the same ports in another notation',
    rule: 'sg-ingress-open-high-risk-port',
    before: groupOf('FromPort: 5432, ToPort: 5432'),
    after: groupOf(`ToPort: '5432', FromPort: "5432"`),
    isKnown: true,
  },
  {
    what: 'one more action for the public',
    rule: 's3-bucket-policy-public-principal',
    before: PUBLIC('s3:GetObject'),
    after: PUBLIC('[s3:GetObject, s3:PutObject]'),
    isKnown: false,
  },
  {
    what: 'one action less for the public',
    rule: 's3-bucket-policy-public-principal',
    before: PUBLIC('[s3:GetObject, s3:PutObject]'),
    after: PUBLIC('s3:GetObject'),
    isKnown: true,
  },
  {
    what: 'the actions for the public in another order',
    rule: 's3-bucket-policy-public-principal',
    before: PUBLIC('[s3:GetObject, s3:PutObject]'),
    after: PUBLIC('[s3:PutObject, s3:GetObject]'),
    isKnown: true,
  },
  {
    what: 'one more action on all resources',
    rule: 'iam-policy-wildcard-resource',
    before: WIDE('[s3:PutObject]'),
    after: WIDE('[s3:PutObject, s3:DeleteObject]'),
    isKnown: false,
  },
  {
    what: 'one more resource for a service wildcard',
    rule: 'iam-policy-service-wildcard-action',
    before: managedPolicy(`{Effect: Allow, Action: 'sqs:*', Resource: ['arn:aws:sqs:eu-west-1:111122223333:a']}`),
    after: managedPolicy(
      `{Effect: Allow, Action: 'sqs:*', Resource: ['arn:aws:sqs:eu-west-1:111122223333:a', 'arn:aws:sqs:eu-west-1:111122223333:b']}`,
    ),
    isKnown: false,
  },
  {
    what: 'one more service wildcard in the same statement',
    rule: 'iam-policy-service-wildcard-action',
    before: managedPolicy(`{Effect: Allow, Action: ['ec2:*'], Resource: '*'}`),
    after: managedPolicy(`{Effect: Allow, Action: ['ec2:*', 'sqs:*'], Resource: '*'}`),
    isKnown: false,
  },
  {
    what: 'one more setting that is off',
    rule: 's3-bucket-public-access-block',
    before: `Resources: {B: {Type: AWS::S3::Bucket, Properties: {PublicAccessBlockConfiguration: {BlockPublicAcls: false, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}}}}\n`,
    after: `Resources: {B: {Type: AWS::S3::Bucket, Properties: {PublicAccessBlockConfiguration: {BlockPublicAcls: false, BlockPublicPolicy: true, IgnorePublicAcls: false, RestrictPublicBuckets: true}}}}\n`,
    isKnown: false,
  },
  {
    what: 'an instance that is added',
    rule: 'ebs-volume-encryption',
    before: instances('a', 'b'),
    after: instances('a', 'b', 'c'),
    name: 'main.tf',
    isKnown: false,
  },
  {
    what: 'a second instance',
    rule: 'ebs-volume-encryption',
    before: instances('a'),
    after: instances('a', 'b'),
    name: 'main.tf',
    isKnown: false,
  },
  {
    what: 'an instance that is removed',
    rule: 'ebs-volume-encryption',
    before: instances('a', 'b'),
    after: instances('b'),
    name: 'main.tf',
    isKnown: true,
  },
];

describe('what else decides how bad a finding is', () => {
  const placed = (text: string, rule: string, name = 't.yaml'): readonly PlacedFinding[] =>
    findingsOf(analysed({ [name]: text }, { profile: 'strict', certainty: 'possible' }))
      .filter((finding) => finding.rule === rule)
      .map((finding) => ({ path: name, finding }));
  for (const { what, rule, before, after, name, isKnown } of DECIDED)
    it(`${what}: ${isKnown ? 'known' : 'new'}`, () => {
      const [old, now] = [placed(before, rule, name), placed(after, rule, name)];
      assert.equal(old.length, 1);
      assert.equal(now.length, 1);
      assert.equal(now[0]!.finding.valueHash, old[0]!.finding.valueHash);
      const known = (entries: readonly BaselineEntry[]): number =>
        matchBaseline({ ...EMPTY_BASELINE, entries }, now, { isChecked: () => true, exists: () => true }).known.size;
      assert.equal(known(baselineEntries(old)), isKnown ? 1 : 0);
      // An entry of an older version does not say it.
      assert.equal(known(baselineEntries(old).map(({ with: _with, ...entry }) => entry)), 1);
    });
});
