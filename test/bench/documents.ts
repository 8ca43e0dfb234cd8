/** Documents of a given size for measuring, made by repeating a small one with other names. */

const RESOURCES = (n: number): string => `  Bucket${n}:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub 'data-\${AWS::AccountId}-${n}'
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: !If [IsLive, true, ${n % 7 === 0 ? 'false' : 'true'}]
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
      Tags:
        - {Key: Stage, Value: !Ref Stage}
        - {Key: Owner, Value: "team ${n}"}
  Policy${n}:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket${n}
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Sid: TlsOnly
            Effect: Deny
            Principal: '*'
            Action: 's3:*'
            Resource:
              - !GetAtt Bucket${n}.Arn
              - !Sub '\${Bucket${n}.Arn}/*'
            Condition: {Bool: {'aws:SecureTransport': 'false'}}
  Role${n}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: lambda.amazonaws.com}
            Action: sts:AssumeRole
      Policies:
        - PolicyName: read
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [s3:GetObject, s3:ListBucket]
                Resource: !Join ['', [!GetAtt Bucket${n}.Arn, '/*']]
  Volume${n}:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: !Select [0, !GetAZs '']
      Size: ${10 + n}
      Encrypted: !Ref Encrypt # the same everywhere
  Group${n}:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web ${n}
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !FindInMap [Networks, !Ref Stage, Office]}
`;

const HEADER = `AWSTemplateFormatVersion: '2010-09-09'
Description: A stack for measuring
Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
  Encrypt: {Type: String, Default: 'true', AllowedValues: ['true', 'false']}
Mappings:
  Networks:
    test: {Office: 10.0.0.0/8}
    live: {Office: 192.0.2.0/24}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
`;

/** A CloudFormation template in YAML of at least `size` UTF-16 code units. */
export function template(size: number): string {
  let text = HEADER;
  for (let n = 1; text.length < size; n++) text += RESOURCES(n);
  return text;
}

/** The files of a Terraform directory by name: one of `main` UTF-16 code units, and `others` of about 5,000 each. */
export function directory(main: number, others: number): ReadonlyMap<string, string> {
  const rest = Array.from({ length: others }, (_, i) => [`part${i}.tf.json`, resources(5_000, `f${i}_`)] as const);
  return new Map([
    ['main.tf.json', terraform(main)],
    ...rest.map(([name, resource]) => [name, JSON.stringify({ resource }, null, 2)] as const),
  ]);
}

/** A Terraform file in JSON of at least `size` UTF-16 code units. */
export function terraform(size: number): string {
  return JSON.stringify(
    { variable: { live: { type: 'bool', default: false } }, locals: { encrypt: true }, resource: resources(size) },
    null,
    2,
  );
}

function resources(size: number, prefix = ''): Readonly<Record<string, unknown>> {
  const resource: Record<string, Record<string, unknown>> = {
    aws_s3_bucket: {},
    aws_s3_bucket_public_access_block: {},
    aws_ebs_volume: {},
    aws_security_group: {},
    aws_iam_policy: {},
  };
  for (let n = 1, length = 0; length < size; n++) {
    resource['aws_s3_bucket']![`${prefix}b${n}`] = {
      bucket: `${prefix}data-${n}`,
      tags: { Stage: '${var.live ? "live" : "test"}' },
    };
    resource['aws_s3_bucket_public_access_block']![`${prefix}b${n}`] = {
      bucket: `\${aws_s3_bucket.${prefix}b${n}.id}`,
      block_public_acls: true,
      block_public_policy: n % 7 !== 0,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    };
    resource['aws_ebs_volume']![`${prefix}v${n}`] = {
      availability_zone: 'eu-west-1a',
      size: 10 + n,
      encrypted: '${local.encrypt}',
    };
    resource['aws_security_group']![`${prefix}g${n}`] = {
      ingress: [
        {
          from_port: 22,
          to_port: 22,
          protocol: 'tcp',
          cidr_blocks: ['10.0.0.0/8', n % 5 === 0 ? '0.0.0.0/0' : '192.0.2.0/24'],
        },
      ],
    };
    resource['aws_iam_policy']![`${prefix}p${n}`] = {
      policy: `\${jsonencode({Version = "2012-10-17", Statement = [{Effect = "Allow", Action = ["s3:GetObject"], Resource = aws_s3_bucket.${prefix}b${n}.arn}]})}`,
    };
    length += 1150;
  }
  return resource;
}
