/** Texts in YAML that the reader is tried on: templates as people write them, and what YAML has that few use. */
export const TEMPLATES: Readonly<Record<string, string>> = {
  bucket: `AWSTemplateFormatVersion: "2010-09-09"
Description: A bucket, and who may read from it
Parameters:
  Prefix:
    Type: String
    Default: reports
    AllowedValues: [reports, audits]
  KeepDays: {Type: Number, Default: 30, MinValue: 1}
Conditions:
  IsReports: !Equals [!Ref Prefix, reports]
  IsBig: !And
    - !Condition IsReports
    - !Not [!Equals [!Ref KeepDays, 1]]
Resources:
  Store:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    Properties:
      BucketName: !Sub "\${Prefix}-\${AWS::AccountId}"
      VersioningConfiguration:
        Status: !If [IsReports, Enabled, Suspended]
      LifecycleConfiguration:
        Rules:
          - Id: expire   # the name shows in the console
            Status: Enabled
            ExpirationInDays: !Ref KeepDays
          - {Id: abort, Status: Enabled, AbortIncompleteMultipartUpload: {DaysAfterInitiation: 7}}
      Tags:
      - Key: team
        Value: storage
      - Key: 'cost center'
        Value: '0042'
  StorePolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Store
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - Sid: ReadOnly
            Effect: Allow
            Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root'}
            Action: ["s3:GetObject", 's3:ListBucket']
            Resource:
              - !GetAtt Store.Arn
              - !Join ['', [!GetAtt Store.Arn, '/*']]
          - Effect: Deny
            Principal: '*'
            Action: 's3:*'
            Resource: !Sub "\${Store.Arn}/*"
            Condition:
              Bool: {'aws:SecureTransport': false}
Outputs:
  StoreName:
    Value: !Ref Store
    Export: {Name: !Sub "\${AWS::StackName}-store"}
`,
  network: `Mappings:
  Ranges:
    eu-west-1: {vpc: 10.0.0.0/16, a: 10.0.0.0/24, b: 10.0.1.0/24}
    us-east-1: {vpc: 10.1.0.0/16, a: 10.1.0.0/24, b: 10.1.1.0/24}
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: !FindInMap [Ranges, !Ref 'AWS::Region', vpc]
      EnableDnsSupport: true
      EnableDnsHostnames: yes
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: !FindInMap
        - Ranges
        - Ref: AWS::Region
        - a
      AvailabilityZone: !Select [0, !GetAZs '']
      MapPublicIpOnLaunch: false
  SubnetB:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock:
        Fn::FindInMap: [Ranges, {Ref: 'AWS::Region'}, b]
      AvailabilityZone:
        Fn::Select:
          - 1
          - Fn::GetAZs: ""
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web, from anywhere
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          CidrIp: 0.0.0.0/0
        - IpProtocol: tcp
          FromPort: 0x50
          ToPort: 80
          CidrIpv6: ::/0
      SecurityGroupEgress: []
`,
  functions: `Transform: AWS::Serverless-2016-10-31
Globals:
  Function: &defaults
    Runtime: python3.12
    Timeout: 30
    Environment:
      Variables: {STAGE: !Ref Stage, LEVEL: info}
Parameters:
  Stage: {Type: String, Default: test}
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      <<: *defaults
      Handler: api.handler
      InlineCode: |
        import json

        def handler(event, context):
            # answers with what it got
            return {"statusCode": 200, "body": json.dumps(event)}
      Policies:
        - AWSLambdaBasicExecutionRole
        - Statement:
          - Effect: Allow
            Action: dynamodb:*
            Resource: '*'
      Events:
        Get:
          Type: Api
          Properties: {Path: '/items/{id}', Method: get}
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Handler: worker.handler
      CodeUri: ./worker
      Description: >-
        Does what the queue says,
        one message at a time,

        and stops when there is nothing left.
      Environment:
        Variables:
          EMPTY:
          TILDE: ~
          QUOTED: ""
          MULTI: "one
            two

            three"
          PLAIN: one
            two
  Table:
    Type: AWS::Serverless::SimpleTable
`,
  instance: `Resources:
  Host:
    Type: AWS::EC2::Instance
    Metadata:
      AWS::CloudFormation::Init:
        config:
          packages: {yum: {httpd: []}}
          files:
            /etc/app.conf:
              content: !Sub |
                region = \${AWS::Region}
                  indented = yes

                last = line
              mode: '000644'
    Properties:
      ImageId: '{{resolve:ssm:/aws/service/ami}}'
      InstanceType: t3.micro
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash -xe
          yum update -y "$(uname -r)"
          if [ -f /tmp/x ]; then echo 'it''s there'; fi

          /opt/aws/bin/cfn-init -v --stack \${AWS::StackName} \\
            --resource Host
      BlockDeviceMappings:
        -
          DeviceName: /dev/xvda
          Ebs:
            VolumeSize: 8
            Encrypted: true
        -   DeviceName: /dev/xvdb
            Ebs: { VolumeSize: 100,
                   Encrypted: !Ref Crypt }
      Tags: [ { Key: a, Value: b },
              { Key: c, Value: d } ]
`,
  role: `Resources:
  Role:
    Type: "AWS::IAM::Role"
    Properties:
      AssumeRolePolicyDocument: {
        "Version": "2012-10-17",
        "Statement": [{
          "Effect": "Allow",
          "Principal": {"Service": ["lambda.amazonaws.com"]},
          "Action": ["sts:AssumeRole"]
        }]
      }
      Policies:
        - PolicyName: inline
          PolicyDocument: !Sub '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
        - PolicyName: other
          PolicyDocument: !Sub |
            {
              "Version": "2012-10-17",
              "Statement": []
            }
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Join
                - ':'
                - - 'arn:aws:iam:'
                  - !Ref AWS::AccountId
                  - root
            Action: kms:*
            Resource: "*"
`,
};

export const ODDITIES: Readonly<Record<string, string>> = {
  'one word': 'word',
  'only a comment': '# nothing here\n',
  'comments everywhere':
    '# one\na: # two\n  # three\n  - b # four\n  # five\n  - "c" # six\n#seven\nd: | # eight\n  # text\n# nine\ne: {f: g, # ten\n  h: i} # eleven\n',
  'hash without space': 'a: b#c\nd: "#e"\nf: g #h\n',
  'several documents': '---\na: 1\n---\n- b\n...\n# between\n---\nc\n',
  'empty documents': '---\n---\n---\n',
  'document with end': 'a: b\n...\n',
  directives: '%YAML 1.2\n%TAG !e! tag:example.com,2024:\n--- !e!thing\na: !e!other b\n',
  'directive with comment': '%YAML 1.2 # the version\n---\na: b\n',
  'explicit keys': '? a\n: b\n? - c\n  - d\n: e\n? f\n',
  'comments behind tags of collections':
    'a: !t # one\n  - b\nc: &x # two\n  d: e\nf: !u # three\n  &y # four\n  g: h\n',
  'a hash in a directive': '%TAG !e! tag:e#f,2024:\n--- !e!a b\n',
  'an explicit key without value above a colon': '? a\n:b: c\n',
  'an explicit key in an explicit key': '? ? a\n: b\n',
  'explicit keys nested': '? ? a\n  : b\n: ? c\n  : d\n',
  'empty key': ': a\n',
  'empty keys in flow': '{: a, b, c: , "d":e}\n',
  'single pairs': '[a: b, "c": d, ? e : f, {g: h}: i, [j]: k]\n',
  'flow on several lines': 'a: [\n  b,\n\n  c, # d\n  {e: f\n  , g: h}\n  ]\ni: {\n  }\n',
  'trailing commas': '[a, b,]\n',
  'block in block': '- - - a\n    - b\n  - c\n- - d\n',
  'maps in lists': '- a: b\n  c: d\n-\n  e: f\n-   g: h\n    i: j\n',
  'lists at the level of their key': 'a:\n- b\n- c:\n  - d\n  - e\nf: g\n',
  tags: 'a: !Ref b\nc: !Sub "d"\ne: !GetAtt\n  - f\n  - g\nh: !If [i, !Ref j, !Ref "AWS::NoValue"]\nk: !!str 1\nl: !<tag:yaml.org,2002:int> 2\nm: ! 3\nn: !Ref\no: !Fn {p: q}\n',
  'tags alone': '- !a\n- !b c\n- !d\n  e: f\n- !g [h]\n- !i {}\n- !!null\n',
  'tag on a key': '!a b: !c d\n',
  anchors: 'a: &x b\nc: *x\nd: &y\n  e: f\ng: *y\nh: &z [i, *x]\nj: [*z, *y, *x]\n*x : k\n',
  'anchor and tag': 'a: &x !t b\nc: !t &y d\ne: &z !t\n  f: g\nh: !t # why\n  &v\n  i\n',
  'anchors again': 'a: &x 1\nb: *x\nc: &x 2\nd: *x\n',
  'merge keys': 'a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\ne:\n  <<: [*x, {f: 3}]\n',
  'duplicate keys': 'a: 1\nb: 2\na: 3\n',
  'literal blocks':
    'a: |\n  one\n   two\n\n  three\n\nb: |-\n  strip\nc: |+\n  keep\n\nd: |2\n    explicit\n  less\ne: |\n\n  leading\nf: |\ng: |-\n\nh: end\n',
  'folded blocks': 'a: >\n  one\n  two\n\n  three\n   more\n  less\nb: >-\n  strip\n  it\nc: >+\n  keep\n\n\nd: x\n',
  'block at the end': 'a: |\n  text',
  'block with spaces': 'a: |\n  x\n   \n  \n\nb: c\n',
  'block in list': '- |\n a\n- >\n b\n c\n-  |\n   d\n',
  'block as root': '--- |\n text\n more\n',
  'double quotes': String.raw`a: "\"\\\/\b\f\n\r\t\u00e9\x41\U0001F600\e\0\a\v\N\_\L\P"
b: "one\
  two \
  three"
c: "  spaces  "
d: "line
  fold

  para"
`,
  'single quotes': "a: 'it''s'\nb: ''\nc: 'line\n  fold\n\n  para'\nd: '\"'\n",
  'plain texts':
    'a: b c d\ne: f:g\nh: http://x/y?z=1#2\ni: -1\nj: - k\n'.replace('- k', '-k') +
    'l: a, b\nm: [n o, p:q, -r]\ns: t\n  u\n\n  v\nw: "x" \n',
  'odd keys': '"a b": c\n\'d\': e\nf g: h\n1: i\ntrue: j\n~: k\n[l]: m\n{n: o}: p\nAWS::Region: q\n-r: s\n?t: u\n',
  scalars:
    '[null, ~, true, False, yes, on, 0, 010, 0x1F, 1e3, 1.50, .5, 1_000, 12:30:45, 2024-01-01, .inf, .nan, +1]\n',
  astral: 'key😀: "value😀" # 😀\nnext: 😀😀\nlast: |\n  😀x\n',
  combining: 'é: ñ\nü: "ö"\n',
  'wide indentation': 'a:\n        b:\n                c: d\n        e: f\n',
  'trailing spaces': 'a:   \n  b  :   c   \n  d: e   # f   \n   \n',
  'tabs between': 'a:\tb\nc: d\t# e\n-\tf\n'.replace('-\tf\n', ''),
  'no line end': 'a:\n  - b\n  - c: d',
  'blank lines': '\n\n\na: b\n\n\n  \nc: d\n\n',
};
