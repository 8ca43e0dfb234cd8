/** Documents with a secret in each of many places. Each secret has `hush` in it, and nothing else has. */

export const SECRET_TEMPLATE = `Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
  Hidden: {Type: String, NoEcho: true, Default: hush-01, AllowedValues: [hush-01, hush-02]}
  Given: {Type: String, NoEcho: true}
  DbPassword: {Type: String, Default: hush-03}
  ApiToken: {Type: String, Default: hush-04, AllowedValues: [hush-04, hush-05]}
Mappings:
  Keys: {test: {Password: hush-06, Other: o}, live: {Password: hush-07, Other: o}}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsOld: !Equals [!Ref Hidden, hush-01]
  IsGiven: !Equals [!Ref Given, hush-08]
  IsDefault: !Equals [hush-03, !Ref DbPassword]
Resources:
  Written: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MasterUserPassword: hush-09, StorageEncrypted: false, PubliclyAccessible: true}}
  Joined: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MasterUserPassword: !Join ['', [hush-10, !Ref 'AWS::Region']], StorageEncrypted: false}}
  Substituted: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MasterUserPassword: !Sub 'hush-11-\${Stage}', StorageEncrypted: !If [IsOld, true, false]}}
  Arguments: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MasterUserPassword: !Sub ['\${x}y', {x: hush-12}], StorageEncrypted: !If [IsGiven, true, false]}}
  Chosen: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MasterUserPassword: !If [IsLive, hush-13, !Ref DbPassword], StorageEncrypted: !If [IsDefault, true, false]}}
  Selected: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MasterUserPassword: !Select [0, !Split [',', 'hush-14,hush-15']], StorageEncrypted: false}}
  Encoded: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MasterUserPassword: {Fn::Base64: hush-16}, StorageEncrypted: false}}
  Mapped: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MasterUserPassword: !FindInMap [Keys, !Ref Stage, Password], StorageEncrypted: false}}
  Unknown: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {ReplicationGroupDescription: d, AuthToken: hush-17, TransitEncryptionEnabled: false}}
  Cache: {Type: AWS::ElastiCache::User, Properties: {UserId: u, UserName: n, Engine: redis, Passwords: [hush-18, !Ref ApiToken]}}
  Secret: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: hush-19, Description: !Ref DbPassword}}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Code: {ZipFile: "password = 'hush-hush-81'"}
      Role: !GetAtt Role.Arn
      Environment: {Variables: {URL: 'postgres://app:hush-hush-82@db.internal/app', GH: \x67hp_hush00aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1eF, DB_PASSWORD: hush-20, API_KEY: !Join ['-', [hush-21, a]], STAGE: !Ref Stage, CONNECTION_STRING: 'Server=a;Pwd=hush-22'}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: [{Name: c, Image: i, Environment: [{Name: DB_PASSWORD, Value: hush-23}, {Value: hush-24, Name: GITHUB_TOKEN}, {Name: STAGE, Value: a}]}]
  Web:
    Type: AWS::EC2::Instance
    Metadata: {'AWS::CloudFormation::Init': {config: {commands: {a: {command: 'app --token hush-hush-83'}}}}}
    Properties:
      UserData:
        Fn::Base64: !Sub |
          export STAGE=\${Stage}
          export DB_PASSWORD=hush-hush-84
          mysql -u app -phush-hush-85
  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://a.s3.amazonaws.com/a.yaml', Parameters: {Password: hush-hush-86}}}
  Stage1: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: a, Variables: {apiKey: hush-hush-87}}}
  Project: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: BITBUCKET, Location: 'https://bot:hush-hush-88@bitbucket.org/a/b.git'}}}
  Options: {Type: AWS::ElasticBeanstalk::Environment, Properties: {ApplicationName: a, OptionSettings: [{Namespace: n, OptionName: DBPassword, Value: hush-25}]}}
  Volume: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: false, Tags: [{Key: AccessKey, Value: hush-26}, {Key: Name, Value: !Ref Hidden}]}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: '*', Action: 'sts:AssumeRole', Condition: {StringEquals: {'sts:ExternalId': !Ref Hidden}}}]}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: '*', Resource: !Sub 'arn:aws:s3:::\${Hidden}/*'}]}}]
Outputs:
  Shown: {Value: !Ref Hidden}
  Password: {Value: !Sub 'hush-27-\${AWS::Region}'}
`;
const GIVEN =
  '[{"ParameterKey": "Given", "ParameterValue": "hush-28"}, {"ParameterKey": "DbPassword", "ParameterValue": "hush-29"}, {"ParameterKey": "Stage", "ParameterValue": "live"}]';
export const SECRET_TERRAFORM = JSON.stringify({
  variable: {
    hidden: { sensitive: true, default: 'hush-30' },
    db_password: { default: 'hush-31' },
    stage: { default: 'test' },
  },
  locals: { joined: '${join("-", [var.hidden, "a"])}', api_token: 'hush-32' },
  resource: {
    aws_db_instance: {
      a: { password: 'hush-33', storage_encrypted: false },
      b: { password: '${upper("hush-34")}', storage_encrypted: '${var.hidden == "hush-35"}' },
      c: {
        password: '${var.stage == "test" ? "hush-36" : local.joined}',
        storage_encrypted: false,
        identifier: '${var.db_password}',
      },
    },
    aws_elasticache_replication_group: {
      r: { auth_token: 'hush-37', description: 'd', at_rest_encryption_enabled: false },
    },
    aws_lambda_function: {
      f: { function_name: 'f', environment: { variables: { DB_PASSWORD: 'hush-38', STAGE: '${var.stage}' } } },
    },
    aws_ecs_task_definition: {
      t: {
        family: 'f',
        container_definitions:
          '[{"name": "c", "privileged": true, "environment": [{"name": "API_TOKEN", "value": "hush-39"}]}]',
      },
    },
    aws_ssm_parameter: { p: { name: 'p', type: 'String', value: '${local.api_token}' } },
  },
});
const HCL = `variable "db_password" {
  sensitive = true
  default   = "hush-60"
}

locals {
  api_token = "hush-61"
  settings  = { password = "hush-62" }
}

resource "aws_db_instance" "d" {
  publicly_accessible = true
  storage_encrypted   = var.db_password == "hush-63" ? true : false
  password            = join("", ["hush-64", var.db_password])
}

resource "aws_db_instance" "e" {
  publicly_accessible = true
  password            = <<-EOT
    hush-65
  EOT
}

resource "aws_ssm_parameter" "p" {
  name  = "p"
  type  = "String"
  value = "hush-\${local.api_token}"
}
`;
const VARIABLES = '{"db_password": "hush-40", "hidden": "hush-41"}';
const PLAN = JSON.stringify(
  {
    format_version: '1.2',
    terraform_version: '1.9.0',
    planned_values: {
      root_module: {
        resources: [
          {
            address: 'aws_db_instance.a',
            mode: 'managed',
            type: 'aws_db_instance',
            name: 'a',
            provider_name: 'registry.terraform.io/hashicorp/aws',
            values: { password: 'hush-42', storage_encrypted: false, username: 'u' },
            sensitive_values: {},
          },
        ],
      },
    },
    resource_changes: [
      {
        address: 'aws_db_instance.a',
        mode: 'managed',
        type: 'aws_db_instance',
        name: 'a',
        change: {
          actions: ['create'],
          before: null,
          after: { password: 'hush-42', storage_encrypted: false, username: 'u' },
          after_unknown: {},
          before_sensitive: false,
          after_sensitive: {},
        },
      },
    ],
    configuration: {
      root_module: {
        resources: [
          {
            address: 'aws_db_instance.a',
            mode: 'managed',
            type: 'aws_db_instance',
            name: 'a',
            expressions: { password: { constant_value: 'hush-42' }, storage_encrypted: { constant_value: false } },
          },
        ],
      },
    },
  },
  undefined,
  1,
);
const STATE = JSON.stringify({
  version: 4,
  terraform_version: '1.9.0',
  serial: 1,
  lineage: 'x',
  outputs: { api_token: { value: 'hush-43', type: 'string' } },
  resources: [
    {
      mode: 'managed',
      type: 'aws_db_instance',
      name: 'a',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [
        {
          attributes: { password: 'hush-44', storage_encrypted: false, auth_token: 'hush-45' },
          sensitive_attributes: [],
        },
      ],
    },
  ],
});
/** Files by their paths. */
export const SECRET_FILES: Readonly<Record<string, string>> = {
  '.git/HEAD': '',
  '.stackwarden.yaml': 'templates: []\n',
  'a.yaml': SECRET_TEMPLATE,
  'given.json': GIVEN,
  'tf/main.tf.json': SECRET_TERRAFORM,
  'hcl/main.tf': HCL,
  'tf/terraform.tfvars.json': VARIABLES,
  'plan.json': PLAN,
  'terraform.tfstate': STATE,
  'broken.yaml':
    'Resources:\n  Db: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: hush-46, StorageEncrypted: false, Engine: [}}\n',
};
