/** That cards say nothing of a resource that is true of another one only: what decides is in the document. */
import assert from 'node:assert/strict';
import { plainTextOf } from '../../server/src/hover/markdown.ts';
import { cardAt } from './card-at.ts';

interface Truth {
  readonly title: string;
  readonly type: string;
  readonly properties: string;
  readonly says: readonly string[];
  readonly never?: readonly string[];
}

const GUEST = 'guest operating system';

const TRUTHS: readonly Truth[] = [
  {
    title: 'an instance',
    type: 'AWS::EC2::Instance',
    properties: '{ImageId: ami-1}',
    says: [`You: ${GUEST} and its patches`, 'AMI decide'],
  },
  {
    title: 'an instance without metadata',
    type: 'AWS::EC2::Instance',
    properties: '{MetadataOptions: {HttpEndpoint: disabled}}',
    says: ['metadata: none'],
    never: ['AMI decide'],
  },
  {
    title: 'an instance of a launch template',
    type: 'AWS::EC2::Instance',
    properties: '{LaunchTemplate: {LaunchTemplateId: lt-1, Version: 1}}',
    says: ['so launch template, account'],
  },
  {
    title: 'a database',
    type: 'AWS::RDS::DBInstance',
    properties: '{Engine: postgres}',
    says: ['AWS runs and patches the machine', 'not encrypted: StorageEncrypted is not set'],
    never: [GUEST, 'You: host', 'cluster'],
  },
  {
    title: 'a database of RDS Custom for Oracle',
    type: 'AWS::RDS::DBInstance',
    properties: '{Engine: custom-oracle-ee}',
    says: ['you manage the host', 'You: host and operating system with its patches'],
    never: ['patches of operating system and database'],
  },
  {
    title: 'a database of RDS Custom for SQL Server',
    type: 'AWS::RDS::DBInstance',
    properties: '{Engine: custom-sqlserver-se}',
    says: ['(unless you bring an engine version)'],
    never: ['with its patches'],
  },
  {
    title: 'a database of an engine that is not known',
    type: 'AWS::RDS::DBInstance',
    properties: '{Engine: !Ref Given}',
    says: ['AWS hosts the database'],
    never: ['patches'],
  },
  {
    title: 'a member of an Aurora cluster',
    type: 'AWS::RDS::DBInstance',
    properties: '{Engine: aurora-mysql, DBClusterIdentifier: c1}',
    says: ['as its cluster c1 is'],
    never: ['not encrypted', 'chosen at creation', 'backups:'],
  },
  {
    title: 'a restored database',
    type: 'AWS::RDS::DBInstance',
    properties: '{Engine: mysql, DBSnapshotIdentifier: s1}',
    says: ['as the snapshot s1 is'],
    never: ['not encrypted'],
  },
  {
    title: 'an Aurora cluster',
    type: 'AWS::RDS::DBCluster',
    properties: '{Engine: aurora-mysql}',
    says: ['with a key that AWS owns'],
    never: ['not encrypted', 'public address'],
  },
  {
    title: 'a Multi-AZ cluster',
    type: 'AWS::RDS::DBCluster',
    properties: '{Engine: postgres, StorageEncrypted: false, PubliclyAccessible: true}',
    says: ['not encrypted: StorageEncrypted is false', 'public address: yes'],
    never: ['a key that AWS owns'],
  },
  {
    title: 'a function from an archive',
    type: 'AWS::Lambda::Function',
    properties: '{Runtime: python3.13}',
    says: [
      'If it were an image: you would rebuild',
      'patches of supported runtimes (by itself)',
      'supported until 2029-06-30',
    ],
    never: [GUEST, 'rebuilding the image', 'machines'],
  },
  {
    title: 'a function on a runtime that is deprecated',
    type: 'AWS::Lambda::Function',
    properties: '{Runtime: nodejs18.x}',
    says: ['deprecated since 2025-09-01'],
  },
  {
    title: 'a function from an image',
    type: 'AWS::Lambda::Function',
    properties: '{PackageType: Image}',
    says: ['rebuilding the image for patches'],
    never: ['by itself', 'leaving runtimes'],
  },
  {
    title: 'a function that is patched by hand',
    type: 'AWS::Lambda::Function',
    properties: '{Runtime: python3.13, RuntimeManagementConfig: {UpdateRuntimeOn: Manual}}',
    says: ['taking patched versions of the runtime'],
    never: ['by itself'],
  },
  {
    title: 'a function on machines of the account',
    type: 'AWS::Lambda::Function',
    properties: '{Runtime: python3.13, CapacityProviderConfig: {X: y}}',
    says: ['AWS runs and patches machines in your account'],
    never: ['isolated execution environments'],
  },
  {
    title: 'a listener for HTTPS',
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    properties: '{Protocol: HTTPS}',
    says: ['the work of encrypting and decrypting'],
    never: ['not encrypted'],
  },
  {
    title: 'a listener for TCP',
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    properties: '{Protocol: TCP}',
    says: ['passed on as it comes'],
    never: ['encrypting and decrypting', 'authentication of users'],
  },
  {
    title: 'a gateway load balancer',
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    properties: '{Type: gateway}',
    says: ['software of appliances'],
    never: ['web ACL', 'scheme', 'TLS'],
  },
  {
    title: 'a copy of a volume',
    type: 'AWS::EC2::Volume',
    properties: '{SourceVolumeId: vol-1}',
    says: ['encrypted, as its source vol-1'],
    never: ['not set'],
  },
];

describe('what ownership cards say', () => {
  for (const { title, type, properties, says, never = [] } of TRUTHS)
    it(`of ${title}`, () => {
      const text = `Parameters:\n  Given: {Type: String}\nResources:\n  Thing:\n    Type: ${type}\n    Properties: ${properties}\n`;
      const card = plainTextOf(cardAt('a.yaml', text, text.indexOf('Thing')) ?? assert.fail('a card'));
      for (const words of says) assert.ok(card.includes(words), `says ${words}:\n${card}`);
      for (const words of never)
        assert.ok(!card.replace(/\[\d+\] https:\S+/g, '').includes(words), `does not say ${words}:\n${card}`);
    });

  it('of what Terraform does by default', () => {
    const text =
      '{"resource": {"aws_db_instance": {"main": {"engine": "mysql"}}, "aws_security_group": {"group": {"name": "g"}}}}';
    const said = (name: string): string =>
      plainTextOf(cardAt('a.tf.json', text, text.indexOf(name)) ?? assert.fail('a card'));
    assert.match(said('main'), /backups: none by itself, backup_retention_period is 0 by default/);
    assert.match(said('"group'), /out: only what the rules let out/);
  });
});
