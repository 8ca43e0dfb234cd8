/**
 * Documents of any size whose resources are related to one another: under conditions that differ, or densely without
 * conditions. The work is to grow with the document, not with the pairs of its resources or conditions.
 */

const times = (count: number, of: (i: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, i) => of(i)).join(between);

const HEADER = 'AWSTemplateFormatVersion: 2010-09-09\n';

const parameters = (count: number): string =>
  `Parameters:\n${times(count, (i) => `  P${i}: {Type: String, Default: b, AllowedValues: [a, b, c]}\n`)}`;

/** A template with as many resources as conditions; `c` names the condition at a distance from that of the resource. */
const conditional =
  (of: (i: number, c: (distance: number) => string, n: number) => string, head = '') =>
  (n: number): string =>
    `${HEADER}${head}${parameters(n)}Conditions:\n${times(n, (i) => `  C${i}: !Equals [!Ref P${i}, a]\n`)}Resources:\n${times(n, (i) => of(i, (distance) => `C${(i + distance) % n}`, n))}`;

const plain =
  (of: (i: number, n: number) => string, before: (n: number) => string = () => '') =>
  (n: number): string =>
    `${HEADER}Resources:\n${before(n)}${times(n, (i) => of(i, n))}`;

const trust = (principal: string): string =>
  `AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: ${principal}, Action: sts:AssumeRole}]}`;
const LAMBDA = '{Service: lambda.amazonaws.com}';
const policies = (...statements: readonly string[]): string =>
  `Policies: [{PolicyName: p, PolicyDocument: {Statement: [${statements.join(', ')}]}}]`;
const allow = (action: string, resource = '"*"'): string => `{Effect: Allow, Action: ${action}, Resource: ${resource}}`;
const START = allow('[lambda:CreateFunction, lambda:InvokeFunction]');

const disk = (i: number, condition: string, encrypted: string): string =>
  `  D${i}: {Type: AWS::EC2::Volume, Condition: ${condition}, Properties: {AvailabilityZone: a, Encrypted: ${encrypted}}}\n`;

const tree = (i: number, depth: number, n: number): string =>
  depth === 0
    ? String(i % 2 === 0)
    : `!If [C${i % n}, ${tree(2 * i + 1, depth - 1, n)}, ${tree(2 * i + 2, depth - 1, n)}]`;

const OPEN_SSH = '{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}';
const NETWORK =
  '  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n' +
  '  I: {Type: AWS::EC2::InternetGateway}\n' +
  '  T: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref V}}\n' +
  '  X: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref T, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref I}}\n' +
  '  S: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true}}\n' +
  '  A: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref S, RouteTableId: !Ref T}}\n';

const reachedInstance = (i: number, groups: string): string =>
  `  W${i}: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref S, SecurityGroupIds: [${groups}]}}\n`;

const variable = (i: number): string => `variable "x${i}" {\n  type = bool\n  default = false\n}\n`;
const statementOf = (action: string): string =>
  `jsonencode({ Statement = [{ Effect = "Allow", Action = ${action}, Resource = "*" }] })`;
const TRUST =
  'jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })';

export interface RelatedDocument {
  readonly text: (size: number) => string;
  /** The size at which work is counted, and at twice of which it may be twice as much. */
  readonly size: number;
  readonly language?: 'hcl';
  /** Set if more scenarios depend on one another than are evaluated, which is reported. */
  readonly isIncomplete?: true;
  /** How often the work may be as much at twice the size, if it is not proportional. */
  readonly growth?: number;
}

/** Each by what it has much of. */
export const RELATED: Readonly<Record<string, RelatedDocument>> = {
  'roles with policies in other conditions': {
    size: 24,
    text: conditional(
      (i, c, n) =>
        `  B${i}: {Type: AWS::S3::Bucket, Condition: ${c(0)}}\n` +
        `  BP${i}: {Type: AWS::S3::BucketPolicy, Condition: ${c(1)}, Properties: {Bucket: !Ref B${i}, PolicyDocument: {Statement: [{Effect: Allow, Principal: !If [${c(2)}, "*", {AWS: "123456789012"}], Action: "s3:GetObject", Resource: !Sub "\${B${i}.Arn}/*"}]}}}\n` +
        `  R${i}: {Type: AWS::IAM::Role, Condition: ${c(0)}, Properties: {${trust(LAMBDA)}}}\n` +
        `  RP${i}: {Type: AWS::IAM::Policy, Condition: ${c(1)}, Properties: {PolicyName: p, Roles: [!Ref R${i}, !If [${c(3)}, !Ref R${(i + 1) % n}, !Ref AWS::NoValue]], PolicyDocument: {Statement: [${allow(`!If [${c(4)}, "*", "s3:GetObject"]`)}]}}}\n`,
    ),
  },
  'roles that may assume one another under conditions': {
    size: 24,
    text: conditional(
      (i, c, n) =>
        `  R${i}: {Type: AWS::IAM::Role, Condition: ${c(0)}, Properties: {${trust(`{AWS: !If [${c(1)}, !GetAtt R${(i + 1) % n}.Arn, !Ref AWS::AccountId]}`)}, ${policies(allow('sts:AssumeRole', `!If [${c(2)}, !GetAtt R${(i + n - 1) % n}.Arn, "*"]`), `!If [${c(3)}, ${allow('"iam:*"')}, !Ref AWS::NoValue]`)}}}\n`,
    ),
  },
  'administrators under conditions that others may pass by name': {
    size: 16,
    text: conditional(
      (i, c) =>
        `  R${i}: {Type: AWS::IAM::Role, Condition: ${c(0)}, Properties: {RoleName: app-${i}, ${trust(LAMBDA)}, ${policies(allow('[iam:PassRole, iam:UpdateAssumeRolePolicy]', '"arn:aws:iam::*:role/app-*"'), START, `!If [${c(3)}, ${allow('"*"')}, !Ref AWS::NoValue]`)}}}\n`,
    ),
  },
  'administrators under conditions that others may pass': {
    size: 16,
    text: conditional(
      (i, c) =>
        `  R${i}: {Type: AWS::IAM::Role, Condition: ${c(0)}, Properties: {${trust(LAMBDA)}, ${policies(allow('[iam:PassRole, iam:UpdateAssumeRolePolicy, sts:AssumeRole]'), START, `!If [${c(3)}, ${allow('"iam:*"')}, !Ref AWS::NoValue]`)}}}\n`,
    ),
  },
  'security groups that refer to one another under conditions': {
    size: 32,
    text: conditional(
      (i, c, n) =>
        `  G${i}: {Type: AWS::EC2::SecurityGroup, Condition: ${c(0)}, Properties: {GroupDescription: d, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: !If [${c(1)}, 22, 80], SourceSecurityGroupId: !If [${c(2)}, !GetAtt G${(i + 1) % n}.GroupId, sg-1]}, !If [${c(3)}, {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}, !Ref AWS::NoValue]]}}\n` +
        `  I${i}: {Type: AWS::EC2::Instance, Condition: ${c(1)}, Properties: {SecurityGroupIds: [!Ref G${i}, !If [${c(2)}, !Ref G${(i + 1) % n}, !Ref AWS::NoValue]]}}\n`,
    ),
  },
  // Up to the limits of scenarios, conditions that build on all before them take more for each.
  'entangled conditions': {
    size: 40,
    isIncomplete: true,
    growth: 2.8,
    text: (n) =>
      `${HEADER}${parameters(n)}Conditions:\n  C0: !Equals [!Ref P0, a]\n${times(n - 1, (i) => `  C${i + 1}: !And [!Equals [!Ref P${i + 1}, a], !Or [!Condition C${i}, !Not [!Equals [!Ref P${(3 * (i + 1)) % n}, !Ref P${(5 * (i + 1)) % n}]]]]\n`)}Resources:\n${times(n, (i) => disk(i, `C${i}`, `!If [C${(7 * i) % n}, false, !If [C${(11 * i) % n}, true, !Ref P${i}]]`))}`,
  },
  'nested branches': { size: 32, text: conditional((i, c, n) => disk(i, c(0), tree(i, 4, n))) },
  // Each condition compares the parameter with one of its values, so values and conditions multiply.
  'values of one parameter': {
    size: 48,
    growth: 4.1,
    text: (n) =>
      `${HEADER}Parameters:\n  P: {Type: String, Default: v0}\nConditions:\n${times(n, (i) => `  C${i}: !Equals [!Ref P, v${i}]\n`)}Resources:\n${times(n, (i) => disk(i, `C${i}`, `!If [C${(i + 1) % n}, true, false]`))}`,
  },
  'statements that depend on conditions and a mapping': {
    size: 24,
    text: (n) =>
      conditional(
        (i, c) =>
          `  P${i}: {Type: AWS::IAM::ManagedPolicy, Condition: ${c(0)}, Properties: {PolicyDocument: {Statement: [!If [${c(1)}, ${allow(`["s3:GetObject", !If [${c(2)}, "iam:PassRole", "ec2:RunInstances"]]`, '!FindInMap [M, !Ref "AWS::Region", arn]')}, !Ref AWS::NoValue]]}}}\n`,
        `Mappings:\n  M:\n${times(10, (i) => `    r-${i}: {arn: "arn:aws:s3:::b${i}/*"}\n`)}`,
      )(n),
  },
  'functions of SAM under conditions': {
    size: 12,
    text: conditional(
      (i, c, n) =>
        `  F${i}: {Type: AWS::Serverless::Function, Condition: ${c(0)}, Properties: {Runtime: nodejs22.x, Handler: a.b, InlineCode: x, Policies: [!If [${c(1)}, AdministratorAccess, AmazonS3ReadOnlyAccess], {SQSSendMessagePolicy: {QueueName: !GetAtt Q${i}.QueueName}}], Environment: {Variables: {A: !If [${c(3)}, !Ref Q${(i + 1) % n}, b]}}}}\n` +
        `  Q${i}: {Type: AWS::SQS::Queue, Condition: ${c(1)}}\n`,
      'Transform: AWS::Serverless-2016-10-31\n',
    ),
  },
  'counted roles with counted policies': {
    size: 16,
    language: 'hcl',
    text: (n) =>
      times(
        n,
        (i) =>
          `${variable(i)}resource "aws_iam_role" "r${i}" {\n  count = var.x${i} ? 1 : 0\n  assume_role_policy = ${TRUST}\n}\nresource "aws_iam_role_policy" "p${i}" {\n  count = var.x${(i + 1) % n} ? 1 : 0\n  role = var.x${(i + 2) % n} ? aws_iam_role.r${i}[0].id : aws_iam_role.r${(i + 1) % n}[0].id\n  policy = ${statementOf(`var.x${(i + 3) % n} ? "*" : "s3:GetObject"`)}\n}\n`,
      ),
  },
  'repeated security groups with nested conditionals': {
    size: 12,
    language: 'hcl',
    text: (n) =>
      times(
        n,
        (i) =>
          `${variable(i)}resource "aws_security_group" "g${i}" {\n  for_each = var.x${i} ? toset(["a", "b"]) : toset([])\n  name = each.key\n  ingress {\n    from_port = var.x${(i + 1) % n} ? (var.x${(i + 2) % n} ? 22 : 3389) : (var.x${(i + 3) % n} ? 80 : 443)\n    to_port = 3389\n    protocol = "tcp"\n    cidr_blocks = var.x${(i + 4) % n} ? ["0.0.0.0/0"] : []\n    security_groups = var.x${(i + 2) % n} ? [aws_security_group.g${(i + 1) % n}["a"].id] : []\n  }\n}\n`,
      ),
  },
  'policies whose statements allow or deny by conditions': {
    size: 8,
    text: (n) =>
      `${HEADER}${parameters(5 * n)}Conditions:\n${times(5 * n, (i) => `  C${i}: !Equals [!Ref P${i}, a]\n`)}Resources:\n${times(
        n,
        (i) =>
          `  P${i}: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [${times(5, (k) => `{Effect: !If [C${5 * i + k}, Allow, Deny], Action: ["s3:*", iam:PassRole], Resource: !If [C${5 * i + ((k + 2) % 5)}, "*", "arn:aws:s3:::b${k}/*"]}`, ', ')}]}}}\n`,
      )}`,
  },
  'rules between security groups': {
    size: 32,
    text: plain(
      (i, n) =>
        `  G${i}: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: d}}\n${times(4, (j) => `  I${i}x${j}: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !GetAtt G${i}.GroupId, IpProtocol: tcp, FromPort: 22, ToPort: 22, SourceSecurityGroupId: !GetAtt G${(i * 7 + j + 1) % n}.GroupId}}\n`)}`,
    ),
  },
  'functions with the same role': {
    size: 64,
    text: plain(
      (i) =>
        `  F${i}: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs22.x, Handler: a.b, Code: {ZipFile: x}, Role: !GetAtt R.Arn}}\n`,
      () =>
        `  R: {Type: AWS::IAM::Role, Properties: {${trust(LAMBDA)}, ${policies(allow('"s3:GetObject"'), allow('[iam:PassRole, "lambda:*"]'))}}}\n`,
    ),
  },
  'functions and policies with the same role, in Terraform': {
    size: 32,
    language: 'hcl',
    text: (n) =>
      `resource "aws_iam_role" "r" {\n  assume_role_policy = ${TRUST}\n}\n${times(n, (i) => `resource "aws_lambda_function" "f${i}" {\n  function_name = "f${i}"\n  role = aws_iam_role.r.arn\n  runtime = "nodejs22.x"\n  handler = "a.b"\n}\nresource "aws_iam_role_policy" "p${i}" {\n  role = aws_iam_role.r.id\n  policy = ${statementOf('"s3:GetObject"')}\n}\n`)}`,
  },
  'policies that name all buckets': {
    size: 64,
    text: plain(
      (i) => `  B${i}: {Type: AWS::S3::Bucket}\n`,
      (n) =>
        times(
          5,
          (k) =>
            `  P${k}: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [${allow('["s3:GetObject", "s3:PutObject"]', `[${times(n, (i) => `!Sub "\${B${i}.Arn}/*"`, ', ')}]`)}]}}}\n`,
        ),
    ),
  },
  'users who may pass and assume all administrators': {
    size: 24,
    text: plain(
      (i) =>
        `  R${i}: {Type: AWS::IAM::Role, Properties: {${trust('{AWS: !Ref AWS::AccountId}')}, ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"]}}\n` +
        `  U${i}: {Type: AWS::IAM::User, Properties: {${policies(allow('[iam:PassRole, sts:AssumeRole, iam:UpdateAssumeRolePolicy]', '"arn:aws:iam::*:role/*"'), START)}}}\n`,
    ),
  },
  'instances that the internet reaches through one group with many rules': {
    size: 64,
    text: plain(
      (i) => reachedInstance(i, '!Ref G'),
      (n) =>
        `${NETWORK}  G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g, VpcId: !Ref V, SecurityGroupIngress: [${times(n, () => OPEN_SSH, ', ')}]}}\n`,
    ),
  },
  'instances that the internet reaches through several groups each': {
    size: 64,
    text: plain(
      (i, n) =>
        `  G${i}: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g, VpcId: !Ref V, SecurityGroupIngress: [${OPEN_SSH}]}}\n` +
        reachedInstance(
          i,
          times(5, (k) => `!Ref G${(i + k) % n}`, ', '),
        ),
      () => NETWORK,
    ),
  },
};
