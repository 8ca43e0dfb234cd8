/**
 * Relations between resources: the values that make them, their scenarios, whether they are complete, and that both
 * ends agree.
 */
import assert from 'node:assert/strict';
import type { Truth } from '../../server/src/base/guard.ts';
import { observed } from '../../server/src/engine/observed.ts';
import { Relations } from '../../server/src/formats/relations/relations.ts';
import {
  CONNECTION_KINDS,
  CONNECTIONS,
  connectionText,
  inverseOf,
  type Connection,
  type RelationKind,
} from '../../server/src/model/relation.ts';
import type { Related, Resource, Stack } from '../../server/src/model/resource.ts';
import { ownInputs, type Input } from '../fuzz/inputs.ts';
import { ALL_LINKS } from '../kit/all-links.ts';
import { diverse } from '../kit/diverse.ts';
import { edgesOf, guardText, relatedText, stackAmong, stackOf } from './edges.ts';

const HEAD = `Parameters:
  Name: {Type: String}
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
  Groups: {Type: 'List<AWS::EC2::SecurityGroup::Id>'}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsTest: !Equals [!Ref Stage, test]
Resources:
`;

/** The resources of a template, one a line, each as `Name: Type {properties}`, with `if Condition` after the name. */
function template(...resources: readonly string[]): string {
  return (
    HEAD +
    resources
      .map((line) => {
        const [, name, condition, type, properties] = /^(\w+)(?: if (\w+))?: ([\w:]+)(?: (.*))?$/.exec(line)!;
        return `  ${name}:\n    Type: ${type!.startsWith('Custom::') ? type : `AWS::${type}`}\n${condition ? `    Condition: ${condition}\n` : ''}${properties ? `    Properties: ${properties}\n` : ''}`;
      })
      .join('')
  );
}

describe('a connection', () => {
  /** The resources of each row, whom A or B is asked about, the kind, and what is said. */
  const rows: readonly (readonly [
    what: string,
    resources: readonly string[],
    of: string,
    kind: RelationKind,
    expected: string,
  ])[] = [
    // How the other resource can be named.
    ['by Ref', ['A: S3::BucketPolicy {Bucket: !Ref B}', 'B: S3::Bucket'], 'A', 'bucket', 'B'],
    [
      'by the attribute that stands for it',
      ['A: Lambda::Url {TargetFunctionArn: !GetAtt B.Arn}', 'B: Lambda::Function'],
      'A',
      'function-of-url',
      'B',
    ],
    [
      'by another attribute, which does not name it',
      ['A: EC2::Instance {SecurityGroupIds: [!GetAtt B.VpcId]}', 'B: EC2::SecurityGroup'],
      'A',
      'security-groups',
      'others too',
    ],
    [
      'by another attribute, seen from the other end',
      ['A: EC2::Instance {SecurityGroupIds: [!GetAtt B.VpcId]}', 'B: EC2::SecurityGroup'],
      'B',
      'security-group-users',
      'others too',
    ],
    [
      'by Fn::Sub',
      ['A: Lambda::Url {TargetFunctionArn: !Sub "${B.Arn}"}', 'B: Lambda::Function'],
      'A',
      'function-of-url',
      'B',
    ],
    [
      'in an ARN',
      [
        'A: IAM::Role {ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/${B}"]}',
        'B: IAM::ManagedPolicy',
      ],
      'A',
      'role-policies',
      'B',
    ],
    [
      'in an ARN with something after it',
      [
        'A: Lambda::Permission {SourceArn: !Sub "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${B}/*/GET/x"}',
        'B: ApiGateway::RestApi',
      ],
      'A',
      'invocation-source',
      'B',
    ],
    [
      'in an ARN by Fn::Join',
      ['A: Lambda::Permission {SourceArn: !Join ["", ["arn:aws:s3:::", !Ref B]]}', 'B: S3::Bucket'],
      'A',
      'invocation-source',
      'B',
    ],
    [
      'in the URI of an integration',
      [
        'A: ApiGateway::Method {Integration: {Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${B.Arn}/invocations"}}',
        'B: Lambda::Function',
      ],
      'A',
      'integration-targets',
      'B',
    ],
    [
      'as a part of a longer name, which is another name',
      ['A: S3::BucketPolicy {Bucket: !Sub "${B}-logs"}', 'B: S3::Bucket'],
      'A',
      'bucket',
      'others too',
    ],
    [
      'as a part of a longer name, seen from the other end',
      ['A: S3::BucketPolicy {Bucket: !Sub "${B}-logs"}', 'B: S3::Bucket'],
      'B',
      'bucket-policy',
      '',
    ],
    [
      'at the end of a longer name, which is another name',
      ['A: S3::BucketPolicy {Bucket: !Sub "logs-${B}"}', 'B: S3::Bucket'],
      'A',
      'bucket',
      'others too',
    ],
    [
      'by a name with a part of the place, which may be what is written',
      ['A: S3::BucketPolicy {Bucket: !Sub "x-${AWS::AccountId}"}', 'B: S3::Bucket {BucketName: x-123456789012}'],
      'B',
      'bucket-policy',
      'others too',
    ],
    [
      'by a name with a part of the place, which nobody else has',
      ['A: S3::BucketPolicy {Bucket: !Sub "x-${AWS::AccountId}"}', 'B: S3::Bucket'],
      'B',
      'bucket-policy',
      '',
    ],
    ['by its name', ['A: S3::BucketPolicy {Bucket: data}', 'B: S3::Bucket {BucketName: data}'], 'A', 'bucket', 'B'],
    [
      'by another name',
      ['A: S3::BucketPolicy {Bucket: data}', 'B: S3::Bucket {BucketName: other}'],
      'A',
      'bucket',
      'others too',
    ],
    [
      'by another name, seen from the other end',
      ['A: S3::BucketPolicy {Bucket: data}', 'B: S3::Bucket {BucketName: other}'],
      'B',
      'bucket-policy',
      '',
    ],
    [
      'by a name where nobody chose one',
      ['A: S3::BucketPolicy {Bucket: data}', 'B: S3::Bucket'],
      'B',
      'bucket-policy',
      '',
    ],
    [
      'by a name where it is not known',
      ['A: S3::BucketPolicy {Bucket: data}', 'B: S3::Bucket {BucketName: !Ref Name}'],
      'B',
      'bucket-policy',
      'others too',
    ],
    [
      'by its name in an ARN',
      [
        'A: Lambda::Function {Role: !Sub "arn:aws:iam::${AWS::AccountId}:role/service/runner"}',
        'B: IAM::Role {RoleName: runner}',
      ],
      'A',
      'roles',
      'B',
    ],
    [
      'by its name in an ARN of another account',
      ['A: Lambda::Function {Role: "arn:aws:iam::123456789012:role/runner"}', 'B: IAM::Role {RoleName: runner}'],
      'A',
      'roles',
      'others too',
    ],
    [
      'by its name in an ARN of an account that is given',
      ['A: Lambda::Function {Role: !Sub "arn:aws:iam::${Name}:role/runner"}', 'B: IAM::Role {RoleName: runner}'],
      'B',
      'role-users',
      'others too',
    ],
    [
      'by its name in an ARN of another account, perhaps',
      ['A: Lambda::Function {Role: "arn:aws:iam::123456789012:role/runner"}', 'B: IAM::Role {RoleName: runner}'],
      'B',
      'role-users',
      'others too',
    ],
    [
      'by the name of another type in an ARN',
      [
        'A: Lambda::Permission {SourceArn: !Sub "arn:aws:sns:${AWS::Region}:${AWS::AccountId}:x"}',
        'B: S3::Bucket {BucketName: x}',
      ],
      'A',
      'invocation-source',
      'others too',
    ],
    [
      'by a word that is a role of another kind',
      [
        'A: Bedrock::Prompt {Variants: [{TemplateConfiguration: {Chat: {Messages: [{Role: user}]}}}]}',
        'B: IAM::Role {RoleName: user}',
      ],
      'B',
      'role-users',
      '',
    ],
    [
      'by a word that is a role of nodes',
      ['A: EMR::InstanceGroupConfig {InstanceRole: MASTER}', 'B: IAM::Role {RoleName: MASTER}'],
      'B',
      'role-users',
      '',
    ],
    [
      'by an ARN of AWS itself',
      ['A: IAM::Role {ManagedPolicyArns: [arn:aws:iam::aws:policy/x]}', 'B: IAM::ManagedPolicy {ManagedPolicyName: x}'],
      'B',
      'policy-roles',
      '',
    ],
    [
      'by a bucket in an ARN with a key',
      ['A: EC2::FlowLog {LogDestination: arn:aws:s3:::logs/vpc/}', 'B: S3::Bucket {BucketName: logs}'],
      'A',
      'log-buckets',
      'B',
    ],
    [
      'by a log group in an ARN',
      [
        'A: CloudTrail::Trail {CloudWatchLogsLogGroupArn: !Sub "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/trail/all:*"}',
        'B: Logs::LogGroup {LogGroupName: /trail/all}',
      ],
      'A',
      'log-groups',
      'B',
    ],
    [
      'by the same parameter',
      ['A: S3::BucketPolicy {Bucket: !Ref Name}', 'B: S3::Bucket {BucketName: !Ref Name}'],
      'A',
      'bucket',
      'B',
    ],
    [
      'by the same parameter in the same place',
      ['A: S3::BucketPolicy {Bucket: !Sub "${Name}-x"}', 'B: S3::Bucket {BucketName: !Sub "${Name}-x"}'],
      'A',
      'bucket',
      'B',
    ],
    [
      'by the same parameter in another place',
      ['A: S3::BucketPolicy {Bucket: !Sub "${Name}-x"}', 'B: S3::Bucket {BucketName: !Sub "x-${Name}"}'],
      'A',
      'bucket',
      'others too',
    ],
    [
      'by the same parameter in an ARN',
      [
        'A: Lambda::Permission {SourceArn: !Sub "arn:aws:s3:::${Name}-x"}',
        'B: S3::Bucket {BucketName: !Sub "${Name}-x"}',
      ],
      'A',
      'invocation-source',
      'B',
    ],
    [
      'by a parameter alone',
      ['A: S3::BucketPolicy {Bucket: !Ref Name}', 'B: S3::Bucket'],
      'B',
      'bucket-policy',
      'others too',
    ],
    [
      'by an import',
      ['A: S3::BucketPolicy {Bucket: !ImportValue x}', 'B: S3::Bucket'],
      'B',
      'bucket-policy',
      'others too',
    ],
    [
      'by what a custom resource gives',
      ['A: S3::BucketPolicy {Bucket: !GetAtt C.Bucket}', 'B: S3::Bucket', 'C: Custom::Maker'],
      'B',
      'bucket-policy',
      'others too',
    ],
    [
      'by what a nested stack gives',
      ['A: S3::BucketPolicy {Bucket: !GetAtt C.Outputs.Bucket}', 'B: S3::Bucket', 'C: CloudFormation::Stack'],
      'B',
      'bucket-policy',
      'others too',
    ],
    [
      'by what another resource gives',
      ['A: EC2::Instance {SecurityGroupIds: [!GetAtt C.DefaultSecurityGroup]}', 'B: EC2::SecurityGroup', 'C: EC2::VPC'],
      'B',
      'security-group-users',
      '',
    ],
    [
      'by an item of a joined list',
      ['A: EC2::Instance {SecurityGroupIds: !Split [",", !Sub "${B},x"]}', 'B: EC2::SecurityGroup'],
      'B',
      'security-group-users',
      'A',
    ],
    [
      'by a function that is not worked out',
      [
        'A: EC2::Instance {SecurityGroupIds: !Split ["-", !Sub "${B}-x"]}',
        'B: EC2::SecurityGroup',
        'C: EC2::SecurityGroup',
      ],
      'B',
      'security-group-users',
      'others too',
    ],
    [
      'by a function that does not use it',
      [
        'A: EC2::Instance {SecurityGroupIds: !Split [",", !Sub "${B},x"]}',
        'B: EC2::SecurityGroup',
        'C: EC2::SecurityGroup',
      ],
      'C',
      'security-group-users',
      '',
    ],
    [
      'by a host name',
      [
        'A: CloudFront::Distribution {DistributionConfig: {Origins: [{DomainName: !Sub "${B}.s3.amazonaws.com"}]}}',
        'B: S3::Bucket',
      ],
      'A',
      'origins',
      'B',
    ],
    [
      'by a host name with a written name',
      [
        'A: CloudFront::Distribution {DistributionConfig: {Origins: [{DomainName: my.site.s3.eu-west-1.amazonaws.com}]}}',
        'B: S3::Bucket {BucketName: my.site}',
      ],
      'A',
      'origins',
      'B',
    ],
    [
      'by a prefix and a reference',
      ['A: Logs::LogGroup {LogGroupName: !Sub "/aws/lambda/${B}"}', 'B: Lambda::Function'],
      'A',
      'log-group-functions',
      'B',
    ],
    [
      'by a prefix and a name',
      ['A: Logs::LogGroup {LogGroupName: /aws/lambda/job}', 'B: Lambda::Function {FunctionName: job}'],
      'B',
      'function-log-groups',
      'A',
    ],
    [
      'by a name without the prefix',
      ['A: Logs::LogGroup {LogGroupName: job}', 'B: Lambda::Function {FunctionName: job}'],
      'B',
      'function-log-groups',
      '',
    ],
    [
      'by a name with another prefix',
      ['A: Logs::LogGroup {LogGroupName: /aws/states/job}', 'B: Lambda::Function {FunctionName: job}'],
      'B',
      'function-log-groups',
      '',
    ],
    [
      'by a name that may have the prefix',
      ['A: Logs::LogGroup {LogGroupName: !Sub "${Name}/job"}', 'B: Lambda::Function {FunctionName: job}'],
      'B',
      'function-log-groups',
      'others too',
    ],
    [
      'by a property of the other',
      ['A: Logs::LogGroup', 'B: Lambda::Function {LoggingConfig: {LogGroup: !Ref A}}'],
      'B',
      'function-log-groups',
      'A',
    ],
    [
      'in a list of one without the list',
      ['A: EC2::Instance {SecurityGroupIds: !Ref B}', 'B: EC2::SecurityGroup'],
      'A',
      'security-groups',
      'B',
    ],
    [
      'in lists within lists',
      [
        'A: EC2::Instance {NetworkInterfaces: [{DeviceIndex: 0}, {GroupSet: [!Ref C, !Ref B]}]}',
        'B: EC2::SecurityGroup',
        'C: EC2::SecurityGroup',
      ],
      'A',
      'security-groups',
      'C, B',
    ],
    [
      'in one text with commas',
      [
        'A: AutoScaling::AutoScalingGroup {VPCZoneIdentifier: [!Join [",", [!Ref B, !Ref C]]]}',
        'B: EC2::Subnet',
        'C: EC2::Subnet',
      ],
      'A',
      'subnets',
      'B, C',
    ],
    [
      'in one written text with commas',
      ['A: EC2::Instance {SecurityGroups: "db, web"}', 'B: EC2::SecurityGroup {GroupName: web}'],
      'B',
      'security-group-users',
      'A',
    ],
    [
      'in a list that a macro completes',
      [
        'A: EC2::Instance {SecurityGroupIds: [!Ref C, {"Fn::Transform": {Name: x}}]}',
        'B: EC2::SecurityGroup',
        'C: EC2::SecurityGroup',
      ],
      'B',
      'security-group-users',
      'others too',
    ],
    [
      'in an item of a list that has a key',
      [
        'A: ElasticLoadBalancingV2::LoadBalancer {LoadBalancerAttributes: [{Key: x, Value: !Ref C}, {Key: access_logs.s3.bucket, Value: !Ref B}]}',
        'B: S3::Bucket',
        'C: S3::Bucket',
      ],
      'A',
      'log-buckets',
      'B',
    ],
    [
      'in an item of a list that may have a key',
      [
        'A: ElasticLoadBalancingV2::LoadBalancer {LoadBalancerAttributes: [{Key: !Ref Name, Value: !Ref B}]}',
        'B: S3::Bucket',
      ],
      'B',
      'log-bucket-writers',
      'others too',
    ],
    [
      'at two places',
      [
        'A: EC2::Instance {SecurityGroupIds: [!Ref B], NetworkInterfaces: [{GroupSet: [!Ref B]}]}',
        'B: EC2::SecurityGroup',
      ],
      'B',
      'security-group-users',
      'A',
    ],
    [
      'in a list that is a parameter',
      ['A: EC2::Instance {SecurityGroupIds: !Ref Groups}', 'B: EC2::SecurityGroup'],
      'B',
      'security-group-users',
      'others too',
    ],
    [
      'beside one that is not known',
      ['A: EC2::Instance {SecurityGroupIds: [!Ref B, !Ref Name]}', 'B: EC2::SecurityGroup', 'C: EC2::SecurityGroup'],
      'A',
      'security-groups',
      'B, others too',
    ],
    [
      'beside one that is not known, which does not matter to it',
      ['A: EC2::Instance {SecurityGroupIds: [!Ref B, !Ref Name]}', 'B: EC2::SecurityGroup', 'C: EC2::SecurityGroup'],
      'B',
      'security-group-users',
      'A',
    ],
    [
      'beside one that is not known, which may be another',
      ['A: EC2::Instance {SecurityGroupIds: [!Ref B, !Ref Name]}', 'B: EC2::SecurityGroup', 'C: EC2::SecurityGroup'],
      'C',
      'security-group-users',
      'others too',
    ],
    ['that is not written', ['A: EC2::Instance {}', 'B: EC2::SecurityGroup'], 'A', 'security-groups', ''],
    [
      'with itself',
      ['A: EC2::SecurityGroup {SecurityGroupIngress: [{SourceSecurityGroupName: me}], GroupName: me}'],
      'A',
      'peer-security-groups',
      'A',
    ],
    ['that a type does not have', ['A: S3::Bucket', 'B: S3::Bucket'], 'A', 'subnets', ''],
    // In which scenarios.
    [
      'with one that is not always there',
      ['A: S3::BucketPolicy {Bucket: !Ref B}', 'B if IsLive: S3::Bucket'],
      'A',
      'bucket',
      'B if IsLive is true',
    ],
    [
      'of one that is not always there',
      ['A if IsLive: S3::BucketPolicy {Bucket: !Ref B}', 'B: S3::Bucket'],
      'A',
      'bucket',
      'B if IsLive is true',
    ],
    [
      'with one that is not always there, from the other end',
      ['A if IsLive: S3::BucketPolicy {Bucket: !Ref B}', 'B: S3::Bucket'],
      'B',
      'bucket-policy',
      'A if IsLive is true',
    ],
    [
      'of two that are never there together',
      ['A if IsLive: S3::BucketPolicy {Bucket: !Ref B}', 'B if IsTest: S3::Bucket'],
      'A',
      'bucket',
      '',
    ],
    [
      'by a value that depends on a condition',
      ['A: S3::BucketPolicy {Bucket: !If [IsLive, !Ref B, !Ref C]}', 'B: S3::Bucket', 'C: S3::Bucket'],
      'A',
      'bucket',
      'B if IsLive is true, C if IsLive is false',
    ],
    [
      'by an item that depends on a condition',
      ['A: EC2::Instance {SecurityGroupIds: [!If [IsLive, !Ref B, !Ref AWS::NoValue]]}', 'B: EC2::SecurityGroup'],
      'B',
      'security-group-users',
      'A if IsLive is true',
    ],
    [
      'by a value that is not known in one scenario',
      ['A: S3::BucketPolicy {Bucket: !If [IsLive, !Ref B, !Ref Name]}', 'B: S3::Bucket'],
      'A',
      'bucket',
      'B if IsLive is true, others too unless IsLive is true',
    ],
    [
      'by a value that is not known in one scenario, from the other end',
      ['A: S3::BucketPolicy {Bucket: !If [IsLive, !Ref B, !Ref Name]}', 'B: S3::Bucket'],
      'B',
      'bucket-policy',
      'A if IsLive is true, others too unless IsLive is true',
    ],
    [
      'where one is not known that is not always there',
      ['A if IsLive: S3::BucketPolicy {Bucket: !Ref Name}', 'B: S3::Bucket'],
      'B',
      'bucket-policy',
      'others too unless IsLive is false',
    ],
    [
      'by a name that depends on a parameter',
      ['A: S3::BucketPolicy {Bucket: live}', 'B: S3::Bucket {BucketName: !Ref Stage}'],
      'A',
      'bucket',
      'B if Stage is live, others too unless Stage is live',
    ],
    [
      'by the same parameter with a default',
      ['A: S3::BucketPolicy {Bucket: !Sub "x-${Stage}"}', 'B: S3::Bucket {BucketName: !Sub "x-${Stage}"}'],
      'A',
      'bucket',
      'B',
    ],
    // What belongs to a resource.
    ['with what belongs to it', ['A: S3::BucketPolicy {Bucket: !Ref B}', 'B: S3::Bucket'], 'B', 'companions', 'A'],
    [
      'with what it belongs to',
      ['A: EC2::SecurityGroupEgress {GroupId: !GetAtt B.GroupId}', 'B: EC2::SecurityGroup'],
      'A',
      'owner',
      'B',
    ],
    [
      'in both directions of one kind',
      ['A: IAM::Role {ManagedPolicyArns: [!Ref B]}', 'B: IAM::ManagedPolicy', 'C: IAM::Policy {Roles: [!Ref A]}'],
      'A',
      'role-policies',
      'B, C',
    ],
  ];
  for (const [what, resources, of, kind, expected] of rows) {
    it(what, () => assert.equal(relatedText(stackOf(template(...resources)), of, kind), expected));
  }

  it('is complete for nothing beside a macro', () => {
    const text = template('A: S3::BucketPolicy {Bucket: !Ref B}', 'B: S3::Bucket').replace(
      'Resources:',
      'Transform: Mystery\nResources:',
    );
    assert.equal(relatedText(stackOf(text), 'B', 'bucket-policy'), 'A, others too');
    assert.equal(relatedText(stackOf(text), 'A', 'bucket'), 'B');
  });

  it('may have others beside it where much is not known, in fewer scenarios', () => {
    const others = Array.from(
      { length: 20 },
      (_, n) => `O${n}: S3::BucketPolicy {Bucket: !If [IsTest, !Ref C, !Ref Name]}`,
    );
    const stack = stackOf(
      template(
        'B: S3::Bucket',
        'C: S3::Bucket',
        'A: S3::BucketPolicy {Bucket: !If [IsLive, !Ref B, !Ref Name]}',
        ...others,
      ),
    );
    assert.equal(relatedText(stack, 'B', 'bucket-policy'), 'A if IsLive is true, others too');
    assert.equal(
      relatedText(stackOf(template('B: S3::Bucket', 'C: S3::Bucket', ...others)), 'B', 'bucket-policy'),
      'others too unless IsTest is true',
    );
  });

  it('leads to the value that makes it', () => {
    const text = template(
      'A: EC2::Instance {SecurityGroupIds: [!Ref C, !If [IsLive, !GetAtt B.GroupId, !Ref C]]}',
      'B: EC2::SecurityGroup',
      'C: EC2::SecurityGroup',
    );
    const [edge] = stackOf(text).byAddress('B')!.related('security-group-users').edges;
    const { start, end } = edge!.via.origin.use;
    assert.equal(text.slice(start, end), '!GetAtt B.GroupId');
  });

  it('has a sentence', () => {
    assert.equal(
      connectionText('security-groups', { displayName: 'Web' }, { displayName: 'Group' }),
      'Web uses the security group Group',
    );
    assert.equal(
      connectionText('security-group-users', { displayName: 'Group' }, { displayName: 'Web' }),
      'Web uses the security group Group',
    );
    for (const [, sentence] of Object.values(CONNECTIONS)) assert.match(sentence, /^\{a\} .*\{b\}/);
  });

  it('has a name of its own at each end', () => {
    const kinds = Object.entries(CONNECTIONS).flatMap(([first, [second]]) => [first, second]);
    assert.equal(new Set(kinds).size, kinds.length);
    assert.deepEqual(
      CONNECTION_KINDS.map((kind) => inverseOf(inverseOf(kind))),
      CONNECTION_KINDS,
    );
  });
});

describe('a connection across templates', () => {
  const files = new Map(
    Object.entries({
      'file:///w/all.yaml': `Resources:
  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: net.yaml}}
  App: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: app.yaml, Parameters: {Subnet: !GetAtt Net.Outputs.Subnet, Groups: !Join [',', [!GetAtt Net.Outputs.Group, !Ref Own]]}}}
  Own: {Type: AWS::EC2::SecurityGroup}
  Again: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: app.yaml}}
  Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Sub 'data-\${AWS::AccountId}'}}
`,
      'file:///w/net.yaml': `Resources:
  Subnet: {Type: AWS::EC2::Subnet}
  Group: {Type: AWS::EC2::SecurityGroup}
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub 'data-\${AWS::AccountId}'}}
Outputs:
  Subnet: {Value: !Ref Subnet}
  Group: {Value: !GetAtt Group.GroupId}
`,
      'file:///w/app.yaml': `Parameters:
  Subnet: {Type: String}
  Groups: {Type: CommaDelimitedList}
Resources:
  Web: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Subnet, SecurityGroupIds: !Ref Groups}}
  Job: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Sub '\${AWS::StackName}-job'}}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub '/aws/lambda/\${AWS::StackName}-job'}}
`,
    }),
  );
  const [doc] = files.keys();
  const stack = stackAmong(files, doc!)!;
  for (const [kind, ...expected] of [
    ['subnets', 'App/Web -> Net/Subnet'],
    ['subnet-users', 'Net/Subnet -> App/Web'],
    ['security-groups', 'App/Web -> Net/Group', 'App/Web -> Own'],
    ['bucket', 'Policy -> Net/Bucket'],
    ['function-log-groups', 'App/Job -> App/Logs', 'Again/Job -> Again/Logs'],
  ] as const)
    it(`of the kind ${kind}`, () => assert.deepEqual(edgesOf(stack, kind), expected));
});

describe('a connection whose data was not loaded', () => {
  const { resources } = stackOf(
    template(
      'F: Lambda::Function {Role: !Ref R}',
      'I: EC2::Instance {SubnetId: !Ref S}',
      'R: IAM::Role',
      'S: EC2::Subnet',
    ),
  );
  const relations = new Relations(
    resources,
    (type) => (type === 'AWS::Lambda::Function' ? undefined : ALL_LINKS(type)),
    true,
  );
  const found = (name: string, kind: RelationKind): readonly [edges: number, complete: string] => {
    const { edges, complete } = relations.related(
      resources.find(({ address }) => address === name)!,
      kind,
    );
    return [edges.length, guardText(complete.yes)];
  };

  it('may have any others, at both ends', () => {
    assert.deepEqual(found('F', 'roles'), [0, 'never']);
    assert.deepEqual(found('R', 'role-users'), [0, 'never']);
    assert.deepEqual(found('S', 'subnet-users'), [1, 'never']);
  });

  it('is as it is for types whose data was loaded', () => {
    assert.deepEqual(found('I', 'subnets'), [1, 'always']);
    assert.deepEqual(found('I', 'roles'), [0, 'always']);
  });
});

describe('a connection in Terraform', () => {
  const doc = 'file:///w/main.tf.json';
  const text = JSON.stringify({
    variable: { more: {} },
    data: { aws_caller_identity: { current: {} } },
    resource: {
      aws_security_group: { web: {}, inner: {} },
      aws_security_group_rule: {
        in: {
          type: 'ingress',
          security_group_id: '${aws_security_group.web.id}',
          source_security_group_id: '${aws_security_group.inner.id}',
        },
      },
      aws_instance: {
        web: {
          vpc_security_group_ids: '${concat([aws_security_group.web.id], var.more)}',
          subnet_id: '${aws_subnet.all.id}',
        },
        more: { vpc_security_group_ids: ['${aws_security_group.web.id}'] },
      },
      aws_subnet: { all: {} },
      aws_iam_role: { runner: { name: 'runner' } },
      aws_iam_role_policy: { own: { role: '${aws_iam_role.runner.id}', policy: '{}' } },
      aws_iam_role_policy_attachment: {
        shared: { role: '${aws_iam_role.runner.name}', policy_arn: '${aws_iam_policy.shared.arn}' },
      },
      aws_iam_policy: { shared: { policy: '{}' } },
      aws_lambda_function: {
        job: { role: '${aws_iam_role.runner.arn}', function_name: 'job' },
        other: {
          role: 'arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/runner',
          function_name: 'other',
        },
      },
      aws_cloudwatch_log_group: {
        job: { name: '/aws/lambda/${aws_lambda_function.job.function_name}' },
        other: { name: '/aws/lambda/other' },
      },
      aws_sqs_queue: {
        in: { redrive_policy: '${jsonencode({deadLetterTargetArn = aws_sqs_queue.dead.arn})}' },
        dead: {},
      },
    },
  });
  const stack = stackAmong(new Map([[doc, text]]), doc)!;
  const rows: readonly (readonly [address: string, kind: RelationKind, expected: string])[] = [
    ['aws_security_group.web', 'security-group-users', 'aws_instance.web, aws_instance.more'],
    ['aws_security_group.inner', 'security-group-users', 'others too'],
    ['aws_security_group.web', 'security-group-rules', 'aws_security_group_rule.in'],
    ['aws_security_group.inner', 'security-group-peers', 'aws_security_group_rule.in'],
    ['aws_subnet.all', 'subnet-users', 'aws_instance.web'],
    ['aws_iam_role.runner', 'role-policies', 'aws_iam_policy.shared, aws_iam_role_policy.own'],
    ['aws_iam_role.runner', 'role-users', 'aws_lambda_function.job, aws_lambda_function.other'],
    ['aws_lambda_function.job', 'function-log-groups', 'aws_cloudwatch_log_group.job'],
    ['aws_lambda_function.other', 'function-log-groups', 'aws_cloudwatch_log_group.other'],
    ['aws_sqs_queue.dead', 'dead-letter-sources', 'aws_sqs_queue.in'],
  ];
  for (const [address, kind, expected] of rows)
    it(`of the kind ${kind} of ${address}`, () => assert.equal(relatedText(stack, address, kind), expected));
});

describe('the same connections', () => {
  const group = 'Group: EC2::SecurityGroup {GroupName: web}';
  const user = (value: string): string => `User: EC2::Instance {SecurityGroupIds: [${value}]}`;
  const kinds = ['security-groups', 'security-group-users'] as const;

  it('come of all ways to name a resource', () => {
    const results = [
      '!Ref Group',
      '!GetAtt Group.GroupId',
      '!Sub "${Group}"',
      '!Sub "${Group.GroupId}"',
      '{"Fn::GetAtt": [Group, GroupId]}',
      '!Join ["", [!Ref Group]]',
      'web',
      '!If [IsLive, !Ref Group, !GetAtt Group.GroupId]',
      '!Select [0, [!Ref Group]]',
    ].map((value) => kinds.flatMap((kind) => edgesOf(stackOf(template(group, user(value))), kind)));
    for (const one of results) assert.deepEqual(one, ['User -> Group', 'Group -> User']);
  });

  it('come of resources in every order', () => {
    const resources = [
      group,
      user('!Ref Group'),
      'Vpc: EC2::VPC',
      'Subnet: EC2::Subnet {VpcId: !Ref Vpc}',
      'Other: EC2::Instance {SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group]}',
    ];
    const orders = [resources, resources.toReversed(), [...resources.slice(2), ...resources.slice(0, 2)]];
    const results = orders.map((order) =>
      CONNECTION_KINDS.map((kind) => edgesOf(stackOf(template(...order)), kind).toSorted()),
    );
    for (const one of results) assert.deepEqual(one, results[0]);
  });

  it('have the value that makes them, also where two values do, and where it is noted what is read', () => {
    const stack = stackOf(
      template(
        'Own: IAM::ManagedPolicy {Roles: [!Ref Worker], PolicyDocument: {}}',
        'Worker: IAM::Role {ManagedPolicyArns: [!Ref Own]}',
      ),
    );
    const vias = [stack, observed(stack)].map(({ resources: [, role] }) =>
      role!.related('role-policies').edges.map(({ resource, via }) => [resource.address, via.origin.use]),
    );
    assert.equal(vias[0]!.length, 1);
    assert.ok(vias[0]![0]![1]);
    assert.deepEqual(vias[1], vias[0]);
  });

  it('are seen from both ends, in cases of fixtures with all types and properties', () => {
    let edges = 0;
    // A document with one resource is connected with what no document has, at most.
    const [several, single] = [true, false].map((has) => ownInputs().filter((input) => hasSeveral(input) === has));
    for (const input of [...diverse(several!, namesIn), ...diverse(single!, namesIn)]) {
      const stack = stackAmong(input.texts, input.doc);
      for (const resource of stack?.resources ?? [])
        for (const kind of CONNECTION_KINDS) {
          for (const edge of resource.related(kind).edges) {
            edges++;
            const back = edge.resource.related(inverseOf(kind)).edges.filter((other) => other.resource === resource);
            assert.equal(back.length, 1, `${input.name}: ${kind} of ${resource.address}`);
            assert.ok(isSame(edge.when, back[0]!.when), `${input.name}: ${kind} of ${resource.address}`);
            assert.ok(
              edge.when.yes.satisfiable() &&
                edge.when.yes.coveredBy(resource.when.yes) &&
                edge.when.yes.coveredBy(edge.resource.when.yes),
            );
            assert.ok(!edge.when.yes.and(edge.when.no).satisfiable());
            assert.ok(edge.via.origin, `${input.name}: ${kind} of ${resource.address}`);
          }
        }
    }
    assert.ok(edges > 200, `${edges} edges`);
  });

  /**
   * The types of a document in its syntax, and the names of its properties: what connects resources is one of these.
   */
  function namesIn({ texts, doc }: Input): readonly string[] {
    const ending = doc.slice(doc.lastIndexOf('.'));
    return [...texts.values()].flatMap((text) => [
      ...[...text.matchAll(/\bAWS::\w+::\w+|\baws_\w+\b/g)].map(([type]) => `${type} in ${ending}`),
      ...[...text.matchAll(/\b\w+\b(?="?\s*[:=])/g)].map(([name]) => name),
    ]);
  }

  function hasSeveral({ texts }: Input): boolean {
    const all = [...texts.values()].join('\n');
    return all.includes('AWS::Serverless') || [...all.matchAll(/\b(?:AWS::\w+::\w|aws_\w)/g)].length > 1;
  }

  function isSame(one: Truth, other: Truth): boolean {
    return (
      one.yes.coveredBy(other.yes) &&
      other.yes.coveredBy(one.yes) &&
      one.no.coveredBy(other.no) &&
      other.no.coveredBy(one.no)
    );
  }
});

describe('the work for connections', () => {
  /** What is looked at when every resource of a stack is asked for every connection. */
  function visitedBy(stack: Stack): number {
    const relations = new Relations(stack.resources, ALL_LINKS, true);
    for (const resource of stack.resources) for (const kind of CONNECTION_KINDS) relations.related(resource, kind);
    return relations.visited;
  }

  const addressesIn = ({ edges }: Related): readonly string[] => edges.map(({ resource }) => resource.address);

  const stacks: readonly (readonly [what: string, make: (n: number) => readonly string[]])[] = [
    ['pairs', (n) => [`B${n}: S3::Bucket`, `P${n}: S3::BucketPolicy {Bucket: !Ref B${n}}`]],
    [
      'those that say nothing that is known',
      (n) => [`B${n}: S3::Bucket`, `P${n}: S3::BucketPolicy {Bucket: !Ref Name}`],
    ],
    [
      'one that all use',
      (n) => [
        ...(n === 0 ? ['Group: EC2::SecurityGroup'] : []),
        `I${n}: EC2::Instance {SecurityGroupIds: [!Ref Group]}`,
      ],
    ],
    [
      'one that uses all',
      (n) => [
        ...(n === 0
          ? [`P: IAM::Policy {Roles: [${Array.from({ length: 800 }, (_, i) => `!Ref R${i}`).join(', ')}]}`]
          : []),
        `R${n}: IAM::Role`,
      ],
    ],
    [
      'all with the same name',
      (n) => [`B${n}: S3::Bucket {BucketName: same}`, `P${n}: S3::BucketPolicy {Bucket: same}`],
    ],
  ];
  for (const [what, make] of stacks) {
    it(`grows with ${what} and no faster`, () => {
      const stackWith = (size: number): Stack =>
        stackOf(template(...Array.from({ length: size }, (_, n) => make(n)).flat()));
      const [small, large] = [visitedBy(stackWith(200)), visitedBy(stackWith(800))];
      assert.ok(small > 0);
      assert.ok(large <= small * 4.4, `${small} become ${large}`);
    });
  }

  it('is no more for asking again', () => {
    const stack = stackOf(template('A: S3::BucketPolicy {Bucket: !Ref B}', 'B: S3::Bucket'));
    const relations = new Relations(stack.resources, ALL_LINKS, true);
    const ask = (kind: Connection): void =>
      stack.resources.forEach((resource: Resource) => relations.related(resource, kind));
    ask('bucket');
    const once = relations.visited;
    ask('bucket');
    assert.equal(relations.visited, once);
  });

  it('is that of one resource for what it names', () => {
    const visitedFor = (size: number): number => {
      const pairs = Array.from({ length: size }, (_, n) => [
        `B${n}: S3::Bucket`,
        `P${n}: S3::BucketPolicy {Bucket: !Ref B${n}}`,
      ]);
      const { resources } = stackOf(template(...pairs.flat()));
      const relations = new Relations(resources, ALL_LINKS, true);
      const policy = resources.find(({ address }) => address === 'P1')!;
      assert.deepEqual(addressesIn(relations.related(policy, 'bucket')), ['B1']);
      return relations.visited;
    };
    assert.equal(visitedFor(20), visitedFor(2));
  });

  it('finds the same in the same order, whatever was asked before', () => {
    const { resources } = stackOf(
      template('B: S3::Bucket', ...['P0', 'P1', 'P2'].map((name) => `${name}: S3::BucketPolicy {Bucket: !Ref B}`)),
    );
    const relations = new Relations(resources, ALL_LINKS, true);
    const at = (name: string): Resource => resources.find(({ address }) => address === name)!;
    for (const name of ['P2', 'P1']) assert.deepEqual(addressesIn(relations.related(at(name), 'bucket')), ['B']);
    assert.deepEqual(addressesIn(relations.related(at('B'), 'bucket-policy')), ['P0', 'P1', 'P2']);
  });

  it('leaves out what a value names beyond the limit, and says so', () => {
    const stack = stackOf(
      template(
        'P: S3::BucketPolicy {Bucket: same}',
        ...Array.from({ length: 120 }, (_, n) => `B${n}: S3::Bucket {BucketName: same}`),
      ),
    );
    assert.equal(stack.byAddress('P')!.related('bucket').edges.length, 100);
    assert.equal(guardText(stack.byAddress('B119')!.related('bucket-policy').complete.yes), 'never');
    assert.equal(guardText(stack.byAddress('B0')!.related('bucket-policy').complete.yes), 'always');
  });
});
