/**
 * Templates with many parameters and conditions: of a usual kind, where a resource depends on few, and one where all
 * depend on one another.
 */
import { Random } from './random.ts';
import {
  And,
  arn,
  Condition,
  Equals,
  GetAtt,
  If,
  NO_VALUE,
  Not,
  Or,
  policy,
  Ref,
  Sub,
  trust,
  type Body,
  type Value,
} from './template-value.ts';
import { writeYaml } from './write-yaml.ts';

const FEATURES = [
  'Backups',
  'Logs',
  'Tracing',
  'Replica',
  'Alarms',
  'Cache',
  'PublicSite',
  'Encryption',
  'Vpc',
  'Queue',
];

/** The name of a feature, which a parameter turns on. */
const feature = (index: number): string =>
  FEATURES[index % FEATURES.length]! + (index < FEATURES.length ? '' : String(Math.floor(index / FEATURES.length)));

function parameters(count: number): Body {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index): readonly [string, Value] => [
      `With${feature(index)}`,
      index % 3 === 2
        ? { Type: 'String', Default: '', Description: `Name of the ${feature(index)}, if it exists` }
        : { Type: 'String', Default: index % 2 === 0 ? 'yes' : 'no', AllowedValues: ['yes', 'no'] },
    ]),
  );
}

/** One condition for each parameter; every fifth combines some before it. */
function conditions(count: number, random: Random): Body {
  const own = (index: number): Value =>
    index % 3 === 2 ? Not(Equals(Ref(`With${feature(index)}`), '')) : Equals(Ref(`With${feature(index)}`), 'yes');
  return Object.fromEntries(
    Array.from({ length: count }, (_, index): readonly [string, Value] => {
      if (index % 5 !== 4) return [`Has${feature(index)}`, own(index)];
      const other = Condition(`Has${feature(random.int(0, index - 1))}`);
      return [`Has${feature(index)}`, random.chance(0.5) ? And(own(index), other) : Or(own(index), Not(other))];
    }),
  );
}

type Pick = () => string;

const RESOURCES: readonly ((id: string, has: Pick) => Body)[] = [
  (id, has) => ({
    [`${id}Bucket`]: {
      Type: 'AWS::S3::Bucket',
      Condition: has(),
      Properties: {
        VersioningConfiguration: { Status: If(has(), 'Enabled', 'Suspended') },
        PublicAccessBlockConfiguration: If(
          has(),
          { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
          NO_VALUE,
        ),
      },
    },
  }),
  (id, has) => ({
    [`${id}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
        Policies: [
          {
            PolicyName: 'work',
            PolicyDocument: policy({ Action: ['sqs:SendMessage'], Resource: arn('sqs', `${id}-*`) }),
          },
          If(
            has(),
            {
              PolicyName: 'read',
              PolicyDocument: policy({
                Action: 's3:GetObject',
                Resource: Sub('arn:${AWS::Partition}:s3:::data-${AWS::Region}/*'),
              }),
            },
            NO_VALUE,
          ),
        ],
        ManagedPolicyArns: [If(has(), Sub('arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess'), NO_VALUE)],
      },
    },
  }),
  (id, has) => ({
    [`${id}Database`]: {
      Type: 'AWS::RDS::DBInstance',
      DeletionPolicy: 'Snapshot',
      Condition: has(),
      Properties: {
        Engine: 'postgres',
        DBInstanceClass: If(has(), 'db.r6g.large', 'db.t4g.medium'),
        AllocatedStorage: '20',
        StorageEncrypted: If(has(), true, false),
        MultiAZ: If(has(), true, false),
        ManageMasterUserPassword: true,
        MasterUsername: 'operator',
      },
    },
  }),
  (id, has) => ({
    [`${id}Group`]: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: `Servers of ${id}`,
        SecurityGroupIngress: [
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: If(has(), '0.0.0.0/0', '10.0.0.0/8') },
          If(has(), { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '192.0.2.0/24' }, NO_VALUE),
        ],
      },
    },
    [`${id}Disk`]: {
      Type: 'AWS::EC2::Volume',
      Condition: has(),
      Properties: {
        AvailabilityZone: Sub('${AWS::Region}a'),
        Size: 20,
        Encrypted: If(has(), true, If(has(), true, false)),
      },
    },
  }),
  (id, has) => ({
    [`${id}Queue`]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        SqsManagedSseEnabled: If(has(), true, false),
        QueueName: If(has(), Sub(`${id}-\${AWS::Region}`), NO_VALUE),
      },
    },
    [`${id}QueuePolicy`]: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [Ref(`${id}Queue`)],
        PolicyDocument: policy({
          Principal: {
            AWS: If(has(), Sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root'), Ref('AWS::AccountId')),
          },
          Action: 'sqs:SendMessage',
          Resource: GetAtt(`${id}Queue`, 'Arn'),
        }),
      },
    },
  }),
];

const HEAD = {
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'A platform whose features are chosen by parameters.',
};

/** As many parameters and conditions; each resource depends on up to three conditions near its own. */
export function independentConditions(count: number, seed = 1): string {
  const random = new Random(seed);
  return writeYaml({
    ...HEAD,
    Parameters: parameters(count),
    Conditions: conditions(count, random),
    Resources: Object.assign(
      {},
      ...Array.from({ length: count }, (_, index) => {
        const near = (): string => `Has${feature(Math.min(count - 1, Math.max(0, index + random.int(-2, 2))))}`;
        return RESOURCES[index % RESOURCES.length]!(`Part${String(index)}`, near);
      }),
    ) as Body,
  });
}

/** Each condition depends on those before it, and each resource on three of all. */
export function entangledConditions(count: number, seed = 1): string {
  const random = new Random(seed);
  const name = (index: number): string => `Has${feature(index)}`;
  const entangled = Object.fromEntries(
    Array.from({ length: count }, (_, index): readonly [string, Value] => {
      const own = Equals(Ref(`With${feature(index)}`), 'yes');
      if (index === 0) return [name(index), own];
      const [before, other] = [Condition(name(index - 1)), Condition(name(random.int(0, index - 1)))];
      return [name(index), index % 2 === 0 ? Or(And(own, before), Not(other)) : And(Or(own, before), Or(own, other))];
    }),
  );
  return writeYaml({
    ...HEAD,
    Parameters: parameters(count),
    Conditions: entangled,
    Resources: Object.assign(
      {},
      ...Array.from({ length: count }, (_, index) =>
        RESOURCES[index % RESOURCES.length]!(`Part${String(index)}`, () => name(random.int(0, count - 1))),
      ),
    ) as Body,
  });
}
