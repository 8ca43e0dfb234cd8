/**
 * Diverse examples of the values of condition keys: a pattern that matches all examples of a key is assumed to match
 * every value of it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
import { flatMap } from '../../base/flat-map.ts';

/** Examples of the values of some keys. */
interface Examples {
  /** In lower case. */
  readonly keys: readonly string[] | RegExp;
  readonly values: readonly string[];
  /** Whether the values are ARNs, without `arn:` and the partition, which is the same for all ARNs in a policy. */
  readonly arns?: true;
}

const [FIRST, LAST] = ['000000000000', '999999999999'];
const ORGANIZATIONS = ['o-a000000000', 'o-z9999999999999999999999999999999'];
const networks = (prefix: string): readonly string[] => [`${prefix}-0a0a0a0a`, `${prefix}-09f9f9f9f9f9f9f9f`];

/** Keys with account IDs, in lower case. */
export const ACCOUNT_KEYS: readonly string[] = [
  'aws:principalaccount',
  'aws:resourceaccount',
  'aws:sourceaccount',
  'aws:sourceowner',
  'aws:vpceaccount',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
  's3:resourceaccount',
];

const TABLE: readonly Examples[] = [
  { keys: ACCOUNT_KEYS, values: [FIRST, LAST] },
  { keys: ['aws:principalorgid', 'aws:resourceorgid', 'aws:sourceorgid', 'aws:vpceorgid'], values: ORGANIZATIONS },
  {
    keys: ['aws:principalorgpaths', 'aws:resourceorgpaths', 'aws:sourceorgpaths', 'aws:vpceorgpaths'],
    values: [
      `${ORGANIZATIONS[0]}/r-ab12/`,
      `${ORGANIZATIONS[1]}/r-z9z9z9z9z9z9z9z9z9z9z9z9z9z9z9z9/ou-ab12-11111111/ou-ab12-22222222/`,
    ],
  },
  { keys: ['aws:sourcevpc', 'aws:ec2instancesourcevpc'], values: networks('vpc') },
  { keys: ['aws:sourcevpce'], values: networks('vpce') },
  { keys: ['aws:requestedregion', 'ec2:region'], values: ['us-east-1', 'ap-southeast-4', 'mx-central-1'] },
  {
    keys: ['aws:userid'],
    values: ['AIDAAAAAAAAAAAAAAAAAA', 'AROAZZZZZZZZZZZZZZZZZ:session', '111122223333', '999999999999:user'],
  },
  { keys: ['aws:principaltype'], values: ['Account', 'AssumedRole', 'FederatedUser', 'User'] },
  // A user, a role or the account itself.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
  {
    keys: ['aws:principalarn', 'kms:granteeprincipal', 'kms:retiringprincipal'],
    arns: true,
    values: [`iam::${FIRST}:user/a`, `iam::${LAST}:role/z/z`, `iam::${LAST}:root`],
  },
  {
    keys: ['iam:policyarn', 'iam:permissionsboundary'],
    arns: true,
    values: ['iam::aws:policy/a', `iam::${LAST}:policy/z/z`],
  },
  {
    keys: ['lambda:functionarn', 'lambda:sourcefunctionarn'],
    arns: true,
    values: [`lambda:us-east-1:${FIRST}:function:a`, `lambda:ap-southeast-4:${LAST}:function:z-1:PROD`],
  },
  {
    keys: ['elasticfilesystem:accesspointarn'],
    arns: true,
    values: [
      `elasticfilesystem:us-east-1:${FIRST}:access-point/fsap-0`,
      `elasticfilesystem:ap-southeast-4:${LAST}:access-point/fsap-9f`,
    ],
  },
  {
    keys: ['s3:dataaccesspointarn'],
    arns: true,
    values: [`s3:us-east-1:${FIRST}:accesspoint/a`, `s3:ap-southeast-4:${LAST}:accesspoint/z-1`],
  },
  {
    keys: ['s3:x-amz-server-side-encryption-aws-kms-key-id'],
    arns: true,
    values: [`kms:us-east-1:${FIRST}:key/0a`, `kms:ap-southeast-4:${LAST}:alias/z`],
  },
  {
    keys: ['aws:sourcevpcarn'],
    arns: true,
    values: [`ec2:us-east-1:${FIRST}:vpc/vpc-0a0a0a0a`, `ec2:ap-southeast-4:${LAST}:vpc/vpc-09f9f9f9f9f9f9f9f`],
  },
  // Resources of any service.
  {
    keys: /^(?:aws:sourcearn|kms:grantconstraintsourcearn|iam:associatedresourcearn)$/,
    arns: true,
    values: ['s3:::a', `sns:eu-west-1:${LAST}:z`, `events:us-west-2:${FIRST}:rule/a/z`],
  },
  {
    keys: [
      'aws:calledvia',
      'aws:calledviafirst',
      'aws:calledvialast',
      'aws:principalservicename',
      'aws:principalservicenameslist',
      'iam:awsservicename',
      'iam:passedtoservice',
      'kms:granteeserviceprincipal',
      'sts:awsservicename',
    ],
    values: ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com', 'logs.ap-southeast-4.amazonaws.com'],
  },
  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
  { keys: ['kms:viaservice'], values: ['s3.us-east-1.amazonaws.com', 'dynamodb.ap-southeast-4.amazonaws.com'] },
  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-request-alias
  { keys: ['kms:requestalias', 'kms:resourcealiases'], values: ['alias/a', 'alias/aws/s3', 'alias/Z-9/_'] },
  // Two characters at least. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  {
    keys: ['sts:externalid', 'sts:rolesessionname', 'sts:sourceidentity', 'aws:sourceidentity'],
    values: ['a1', `Z=,.@${'9'.repeat(60)}`],
  },
  { keys: ['aws:username'], values: ['a', `Z=,.@${'9'.repeat(59)}`] },
  // https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
  {
    keys: ['cognito-identity.amazonaws.com:aud', 'cognito-identity.amazonaws.com:sub'],
    values: ['us-east-1:00000000-0000-4000-8000-000000000000', 'ap-southeast-4:ffffffff-ffff-4fff-bfff-ffffffffffff'],
  },
  { keys: ['cognito-identity.amazonaws.com:amr'], values: ['authenticated', 'unauthenticated'] },
  // The subjects of service accounts.
  // https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
  { keys: /^oidc[.-]eks\.[^:]*:sub$/, values: ['system:serviceaccount:a:b', 'system:serviceaccount:kube-system:z-1'] },
  { keys: ['saml:aud'], values: ['https://signin.aws.amazon.com/saml', 'https://a.example/b'] },
];

const BY_KEY: ReadonlyMap<string, Examples> = new Map(
  flatMap(TABLE, (row) => (row.keys instanceof RegExp ? [] : row.keys.map((key) => [key, row] as const))),
);
const BY_PATTERN = TABLE.filter(({ keys }) => keys instanceof RegExp);

/**
 * Examples of the values of a key, given in lower case; none if any value is possible.
 * @param pattern The pattern to compare with, which determines the partition of ARNs.
 */
export function exampleValues(key: string, pattern: string): readonly string[] {
  const row = BY_KEY.get(key) ?? BY_PATTERN.find(({ keys }) => (keys as RegExp).test(key));
  if (!row?.arns) return row?.values ?? [];
  const partition = /^arn:([a-z][a-z-]*):/.exec(pattern)?.[1] ?? 'aws';
  return row.values.map((value) => `arn:${partition}:${value}`);
}
