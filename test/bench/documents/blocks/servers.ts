/** Instances, containers, and builds. */
import type { Block, Component } from '../component.ts';
import {
  ACCOUNT,
  arn,
  Base64,
  GetAtt,
  Join,
  policy,
  Ref,
  REGION,
  Select,
  Sub,
  trust,
  type Value,
} from '../template-value.ts';
import { permissions } from './compute.ts';
import { keyOf } from './storage.ts';

const START = (c: Component, group: string): string => `#!/bin/bash -xe
dnf update -y
dnf install -y amazon-cloudwatch-agent nginx
cat > /etc/${c.kebab}.conf <<CONF
stage=\${${c.param('Stage')}}
region=\${AWS::Region}
stack=\${AWS::StackName}
bucket=\${Bucket}
CONF
aws s3 cp "s3://\${Bucket}/${c.kebab}/release.tar.gz" /tmp/release.tar.gz
${c
  .settings()
  .map(([name]) => `echo "${name}=/opt/${c.kebab}/${name.toLowerCase()}.conf" >> /etc/${c.kebab}.conf\n`)
  .join('')}tar -xzf /tmp/release.tar.gz -C /opt
systemctl enable --now nginx
/opt/aws/bin/cfn-signal -e $? --stack \${AWS::StackName} --resource ${group} --region \${AWS::Region}
`;

export const instances: Block = (c) => {
  const [template, group, role, profile, scaling] = [
    c.id('Launch'),
    c.id('Servers'),
    c.id('ServerRole'),
    c.id('ServerProfile'),
    c.id('ServerScaling'),
  ];
  return {
    [role]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust(c.random.chance(0.5) ? 'ec2.amazonaws.com' : 'ec2.amazonaws.com'),
        Path: `/${c.kebab}/`,
        ManagedPolicyArns: [Sub('arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore')],
        Policies: [{ PolicyName: 'workload', PolicyDocument: policy(...permissions(c)) }],
      },
    },
    [profile]: { Type: 'AWS::IAM::InstanceProfile', Properties: { Path: `/${c.kebab}/`, Roles: [Ref(role)] } },
    [template]: {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: {
        LaunchTemplateData: {
          ImageId: c.perRegion('Image'),
          InstanceType: c.prod('m6i.large', 't3.small'),
          IamInstanceProfile: { Arn: GetAtt(profile, 'Arn') },
          ...(c.random.chance(0.6) ? { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } } : {}),
          Monitoring: { Enabled: c.prod(true, false) },
          SecurityGroupIds: [GetAtt(`${c.name}AppGroup`, 'GroupId')],
          BlockDeviceMappings: [
            {
              DeviceName: '/dev/xvda',
              Ebs: {
                VolumeSize: c.random.pick([20, 50, 100]),
                VolumeType: 'gp3',
                ...(c.random.chance(0.7) ? { Encrypted: true } : {}),
                DeleteOnTermination: true,
              },
            },
          ],
          UserData: Base64(Sub(START(c, group), { Bucket: c.perRegion('Bucket') })),
          TagSpecifications: [{ ResourceType: 'instance', Tags: c.tags('server') }],
        },
      },
    },
    [group]: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      CreationPolicy: { ResourceSignal: { Count: c.prod(2, 1), Timeout: 'PT15M' } },
      UpdatePolicy: {
        AutoScalingRollingUpdate: {
          MinInstancesInService: c.prod(2, 0),
          MaxBatchSize: 1,
          WaitOnResourceSignals: true,
          PauseTime: 'PT15M',
        },
      },
      Properties: {
        MinSize: c.prod('2', '1'),
        MaxSize: c.prod('12', '2'),
        VPCZoneIdentifier: c.ref('SubnetIds'),
        HealthCheckType: 'ELB',
        HealthCheckGracePeriod: 120,
        LaunchTemplate: { LaunchTemplateId: Ref(template), Version: GetAtt(template, 'LatestVersionNumber') },
        Tags: [{ Key: 'Name', Value: c.physical('server'), PropagateAtLaunch: true }],
      },
    },
    [scaling]: {
      Type: 'AWS::AutoScaling::ScalingPolicy',
      Properties: {
        AutoScalingGroupName: Ref(group),
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingConfiguration: {
          TargetValue: c.random.pick([50, 60]),
          PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
        },
      },
    },
  };
};

const settings = (c: Component): readonly Value[] => c.settings().map(([Name, value]) => ({ Name, Value: value }));

export const containers: Block = (c) => {
  const [cluster, task, service, execution, role, logs] = [
    c.id('Cluster'), c.id('Task'), c.id('Service'), c.id('ExecutionRole'), c.id('TaskRole'), c.id('ContainerLogs'),
  ]; // oxfmt-ignore
  const secret = (name: string): Value => ({
    Name: name.toUpperCase(),
    ValueFrom: Sub(`arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/${c.kebab}/${name}`),
  });
  return {
    [cluster]: {
      Type: 'AWS::ECS::Cluster',
      Properties: {
        ClusterName: c.physical('cluster'),
        ...(c.random.chance(0.5) ? { ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }] } : {}),
        CapacityProviders: ['FARGATE', 'FARGATE_SPOT'],
        DefaultCapacityProviderStrategy: [
          { CapacityProvider: 'FARGATE', Weight: 1, Base: 1 },
          { CapacityProvider: 'FARGATE_SPOT', Weight: c.prod(1, 4) },
        ],
      },
    },
    [logs]: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: `/ecs/${c.kebab}`, RetentionInDays: c.ref('Retention') },
    },
    [execution]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('ecs-tasks.amazonaws.com', {
          StringEquals: { 'aws:SourceAccount': ACCOUNT },
          ArnLike: { 'aws:SourceArn': arn('ecs', '*') },
        }),
        ManagedPolicyArns: [Sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy')],
        Policies: [
          {
            PolicyName: 'start',
            PolicyDocument: policy(
              { Action: 'ssm:GetParameters', Resource: arn('ssm', `parameter/${c.kebab}/*`) },
              { Action: 'kms:Decrypt', Resource: GetAtt(keyOf(c), 'Arn') },
            ),
          },
        ],
      },
    },
    [role]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('ecs-tasks.amazonaws.com'),
        Policies: [{ PolicyName: 'run', PolicyDocument: policy(...permissions(c)) }],
      },
    },
    [task]: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Family: c.physical('task'),
        Cpu: c.prod('1024', '256'),
        Memory: c.prod('2048', '512'),
        NetworkMode: 'awsvpc',
        RequiresCompatibilities: ['FARGATE'],
        ExecutionRoleArn: GetAtt(execution, 'Arn'),
        TaskRoleArn: GetAtt(role, 'Arn'),
        ContainerDefinitions: [
          {
            Name: 'app',
            Image: Sub(`\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/${c.kebab}:latest`),
            Essential: true,
            ...(c.random.chance(0.5) ? { ReadonlyRootFilesystem: true } : {}),
            PortMappings: [{ ContainerPort: 8080, Protocol: 'tcp' }],
            Environment: [
              { Name: 'STAGE', Value: c.ref('Stage') },
              { Name: 'BUCKET', Value: c.perRegion('Bucket') },
              { Name: 'BACKUP_REGION', Value: c.perRegion('Backup') },
              ...settings(c),
            ],
            Secrets: [secret('database_url'), secret('signing_key')],
            LogConfiguration: {
              LogDriver: 'awslogs',
              Options: { 'awslogs-group': Ref(logs), 'awslogs-region': REGION, 'awslogs-stream-prefix': 'app' },
            },
          },
        ],
        Tags: c.tags('task'),
      },
    },
    [service]: {
      Type: 'AWS::ECS::Service',
      Properties: {
        Cluster: Ref(cluster),
        TaskDefinition: Ref(task),
        DesiredCount: c.prod(3, 1),
        LaunchType: 'FARGATE',
        DeploymentConfiguration: {
          MaximumPercent: 200,
          MinimumHealthyPercent: 100,
          DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        },
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            AssignPublicIp: c.random.chance(0.3) ? 'ENABLED' : 'DISABLED',
            Subnets: c.ref('SubnetIds'),
            SecurityGroups: [GetAtt(`${c.name}AppGroup`, 'GroupId')],
          },
        },
        PropagateTags: 'SERVICE',
        Tags: c.tags('service'),
      },
    },
  };
};

export const builds: Block = (c) => {
  const [project, role] = [c.id('Build'), c.id('BuildRole')];
  return {
    [role]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('codebuild.amazonaws.com'),
        Policies: [
          {
            PolicyName: 'build',
            PolicyDocument: policy(
              {
                Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
                Resource: arn('logs', `log-group:/aws/codebuild/${c.kebab}*`),
              },
              {
                Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
                Resource: Join('', ['arn:', Ref('AWS::Partition'), ':s3:::', c.perRegion('Bucket'), '/*']),
              },
              { Action: ['ecr:GetAuthorizationToken'], Resource: '*' },
              {
                Action: [
                  'ecr:BatchCheckLayerAvailability',
                  'ecr:InitiateLayerUpload',
                  'ecr:UploadLayerPart',
                  'ecr:CompleteLayerUpload',
                  'ecr:PutImage',
                ],
                Resource: arn('ecr', `repository/${c.kebab}`),
              },
              ...permissions(c).slice(0, 2),
            ),
          },
        ],
      },
    },
    [project]: {
      Type: 'AWS::CodeBuild::Project',
      Properties: {
        Name: c.physical('build'),
        ServiceRole: GetAtt(role, 'Arn'),
        EncryptionKey: GetAtt(keyOf(c), 'Arn'),
        TimeoutInMinutes: c.random.pick([20, 30, 60]),
        Artifacts: { Type: 'NO_ARTIFACTS' },
        Environment: {
          Type: 'LINUX_CONTAINER',
          ComputeType: c.prod('BUILD_GENERAL1_MEDIUM', 'BUILD_GENERAL1_SMALL'),
          Image: 'aws/codebuild/amazonlinux2-x86_64-standard:5.0',
          PrivilegedMode: c.random.chance(0.5),
          EnvironmentVariables: [
            { Name: 'REPOSITORY', Value: Select(0, [c.kebab, 'unused']) },
            { Name: 'ACCOUNT', Value: ACCOUNT },
            ...settings(c),
          ],
        },
        Source: {
          Type: 'S3',
          Location: Join('/', [c.perRegion('Bucket'), c.kebab, 'source.zip']),
          BuildSpec: `version: 0.2\nphases:\n  install:\n    commands:\n      - npm ci\n  build:\n    commands:\n      - npm test\n      - docker build -t ${c.kebab} .\n`,
        },
        Tags: c.tags('build'),
      },
    },
  };
};
