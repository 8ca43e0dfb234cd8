/**
 * Cards take little space in an editor, which breaks long lines, whatever a document says. Those of resources without
 * properties are in `defaults.test.ts`.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Card, Line } from '../../server/src/hover/card.ts';
import { cutToRows, MAX_ROWS, rowsOf } from '../../server/src/hover/rows.ts';
import { cloudFormation } from '../bench/documents/cloudformation.ts';
import { sam } from '../bench/documents/sam.ts';
import { terraform } from '../bench/documents/terraform.ts';
import { fixturePaths, readFixture } from '../kit/fixtures.ts';
import { runs, sample } from '../kit/runs.ts';
import { cardsOf } from './card-at.ts';
import { shownRows } from './shown-rows.ts';

/** The cards at the words of a document that take too many rows, with the number of all cards. */
function tooLong(name: string, text: string, nth = 1): { readonly cards: number; readonly long: readonly string[] } {
  const cardAt = cardsOf(name, text, 'all');
  const offsets = sample(
    [...text.matchAll(/[\w:-]{3,}/g)].map(({ index }) => index + 1),
    nth,
  );
  const cards = offsets.flatMap((offset) => cardAt(offset) ?? []);
  return {
    cards: cards.length,
    long: cards.flatMap((card) =>
      [true, false].flatMap((hasIcons) => {
        const rows = shownRows(card, hasIcons);
        return rows > MAX_ROWS ? [`${name}: ${card.title}: ${rows}`] : [];
      }),
    ),
  };
}

function assertShort(name: string, text: string, nth?: number): void {
  const { cards, long } = tooLong(name, text, nth);
  assert.ok(cards > 0, `${name} has cards`);
  assert.deepEqual(long, []);
}

const LONG_NAME = `OrdersOfTheShop${'WithALongLogicalId'.repeat(10)}`;

/** A database with findings, that many paths lead to, in a template with long names. */
function exposedDatabase(name: string): string {
  const groups = Array.from({ length: 9 }, (_, index) => `${name}Group${index}`);
  return JSON.stringify({
    Parameters: { Stage: { Type: 'String', Default: 'test', AllowedValues: ['test', 'live'] } },
    Conditions: { [`${name}IsLive`]: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } },
    Resources: {
      [name]: {
        Type: 'AWS::RDS::DBInstance',
        DeletionPolicy: { 'Fn::If': [`${name}IsLive`, 'Retain', 'Delete'] },
        Properties: {
          Engine: 'mysql',
          MasterUserPassword: 'hunter2hunter2',
          PubliclyAccessible: { 'Fn::If': [`${name}IsLive`, false, true] },
          StorageEncrypted: { 'Fn::If': [`${name}IsLive`, true, false] },
          BackupRetentionPeriod: { 'Fn::If': [`${name}IsLive`, 14, 0] },
          DeletionProtection: { 'Fn::If': [`${name}IsLive`, true, false] },
          AutoMinorVersionUpgrade: false,
          DBSubnetGroupName: { Ref: `${name}Subnets` },
          VPCSecurityGroups: groups.map((group) => ({ 'Fn::GetAtt': [group, 'GroupId'] })),
        },
      },
      [`${name}Subnets`]: {
        Type: 'AWS::RDS::DBSubnetGroup',
        Properties: { DBSubnetGroupDescription: 'd', SubnetIds: [{ Ref: `${name}Subnet` }] },
      },
      [`${name}Subnet`]: {
        Type: 'AWS::EC2::Subnet',
        Properties: { VpcId: { Ref: `${name}Vpc` }, CidrBlock: '10.0.0.0/24' },
      },
      [`${name}Vpc`]: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      [`${name}Gateway`]: { Type: 'AWS::EC2::InternetGateway' },
      [`${name}Attachment`]: {
        Type: 'AWS::EC2::VPCGatewayAttachment',
        Properties: { VpcId: { Ref: `${name}Vpc` }, InternetGatewayId: { Ref: `${name}Gateway` } },
      },
      [`${name}Routes`]: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: `${name}Vpc` } } },
      [`${name}Route`]: {
        Type: 'AWS::EC2::Route',
        Properties: {
          RouteTableId: { Ref: `${name}Routes` },
          DestinationCidrBlock: '0.0.0.0/0',
          GatewayId: { Ref: `${name}Gateway` },
        },
      },
      [`${name}Association`]: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: { Ref: `${name}Subnet` }, RouteTableId: { Ref: `${name}Routes` } },
      },
      ...Object.fromEntries(
        groups.map((group, index) => [
          group,
          {
            Type: 'AWS::EC2::SecurityGroup',
            Properties: {
              GroupDescription: 'd',
              VpcId: { Ref: `${name}Vpc` },
              SecurityGroupIngress: [
                { IpProtocol: 'tcp', FromPort: 3300 + index, ToPort: 3306 + index, CidrIp: '0.0.0.0/0' },
              ],
            },
          },
        ]),
      ),
    },
  });
}

/** A queue that many principals of the template and of other accounts have access to. */
function sharedQueue(name: string): string {
  const roles = Array.from({ length: 12 }, (_, index) => `${name}Role${index}`);
  const queue = { 'Fn::GetAtt': [name, 'Arn'] };
  return JSON.stringify({
    Resources: {
      [name]: { Type: 'AWS::SQS::Queue' },
      [`${name}Policy`]: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: name }],
          PolicyDocument: {
            Statement: roles.map((role, index) => ({
              Sid: `${role.replaceAll(/\W/g, '')}`,
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::11112222333${index % 10}:role/${role.slice(0, 60)}` },
              Action: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:SetQueueAttributes'],
              Resource: queue,
              Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:111122223333:${'topic-'.repeat(30)}${index}` } },
            })),
          },
        },
      },
      ...Object.fromEntries(
        roles.map((role) => [
          role,
          {
            Type: 'AWS::IAM::Role',
            Properties: {
              AssumeRolePolicyDocument: {
                Statement: [
                  { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
                ],
              },
              Policies: [
                {
                  PolicyName: 'p',
                  PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: queue }] },
                },
              ],
            },
          },
        ]),
      ),
    },
  });
}

/** The same as a Terraform configuration with many instances. */
const INSTANCES = `variable "names" {
  default = ["${Array.from({ length: 9 }, (_, index) => `${'long-'.repeat(20)}${index}`).join('", "')}"]
}
resource "aws_db_instance" "main_${'with_a_long_name_'.repeat(8)}" {
  for_each            = toset(var.names)
  identifier          = each.key
  engine              = "mysql"
  storage_encrypted   = each.key == var.names[0]
  publicly_accessible = each.key != var.names[1]
  backup_retention_period = each.key == var.names[2] ? 0 : 7
}
`;

describe('the rows of cards', () => {
  it('are counted as an editor breaks lines', () => {
    assert.equal(rowsOf(''), 1);
    assert.equal(rowsOf(`${'x'.repeat(39)} ${'x'.repeat(40)}`), 1);
    assert.equal(rowsOf(`${'x'.repeat(40)} ${'x'.repeat(40)}`), 2);
    // A rule is broken after a hyphen.
    assert.equal(rowsOf(`${'x'.repeat(70)} a-long-rule`), 2);
    assert.equal(rowsOf(`${'x'.repeat(70)} a-long-rule ${'y'.repeat(75)}`), 2);
    // A word that is longer than a row is broken too.
    assert.equal(rowsOf('x'.repeat(80)), 1);
    assert.equal(rowsOf('x'.repeat(300)), 4);
    assert.equal(rowsOf(`a ${'x'.repeat(81)} b`), 3);
  });

  it('are those of the beginning of a text that is cut', () => {
    assert.equal(cutToRows('a text', 1, 10), 'a text');
    assert.equal(cutToRows(`${'word '.repeat(30)}`, 1, 60), 'word word word\u2026');
    assert.equal(cutToRows(`${'word '.repeat(30)}`, 1, 60, ' (a-rule)'), 'word word\u2026 (a-rule)');
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), fc.integer({ min: 2, max: 4 }), fc.nat(60), (text, rows, before) => {
        const cut = cutToRows(text, rows, before);
        assert.ok(rowsOf(`${'x'.repeat(before)} ${cut}`) <= rows, cut);
      }),
    );
  });

  it('are few with many findings, paths, principals and instances, and with long names', () => {
    for (const name of ['Orders', LONG_NAME]) {
      assertShort('database.json', exposedDatabase(name));
      assertShort('queue.json', sharedQueue(name));
    }
    assertShort('main.tf', INSTANCES);
  });

  it('are few in the documents of rules', () => {
    const alone = sample(fixturePaths(), 20)
      .flatMap((path) => readFixture(path).cases)
      .flatMap(({ files: [file, ...others] }) => (file && others.length === 0 ? [file] : []));
    // Some documents are there to be recognized as nothing.
    const known = alone.filter(({ text }) =>
      /^Resources:|"Resources"|\bresource\b|"(?:planned_values|Statement)"/m.test(text),
    );
    const long = known.flatMap(({ path, text }) => tooLong(path, text, 2).long);
    assert.deepEqual(long, []);
  });

  it('are few in large documents', () => {
    assertShort('template.yaml', cloudFormation(20_000, 'yaml'), 10);
    assertShort('sam.yaml', sam(20_000, 'yaml'), 10);
    assertShort('main.tf', terraform(20_000, 'hcl'), 10);
  });

  it('are few whatever a card says', () => {
    // Markup is escaped, which other tests show.
    const sign = fc.constantFrom(...'abcdefghijkLMNOP0123456789.,;:()-/'.split(''));
    const word = fc.oneof(
      fc.string({ unit: sign, maxLength: 12 }),
      fc.string({ unit: sign, minLength: 60, maxLength: 200 }),
    );
    const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '));
    const part = fc.record({
      text,
      cite: fc.array(
        word.map((name) => ({ url: `https://docs.aws.amazon.com/x/${name.replaceAll(/[()]/g, '')}.html` })),
        { maxLength: 4 },
      ),
      rank: fc.nat(4),
    });
    const line: fc.Arbitrary<Line> = fc.record(
      {
        label: text,
        here: fc.constant(true as const),
        status: fc.constantFrom('good', 'wrong', 'unknown'),
        parts: fc.array(part, { minLength: 1, maxLength: 8 }),
        separator: fc.constantFrom(', ', '; '),
        names: fc.record({ most: fc.integer({ min: 1, max: 6 }), lead: text }),
        rank: fc.constantFrom('detail', 'state', 'fact'),
      },
      { requiredKeys: ['label', 'parts', 'separator'] },
    );
    const cards: fc.Arbitrary<Card> = fc.record({
      title: text,
      verdict: part,
      lines: fc
        .array(line, { maxLength: 20 })
        .map((lines) => lines.toSorted((a, b) => Number(!!a.here) - Number(!!b.here))),
      heading: fc.constant('In this template'),
      hasPaths: fc.constant(true as const),
      range: fc.constant({ start: 0, end: 1 }),
    });
    fc.assert(
      fc.property(cards, fc.boolean(), (card, hasIcons) => {
        const rows = shownRows(card, hasIcons);
        assert.ok(rows <= MAX_ROWS, `${rows} rows`);
      }),
      { numRuns: runs(100), endOnFailure: true },
    );
  });
});
