import assert from 'node:assert/strict';
import {
  canonicalScalar,
  nativeScalar,
  nativeTypes,
  rolesOf,
  type Binding,
  type Mapping,
} from '../../server/src/formats/terraform/mapping.ts';
import { placesOf } from '../../server/src/formats/terraform/mapping-places.ts';
import { data } from './data.ts';

/** Where the values of canonical paths are: native type, path and whether it is the legacy way. */
function places(service: string, type: string, path: string, nativeType?: string): readonly string[] {
  const mapping = data<Mapping>(`mappings/${service}`).types[type]!;
  return placesOf(mapping, path, nativeType).map(
    (place) => `${place.nativeType} ${place.path}${place.legacy ? ' (legacy)' : ''}`,
  );
}

const CASES: readonly {
  readonly path: readonly [service: string, type: string, path: string, nativeType?: string];
  readonly places: readonly string[];
}[] = [
  { path: ['s3', 'AWS::S3::Bucket', 'BucketName'], places: ['aws_s3_bucket bucket'] },
  {
    path: ['s3', 'AWS::S3::Bucket', 'PublicAccessBlockConfiguration.BlockPublicAcls'],
    places: ['aws_s3_bucket_public_access_block block_public_acls'],
  },
  { path: ['s3', 'AWS::S3::Bucket', 'PublicAccessBlockConfiguration'], places: ['aws_s3_bucket_public_access_block '] },
  {
    path: ['s3', 'AWS::S3::Bucket', 'VersioningConfiguration.Status'],
    places: ['aws_s3_bucket_versioning versioning_configuration.status', 'aws_s3_bucket versioning.enabled (legacy)'],
  },
  {
    path: [
      's3',
      'AWS::S3::Bucket',
      'BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault.SSEAlgorithm',
    ],
    places: [
      'aws_s3_bucket_server_side_encryption_configuration rule[].apply_server_side_encryption_by_default.sse_algorithm',
      'aws_s3_bucket server_side_encryption_configuration.rule[].apply_server_side_encryption_by_default.sse_algorithm (legacy)',
    ],
  },
  {
    path: ['s3', 'AWS::S3::BucketPolicy', 'PolicyDocument'],
    places: ['aws_s3_bucket_policy policy', 'aws_s3_bucket policy'],
  },
  { path: ['s3', 'AWS::S3::BucketPolicy', 'PolicyDocument', 'aws_s3_bucket'], places: ['aws_s3_bucket policy'] },
  {
    path: ['ec2', 'AWS::EC2::SecurityGroup', 'SecurityGroupIngress', 'aws_security_group'],
    places: ['aws_security_group ingress[]'],
  },
  {
    path: ['ec2', 'AWS::EC2::SecurityGroup', 'SecurityGroupIngress[].CidrIp', 'aws_default_security_group'],
    places: ['aws_default_security_group ingress[].cidr_blocks[]'],
  },
  {
    path: ['ec2', 'AWS::EC2::SecurityGroup', 'SecurityGroupIngress[].IpProtocol'],
    places: ['aws_security_group ingress[].protocol', 'aws_default_security_group ingress[].protocol'],
  },
  {
    path: ['ec2', 'AWS::EC2::SecurityGroupIngress', 'CidrIp'],
    places: ['aws_vpc_security_group_ingress_rule cidr_ipv4', 'aws_security_group_rule cidr_blocks[]'],
  },
  {
    path: [
      'elasticloadbalancingv2',
      'AWS::ElasticLoadBalancingV2::Listener',
      'DefaultActions[].RedirectConfig.Protocol',
      'aws_alb_listener',
    ],
    places: ['aws_alb_listener default_action[].redirect.protocol'],
  },
  {
    path: ['rds', 'AWS::RDS::DBInstance', 'SourceDBInstanceIdentifier', 'aws_db_instance'],
    places: ['aws_db_instance replicate_source_db'],
  },
  {
    path: ['iam', 'AWS::IAM::Role', 'Policies[].PolicyDocument'],
    places: ['aws_iam_role inline_policy[].policy (legacy)'],
  },
  {
    path: ['kms', 'AWS::KMS::Key', 'KeyPolicy', 'aws_kms_key'],
    places: ['aws_kms_key policy', 'aws_kms_key_policy policy'],
  },
  {
    path: ['ec2', 'AWS::EC2::Route', 'GatewayId'],
    places: ['aws_route gateway_id', 'aws_route_table route[].gateway_id'],
  },
  { path: ['rds', 'AWS::RDS::DBParameterGroup', 'Parameters'], places: ['aws_db_parameter_group parameter[]'] },
  {
    path: ['apigateway', 'AWS::ApiGateway::Stage', 'MethodSettings[].CacheDataEncrypted'],
    places: ['aws_api_gateway_method_settings settings.cache_data_encrypted'],
  },
  {
    path: ['redshift', 'AWS::Redshift::Cluster', 'LoggingProperties.BucketName'],
    places: ['aws_redshift_logging bucket_name', 'aws_redshift_cluster logging.bucket_name (legacy)'],
  },
  { path: ['s3', 'AWS::S3::Bucket', 'AnalyticsConfigurations'], places: [] },
  { path: ['s3', 'AWS::S3::Bucket', 'BucketName.Nothing'], places: [] },
];

describe('the places of canonical properties in Terraform', () => {
  for (const { path, places: expected } of CASES) {
    it(path.slice(1).join(' '), () => assert.deepEqual(places(...path), expected));
  }

  it('tell what a native type is and what it completes', () => {
    const s3 = data<Mapping>('mappings/s3');
    assert.deepEqual(
      rolesOf(s3, 'aws_s3_bucket').sources.map(({ type }) => type),
      ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
    );
    assert.deepEqual(
      rolesOf(s3, 'aws_s3_bucket_versioning').companions.map(({ type, companion }) => [type, companion.join.by]),
      [['AWS::S3::Bucket', 'bucket']],
    );
    assert.deepEqual(rolesOf(s3, 'aws_instance'), { sources: [], companions: [] });
    assert.ok(nativeTypes(s3).includes('aws_s3_bucket_acl'));
  });

  it('translate values both ways', () => {
    const inverted: Binding = { from: 'internal', values: { false: 'internet-facing', true: 'internal' } };
    assert.equal(canonicalScalar(inverted, true), 'internal');
    assert.equal(canonicalScalar(inverted, 'false'), 'internet-facing');
    assert.equal(nativeScalar(inverted, 'internal'), true);
    const protocol: Binding = { from: 'protocol', values: { '-1': '-1', all: '-1' } };
    assert.equal(canonicalScalar(protocol, 'all'), '-1');
    assert.equal(canonicalScalar(protocol, -1), '-1');
    assert.equal(nativeScalar(protocol, '-1'), '-1');
    assert.equal(canonicalScalar(protocol, 'tcp'), 'tcp');
    assert.equal(canonicalScalar('storage_encrypted', true), true);
    assert.equal(nativeScalar('storage_encrypted', false), false);
    assert.equal(canonicalScalar(protocol, 'constructor'), 'constructor');
  });
});
