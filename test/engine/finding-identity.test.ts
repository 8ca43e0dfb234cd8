/** What a finding is recognized by does not depend on syntax, layout and order. */
import assert from 'node:assert/strict';
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
    .map(({ rule, resource, canonicalPath, valueHash, valueText }) =>
      [rule, resource, canonicalPath, valueHash, valueText].join(' '),
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
        /^sg-ingress-open-ssh Group SecurityGroupIngress.CidrIp [0-9a-f]{16} 0\.0\.0\.0\/0$/.test(one),
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
