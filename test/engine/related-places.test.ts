/** Findings that rest on connections between resources show them, each at the value that makes it. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from './analysis.ts';

const NETWORK = `Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  Gateway: {Type: AWS::EC2::InternetGateway}
  Routes: {Type: AWS::EC2::RouteTable, Properties: {VpcId: v}}
  Public: {Type: AWS::EC2::Subnet, Properties: {VpcId: v}}
  Association: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Public, RouteTableId: !Ref Routes}}
  Route: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {SecurityGroupIngress: [RULE]}}
`;

const SSH = '{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}';

function network(rule: string, ...resources: readonly string[]): string {
  return NETWORK.replace('RULE', rule) + resources.map((line) => `  ${line}\n`).join('');
}

const web = (name: string, properties = '', condition = ''): string =>
  `${name}: {Type: AWS::EC2::Instance, ${condition}Properties: {SecurityGroupIds: [!Ref Group]${properties}}}`;
const WAY = ['Web is in the subnet Public. @ !Ref Public', 'Public routes 0.0.0.0/0 to Gateway. @ !Ref Gateway'];
const SAM_FUNCTION = 'Fn: {Type: AWS::Lambda::Function}';

/** The rule, the template, and the places that are shown beside the finding. */
const ROWS: readonly (readonly [what: string, rule: string, text: string, ...places: string[]])[] = [
  ['nobody who uses a group', 'sg-ingress-open-ssh', network(SSH)],
  [
    'who uses a group',
    'sg-ingress-open-ssh',
    network(SSH, web('Web')),
    'Web uses the security group Group. @ !Ref Group',
  ],
  [
    'who uses a group, and the way to it',
    'sg-ingress-open-ssh',
    network(SSH, web('Web', ', SubnetId: !Ref Public')),
    'Web uses the security group Group. @ !Ref Group',
    ...WAY,
  ],
  [
    'the way to the first to whom one is seen',
    'sg-ingress-open-ssh',
    network(SSH, web('Inner'), web('Web', ', SubnetId: !Ref Public')),
    'Inner uses the security group Group. @ !Ref Group',
    'Web uses the security group Group. @ !Ref Group',
    ...WAY,
  ],
  [
    'some of those who use a group',
    'sg-ingress-open-ssh',
    network(SSH, web('A'), web('B'), web('C'), web('D'), web('E')),
    'A uses the security group Group. @ !Ref Group',
    'B uses the security group Group. @ !Ref Group',
    'C uses the security group Group, as do 2 more. @ !Ref Group',
  ],
  [
    'who uses a group that has all ports open',
    'sg-ingress-open-all',
    network('{IpProtocol: "-1", CidrIp: 0.0.0.0/0}', web('Web')),
    'Web uses the security group Group. @ !Ref Group',
  ],
  [
    'who uses a group that has Remote Desktop open',
    'sg-ingress-open-rdp',
    network(SSH.replaceAll('22', '3389'), web('Web')),
    'Web uses the security group Group. @ !Ref Group',
  ],
  [
    'the group of a rule beside it, and who uses that',
    'sg-ingress-open-ssh',
    network(
      '',
      'Rule: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !GetAtt Group.GroupId, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}}',
      web('Web'),
    ),
    'Rule is a rule of the security group Group. @ !GetAtt Group.GroupId',
    'Web uses the security group Group. @ !Ref Group',
  ],
  [
    'who uses a group in the scenario of the finding',
    'sg-ingress-open-ssh',
    network(`!If [IsLive, ${SSH}, !Ref AWS::NoValue]`, web('Web', '', 'Condition: IsLive, ')),
    'Web uses the security group Group. @ !Ref Group',
  ],
  [
    'nobody who uses a group in other scenarios',
    'sg-ingress-open-ssh',
    network(`!If [IsLive, !Ref AWS::NoValue, ${SSH}]`, web('Web', '', 'Condition: IsLive, ')),
  ],
  [
    'the load balancer that makes a listener internal',
    'elb-listener-https',
    `Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Protocol: HTTP, DefaultActions: [{Type: forward}]}}
`,
    'The default action does not redirect to HTTPS. @ [{Type: forward}]',
    'The load balancer Balancer is internal. @ internal',
  ],
  [
    'the function of a URL',
    'lambda-url-auth-none',
    `Resources:\n  ${SAM_FUNCTION}\n  Url: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: !GetAtt Fn.Arn}}\n`,
    'Url is a URL of Fn. @ !GetAtt Fn.Arn',
  ],
  [
    'no function of a URL that stands in it',
    'lambda-url-auth-none',
    'Transform: AWS::Serverless-2016-10-31\nResources:\n  Fn: {Type: AWS::Serverless::Function, Properties: {FunctionUrlConfig: {AuthType: NONE}}}\n',
  ],
  [
    'the bucket of a policy',
    's3-bucket-policy-public-principal',
    `Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Bucket, PolicyDocument: {Statement: {Effect: Allow, Principal: '*', Action: 's3:*', Resource: '*'}}}}
`,
    'Policy is the policy of the bucket Bucket. @ !Ref Bucket',
  ],
  [
    'the website of a policy',
    's3-bucket-policy-secure-transport',
    `Resources:
  Bucket: {Type: AWS::S3::Bucket, Properties: {WebsiteConfiguration: {IndexDocument: i}}}
  Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Bucket, PolicyDocument: {Statement: []}}}
`,
    'Bucket hosts a website. @ {IndexDocument: i}',
  ],
];

describe('a finding shows', () => {
  for (const [what, rule, text, ...places] of ROWS) {
    it(what, () => {
      const found = findingsOf(analysed({ 't.yaml': text }, { rules: new Set([rule]) })).filter(
        ({ certainty }) => certainty === 'certain',
      );
      assert.equal(found.length, 1, JSON.stringify(found.map(({ message }) => message)));
      assert.deepEqual(
        found[0]!.related.map(({ at, message }) => `${message} @ ${text.slice(at.start, at.end)}`),
        places,
      );
    });
  }

  it('the users of a group in Terraform', () => {
    const text = JSON.stringify({
      resource: {
        aws_security_group: {
          web: { ingress: [{ from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] }] },
        },
        aws_instance: { web: { vpc_security_group_ids: ['${aws_security_group.web.id}'] } },
      },
    });
    const [found] = findingsOf(analysed({ 'main.tf.json': text }, { rules: new Set(['sg-ingress-open-ssh']) }));
    assert.deepEqual(
      found!.related.map(({ at, message }) => `${message} @ ${text.slice(at.start, at.end)}`),
      ['aws_instance.web uses the security group aws_security_group.web. @ "${aws_security_group.web.id}"'],
    );
  });

  it('no bucket of a policy that is an attribute of it', () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }],
    });
    const text = JSON.stringify({ resource: { aws_s3_bucket: { b: { bucket: 'b', policy } } } });
    const rules = new Set(['s3-bucket-policy-public-principal']);
    const [found] = findingsOf(analysed({ 'main.tf.json': text }, { rules }));
    assert.deepEqual(found!.related, []);
  });

  it('one of the instances of a configured resource that use a group', () => {
    const instance = (index: number): object => ({
      address: `aws_instance.web[${index}]`,
      mode: 'managed',
      type: 'aws_instance',
      name: 'web',
      index,
      values: {},
    });
    const changed = (address: string, type: string, after: object, unknown: object, index?: number): object => ({
      address,
      mode: 'managed',
      type,
      name: 'web',
      ...(index === undefined ? {} : { index }),
      change: { actions: ['create'], before: null, after, after_unknown: unknown },
    });
    const ingress = [{ from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] }];
    const text = JSON.stringify({
      format_version: '1.2',
      terraform_version: '1.9.0',
      planned_values: {
        root_module: {
          resources: [
            {
              address: 'aws_security_group.web',
              mode: 'managed',
              type: 'aws_security_group',
              name: 'web',
              values: { ingress },
            },
            ...[0, 1, 2].map(instance),
          ],
        },
      },
      resource_changes: [
        changed('aws_security_group.web', 'aws_security_group', { ingress }, { id: true }),
        ...[0, 1, 2].map((index) =>
          changed(`aws_instance.web[${index}]`, 'aws_instance', {}, { vpc_security_group_ids: true }, index),
        ),
      ],
      configuration: {
        root_module: {
          resources: [
            {
              address: 'aws_security_group.web',
              mode: 'managed',
              type: 'aws_security_group',
              name: 'web',
              expressions: { ingress: {} },
            },
            {
              address: 'aws_instance.web',
              mode: 'managed',
              type: 'aws_instance',
              name: 'web',
              expressions: {
                vpc_security_group_ids: { references: ['aws_security_group.web.id', 'aws_security_group.web'] },
              },
              count_expression: { constant_value: 3 },
            },
          ],
        },
      },
    });
    const [found] = findingsOf(analysed({ 'plan.json': text }, { rules: new Set(['sg-ingress-open-ssh']) }));
    assert.deepEqual(
      found!.related.map(({ message }) => message),
      ['aws_instance.web[0] uses the security group aws_security_group.web, as do 2 more.'],
    );
  });
});
