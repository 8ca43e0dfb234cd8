/**
 * Rules that use each form for properties in each of its ways, for the tests of the forms. The rules about policies
 * test those for policies.
 */
import { attributeRule } from '../../server/src/rules/forms/attribute-rule.ts';
import { companionRule } from '../../server/src/rules/forms/companion-rule.ts';
import { itemRule } from '../../server/src/rules/forms/item-rule.ts';
import { listRule } from '../../server/src/rules/forms/list-rule.ts';
import type { FormFacts } from '../../server/src/rules/forms/metadata.ts';
import { secretRule } from '../../server/src/rules/forms/secret-rule.ts';
import { settingRule } from '../../server/src/rules/forms/setting-rule.ts';
import { tableRule } from '../../server/src/rules/forms/table-rule.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';

function metadata(id: string): FormFacts {
  return {
    id,
    topic: 'operations',
    severity: 'medium',
    judged: '2026-11-28',
    title: 'Examples should be right',
    why: 'It is an example.',
    sources: { 'https://docs.aws.amazon.com/': 'An example.' },
  };
}

export const EXAMPLE_RULES: readonly AnyRule[] = [
  settingRule({
    ...metadata('example-allowed-setting'),
    settings: { 'AWS::CloudFront::Distribution': 'DistributionConfig.ViewerCertificate.MinimumProtocolVersion' },
    allowed: ['TLSv1.2_2021', 'TLSv1.2_2025'],
    absent: { problem: 'uses the TLS policy of the default certificate', severity: 'low', profile: 'strict' },
    problem: 'allows old TLS versions',
  }),
  settingRule({
    ...metadata('example-known-blank'),
    settings: { 'AWS::CloudTrail::Trail': 'KMSKeyId' },
    forbidden: 'is known to be blank',
    absent: 'unsafe',
    problem: 'has no key',
  }),
  settingRule({
    ...metadata('example-known-value'),
    settings: { 'AWS::ElastiCache::CacheCluster': 'CacheSubnetGroupName' },
    forbidden: { knownToBe: ['default'] },
    absent: 'safe',
    problem: 'uses the default subnet group',
  }),
  tableRule({
    ...metadata('example-table-absence'),
    settings: {
      'AWS::OpenSearchService::Domain': 'DomainEndpointOptions.TLSSecurityPolicy',
      'AWS::Elasticsearch::Domain': {
        path: 'DomainEndpointOptions.TLSSecurityPolicy',
        write: 'Policy-Min-TLS-1-2-2019-07',
      },
    },
    table: {
      source: 'https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainEndpointOptions.html',
      date: '2026-11-28',
      values: new Map([['Policy-Min-TLS-1-0-2019-07', '2019']]),
    },
    absent: 'unsafe',
    write: 'Policy-Min-TLS-1-2-PFS-2023-10',
    problem: 'uses {value}',
    unresolvedProblem: 'may use an old policy',
    absentProblem: 'uses the first policy',
  }),
  settingRule({
    ...metadata('example-number-setting'),
    settings: { 'AWS::RDS::DBInstance': 'BackupRetentionPeriod' },
    forbidden: { below: 7 },
    write: 7,
    absent: 'safe',
    problem: 'keeps backups for less than a week',
  }),
  settingRule({
    ...metadata('example-places'),
    settings: {
      'AWS::DynamoDB::Table': [
        { path: 'SSESpecification.KMSMasterKeyId', onlyIf: { TableClass: ['STANDARD'] } },
        {
          path: 'SSESpecification.KMSMasterKeyId',
          exceptFor: ['AWS::Serverless::SimpleTable'],
          severity: 'low',
          problem: 'has no key',
          consequence: '{setting} says whose key it is.',
        },
      ],
    },
    forbidden: 'is blank',
    absent: 'unsafe',
    problem: 'has no key of its own',
  }),
  settingRule({
    ...metadata('example-safe'),
    settings: { 'AWS::Logs::LogGroup': 'DeletionProtectionEnabled' },
    required: true,
    absent: 'safe',
    problem: 'can be deleted',
    advice: 'Protect it with {setting}.',
    fix: { title: 'Protect it', cost: 'costs nothing', safe: true },
  }),
  listRule({
    ...metadata('example-list-of-objects'),
    lists: { 'AWS::EKS::Cluster': { path: 'Logging.ClusterLogging.EnabledTypes', item: 'Type' } },
    mustContain: ['api', 'audit'],
    absent: 'unsafe',
    problem: 'does not log {missing}',
    fix: { title: 'Log {missing}', cost: 'logs are charged' },
  }),
  listRule({
    ...metadata('example-list'),
    lists: { 'AWS::RDS::DBInstance': { path: 'EnableCloudwatchLogsExports', onlyIf: { Engine: ['mysql'] } } },
    mustContain: ['audit'],
    absent: 'safe',
    problem: 'does not export {missing} logs',
  }),
  listRule({
    ...metadata('example-forbidden-item'),
    lists: { 'AWS::Transfer::Server': 'Protocols' },
    mustNotContain: 'FTP',
    problem: 'accepts unencrypted FTP',
  }),
  itemRule({
    ...metadata('example-item'),
    items: { 'AWS::EC2::LaunchTemplate': 'LaunchTemplateData.BlockDeviceMappings[]' },
    setting: 'Ebs.Encrypted',
    required: true,
    absent: 'unsafe',
    unless: { DeviceName: '/dev/sdz' },
    problem: 'has a volume that is not encrypted',
  }),
  listRule({
    ...metadata('example-list-of-item'),
    lists: {
      'AWS::CloudFront::Distribution': {
        path: 'DistributionConfig.Origins[].CustomOriginConfig.OriginSSLProtocols',
        inItem: { unless: { 'CustomOriginConfig.OriginProtocolPolicy': 'http-only' } },
      },
    },
    mustNotContain: ['SSLv3'],
    problem: 'allows SSL 3.0',
  }),
  itemRule({
    ...metadata('example-item-absence'),
    items: { 'AWS::EC2::Instance': ['BlockDeviceMappings[]', { path: 'MetadataOptions', setting: 'HttpTokens' }] },
    setting: 'Ebs.Encrypted',
    forbidden: ['false', 'optional'],
    absent: { decidedBy: 'the account', assume: 'ebs.defaultEncryption', onlyIf: { Ebs: 'is present' } },
    inheritedFrom: ['Ebs.SnapshotId'],
    overriddenBy: 'ebs.defaultEncryption',
    problem: 'has an open setting {setting}',
  }),
  itemRule({
    ...metadata('example-nested-item'),
    items: { 'AWS::S3::Bucket': 'LifecycleConfiguration.Rules[].Transitions[]' },
    setting: 'StorageClass',
    forbidden: ['GLACIER_IR'],
    write: 'STANDARD_IA',
    absent: 'safe',
    problem: 'moves objects to Glacier',
  }),
  itemRule({
    ...metadata('example-object-in-item'),
    items: { 'AWS::CloudFront::Distribution': 'DistributionConfig.Origins[].CustomOriginConfig' },
    setting: 'OriginProtocolPolicy',
    forbidden: ['http-only'],
    write: 'https-only',
    absent: 'unsafe',
    onlyIf: { HTTPSPort: 'is present' },
    problem: 'connects to an origin without TLS',
  }),
  attributeRule({
    ...metadata('example-attribute'),
    attributes: {
      'AWS::ElasticLoadBalancingV2::LoadBalancer': {
        list: 'LoadBalancerAttributes',
        name: 'Key',
        value: 'Value',
        unless: { Type: ['gateway'] },
      },
    },
    attribute: 'deletion_protection.enabled',
    required: 'true',
    absent: 'unsafe',
    problem: 'can be deleted by mistake',
  }),
  attributeRule({
    ...metadata('example-map-attribute'),
    attributes: { 'AWS::RDS::DBParameterGroup': { map: 'Parameters' } },
    attribute: 'rds.force_ssl',
    required: '1',
    absent: 'unsafe',
    problem: 'allows connections without TLS',
  }),
  attributeRule({
    ...metadata('example-attribute-places'),
    attributes: {
      'AWS::RDS::DBParameterGroup': [
        { map: 'Parameters' },
        {
          map: 'Parameters',
          attribute: 'require_secure_transport',
          write: 'ON',
          absent: { onlyIf: { Family: 'mysql8.0' } },
        },
      ],
    },
    attribute: 'rds.force_ssl',
    forbidden: { ignoringCase: ['0', 'off'] },
    write: '1',
    absent: 'safe',
    problem: 'allows connections without TLS',
  }),
  settingRule({
    ...metadata('example-also-write'),
    settings: {
      'AWS::Kinesis::Stream': {
        path: 'StreamEncryption.EncryptionType',
        alsoWrite: { 'StreamEncryption.KeyId': 'alias/aws/kinesis' },
      },
    },
    required: 'KMS',
    absent: 'unsafe',
    problem: 'is not encrypted',
  }),
  companionRule({
    ...metadata('example-companion'),
    of: { 'AWS::EC2::VPC': { relation: 'flow-logs' } },
    companions: { 'AWS::EC2::FlowLog': { TrafficType: ['ALL', 'REJECT'] } },
    companion: 'must exist',
    problem: 'has no flow log',
    advice: 'Add an AWS::EC2::FlowLog resource.',
  }),
  tableRule({
    ...metadata('example-table'),
    settings: { 'AWS::Lambda::Function': { path: 'Runtime', onlyIf: { PackageType: { absentOr: ['Zip'] } } } },
    table: {
      source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
      date: '2026-11-24',
      values: new Map([
        ['python2.7', '2021-07-15'],
        ['nodejs16.x', '2024-06-12'],
      ]),
    },
    absent: 'safe',
    write: 'nodejs24.x',
    problem: 'uses {value}',
    unresolvedProblem: 'may use a deprecated runtime',
    consequence: 'AWS may not patch it since {note}.',
  }),
  secretRule({
    ...metadata('example-secret'),
    secrets: {
      'AWS::Redshift::Cluster': 'MasterUserPassword',
      'AWS::DMS::Endpoint': ['Password', 'PostgreSqlSettings.SecretsManagerSecretId'],
      'AWS::AmazonMQ::Broker': { path: 'Users[].Password', aliases: { cfn_nag: ['F52'] } },
      'AWS::ElastiCache::User': 'Passwords[]',
      'AWS::SecretsManager::Secret': { path: 'SecretString', stores: true },
    },
    advice: 'Use a dynamic reference.',
  }),
];
