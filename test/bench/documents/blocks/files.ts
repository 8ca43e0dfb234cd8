/** File systems and backups. */
import type { Block } from '../component.ts';
import { ACCOUNT, GetAtt, policy, Ref, Sub, trust, type Value } from '../template-value.ts';
import { keyOf } from './storage.ts';

export const fileSystem: Block = (c) => {
  const [name, group, first, second, access] = [
    c.id('Files'),
    c.id('FilesGroup'),
    c.id('MountA'),
    c.id('MountB'),
    c.id('FilesAccess'),
  ];
  const mount = (index: number): Value => ({
    Type: 'AWS::EFS::MountTarget',
    Properties: {
      FileSystemId: Ref(name),
      SubnetId: { 'Fn::Select': [index, c.ref('SubnetIds')] },
      SecurityGroups: [GetAtt(group, 'GroupId')],
    },
  });
  return {
    [name]: {
      Type: 'AWS::EFS::FileSystem',
      Properties: {
        ...(c.random.chance(0.7) ? { Encrypted: true, KmsKeyId: GetAtt(keyOf(c), 'Arn') } : {}),
        PerformanceMode: 'generalPurpose',
        ThroughputMode: 'bursting',
        BackupPolicy: { Status: c.prod('ENABLED', 'DISABLED') },
        LifecyclePolicies: [{ TransitionToIA: c.random.pick(['AFTER_30_DAYS', 'AFTER_60_DAYS']) }],
        FileSystemTags: c.tags('files'),
      },
    },
    [group]: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: `NFS of ${c.kebab}`,
        VpcId: c.ref('VpcId'),
        SecurityGroupIngress: [
          { Description: 'NFS of the workload', IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049, CidrIp: '10.0.0.0/8' },
        ],
        Tags: c.tags('files'),
      },
    },
    [first]: mount(0),
    [second]: mount(1),
    [access]: {
      Type: 'AWS::EFS::AccessPoint',
      Properties: {
        FileSystemId: Ref(name),
        PosixUser: { Uid: '1000', Gid: '1000' },
        RootDirectory: {
          Path: `/${c.kebab}`,
          CreationInfo: { OwnerUid: '1000', OwnerGid: '1000', Permissions: '0750' },
        },
      },
    },
  };
};

export const backups: Block = (c) => {
  const [vault, plan, role, selection] = [
    c.id('Vault'),
    c.id('BackupPlan'),
    c.id('BackupRole'),
    c.id('BackupSelection'),
  ];
  return {
    [vault]: {
      Type: 'AWS::Backup::BackupVault',
      DeletionPolicy: 'Retain',
      Properties: {
        BackupVaultName: c.physical('vault'),
        EncryptionKeyArn: GetAtt(keyOf(c), 'Arn'),
        AccessPolicy: policy({
          Sid: 'NobodyDeletes',
          Effect: 'Deny',
          Principal: '*',
          Action: [
            'backup:DeleteRecoveryPoint',
            'backup:UpdateRecoveryPointLifecycle',
            'backup:PutBackupVaultAccessPolicy',
          ],
          Resource: '*',
          Condition: {
            ArnNotLike: { 'aws:PrincipalArn': Sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/backup-admin') },
          },
        }),
      },
    },
    [plan]: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: {
        BackupPlan: {
          BackupPlanName: c.physical('daily'),
          BackupPlanRule: [
            {
              RuleName: 'daily',
              TargetBackupVault: Ref(vault),
              ScheduleExpression: `cron(${String(c.random.int(0, 59))} 3 * * ? *)`,
              StartWindowMinutes: 60,
              Lifecycle: { MoveToColdStorageAfterDays: 30, DeleteAfterDays: c.prod(365, 120) },
            },
          ],
        },
      },
    },
    [role]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('backup.amazonaws.com', { StringEquals: { 'aws:SourceAccount': ACCOUNT } }),
        ManagedPolicyArns: [
          Sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup'),
          Sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores'),
        ],
      },
    },
    [selection]: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: {
        BackupPlanId: Ref(plan),
        BackupSelection: {
          SelectionName: c.kebab,
          IamRoleArn: GetAtt(role, 'Arn'),
          ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'Owner', ConditionValue: `team-${c.kebab}` }],
        },
      },
    },
  };
};
