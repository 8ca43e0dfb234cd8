/** VPCs, security groups, load balancers and distributions. */
import type { Block } from '../component.ts';
import {
  COMMENT,
  GetAtt,
  GetAZs,
  If,
  Join,
  NO_VALUE,
  policy,
  Ref,
  REGION,
  Select,
  Sub,
  trust,
  arn,
  type Value,
} from '../template-value.ts';

/** The groups of a component, which its other blocks refer to. */
export const groups: Block = (c) => {
  const [app, edge, fromEdge] = [c.id('AppGroup'), c.id('EdgeGroup'), c.id('AppFromEdge')];
  return {
    [edge]: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: `Load balancer of ${c.kebab}`,
        VpcId: c.ref('VpcId'),
        SecurityGroupIngress: [
          { Description: 'HTTPS', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
          { Description: 'Redirected to HTTPS', IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' },
        ],
        Tags: c.tags('edge'),
      },
    },
    [app]: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: `Servers of ${c.kebab}`,
        VpcId: c.ref('VpcId'),
        SecurityGroupIngress: [
          {
            Description: 'Operators',
            IpProtocol: 'tcp',
            FromPort: 22,
            ToPort: 22,
            CidrIp: c.random.chance(0.3) ? '0.0.0.0/0' : c.ref('OfficeCidr'),
          },
          If(c.isProd, NO_VALUE, {
            Description: 'Debugger',
            IpProtocol: 'tcp',
            FromPort: 9229,
            ToPort: 9229,
            CidrIp: c.ref('OfficeCidr'),
          }),
        ],
        SecurityGroupEgress: [{ Description: 'All', IpProtocol: '-1', CidrIp: '0.0.0.0/0' }],
        Tags: c.tags('app'),
      },
    },
    [fromEdge]: {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: {
        Description: 'Requests of the load balancer',
        GroupId: GetAtt(app, 'GroupId'),
        SourceSecurityGroupId: GetAtt(edge, 'GroupId'),
        IpProtocol: 'tcp',
        FromPort: 8080,
        ToPort: 8080,
      },
    },
  };
};

export const loadBalancer: Block = (c) => {
  const [name, https, http, target, rule] = [
    c.id('Balancer'),
    c.id('Https'),
    c.id('Http'),
    c.id('Targets'),
    c.id('ApiRule'),
  ];
  return {
    [name]: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: {
        Scheme: c.random.chance(0.6) ? 'internet-facing' : 'internal',
        Type: 'application',
        Subnets: c.ref('SubnetIds'),
        SecurityGroups: [GetAtt(`${c.name}EdgeGroup`, 'GroupId')],
        LoadBalancerAttributes: [
          { Key: 'idle_timeout.timeout_seconds', Value: '60' },
          { Key: 'deletion_protection.enabled', Value: c.prod('true', 'false') },
          { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
          { Key: 'access_logs.s3.enabled', Value: If(`${c.name}Logs`, 'true', 'false') },
          { Key: 'access_logs.s3.bucket', Value: c.perRegion('Bucket') },
          { Key: 'access_logs.s3.prefix', Value: 'alb' },
        ],
        Tags: c.tags('balancer'),
      },
    },
    [target]: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: {
        VpcId: c.ref('VpcId'),
        Port: 8080,
        Protocol: 'HTTP',
        TargetType: 'ip',
        HealthCheckPath: '/health',
        HealthCheckIntervalSeconds: c.random.pick([10, 15, 30]),
        HealthyThresholdCount: 2,
        Matcher: { HttpCode: '200-299' },
        TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: c.prod('120', '10') }],
        Tags: c.tags('targets'),
      },
    },
    [https]: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: Ref(name),
        Port: 443,
        Protocol: 'HTTPS',
        SslPolicy: c.random.chance(0.7) ? 'ELBSecurityPolicy-TLS13-1-2-2021-06' : 'ELBSecurityPolicy-2016-08',
        Certificates: [{ CertificateArn: Sub(`{{resolve:ssm:/${c.kebab}/certificate-arn}}`) }],
        DefaultActions: [{ Type: 'forward', TargetGroupArn: Ref(target) }],
      },
    },
    [http]: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: Ref(name),
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [
          c.random.chance(0.7)
            ? { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }
            : { Type: 'forward', TargetGroupArn: Ref(target) },
        ],
      },
    },
    [rule]: {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: {
        ListenerArn: Ref(https),
        Priority: c.random.int(1, 100),
        Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: [`/api/${c.kebab}/*`] } }],
        Actions: [{ Type: 'forward', TargetGroupArn: Ref(target) }],
      },
    },
  };
};

export const vpc: Block = (c) => {
  const [network, gateway, attachment, routes, route, flowRole, flow, flowLogs] = [
    c.id('Vpc'), c.id('Gateway'), c.id('GatewayAttachment'), c.id('Routes'), c.id('DefaultRoute'), c.id('FlowRole'), c.id('FlowLog'), c.id('FlowLogGroup'),
  ]; // oxfmt-ignore
  const block = c.random.int(0, 200);
  const subnet = (index: number): Value => ({
    Type: 'AWS::EC2::Subnet',
    Properties: {
      VpcId: Ref(network),
      CidrBlock: `10.${String(block)}.${String(index * 16)}.0/20`,
      AvailabilityZone: Select(index, GetAZs),
      MapPublicIpOnLaunch: c.random.chance(0.3),
      Tags: c.tags(`subnet-${String(index)}`),
    },
  });
  const subnets = [0, 1].map((index) => [c.id(`Subnet${String(index)}`), subnet(index)] as const);
  return {
    [network]: {
      Type: 'AWS::EC2::VPC',
      Properties: {
        CidrBlock: `10.${String(block)}.0.0/16`,
        EnableDnsHostnames: true,
        EnableDnsSupport: true,
        Tags: c.tags('vpc'),
      },
    },
    [gateway]: { Type: 'AWS::EC2::InternetGateway', Properties: { Tags: c.tags('gateway') } },
    [attachment]: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId: Ref(network), InternetGatewayId: Ref(gateway) },
    },
    ...Object.fromEntries(subnets),
    [routes]: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: Ref(network), Tags: c.tags('routes') } },
    [route]: {
      Type: 'AWS::EC2::Route',
      DependsOn: attachment,
      Properties: { RouteTableId: Ref(routes), DestinationCidrBlock: '0.0.0.0/0', GatewayId: Ref(gateway) },
    },
    ...Object.fromEntries(
      subnets.map(([id]) => [
        c.id('RoutesOf'),
        { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: Ref(id), RouteTableId: Ref(routes) } },
      ]),
    ),
    [flowLogs]: {
      Type: 'AWS::Logs::LogGroup',
      Condition: `${c.name}Logs`,
      Properties: { LogGroupName: `/vpc/${c.kebab}`, RetentionInDays: c.ref('Retention') },
    },
    [flowRole]: {
      Type: 'AWS::IAM::Role',
      Condition: `${c.name}Logs`,
      Properties: {
        AssumeRolePolicyDocument: trust('vpc-flow-logs.amazonaws.com'),
        Policies: [
          {
            PolicyName: 'write',
            PolicyDocument: policy({
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
              Resource: c.random.chance(0.5) ? '*' : GetAtt(flowLogs, 'Arn'),
            }),
          },
        ],
      },
    },
    [flow]: {
      Type: 'AWS::EC2::FlowLog',
      Condition: `${c.name}Logs`,
      Properties: {
        ResourceId: Ref(network),
        ResourceType: 'VPC',
        TrafficType: c.random.pick(['ALL', 'REJECT']),
        DeliverLogsPermissionArn: GetAtt(flowRole, 'Arn'),
        LogGroupName: Ref(flowLogs),
      },
    },
  };
};

export const distribution: Block = (c) => {
  const [name, access, headers, sitePolicy, site] = [
    c.id('Distribution'),
    c.id('OriginAccess'),
    c.id('Headers'),
    c.id('SitePolicy'),
    c.id('Site'),
  ];
  return {
    [site]: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
        Tags: c.tags('site'),
      },
    },
    [access]: {
      Type: 'AWS::CloudFront::OriginAccessControl',
      Properties: {
        OriginAccessControlConfig: {
          Name: c.physical('site'),
          OriginAccessControlOriginType: 's3',
          SigningBehavior: 'always',
          SigningProtocol: 'sigv4',
        },
      },
    },
    [headers]: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: c.physical('headers'),
          SecurityHeadersConfig: {
            StrictTransportSecurity: { AccessControlMaxAgeSec: 31536000, IncludeSubdomains: true, Override: true },
            ContentTypeOptions: { Override: true },
            FrameOptions: { FrameOption: 'DENY', Override: true },
          },
        },
      },
    },
    [name]: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Comment: Sub(`Site of ${c.kebab} in \${AWS::Region}`),
          Enabled: true,
          DefaultRootObject: 'index.html',
          HttpVersion: 'http2and3',
          PriceClass: c.prod('PriceClass_All', 'PriceClass_100'),
          [COMMENT]: 'The API is an origin beside the site, so that no request crosses origins.',
          Origins: [
            {
              Id: 'site',
              DomainName: GetAtt(site, 'RegionalDomainName'),
              OriginAccessControlId: GetAtt(access, 'Id'),
              S3OriginConfig: { OriginAccessIdentity: '' },
            },
            {
              Id: 'api',
              DomainName: Join('.', ['api', c.kebab, REGION, 'example.com']),
              CustomOriginConfig: {
                OriginProtocolPolicy: c.random.chance(0.7) ? 'https-only' : 'match-viewer',
                OriginSSLProtocols: ['TLSv1.2'],
              },
            },
          ],
          DefaultCacheBehavior: {
            TargetOriginId: 'site',
            ViewerProtocolPolicy: c.random.chance(0.6) ? 'redirect-to-https' : 'allow-all',
            CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
            ResponseHeadersPolicyId: Ref(headers),
            Compress: true,
          },
          CacheBehaviors: [
            {
              PathPattern: '/api/*',
              TargetOriginId: 'api',
              ViewerProtocolPolicy: 'https-only',
              AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
              CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
            },
          ],
          ViewerCertificate: If(
            c.isProd,
            {
              AcmCertificateArn: Sub(`{{resolve:ssm:/${c.kebab}/site-certificate-arn}}`),
              SslSupportMethod: 'sni-only',
              MinimumProtocolVersion: c.random.pick(['TLSv1.2_2021', 'TLSv1.1_2016']),
            },
            { CloudFrontDefaultCertificate: true },
          ),
        },
        Tags: c.tags('site'),
      },
    },
    [sitePolicy]: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: Ref(site),
        PolicyDocument: policy({
          Sid: 'Distribution',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: 's3:GetObject',
          Resource: Sub(`\${${site}.Arn}/*`),
          Condition: {
            StringEquals: {
              'AWS:SourceArn': Sub(`arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${${name}}`),
            },
          },
        }),
      },
    },
  };
};

export const endpoints: Block = (c) => ({
  [c.id('ObjectsEndpoint')]: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId: c.ref('VpcId'),
      ServiceName: Sub('com.amazonaws.${AWS::Region}.s3'),
      VpcEndpointType: 'Gateway',
      PolicyDocument: policy({
        Principal: '*',
        Action: c.random.chance(0.5) ? '*' : ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalAccount': Ref('AWS::AccountId') } },
      }),
    },
  },
  [c.id('SecretsEndpoint')]: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId: c.ref('VpcId'),
      ServiceName: Join('.', ['com.amazonaws', REGION, 'secretsmanager']),
      VpcEndpointType: 'Interface',
      PrivateDnsEnabled: true,
      SubnetIds: c.ref('SubnetIds'),
      SecurityGroupIds: [GetAtt(`${c.name}AppGroup`, 'GroupId')],
      PolicyDocument: policy({
        Principal: { AWS: Ref('AWS::AccountId') },
        Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        Resource: arn('secretsmanager', `secret:${c.kebab}/*`),
      }),
    },
  },
});
