/**
 * The actions with a KMS key that a caller needs, because a service encrypts or decrypts with the permissions of the
 * caller.
 */
import { flatMap } from '../../base/flat-map.ts';
import { ownEntry, table, type Table } from '../../base/table.ts';
import type { AccessPrincipal } from './access.ts';

/** The actions with a key that callers can need. */
export const KEY_ACTIONS = ['kms:GenerateDataKey', 'kms:Decrypt'] as const;

export type KeyAction = (typeof KEY_ACTIONS)[number];

/** What the actions of a service need. */
interface KeyNeeds {
  /** By action. Actions that are not listed need no key. */
  readonly by: Readonly<Record<string, readonly KeyAction[]>>;
  /** What some requests with an action need in addition, as the beginning of a sentence, with the action. */
  readonly also?: { readonly of: string; readonly words: string; readonly needs: KeyAction };
  /** Set if AWS services choose the encryption of what they write. */
  readonly exceptServices?: true;
}

const READ: readonly KeyAction[] = ['kms:Decrypt'];
const WRITE: readonly KeyAction[] = ['kms:GenerateDataKey'];
const BOTH: readonly KeyAction[] = KEY_ACTIONS;

/** DynamoDB decrypts the key of a table for each principal that accesses it. It generates that key itself. */
const DYNAMODB: KeyNeeds = {
  by: Object.fromEntries(
    [
      'BatchGetItem',
      'BatchWriteItem',
      'ConditionCheckItem',
      'DeleteItem',
      'GetItem',
      'PartiQLDelete',
      'PartiQLInsert',
      'PartiQLSelect',
      'PartiQLUpdate',
      'PutItem',
      'Query',
      'Scan',
      'UpdateItem',
    ].map((name) => [`dynamodb:${name}`, READ]),
  ),
};

/**
 * https://docs.aws.amazon.com/kms/latest/developerguide/services-dynamodb.html
 * https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
 */
const NEEDS: Table<KeyNeeds> = table<KeyNeeds>({
  'AWS::DynamoDB::GlobalTable': DYNAMODB,
  'AWS::DynamoDB::Table': DYNAMODB,
  'AWS::Kinesis::Stream': {
    by: {
      'kinesis:GetRecords': READ,
      'kinesis:SubscribeToShard': READ,
      'kinesis:PutRecord': WRITE,
      'kinesis:PutRecords': WRITE,
    },
  },
  'AWS::S3::Bucket': {
    by: { 's3:GetObject': READ, 's3:GetObjectVersion': READ, 's3:PutObject': WRITE },
    also: { of: 's3:PutObject', words: 'multipart uploads', needs: 'kms:Decrypt' },
    exceptServices: true,
  },
  'AWS::SNS::Topic': { by: { 'sns:Publish': BOTH } },
  'AWS::SQS::Queue': { by: { 'sqs:ReceiveMessage': READ, 'sqs:SendMessage': BOTH } },
  // Writing needs kms:Encrypt or kms:GenerateDataKey, by the tier of the parameter, which is not evaluated.
  'AWS::SSM::Parameter': {
    by: {
      'ssm:GetParameter': READ,
      'ssm:GetParameterHistory': READ,
      'ssm:GetParameters': READ,
      'ssm:GetParametersByPath': READ,
    },
  },
  'AWS::SecretsManager::Secret': {
    by: {
      'secretsmanager:BatchGetSecretValue': READ,
      'secretsmanager:GetSecretValue': READ,
      'secretsmanager:PutSecretValue': BOTH,
      'secretsmanager:UpdateSecret': BOTH,
    },
  },
});

/** What callers need to use a resource of a canonical type; undefined if its service needs nothing of them. */
export function keyNeedsOf(type: string): KeyNeeds | undefined {
  return ownEntry(NEEDS, type);
}

/** The actions with a key that a principal needs for some actions: of those that need any, what each of them needs. */
export function neededWith(
  { by, exceptServices }: KeyNeeds,
  actions: readonly string[],
  { kind }: Pick<AccessPrincipal, 'kind'>,
): readonly KeyAction[] {
  const needs = flatMap(actions, (action) => {
    const found = ownEntry(by, action);
    return found ? [found] : [];
  });
  return KEY_ACTIONS.filter(
    (action) =>
      needs.length > 0 &&
      needs.every((one) => one.includes(action)) &&
      !(exceptServices && kind === 'service' && action === 'kms:GenerateDataKey'),
  );
}
