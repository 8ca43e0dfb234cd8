/** Documents that the tests open. Their expectations are in the tests. */

/** A volume whose only mistake is the word `false`. */
export const VOLUME = `Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-central-1a
      Size: 10
      Encrypted: false # decided in a hurry
`;

/** The same, with an unclosed list below it. */
export const BROKEN = `${VOLUME}  Next:
    Type: [AWS::EC2::Volume
`;

/** A policy that allows on every table what it needs on one. */
export const WIDE_POLICY = `Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: dynamodb:PutItem # one row
            Resource: '*'
`;

/** Two buckets that fix-all completes when the profile is strict. */
export const BUCKETS = `# Buckets of the shop
Resources:
  Pictures:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: pictures
  Invoices:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: invoices # not the old ones
`;

export const BUCKETS_FIXED = `# Buckets of the shop
Resources:
  Pictures:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: pictures
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
  Invoices:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: invoices # not the old ones
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
`;

/** A database of which AWS runs a part and the rest is for others to do. */
export const DATABASE = `Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.micro
      AllocatedStorage: "50"
      ManageMasterUserPassword: true
      MasterUsername: shop
      StorageEncrypted: false
`;

/** A volume that is encrypted in one of its two scenarios. */
export const STAGED = `Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod], Default: dev}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-central-1a
      Size: 10
      Encrypted: !If [IsProd, true, false]
`;

/** The same, with another volume beside it. */
export const DISKS = `${STAGED}  Scratch:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: !Sub '\${AWS::Region}a'
      Size: 10
      Encrypted: true
`;

/** A volume whose encryption is a parameter of the template. */
export const PART = `Parameters:
  Encrypt: {Type: String, Default: 'false', AllowedValues: ['true', 'false']}
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-central-1a
      Size: 10
      Encrypted: !Ref Encrypt
`;

/** What decides about it: the volume in `part.yaml` is encrypted. */
export const WHOLE = `Resources:
  Storage:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: part.yaml
      Parameters: {Encrypt: 'true'}
`;

/** An instance that the internet reaches in a test, with everything in between. */
export const PUBLIC_WEB = `Parameters:
  Stage:
    Type: String
    AllowedValues: [test, production]
    Default: test

Conditions:
  IsProduction: !Equals [!Ref Stage, production]

Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: "{{resolve:ssm:/shop/image}}"
      SubnetId: !Ref PublicSubnet
      SecurityGroupIds: [!GetAtt WebGroup.GroupId]

  WebGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: What may talk to the web server
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 22
          ToPort: 22
          CidrIp: !If [IsProduction, 10.0.0.0/8, 0.0.0.0/0]

  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16

  PublicSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: 10.0.0.0/24
      MapPublicIpOnLaunch: true

  Routes:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Vpc

  RoutesOfSubnet:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref PublicSubnet
      RouteTableId: !Ref Routes

  Gateway:
    Type: AWS::EC2::InternetGateway

  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties:
      VpcId: !Ref Vpc
      InternetGatewayId: !Ref Gateway

  RouteToInternet:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref Routes
      DestinationCidrBlock: 0.0.0.0/0
      GatewayId: !Ref Gateway
`;

/** An instance behind a load balancer that the internet also reaches past it. */
export const BALANCED_APP = `Resources:
  LoadBalancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Scheme: internet-facing
      Subnets: [!Ref PublicSubnet]
      SecurityGroups: [!GetAtt BalancerGroup.GroupId]

  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref LoadBalancer
      Port: 443
      Protocol: HTTPS
      Certificates: [{CertificateArn: !Ref Certificate}]
      DefaultActions:
        - {Type: forward, TargetGroupArn: !Ref Targets}

  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      VpcId: !Ref Vpc
      Port: 8080
      Protocol: HTTP
      Targets: [{Id: !Ref App}]

  App:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: "{{resolve:ssm:/shop/image}}"
      SubnetId: !Ref PublicSubnet
      SecurityGroupIds: [!GetAtt AppGroup.GroupId]

  BalancerGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Customers
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}

  AppGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: The load balancer, and maintenance
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: !GetAtt BalancerGroup.GroupId}
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}

  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: shop.example.com, ValidationMethod: DNS}

  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  PublicSubnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true}
  Routes:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  RoutesOfSubnet:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref PublicSubnet, RouteTableId: !Ref Routes}
  Gateway:
    Type: AWS::EC2::InternetGateway
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}
  RouteToInternet:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
`;
