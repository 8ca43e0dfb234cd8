/** One cause has one finding: a more general rule replaces the findings of others, and includes their aliases. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../engine/analysis.ts';

const GROUP = (rule: string): string => `
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Open
      SecurityGroupIngress:
        - {${rule}, CidrIp: 0.0.0.0/0}
`;

const OF_ALL = ['CKV_AWS_24', 'CKV_AWS_25', 'CKV_AWS_260'];

const CASES: readonly {
  readonly rule: string;
  readonly found: readonly string[];
  readonly checkov: readonly string[];
}[] = [
  { rule: 'IpProtocol: -1', found: ['sg-ingress-open-all'], checkov: OF_ALL },
  { rule: 'IpProtocol: tcp, FromPort: 0, ToPort: 65535', found: ['sg-ingress-open-all'], checkov: OF_ALL },
  { rule: 'IpProtocol: udp, FromPort: 0, ToPort: 65535', found: ['sg-ingress-open-all'], checkov: [] },
  { rule: 'IpProtocol: tcp, FromPort: 22, ToPort: 22', found: ['sg-ingress-open-ssh'], checkov: ['CKV_AWS_24'] },
  { rule: 'IpProtocol: tcp, FromPort: 3389, ToPort: 3389', found: ['sg-ingress-open-rdp'], checkov: ['CKV_AWS_25'] },
  {
    rule: 'IpProtocol: tcp, FromPort: 20, ToPort: 4000',
    found: ['sg-ingress-open-high-risk-port'],
    checkov: ['CKV_AWS_24', 'CKV_AWS_25', 'CKV_AWS_260'],
  },
  {
    rule: 'IpProtocol: tcp, FromPort: 80, ToPort: 443',
    found: ['sg-ingress-open-high-risk-port'],
    checkov: ['CKV_AWS_260'],
  },
  { rule: 'IpProtocol: tcp, FromPort: 5432, ToPort: 5432', found: ['sg-ingress-open-high-risk-port'], checkov: [] },
  { rule: 'IpProtocol: tcp, FromPort: 80, ToPort: 80', found: ['sg-ingress-open-http'], checkov: ['CKV_AWS_260'] },
  { rule: 'IpProtocol: tcp, FromPort: 80, ToPort: 81', found: ['sg-ingress-open-world'], checkov: ['CKV_AWS_260'] },
  { rule: 'IpProtocol: tcp, FromPort: 8443, ToPort: 8443', found: ['sg-ingress-open-world'], checkov: [] },
  { rule: 'IpProtocol: tcp, FromPort: 443, ToPort: 443', found: [], checkov: [] },
];

describe('one cause is one finding', () => {
  for (const { rule, found, checkov } of CASES) {
    it(rule, () => {
      const findings = findingsOf(analysed({ 't.yaml': GROUP(rule) }, { certainty: 'certain' }, ['t.yaml'])).filter(
        (finding) => finding.rule.startsWith('sg-ingress'),
      );
      assert.deepEqual(
        findings.map((finding) => finding.rule),
        found,
      );
      assert.deepEqual(findings.flatMap((finding) => finding.aliases.checkov ?? []).sort(), checkov);
    });
  }
});

const POLICY = (statement: string): string => `{"Version": "2012-10-17", "Statement": [${statement}]}`;

const TOPIC = (principal: string): string => `
Resources:
  Topic:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [t]
      PolicyDocument: {Statement: {Effect: Allow, Principal: {Service: ${principal}}, Action: 'sns:Publish', Resource: '*'}}
`;

const BLOCK = `
Resources:
  Bucket: {Type: AWS::S3::Bucket, Properties: {PublicAccessBlockConfiguration: {BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: true, RestrictPublicBuckets: true}}}
`;

const OPEN_BUCKET = `resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_public_access_block" "b" {
  bucket              = aws_s3_bucket.b.id
  block_public_policy = false
}
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "\${aws_s3_bucket.b.arn}/*" }] })
}
`;
const ARNS = `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::aws:policy/SecurityAudit']
      AssumeRolePolicyDocument: {}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: ['arn:aws:s3:::a/*', !Sub 'arn:aws:s3:::\${AWS::StackName}/*']}]}}]
`;

const LAMBDA_ROLE = (policies: string): string => `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}}
      ManagedPolicyArns: [${policies}]
`;

/** The items that one finding is about: its message, and what is said at the other items. */
const FOLDED: readonly {
  readonly name: string;
  readonly rule: string;
  readonly files: Readonly<Record<string, string>>;
  readonly findings: readonly (readonly [message: string, ...related: string[]])[];
}[] = [
  {
    name: 'services without a source',
    rule: 'iam-policy-confused-deputy',
    files: {
      't.yaml': TOPIC("[s3.amazonaws.com, cloudtrail.amazonaws.com, !Sub 'logs.${AWS::Region}.amazonaws.com']"),
    },
    findings: [
      [
        'Any AWS customer can reach Topic through s3.amazonaws.com and 2 more (confused deputy). Add a condition on aws:SourceArn or aws:SourceAccount.',
        'The same applies to cloudtrail.amazonaws.com.',
        'The same applies to logs.….amazonaws.com.',
      ],
    ],
  },
  {
    name: 'actions of a retired service',
    rule: 'iam-policy-unknown-action',
    files: {
      'p.json': POLICY(
        '{"Effect": "Allow", "Action": ["macie:ListMemberAccounts", "s3:GetObject", "macie:ListS3Resources", "iot1click:ListProjects"], "Resource": "*"}',
      ),
    },
    findings: [
      [
        'In p.json, macie:ListMemberAccounts and 1 more belong to Amazon Macie Classic, which is retired. Use actions of macie2, or remove them.',
        'The same applies to macie:ListS3Resources.',
      ],
      ['In p.json, iot1click:ListProjects belongs to AWS IoT 1-Click, retired on 2024-12-16. Remove it.'],
    ],
  },
  {
    name: 'settings of a public access block',
    rule: 's3-bucket-public-access-block',
    files: { 't.yaml': BLOCK },
    findings: [
      [
        'Bucket does not enable BlockPublicAcls. A public ACL or policy could make it public; enable all four settings.',
        'BlockPublicPolicy is also false.',
      ],
    ],
  },
  {
    name: 'settings of a public access block that are not written',
    rule: 's3-bucket-policy-public-principal',
    files: { 'main.tf': OPEN_BUCKET },
    findings: [
      [
        'The bucket policy aws_s3_bucket_policy.b allows public access, and Block Public Access is off. Specify the principals, and turn on Block Public Access.',
        'Another setting is not set here.',
        'block_public_policy is also false.',
        'aws_s3_bucket_policy.b is the policy of the bucket aws_s3_bucket.b.',
      ],
    ],
  },
  {
    name: 'ARNs with a partition',
    rule: 'iam-policy-hard-coded-partition',
    files: { 't.yaml': ARNS },
    findings: [
      [
        'Role and the policy in Role hard-code the partition in ARNs. Use ${AWS::Partition} to support AWS GovCloud (US) and China.',
        'The same applies to arn:aws:iam::aws:policy/SecurityAudit.',
        'The same applies to the policy in Role.',
        'The same applies to arn:aws:s3:::…/*.',
      ],
    ],
  },
  {
    name: 'policies of one role, the gravest first',
    rule: 'iam-identity-managed-policy-wide',
    files: {
      't.yaml': LAMBDA_ROLE(
        "'arn:aws:iam::aws:policy/AmazonS3FullAccess', 'arn:aws:iam::aws:policy/AdministratorAccess'",
      ),
    },
    findings: [
      [
        'The role Role attaches AdministratorAccess and AmazonS3FullAccess. AdministratorAccess allows full access; attach least-privilege policies instead.',
        'The same applies to AmazonS3FullAccess.',
      ],
    ],
  },
  {
    name: 'one policy of a role',
    rule: 'iam-identity-managed-policy-wide',
    files: { 't.yaml': LAMBDA_ROLE("'arn:aws:iam::aws:policy/AmazonS3FullAccess'") },
    findings: [
      [
        'The role Role attaches AmazonS3FullAccess (s3:* and s3-object-lambda:*). Attach a least-privilege policy instead.',
      ],
    ],
  },
  {
    name: 'whole services of one statement',
    rule: 'iam-policy-service-wildcard-action',
    files: {
      'p.json': POLICY('{"Effect": "Allow", "Action": ["cloudwatch:*", "s3:*", "sqs:*", "kms:*"], "Resource": "*"}'),
    },
    findings: [
      [
        'p.json allows s3:*, sqs:*, kms:* and 1 more on all resources. List the actions and resources that are needed.',
        'The same applies to cloudwatch:*.',
        'The same applies to sqs:*.',
        'The same applies to kms:*.',
      ],
    ],
  },
  {
    name: 'whole services of two statements',
    rule: 'iam-policy-service-wildcard-action',
    files: {
      'p.json': POLICY(
        '{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}',
      ),
    },
    findings: ['s3', 'kms'].map((service): [string] => [
      `p.json allows ${service}:* on all resources. It can delete and share them; list the actions and resources that are needed.`,
    ]),
  },
  {
    name: 'operations on batches',
    rule: 'iam-policy-unknown-action',
    files: {
      'p.json': POLICY(
        '{"Effect": "Allow", "Action": ["sqs:SendMessage", "sqs:DeleteMessage", "sqs:SendMessageBatch", "sqs:DeleteMessageBatch"], "Resource": "*"}',
      ),
    },
    findings: [
      [
        'In p.json, sqs:SendMessageBatch and 1 more are API operations, not IAM actions. Remove them; the actions that they require are already listed.',
        'The same applies to sqs:DeleteMessageBatch.',
      ],
    ],
  },
  {
    name: 'policies without a version',
    rule: 'iam-policy-version',
    files: {
      't.yaml': `${TOPIC('s3.amazonaws.com')}${TOPIC('s3.amazonaws.com').replace('\nResources:', '').replace('Topic:', 'Other:')}`,
    },
    findings: [
      [
        'Other and Topic have policies without Version. AWS does not resolve policy variables in them; set Version to "2012-10-17".',
        'The same applies to Topic.',
      ],
    ],
  },
];

describe('several items of one cause are one finding', () => {
  it('placeholders, in recommended where a tool does not replace them', () => {
    const lines = (resources: string): readonly string[] =>
      findingsOf(
        analysed(
          { 'p.json': POLICY(`{"Effect": "Allow", "Action": "s3:GetObject", "Resource": [${resources}]}`) },
          { rules: new Set(['iam-policy-placeholder']), profile: 'recommended' },
        ),
      ).flatMap(({ severity, related }) => [severity, ...related.map(({ message }) => message)]);
    assert.deepEqual(lines('"arn:${PARTITION}:s3:::a/*", "arn:${PARTITION}:s3:::b/*"'), []);
    assert.deepEqual(lines('"arn:${PARTITION}:s3:::a/*", "arn:aws:s3:::YOUR-BUCKET/*"'), [
      'low',
      'This contains the placeholder YOUR-BUCKET.',
    ]);
  });

  it('entries that one entry covers, in one of two equal statements', () => {
    const statement = '{"Effect": "Allow", "Action": ["s3:*", "s3:GetObject", "s3:ListBucket"], "Resource": "*"}';
    const found = findingsOf(
      analysed(
        { 'p.json': POLICY(`${statement}, ${statement}`) },
        { rules: new Set(['iam-policy-redundant-entry', 'iam-policy-duplicate-statement']) },
      ),
    );
    assert.deepEqual(
      found.map(({ rule, path, related }) => [rule, path, ...related.map(({ message }) => message)]),
      [
        [
          'iam-policy-redundant-entry',
          'Statement[0].Action[1]',
          'The same applies to s3:ListBucket.',
          'This entry covers it.',
        ],
        ['iam-policy-duplicate-statement', 'Statement[1]', 'The same statement is also here.'],
      ],
    );
  });

  for (const { name, rule, files, findings } of FOLDED) {
    it(name, () => {
      const found = findingsOf(analysed(files, { certainty: 'certain', rules: new Set([rule]) }));
      assert.deepEqual(
        found.map(({ message, related }) => [message, ...related.map((one) => one.message)]),
        findings,
      );
    });
  }
});

describe('the items of a dynamic block, which are written at one place', () => {
  const group = (rules: string, cidr = 'ingress.value.cidr'): string => `locals {
  rules = { ${rules} }
}
resource "aws_security_group" "g" {
  description = "Open"
  dynamic "ingress" {
    for_each = local.rules
    content {
      from_port   = ingress.value.port
      to_port     = try(ingress.value.last, ingress.value.port)
      protocol    = "tcp"
      cidr_blocks = [${cidr}]
    }
  }
}
`;
  const ofGroup = (text: string) =>
    findingsOf(analysed({ 'main.tf': text })).filter(({ rule }) => rule.startsWith('sg-ingress-'));
  const open = (port: number, more = ''): string =>
    `r${port}${more.length} = { port = ${port}, cidr = "0.0.0.0/0"${more} }`;

  for (const cidr of ['ingress.value.cidr', '"0.0.0.0/0"'])
    it(`have a finding each: ${cidr}`, () =>
      assert.deepEqual(
        ofGroup(group(`${open(22)}, ${open(3306)}`, cidr)).map(({ rule }) => rule),
        ['sg-ingress-open-high-risk-port', 'sg-ingress-open-ssh'],
      ));

  it('have one finding if one rule subsumes the other for the same item', () =>
    assert.deepEqual(
      ofGroup(group(open(20, ', last = 4000'))).map(({ rule }) => rule),
      ['sg-ingress-open-high-risk-port'],
    ));

  it('are related places of one finding of the same rule', () =>
    assert.deepEqual(
      ofGroup(group(`${open(22)}, ${open(22, ', last = 22')}`)).map(({ rule, related }) => [rule, related.length]),
      [['sg-ingress-open-ssh', 2]],
    ));
});
