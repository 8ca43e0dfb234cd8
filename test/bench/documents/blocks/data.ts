/** Databases, caches, search, analytics, secrets. */
import type { Block } from '../component.ts';
import { ACCOUNT, arn, COMMENT, GetAtt, If, Join, NO_VALUE, policy, Ref, Sub, trust } from '../template-value.ts';
import { permissions } from './compute.ts';
import { keyOf } from './storage.ts';

export const database: Block = (c) => {
  const [name, subnets, secret, options, group] = [
    c.id('Database'),
    c.id('DatabaseSubnets'),
    c.id('DatabaseSecret'),
    c.id('DatabaseOptions'),
    c.id('DatabaseGroup'),
  ];
  return {
    [secret]: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: {
        Name: Sub(`${c.kebab}/\${${c.param('Stage')}}/database`),
        Description: `Credentials of the database of ${c.kebab}`,
        KmsKeyId: If(`${c.name}Logs`, Ref(keyOf(c)), NO_VALUE),
        GenerateSecretString: {
          SecretStringTemplate: `{"username": "${c.kebab}"}`,
          GenerateStringKey: 'password',
          PasswordLength: 32,
          ExcludeCharacters: '"@/\\',
        },
        Tags: c.tags('database'),
      },
    },
    [subnets]: {
      Type: 'AWS::RDS::DBSubnetGroup',
      Properties: { DBSubnetGroupDescription: `Private subnets of ${c.kebab}`, SubnetIds: c.ref('SubnetIds') },
    },
    [options]: {
      Type: 'AWS::RDS::DBParameterGroup',
      Properties: {
        Description: `Parameters of ${c.kebab}`,
        Family: 'postgres16',
        Parameters: {
          log_min_duration_statement: c.prod('500', '0'),
          'rds.force_ssl': c.random.chance(0.6) ? '1' : '0',
        },
      },
    },
    [group]: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: `Database of ${c.kebab}`,
        VpcId: c.ref('VpcId'),
        SecurityGroupIngress: [
          {
            Description: 'Servers',
            IpProtocol: 'tcp',
            FromPort: 5432,
            ToPort: 5432,
            SourceSecurityGroupId: GetAtt(`${c.name}AppGroup`, 'GroupId'),
          },
        ],
        Tags: c.tags('database'),
      },
    },
    [name]: {
      Type: 'AWS::RDS::DBInstance',
      DeletionPolicy: 'Snapshot',
      UpdateReplacePolicy: 'Snapshot',
      Properties: {
        Engine: 'postgres',
        EngineVersion: '16.4',
        DBInstanceClass: c.prod('db.r6g.large', 'db.t4g.medium'),
        AllocatedStorage: c.prod('200', '20'),
        StorageType: 'gp3',
        StorageEncrypted: c.random.chance(0.7) ? true : c.prod(true, false),
        ...(c.random.chance(0.5) ? { KmsKeyId: GetAtt(keyOf(c), 'Arn') } : {}),
        MultiAZ: c.prod(true, false),
        PubliclyAccessible: false,
        BackupRetentionPeriod: c.prod(14, 1),
        DeletionProtection: c.prod(true, false),
        AutoMinorVersionUpgrade: true,
        CopyTagsToSnapshot: true,
        ...(c.random.chance(0.5) ? { EnableIAMDatabaseAuthentication: true } : {}),
        EnableCloudwatchLogsExports: ['postgresql'],
        [COMMENT]: 'The credentials are made with the stack and never written down.',
        MasterUsername: Sub(`{{resolve:secretsmanager:\${${secret}}:SecretString:username}}`),
        MasterUserPassword: Join('', ['{{resolve:secretsmanager:', Ref(secret), ':SecretString:password}}']),
        DBSubnetGroupName: Ref(subnets),
        DBParameterGroupName: Ref(options),
        VPCSecurityGroups: [GetAtt(group, 'GroupId')],
        Tags: c.tags('database'),
      },
    },
    [c.id('SecretAttachment')]: {
      Type: 'AWS::SecretsManager::SecretTargetAttachment',
      Properties: { SecretId: Ref(secret), TargetId: Ref(name), TargetType: 'AWS::RDS::DBInstance' },
    },
  };
};

export const cluster: Block = (c) => {
  const [name, subnets] = [c.id('Aurora'), c.id('AuroraSubnets')];
  const instance = {
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      Engine: 'aurora-postgresql',
      DBClusterIdentifier: Ref(name),
      DBInstanceClass: c.prod('db.r6g.large', 'db.t4g.medium'),
      PubliclyAccessible: c.random.chance(0.1),
      EnablePerformanceInsights: true,
      ...(c.random.chance(0.5) ? { PerformanceInsightsKMSKeyId: GetAtt(keyOf(c), 'Arn') } : {}),
      AutoMinorVersionUpgrade: true,
    },
  };
  return {
    [subnets]: {
      Type: 'AWS::RDS::DBSubnetGroup',
      Properties: { DBSubnetGroupDescription: `Subnets of the reports of ${c.kebab}`, SubnetIds: c.ref('SubnetIds') },
    },
    [name]: {
      Type: 'AWS::RDS::DBCluster',
      DeletionPolicy: 'Snapshot',
      Properties: {
        Engine: 'aurora-postgresql',
        EngineVersion: '16.4',
        DatabaseName: c.kebab,
        ManageMasterUserPassword: true,
        MasterUsername: 'admin_user',
        MasterUserSecret: { KmsKeyId: Ref(keyOf(c)) },
        ...(c.random.chance(0.7) ? { StorageEncrypted: true, KmsKeyId: GetAtt(keyOf(c), 'Arn') } : {}),
        BackupRetentionPeriod: c.prod(35, 3),
        DeletionProtection: c.prod(true, false),
        DBSubnetGroupName: Ref(subnets),
        VpcSecurityGroupIds: [GetAtt(`${c.name}AppGroup`, 'GroupId')],
        Tags: c.tags('reports'),
      },
    },
    [c.id('AuroraWriter')]: instance,
    [c.id('AuroraReader')]: { ...instance, Condition: c.isProd },
  };
};

export const cache: Block = (c) => {
  const [name, subnets] = [c.id('Cache'), c.id('CacheSubnets')];
  return {
    [subnets]: {
      Type: 'AWS::ElastiCache::SubnetGroup',
      Properties: { Description: `Cache of ${c.kebab}`, SubnetIds: c.ref('SubnetIds') },
    },
    [name]: {
      Type: 'AWS::ElastiCache::ReplicationGroup',
      Properties: {
        ReplicationGroupDescription: `Sessions of ${c.kebab}`,
        Engine: 'redis',
        EngineVersion: '7.1',
        CacheNodeType: c.prod('cache.r7g.large', 'cache.t4g.micro'),
        NumCacheClusters: c.prod(3, 1),
        AutomaticFailoverEnabled: c.prod(true, false),
        MultiAZEnabled: c.prod(true, false),
        CacheSubnetGroupName: Ref(subnets),
        SecurityGroupIds: [GetAtt(`${c.name}AppGroup`, 'GroupId')],
        ...(c.random.chance(0.7) ? { TransitEncryptionEnabled: true } : {}),
        ...(c.random.chance(0.7) ? { AtRestEncryptionEnabled: true, KmsKeyId: GetAtt(keyOf(c), 'Arn') } : {}),
        SnapshotRetentionLimit: c.prod(7, 0),
        Tags: c.tags('cache'),
      },
    },
  };
};

export const search: Block = (c) => {
  const name = c.id('Domain');
  return {
    [name]: {
      Type: 'AWS::OpenSearchService::Domain',
      Properties: {
        EngineVersion: 'OpenSearch_2.17',
        ClusterConfig: {
          InstanceType: c.prod('r6g.large.search', 't3.small.search'),
          InstanceCount: c.prod(3, 1),
          ZoneAwarenessEnabled: c.prod(true, false),
        },
        EBSOptions: { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: c.prod(200, 20) },
        EncryptionAtRestOptions: { Enabled: c.random.chance(0.8), KmsKeyId: Ref(keyOf(c)) },
        ...(c.random.chance(0.7) ? { NodeToNodeEncryptionOptions: { Enabled: true } } : {}),
        DomainEndpointOptions: {
          EnforceHTTPS: true,
          TLSSecurityPolicy: c.random.pick(['Policy-Min-TLS-1-2-2019-07', 'Policy-Min-TLS-1-0-2019-07']),
        },
        VPCOptions: { SubnetIds: c.ref('SubnetIds'), SecurityGroupIds: [GetAtt(`${c.name}AppGroup`, 'GroupId')] },
        AccessPolicies: policy({
          Principal: { AWS: Sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') },
          Action: c.random.chance(0.4) ? 'es:*' : ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut'],
          Resource: arn('es', `domain/${c.kebab}-*/*`),
        }),
        Tags: c.tags('search'),
      },
    },
  };
};

export const analytics: Block = (c) => {
  const [base, role, crawler, job] = [c.id('Lake'), c.id('GlueRole'), c.id('Crawler'), c.id('Job')];
  return {
    [base]: {
      Type: 'AWS::Glue::Database',
      Properties: { CatalogId: ACCOUNT, DatabaseInput: { Name: `${c.kebab}_lake`, Description: `Data of ${c.kebab}` } },
    },
    [role]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('glue.amazonaws.com'),
        ManagedPolicyArns: [Sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AWSGlueServiceRole')],
        Policies: [{ PolicyName: 'lake', PolicyDocument: policy(...permissions(c)) }],
      },
    },
    [crawler]: {
      Type: 'AWS::Glue::Crawler',
      Properties: {
        Name: c.physical('crawler'),
        Role: GetAtt(role, 'Arn'),
        DatabaseName: Ref(base),
        Targets: {
          S3Targets: [
            { Path: Join('', ['s3://', c.perRegion('Bucket'), `/${c.kebab}/`]), Exclusions: ['**/_temporary/**'] },
          ],
        },
        Schedule: { ScheduleExpression: 'cron(15 1 * * ? *)' },
        SchemaChangePolicy: { UpdateBehavior: 'UPDATE_IN_DATABASE', DeleteBehavior: 'LOG' },
      },
    },
    [job]: {
      Type: 'AWS::Glue::Job',
      Properties: {
        Name: c.physical('job'),
        Role: GetAtt(role, 'Arn'),
        GlueVersion: '4.0',
        WorkerType: 'G.1X',
        NumberOfWorkers: c.prod(10, 2),
        Command: {
          Name: 'glueetl',
          PythonVersion: '3',
          ScriptLocation: Join('', ['s3://', c.perRegion('Bucket'), `/${c.kebab}/job.py`]),
        },
        DefaultArguments: { '--job-language': 'python', '--enable-metrics': '', '--stage': c.ref('Stage') },
        ExecutionProperty: { MaxConcurrentRuns: 1 },
      },
    },
  };
};

export const registry: Block = (c) => ({
  [c.id('Repository')]: {
    Type: 'AWS::ECR::Repository',
    Properties: {
      RepositoryName: c.kebab,
      ...(c.random.chance(0.5) ? { ImageScanningConfiguration: { ScanOnPush: true } } : {}),
      ...(c.random.chance(0.5) ? { ImageTagMutability: 'IMMUTABLE' } : {}),
      LifecyclePolicy: {
        LifecyclePolicyText:
          '{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 14}, "action": {"type": "expire"}}]}\n',
      },
      RepositoryPolicyText: policy({
        Sid: 'Pull',
        Principal: { AWS: Join('', ['arn:', Ref('AWS::Partition'), ':iam::', c.perRegion('ElbAccount'), ':root']) },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'],
      }),
      Tags: c.tags('images'),
    },
  },
  [c.id('Setting')]: {
    Type: 'AWS::SSM::Parameter',
    Properties: {
      Name: Sub(`/${c.kebab}/\${${c.param('Stage')}}/settings`),
      Type: 'String',
      Description: `Settings of ${c.kebab}`,
      Value: Sub(`{"region": "\${AWS::Region}", "stage": "\${${c.param('Stage')}}"}`),
    },
  },
});
