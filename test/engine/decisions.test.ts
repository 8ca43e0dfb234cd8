/** What each rule that looks at a place decides there: `§` is the cursor. */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import type { Decision, Verdict } from '../../server/src/hover/explanation/decision.ts';
import { scenario } from '../../server/src/model/scenario.ts';
import { explainer } from '../hover/explained-at.ts';

const IN = {
  volume: 'AWS::EC2::Volume',
  bucket: 'AWS::S3::Bucket',
  group: 'AWS::EC2::SecurityGroup',
  database: 'AWS::RDS::DBInstance',
  key: 'AWS::KMS::Key',
} as const;

const HEAD = `Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
  Given: {Type: String}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  It:
    Condition: CONDITION
    Type: `;

function template(what: keyof typeof IN, properties: string, more = ''): string {
  return `${HEAD.replace(/ +Condition: CONDITION\n/, '')}${IN[what]}\n    Properties: ${properties}\n${more}`;
}

const POLICY = template(
  'key',
  '{}',
  `  Users:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: dynamodb:DeleteTable, Resource: RESOURCE}]}}
`,
);

function decided(marked: string, name = 'a.yaml', options: Partial<AnalysisOptions> = {}): readonly Decision[] {
  return explainer(name, marked.replace('§', ''), options)(marked.indexOf('§'))?.decisions ?? [];
}

/** The decisions in lines: the rule, and each verdict with what belongs to it. */
function linesOf(decisions: readonly Decision[]): readonly string[] {
  return decisions.map(({ rule, verdicts }) => `${rule}: ${verdicts.map(verdictText).join('; ')}`);
}

function verdictText(verdict: Verdict): string {
  if (verdict.what === 'not-applicable' || verdict.what === 'failed') return verdict.what;
  const { what, path, value, when } = verdict;
  const head = [
    what,
    verdict.what === 'found' && verdict.certainty === 'possible' ? 'possible' : '',
    `${path ?? '-'}=${value.text}`,
    scenario(when),
  ];
  const tail =
    verdict.what === 'unclear' || verdict.what === 'found' ? verdict.because.map((clause) => `(${clause})`) : [];
  const why = verdict.what === 'found' ? verdict.unreported : undefined;
  return [...head, ...tail, why === undefined ? '' : typeof why === 'string' ? `[${why}]` : `[by ${why.by}]`]
    .filter((part) => part !== '')
    .join(' ');
}

describe('decisions', () => {
  const rows: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
    ['what is wrong', template('volume', '{Encrypted: §false}'), ['ebs-volume-encryption: found Encrypted=false']],
    ['what is right', template('volume', '{Encrypted: §true}'), ['ebs-volume-encryption: fine Encrypted=true']],
    ['the key', template('volume', '{Encry§pted: true}'), ['ebs-volume-encryption: fine Encrypted=true']],
    [
      'what is both',
      template('volume', '{Encrypted: §!If [IsLive, true, false]}'),
      ['ebs-volume-encryption: found Encrypted=false when IsLive is false; fine Encrypted=true when IsLive is true'],
    ],
    [
      'one branch of both',
      template('volume', '{Encrypted: !If [IsLive, §true, false]}'),
      ['ebs-volume-encryption: found Encrypted=false when IsLive is false; fine Encrypted=true when IsLive is true'],
    ],
    [
      'what is not known',
      template('volume', '{Encrypted: §!Ref Given}'),
      ['ebs-volume-encryption: found possible Encrypted=the value of Given (Encrypted depends on Given) [certainty]'],
    ],
    [
      'what comes from elsewhere',
      template('volume', '{Encrypted: §!ImportValue x}'),
      [
        'ebs-volume-encryption: found possible Encrypted=unknown: it comes from another stack (Encrypted comes from another stack) [certainty]',
      ],
    ],
    [
      'what is known in one scenario',
      template('volume', '{Encrypted: §!If [IsLive, !Ref Given, false]}'),
      [
        'ebs-volume-encryption: found Encrypted=false when IsLive is false; unclear Encrypted=the value of Given when IsLive is true (Encrypted depends on Given)',
      ],
    ],
    [
      'a branch of a statement',
      POLICY.replace('RESOURCE', "!If [IsLive, §!Ref Given, '*']"),
      [
        'iam-policy-wildcard-resource: unclear Resource=the value of Given when IsLive is true',
        'iam-policy-admin-wildcard: not-applicable',
      ],
    ],
    [
      'what exempts',
      template('volume', '{Encrypted: false, SnapshotId: §snap-1}'),
      ['ebs-volume-encryption: found possible Encrypted=false [certainty]'],
    ],
    ['what no rule reads', template('volume', '{Size: §5}'), []],
    [
      'another item of a list',
      template(
        'group',
        '{SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}, {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: §0.0.0.0/0}]}',
      ),
      [
        'sg-ingress-open-all: fine CidrIp=0.0.0.0/0',
        'sg-ingress-open-rdp: fine CidrIp=0.0.0.0/0',
        'sg-ingress-open-ssh: fine CidrIp=0.0.0.0/0',
        'sg-temporary-test-rule: fine Description=not set',
      ],
    ],
    [
      'something beside what is wrong in an item',
      template('group', '{SecurityGroupIngress: [{IpProtocol: tcp, FromPort: §22, ToPort: 22, CidrIp: 0.0.0.0/0}]}'),
      [
        'sg-ingress-open-ssh: found CidrIp=0.0.0.0/0',
        'sg-ingress-open-all: fine CidrIp=0.0.0.0/0; fine CidrIpv6=not set',
        'sg-ingress-open-rdp: fine CidrIp=0.0.0.0/0; fine CidrIpv6=not set',
        'sg-temporary-test-rule: fine Description=not set',
      ],
    ],
    [
      'what can be several things and matters to no other rule',
      template(
        'group',
        '{SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: §!If [IsLive, 10.0.0.0/8, 0.0.0.0/0]}]}',
      ),
      [
        'sg-ingress-open-ssh: found CidrIp=0.0.0.0/0 when IsLive is false; fine CidrIp=10.0.0.0/8 when IsLive is true',
        'sg-ingress-open-all: fine CidrIp=0.0.0.0/0 or 10.0.0.0/8',
        'sg-ingress-open-rdp: fine CidrIp=0.0.0.0/0 or 10.0.0.0/8',
        'sg-temporary-test-rule: fine Description=not set',
      ],
    ],
    [
      'what another rule says',
      template('group', '{SecurityGroupIngress: [{IpProtocol: "-1", CidrIp: §0.0.0.0/0}]}'),
      [
        'sg-ingress-open-all: found CidrIp=0.0.0.0/0',
        'sg-ingress-open-rdp: found CidrIp=0.0.0.0/0 [by sg-ingress-open-all]',
        'sg-ingress-open-ssh: found CidrIp=0.0.0.0/0 [by sg-ingress-open-all]',
        'sg-temporary-test-rule: fine Description=not set',
      ],
    ],
    [
      'what is of a wider profile',
      template('bucket', '{VersioningConfiguration: {Status: §Suspended}}'),
      ['s3-bucket-versioning: found Status=Suspended [profile]'],
    ],
    [
      'a secret',
      template('database', '{MasterUserPassword: §"correct horse"}'),
      ['rds-master-password-plaintext: found MasterUserPassword=a secret value'],
    ],
    [
      'a statement of a policy, in a text',
      template(
        'key',
        `{KeyPolicy: '{"Statement": [{"Effect": "Allow", "Principal": "§*", "Action": "kms:*", "Resource": "*"}]}'}`,
      ),
      ['kms-key-policy-wildcard-principal: found Principal=*'],
    ],
    [
      'one of several values with one finding',
      template(
        'key',
        '{}',
        `  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}]}
      ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess, §arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess]
`,
      ),
      [
        'iam-policy-hard-coded-partition: found ManagedPolicyArns=arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess [profile]',
      ],
    ],
    [
      'another resource that a rule asks',
      template(
        'bucket',
        '{PublicAccessBlockConfiguration: {BlockPublicPolicy: §false, RestrictPublicBuckets: false}}',
        `  Policy:
    Type: AWS::S3::BucketPolicy
    Properties: {Bucket: !Ref It, PolicyDocument: {Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "*"}]}}
`,
      ),
      [
        's3-bucket-policy-public-principal: found Principal of Policy=*',
        's3-bucket-public-access-block: found BlockPublicPolicy=false [by s3-bucket-policy-public-principal]',
      ],
    ],
  ];
  for (const [what, text, expected] of rows)
    it(`are made about ${what}`, () => {
      const rules = new Set(expected.map((line) => line.split(':')[0]));
      // Many rules look at policies and security groups. Such a row lists those that it is about, or that there are
      // none.
      const isShared = expected.length > 0 && /Statement|SecurityGroup/.test(text);
      const lines = linesOf(decided(text)).filter((line) => !isShared || rules.has(line.split(':')[0]));
      assert.deepEqual(lines, expected);
    });

  it('are empty for a resource that exists in no scenario', () => {
    const never = `Conditions:\n  Never: !Equals [a, b]\nResources:\n  It: {Type: AWS::EC2::Volume, Condition: Never, Properties: {Encrypted: §false}}\n`;
    assert.deepEqual(decided(never), []);
  });

  it('omit the scenarios in which the resource does not exist', () => {
    const text = `${HEAD.replace('CONDITION', 'IsLive')}AWS::EC2::Volume\n    Properties: {Encrypted: §!If [IsLive, true, false]}\n`;
    assert.deepEqual(linesOf(decided(text)), ['ebs-volume-encryption: fine Encrypted=true']);
    const test = `${HEAD.replace('CONDITION', 'IsTest').replace('Resources:', '  IsTest: !Not [!Condition IsLive]\nResources:')}AWS::EC2::Volume\n    Properties: {Encrypted: §!If [IsLive, true, !Ref Given]}\n`;
    assert.deepEqual(linesOf(decided(test)), [
      'ebs-volume-encryption: found possible Encrypted=the value of Given (Encrypted depends on Given) [certainty]',
    ]);
  });

  it('state that possible findings are reported on request', () => {
    const text = template('volume', '{Encrypted: §!Ref Given}');
    assert.deepEqual(linesOf(decided(text, 'a.yaml', { certainty: 'possible' })), [
      'ebs-volume-encryption: found possible Encrypted=the value of Given (Encrypted depends on Given)',
    ]);
  });

  it('follow the account facts in the configuration, and list the requested ones', () => {
    const text = template('volume', '{Encrypted: §false}');
    const [decision] = decided(text, 'a.yaml', {
      configuration: { ...DEFAULT_CONFIGURATION, assume: { 'ebs.defaultEncryption': true } },
    });
    assert.deepEqual(
      [linesOf([decision!]), decision!.assumed],
      [['ebs-volume-encryption: fine Encrypted=false'], [{ name: 'ebs.defaultEncryption', value: true }]],
    );
    assert.deepEqual(decided(text)[0]!.assumed, [{ name: 'ebs.defaultEncryption', value: 'not stated' }]);
  });

  it('list the values that were read, for a list only the item', () => {
    const text = template(
      'group',
      '{SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 1.2.3.4/32}, {IpProtocol: udp, CidrIp: §0.0.0.0/0, FromPort: 5, ToPort: 6}]}',
    );
    assert.deepEqual(
      decided(text)
        .find(({ rule }) => rule === 'sg-ingress-open-all')!
        .read.map(({ path, value }) => `${path}=${value.text}`),
      ['CidrIp=0.0.0.0/0', 'IpProtocol=udp', 'FromPort=5', 'ToPort=6', 'CidrIpv6=not set'],
    );
  });

  it('exist for Terraform, in its terms', () => {
    const text = '{"resource": {"aws_ebs_volume": {"v": {"encrypted": "§${var.on}"}}}, "variable": {"on": {}}}';
    assert.deepEqual(linesOf(decided(text, 'main.tf.json')), [
      'ebs-volume-encryption: found possible encrypted=the value of var.on (encrypted depends on var.on) [certainty]',
    ]);
  });

  it('exist for all properties at the name of a resource', () => {
    const rules = decided(template('bucket', '{}').replace('  It:', '  §It:')).map(({ rule }) => rule);
    assert.ok(
      ['s3-bucket-public-access-block', 's3-bucket-versioning', 's3-bucket-access-logging'].every((rule) =>
        rules.includes(rule),
      ),
      rules.join(),
    );
  });

  describe('about the position itself', () => {
    const ROLE = `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}]}
      Policies: [{PolicyName: p, PolicyDocument: {Version: '2012-10-17', Statement: [
        {Effect: Allow, Action: 'dynamodb:DeleteTable', Resource: '*'},
        {Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*'}]}}]
  Logs: {Type: AWS::S3::Bucket, Properties: {BucketName: logs}}
  LogsPolicy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Logs, PolicyDocument: {Statement: [{Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*'}]}}}
`;
    const here = (text: string, at: string): readonly string[] => {
      const offset = text.indexOf(at);
      return (explainer('a.yaml', text)(offset)?.decisions ?? []).flatMap(({ rule, here: own }) =>
        own.some(({ what }) => what === 'found' || what === 'unclear')
          ? [`${rule}: ${own.map(verdictText).join('; ')}`]
          : [],
      );
    };
    const placed: readonly (readonly [what: string, text: string, at: string, expected: readonly string[]])[] = [
      ['what is wrong with the element', ROLE, "'*'}", ['iam-policy-wildcard-resource: found Resource=*']],
      ['another element of the statement', ROLE, "'dynamodb", []],
      ['another statement', ROLE, "'s3:GetObject", []],
      ['a policy that a rule about another resource reads', ROLE, "'*', Action: 's3:*'", []],
      [
        'a property on which it rests',
        template('group', '{SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]}'),
        '22, ToPort',
        [
          'sg-ingress-open-ssh: found CidrIp=0.0.0.0/0',
          'sg-ingress-open-world: found CidrIp=0.0.0.0/0 [by sg-ingress-open-ssh]',
        ],
      ],
      [
        'a setting that opens what another resource grants',
        template(
          'bucket',
          '{PublicAccessBlockConfiguration: {BlockPublicPolicy: false, RestrictPublicBuckets: false}}',
          `  Policy:
    Type: AWS::S3::BucketPolicy
    Properties: {Bucket: !Ref It, PolicyDocument: {Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "*"}]}}
`,
        ),
        'false, Restrict',
        [
          's3-bucket-policy-public-principal: found Principal of Policy=*',
          's3-bucket-public-access-block: found BlockPublicPolicy=false [by s3-bucket-policy-public-principal]',
        ],
      ],
    ];
    for (const [what, text, at, expected] of placed)
      it(`include ${what}${expected.length === 0 ? ' with no findings' : ''}`, () =>
        assert.deepEqual(here(text, at), expected));
  });
});
