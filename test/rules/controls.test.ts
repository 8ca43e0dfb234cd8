/** The controls of a finding are those that are about it, not all that its rule covers. */
import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';
import { analysed, findingsOf } from '../engine/analysis.ts';

type Row = readonly [rule: string, what: string, resource: string, controls: string];

const LOGS = (types: string): string =>
  `{Type: AWS::EKS::Cluster, Properties: {Logging: {ClusterLogging: {EnabledTypes: ${types}}}}}`;
const INGRESS = (rule: string): string =>
  `{Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: sg-1, ${rule}}}`;
const BUCKET_POLICY = (actions: string): string =>
  `{Type: AWS::S3::BucketPolicy, Properties: {Bucket: photos, PolicyDocument: {Statement: {Effect: Allow, Principal: '*', Action: ${actions}, Resource: 'arn:aws:s3:::photos/*'}}}}`;
const BUCKET = (acl: string): string =>
  `{Type: AWS::S3::Bucket, Properties: {AccessControl: ${acl}, OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}}}`;
const STATEMENT = "{Statement: {Effect: Allow, Action: 's3:*', Resource: '*'}}";
const ADMIN = "{Statement: {Effect: Allow, Action: '*', Resource: '*'}}";
const VARIABLE = (name: string, value: string): string => `[{Type: PLAINTEXT, Name: ${name}, Value: ${value}}]`;

const ROWS: readonly Row[] = [
  ['eks-control-plane-logging', 'without audit logs', LOGS('[{Type: api}, {Type: authenticator}]'), 'EKS.8'],
  ['eks-control-plane-logging', 'with audit logs only', LOGS('[{Type: audit}]'), ''],
  ['eks-control-plane-logging', 'without logs', '{Type: AWS::EKS::Cluster}', 'EKS.8'],
  ['eks-control-plane-logging', 'with an unknown list', LOGS('!GetAtt Other.Types'), 'EKS.8'],
  [
    'apigateway-method-authorization',
    'a route',
    '{Type: AWS::ApiGatewayV2::Route, Properties: {RouteKey: GET /a, AuthorizationType: NONE}}',
    'APIGateway.8',
  ],
  [
    'apigateway-method-authorization',
    'a method',
    '{Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: NONE}}',
    '',
  ],
  ['apigateway-access-logging', 'a stage of an HTTP API', '{Type: AWS::ApiGatewayV2::Stage}', 'APIGateway.9'],
  ['apigateway-access-logging', 'a stage of a REST API', '{Type: AWS::ApiGateway::Stage}', ''],
  [
    'sg-ingress-open-ssh',
    'all IPv4 addresses',
    INGRESS('IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0'),
    'EC2.13 EC2.53 v3.0.0 5.2 v6.0.0 6.3',
  ],
  [
    'sg-ingress-open-ssh',
    'all IPv6 addresses',
    INGRESS("IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIpv6: '::/0'"),
    'EC2.13 EC2.54 v3.0.0 5.3',
  ],
  [
    'sg-ingress-open-rdp',
    'all IPv6 addresses',
    INGRESS("IpProtocol: tcp, FromPort: 3389, ToPort: 3389, CidrIpv6: '::/0'"),
    'EC2.14 EC2.54 v3.0.0 5.3',
  ],
  [
    'sg-ingress-open-high-risk-port',
    'a port of the control',
    INGRESS('IpProtocol: tcp, FromPort: 3306, ToPort: 3306, CidrIp: 0.0.0.0/0'),
    'EC2.19',
  ],
  [
    'sg-ingress-open-high-risk-port',
    'another port',
    INGRESS('IpProtocol: tcp, FromPort: 6379, ToPort: 6379, CidrIp: 0.0.0.0/0'),
    '',
  ],
  [
    'sg-ingress-open-world',
    'another port',
    INGRESS('IpProtocol: tcp, FromPort: 7000, ToPort: 7000, CidrIp: 0.0.0.0/0'),
    'EC2.18',
  ],
  [
    'sg-ingress-open-world',
    'all of ICMP',
    INGRESS('IpProtocol: icmp, FromPort: -1, ToPort: -1, CidrIp: 0.0.0.0/0'),
    '',
  ],
  [
    'ec2-imdsv2-required',
    'an instance',
    '{Type: AWS::EC2::Instance, Properties: {MetadataOptions: {HttpTokens: optional}}}',
    'EC2.8 v3.0.0 5.6',
  ],
  [
    'ec2-imdsv2-required',
    'a launch template',
    '{Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {MetadataOptions: {HttpTokens: optional}}}}',
    'EC2.170',
  ],
  [
    'rds-publicly-accessible',
    'an instance',
    '{Type: AWS::RDS::DBInstance, Properties: {PubliclyAccessible: true}}',
    'RDS.2 v3.0.0 2.3.3',
  ],
  [
    'rds-publicly-accessible',
    'a cluster',
    '{Type: AWS::RDS::DBCluster, Properties: {Engine: mysql, PubliclyAccessible: true}}',
    '',
  ],
  [
    'rds-auto-minor-upgrade',
    'an instance',
    '{Type: AWS::RDS::DBInstance, Properties: {AutoMinorVersionUpgrade: false}}',
    'RDS.13 v3.0.0 2.3.2',
  ],
  ['rds-deletion-protection', 'a cluster', '{Type: AWS::RDS::DBCluster}', 'RDS.7'],
  ['rds-deletion-protection', 'an instance', '{Type: AWS::RDS::DBInstance}', 'RDS.8'],
  ['opensearch-enforce-https', 'a domain of Elasticsearch', '{Type: AWS::Elasticsearch::Domain}', 'ES.8'],
  ['opensearch-enforce-https', 'a domain', '{Type: AWS::OpenSearchService::Domain}', 'Opensearch.8'],
  ['cloudfront-origin-ssl-protocols', 'SSLv3', origin('SSLv3'), 'CloudFront.10'],
  ['cloudfront-origin-ssl-protocols', 'TLS 1.0', origin('TLSv1'), ''],
  [
    'msk-encryption-in-transit',
    'clients',
    '{Type: AWS::MSK::Cluster, Properties: {EncryptionInfo: {EncryptionInTransit: {ClientBroker: PLAINTEXT}}}}',
    '',
  ],
  [
    'msk-encryption-in-transit',
    'brokers',
    '{Type: AWS::MSK::Cluster, Properties: {EncryptionInfo: {EncryptionInTransit: {InCluster: false}}}}',
    'MSK.1',
  ],
  ['s3-bucket-policy-public-principal', 'reading', BUCKET_POLICY('s3:GetObject'), 'S3.2'],
  ['s3-bucket-policy-public-principal', 'writing', BUCKET_POLICY('s3:PutObject'), 'S3.3'],
  ['s3-bucket-policy-public-principal', 'everything', BUCKET_POLICY("'s3:*'"), 'S3.2 S3.3'],
  ['s3-acl-public-read', 'reading', BUCKET('PublicRead'), 'S3.2'],
  ['s3-acl-public-read', 'writing', BUCKET('PublicReadWrite'), 'S3.2 S3.3'],
  [
    'iam-policy-admin-wildcard',
    'a customer managed policy',
    `{Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: ${ADMIN}}}`,
    'IAM.1 v1.4.0 1.16',
  ],
  [
    'iam-policy-admin-wildcard',
    'an inline policy',
    `{Type: AWS::IAM::Policy, Properties: {Roles: [a], PolicyDocument: ${ADMIN}}}`,
    '',
  ],
  [
    'iam-policy-service-wildcard-action',
    'a customer managed policy',
    `{Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: ${STATEMENT}}}`,
    'IAM.21',
  ],
  [
    'iam-policy-service-wildcard-action',
    'an inline policy',
    `{Type: AWS::IAM::Policy, Properties: {Roles: [a], PolicyDocument: ${STATEMENT}}}`,
    '',
  ],
  [
    'environment-variable-secret',
    'an AWS access key',
    project(VARIABLE('AWS_ACCESS_KEY_ID', 'AKIA' + 'Q3EGRIOZLKJH2PWX')),
    'CodeBuild.2',
  ],
  ['environment-variable-secret', 'a password', project(VARIABLE('DB_PASSWORD', 'vXk81mQz2')), ''],
  [
    'lambda-permission-public',
    'a function',
    "{Type: AWS::Lambda::Permission, Properties: {FunctionName: a, Action: 'lambda:InvokeFunction', Principal: '*'}}",
    'Lambda.1',
  ],
  [
    'lambda-permission-public',
    'a layer',
    "{Type: AWS::Lambda::LayerVersionPermission, Properties: {LayerVersionArn: a, Action: 'lambda:GetLayerVersion', Principal: '*'}}",
    '',
  ],
  ['nacl-ingress-open-admin-port', 'SSH', acl(22), 'EC2.21 v3.0.0 5.1'],
  ['nacl-ingress-open-admin-port', 'FTP', acl(21), ''],
];

function origin(protocol: string): string {
  return `{Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Origins: [{Id: a, DomainName: a.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [${protocol}]}}]}}}`;
}

function project(variables: string): string {
  return `{Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: ${variables}}}}`;
}

function acl(port: number): string {
  return `{Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: acl-1, RuleNumber: 100, Protocol: 6, RuleAction: allow, CidrBlock: 0.0.0.0/0, PortRange: {From: ${port}, To: ${port}}}}`;
}

describe('controls of findings', () => {
  for (const [rule, what, resource, controls] of ROWS)
    it(`${rule}: ${what}`, () => {
      const text = `Resources:\n  R: ${resource}\n`;
      const found = findingsOf(
        analysed({ 't.yaml': text }, { rules: new Set([rule]), profile: 'strict', certainty: 'possible' }),
      );
      assert.deepEqual(
        found.map((finding) => Object.values(finding.controls).flat().join(' ')),
        [controls],
      );
    });
});

/**
 * The requirements of the CIS AWS Foundations Benchmark 3.0.0 that controls of Security Hub check:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html
 */
const CIS: Readonly<Record<string, string>> = {
  'CloudTrail.1': '3.1',
  'CloudTrail.2': '3.5',
  'CloudTrail.4': '3.2',
  'Config.1': '3.3',
  'EC2.2': '5.4',
  'EC2.6': '3.7',
  'EC2.8': '5.6',
  'EC2.21': '5.1',
  'EC2.53': '5.2',
  'EC2.54': '5.3',
  'EFS.1': '2.4.1',
  'IAM.2': '1.15',
  'KMS.4': '3.6',
  'RDS.2': '2.3.3',
  'RDS.3': '2.3.1',
  'RDS.13': '2.3.2',
  'S3.1': '2.1.4',
  'S3.5': '2.1.1',
  'S3.8': '2.1.4',
};

describe('requirements of the CIS benchmark', () => {
  it('are those of the controls of a rule', () => {
    const rows = RULES.flatMap(({ id, controls: { securityHub = [], cis = [] } }) => {
      const expected = securityHub.flatMap((control) => (CIS[control] ? [`v3.0.0 ${CIS[control]}`] : [])).sort();
      const stated = cis.filter((requirement) => requirement.startsWith('v3.0.0 ')).toSorted();
      return [...new Set(expected)].join() === stated.join() ? [] : [{ id, expected, stated }];
    });
    assert.deepEqual(rows, []);
  });
});
