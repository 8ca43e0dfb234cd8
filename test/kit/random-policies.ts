/** Random policies of templates and policy files, with values that are unknown or depend on a condition. */
import fc from 'fast-check';

interface File {
  readonly path: string;
  readonly text: string;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const ACTIONS = [
  '*',
  '*:*',
  's3:*',
  's3:Get*',
  's3:GetObject',
  's3:CreateJob',
  'S3:createjob',
  'iam:PassRole',
  'iam:*Role',
  'iam:CreateServiceLinkedRole',
  'kms:CreateGrant',
  'ec2:Disable*',
  'ec*:*',
  'lambda:InvokeFunction',
  'sts:AssumeRole',
  'sts:AssumeRoleWithWebIdentity',
  'nonsense',
];
const RESOURCES = [
  '*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::b',
  'arn:aws:s3:::b/${aws:username}/*',
  'arn:aws:iam::*:role/*',
  'arn:aws:iam::123456789012:role/${name',
  'arn:*:s*:::b',
  'arn:aws:dynamodb:*:*:table/*',
];
const PRINCIPALS: readonly Json[] = [
  '*',
  { AWS: '*' },
  { AWS: ['123456789012', 'arn:aws:iam::210987654321:root'] },
  { AWS: 'arn:aws:iam::123456789012:role/r' },
  { AWS: 'AROAEXAMPLEID12345678' },
  { Service: 's3.amazonaws.com' },
  { Service: ['ec2.amazonaws.com', 'nonsense'] },
  { Federated: 'cognito-identity.amazonaws.com' },
  { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' },
  { Aws: '*' },
];
const CONDITIONS: readonly Json[] = [
  { StringLike: { 'aws:PrincipalOrgID': '*' } },
  { StringEquals: { 'aws:SourceAccount': '123456789012', 'aws:sourceaccount': '*' } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.1/24'] } },
  { IpAddress: { 'aws:VpcSourceIp': '10.0.0.1' } },
  { NumericLessThan: { 's3:max-keys': ['1', '2'] } },
  { StringNotLike: { 's3:prefix': 'a*' } },
  { StringEquals: { 'aws:ResourceTag/team': 'x', 'aws:ResourceAccount': '123456789012' } },
  { StringEquals: { 'aws:Referer': 'x' } },
  { StringEquals: { 'kms:ViaService': 'S3', 'sts:ExternalId': '*' } },
  { StringEquals: { 'cognito-identity.amazonaws.com:aud': 'x' } },
  { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } },
  { 'ForAllValues:StringEquals': { 'aws:PrincipalArn': [] } },
  { Nonsense: { 'x:y': 'z' } },
  {},
];

/** Documents with random policies, the same for a seed. */
export function* randomPolicies(count: number): Iterable<readonly File[]> {
  const random = generator(fc.readConfigureGlobal().seed ?? 0);
  for (let made = 0; made < count; made++) yield documentOf(random);
}

/** A generator of numbers below a limit (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Random = ReturnType<typeof generator>;

function documentOf(random: Random): readonly File[] {
  const isTemplate = random(4) > 0;
  const policy = (withPrincipals: boolean): Json => policyOf(random, isTemplate, withPrincipals);
  if (!isTemplate) return [{ path: 'policy.json', text: JSON.stringify(policy(random(2) > 0)) }];
  const template = {
    Parameters: {
      Any: { Type: 'String' },
      Stage: { Type: 'String', Default: 'test', AllowedValues: ['test', 'live'] },
    },
    Conditions: { IsLive: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } },
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: policy(true),
          Policies: [{ PolicyName: 'p', PolicyDocument: policy(false) }],
        },
      },
      BucketPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: policy(true) },
      },
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy(true) } },
      QueuePolicy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: ['q'], PolicyDocument: policy(true) } },
      Endpoint: { Type: 'AWS::EC2::VPCEndpoint', Properties: { PolicyDocument: policy(true) } },
    },
  };
  return [{ path: 'template.json', text: JSON.stringify(template) }];
}

function policyOf(random: Random, isTemplate: boolean, withPrincipals: boolean): Json {
  const pick = <T>(items: readonly T[]): T => items[random(items.length)]!;
  /** A value, or in a template sometimes one that is unknown, interpolated or conditional. */
  const vary = (value: Json, otherwise: Json): Json => {
    if (!isTemplate) return value;
    switch (random(14)) {
      case 0:
        return { Ref: 'Any' };
      case 1:
        return { 'Fn::If': ['IsLive', value, otherwise] };
      case 2:
        return { 'Fn::If': ['IsLive', value, { Ref: 'AWS::NoValue' }] };
      case 3:
        return typeof value === 'string' ? { 'Fn::Sub': `\${Any}${value.replaceAll(/\$\{[^}]*\}?/g, '')}` } : value;
      case 4:
        return { 'Fn::GetAtt': ['Bucket', 'Arn'] };
      default:
        return value;
    }
  };
  const list = (items: readonly string[]): Json => {
    const one = (): Json => vary(pick(items), pick(items));
    return vary(random(2) > 0 ? one() : Array.from({ length: random(4) }, one), []);
  };
  const statement = (): Json => ({
    ...(random(3) > 0 ? {} : { Sid: pick(['A', 'B', '', 'with space']) }),
    ...(random(20) > 0 ? { Effect: vary(pick(['Allow', 'Allow', 'Deny', 'allow']), 'Deny') } : {}),
    ...(withPrincipals ? { [random(8) > 0 ? 'Principal' : 'NotPrincipal']: vary(pick(PRINCIPALS), '*') } : {}),
    [random(6) > 0 ? 'Action' : 'NotAction']: list(ACTIONS),
    [random(6) > 0 ? 'Resource' : 'NotResource']: list(RESOURCES),
    ...(random(2) > 0 ? {} : { Condition: vary(pick(CONDITIONS), pick(CONDITIONS)) }),
  });
  const statements = Array.from({ length: 1 + random(3) }, statement);
  return {
    ...(random(3) > 0 ? { Version: vary('2012-10-17', '2008-10-17') } : {}),
    Statement: vary(statements.length === 1 && random(2) > 0 ? statements[0]! : statements, []),
  };
}
