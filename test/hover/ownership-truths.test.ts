/** Cards state only what is true of the resource in the document. */
import assert from 'node:assert/strict';
import { plainTextOf } from '../../server/src/hover/markdown.ts';
import { cardAt } from './card-at.ts';

interface Truth {
  readonly title: string;
  readonly type: string;
  readonly properties: string;
  readonly contains: readonly string[];
  readonly never?: readonly string[];
}

const GUEST = 'guest operating system';

const TRUTHS: readonly Truth[] = [
  {
    title: 'an instance',
    type: 'AWS::EC2::Instance',
    properties: '{ImageId: ami-1}',
    contains: [`Your responsibility: ${GUEST} and patches`, 'AMI apply'],
  },
  {
    title: 'an instance without metadata',
    type: 'AWS::EC2::Instance',
    properties: '{MetadataOptions: {HttpEndpoint: disabled}}',
    contains: ['metadata: disabled'],
    never: ['AMI apply'],
  },
  {
    title: 'an instance of a launch template',
    type: 'AWS::EC2::Instance',
    properties: '{LaunchTemplate: {LaunchTemplateId: lt-1, Version: 1}}',
    contains: ['so the launch template, account'],
  },
  {
    title: 'a database',
    type: 'AWS::RDS::DBInstance',
    properties: '{Engine: postgres}',
    contains: ['AWS operates and patches the instance', 'not encrypted (StorageEncrypted is not set)'],
    never: [GUEST, 'Your responsibility: host', 'cluster'],
  },
  {
    title: 'a database of RDS Custom for Oracle',
    type: 'AWS::RDS::DBInstance',
    properties: '{Engine: custom-oracle-ee}',
    contains: ['the host is your responsibility', 'Your responsibility: host, operating system and patches'],
    never: ['patching the operating system'],
  },
  {
    title: 'a database of RDS Custom for SQL Server',
    type: 'AWS::RDS::DBInstance',
    properties: '{Engine: custom-sqlserver-se}',
    contains: ['(except with a custom engine version)'],
    never: ['operating system and patches'],
  },
  {
    title: 'a database of an engine that is not known',
    type: 'AWS::RDS::DBInstance',
    properties: '{Engine: !Ref Given}',
    contains: ['AWS hosts the database'],
    never: ['patches', 'patching the'],
  },
  {
    title: 'a member of an Aurora cluster',
    type: 'AWS::RDS::DBInstance',
    properties: '{Engine: aurora-mysql, DBClusterIdentifier: c1}',
    contains: ['same as its cluster c1'],
    never: ['not encrypted', 'set at creation', 'backups:'],
  },
  {
    title: 'a restored database',
    type: 'AWS::RDS::DBInstance',
    properties: '{Engine: mysql, DBSnapshotIdentifier: s1}',
    contains: ['same as the snapshot s1'],
    never: ['not encrypted'],
  },
  {
    title: 'an Aurora cluster',
    type: 'AWS::RDS::DBCluster',
    properties: '{Engine: aurora-mysql}',
    contains: ['use an AWS owned key'],
    never: ['not encrypted', 'public address'],
  },
  {
    title: 'a Multi-AZ cluster',
    type: 'AWS::RDS::DBCluster',
    properties: '{Engine: postgres, StorageEncrypted: false, PubliclyAccessible: true}',
    contains: ['not encrypted (StorageEncrypted is false)', 'public address: yes'],
    never: ['AWS owned key'],
  },
  {
    title: 'a function from an archive',
    type: 'AWS::Lambda::Function',
    properties: '{Runtime: python3.13}',
    contains: ['patching supported runtimes (automatic)', 'supported until 2029-06-30'],
    never: [GUEST, 'image', 'instances'],
  },
  {
    title: 'a function on a runtime that is deprecated',
    type: 'AWS::Lambda::Function',
    properties: '{Runtime: nodejs18.x}',
    contains: ['deprecated since 2025-09-01'],
  },
  {
    title: 'a function from an image',
    type: 'AWS::Lambda::Function',
    properties: '{PackageType: Image}',
    contains: ['rebuilding the image to apply patches'],
    never: ['automatic', 'upgrading runtimes'],
  },
  {
    title: 'a function that is patched by hand',
    type: 'AWS::Lambda::Function',
    properties: '{Runtime: python3.13, RuntimeManagementConfig: {UpdateRuntimeOn: Manual}}',
    contains: ['adopting patched runtime versions'],
    never: ['automatic'],
  },
  {
    title: 'a function on machines of the account',
    type: 'AWS::Lambda::Function',
    properties: '{Runtime: python3.13, CapacityProviderConfig: {X: y}}',
    contains: ['AWS operates and patches instances in your account'],
    never: ['isolated execution environments'],
  },
  {
    title: 'a listener for HTTPS',
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    properties: '{Protocol: HTTPS}',
    contains: ['encrypting and decrypting'],
    never: ['not encrypted'],
  },
  {
    title: 'a listener for TCP',
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    properties: '{Protocol: TCP}',
    contains: ['forwarded without TLS termination'],
    never: ['encrypting and decrypting', 'user authentication'],
  },
  {
    title: 'a gateway load balancer',
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    properties: '{Type: gateway}',
    contains: ['appliance software'],
    never: ['web ACL', 'scheme', 'TLS'],
  },
  {
    title: 'a copy of a volume',
    type: 'AWS::EC2::Volume',
    properties: '{SourceVolumeId: vol-1}',
    contains: ['encrypted like its source vol-1'],
    never: ['not set'],
  },
  {
    title: 'a broker, some of whose claims are lists',
    type: 'AWS::AmazonMQ::Broker',
    properties: '{EngineType: ACTIVEMQ}',
    contains: [
      "AWS's responsibility: infrastructure and host operating system, patch versions in the maintenance window",
      'Your responsibility: data, public access, ',
    ],
  },
  {
    title: 'a channel on machines of AWS',
    type: 'AWS::MediaLive::Channel',
    properties: '{Name: live}',
    contains: ["AWS's responsibility: infrastructure and host operating system"],
    never: ['MediaLive Anywhere cluster'],
  },
  {
    title: 'a channel on machines of the customer',
    type: 'AWS::MediaLive::Channel',
    properties: "{AnywhereSettings: {ClusterId: '1'}}",
    contains: ['nodes of the MediaLive Anywhere cluster and their hardware'],
    never: ['infrastructure and host operating system'],
  },
  {
    title: 'tasks on machines of the customer',
    type: 'AWS::ECS::TaskDefinition',
    properties: '{RequiresCompatibilities: [EXTERNAL]}',
    contains: ['external instances and their hardware'],
    never: ['facilities, hardware', 'infrastructure and host operating system'],
  },
  {
    title: 'tasks on Fargate',
    type: 'AWS::ECS::TaskDefinition',
    properties: '{RequiresCompatibilities: [FARGATE]}',
    contains: ["AWS's responsibility: ", 'on Fargate, patching the underlying infrastructure'],
    never: ['external instances', 'ECS Managed Instances'],
  },
  {
    title: 'an application on an appliance of a service that has ended',
    type: 'AWS::Panorama::ApplicationInstance',
    properties: '{ManifestPayload: {}}',
    contains: ['end of support on May 31, 2026', 'the appliance and its physical security'],
    never: ['facilities, hardware', 'infrastructure and host operating system', 'hosts'],
  },
  {
    title: 'bare metal hosts',
    type: 'AWS::EVS::Environment',
    properties: '{VcfVersion: VCF-5.2.1}',
    contains: ['VMware Cloud Foundation, its workloads'],
    never: ['AWS operates the hypervisor', 'host operating system'],
  },
  {
    title: 'a service that is closed to new customers',
    type: 'AWS::AppRunner::Service',
    properties: '{ServiceName: web}',
    contains: ['closed to new customers since April 30, 2026'],
  },
];

describe('what ownership cards say', () => {
  for (const { title, type, properties, contains, never = [] } of TRUTHS)
    it(`of ${title}`, () => {
      const text = `Parameters:\n  Given: {Type: String}\nResources:\n  Thing:\n    Type: ${type}\n    Properties: ${properties}\n`;
      const shown = plainTextOf(cardAt('a.yaml', text, text.indexOf('Thing')) ?? assert.fail('a card'));
      // How many responsibilities a hover has space for is no claim.
      const card = shown.replaceAll(/ \(\d+ of \d+\):/g, ':');
      for (const words of contains) assert.ok(card.includes(words), `contains ${words}:\n${card}`);
      for (const words of never)
        assert.ok(!card.replace(/\[\d+\] https:\S+/g, '').includes(words), `does not say ${words}:\n${card}`);
    });

  it('of what Terraform does by default', () => {
    const text =
      '{"resource": {"aws_db_instance": {"main": {"engine": "mysql"}}, "aws_security_group": {"group": {"name": "g"}}}}';
    const textOf = (name: string): string =>
      plainTextOf(cardAt('a.tf.json', text, text.indexOf(name)) ?? assert.fail('a card'));
    assert.match(
      textOf('main'),
      /backups(?: \(1 of 3\))?: no automated backups \(backup_retention_period is 0 by default\)/,
    );
    assert.match(textOf('"group'), /outbound: only what the rules allow/);
  });

  it('of types that only Terraform has', () => {
    const text =
      '{"resource": {"aws_s3_object": {"page": {"acl": "public-read"}}, "aws_glue_job": {"job": {"source_control_details": {"auth_token": "t"}}}}}';
    const textOf = (name: string): string =>
      plainTextOf(cardAt('a.tf.json', text, text.indexOf(name)) ?? assert.fail('a card'));
    assert.match(textOf('page'), /ACL: acl is public-read \(s3-object-public-acl\)/);
    assert.match(textOf('auth_token'), /a token can be stored in AWS Secrets Manager/);
  });
});
