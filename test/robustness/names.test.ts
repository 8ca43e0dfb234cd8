/** Names that every object inherits, in each place where a document gives a name: they are names like any other. */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import { examine } from '../kit/invariants.ts';
import { EVERYTHING, readerOf, uri } from '../engine/analysis.ts';

const NAMES = ['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'];

const statement = (n: string): string =>
  `{"Sid": "${n}", "Effect": "Allow", "Action": ["${n}", "${n}:*", "s3:${n}", "iam:PassRole"], "Resource": ["*", "arn:aws:${n}:::x", "arn:${n}:s3:::x", "arn:aws:iam::123456789012:${n}/x", "${n}"], ` +
  `"Condition": {"StringEquals": {"${n}": "x", "aws:${n}": "y", "${n}:${n}": "z", "aws:RequestTag/${n}": "\${${n}}"}, "${n}": {"${n}": "${n}"}}, "${n}": "${n}"}`;
const policy = (n: string): string =>
  `{"Version": "2012-10-17", "Statement": [${statement(n)}, {"Effect": "${n}", "Principal": {"${n}": "${n}", "Service": "${n}.amazonaws.com", "AWS": "${n}"}, "Action": "sts:AssumeRole"}]}`;

/** Documents by their names, with a name in the place of everything that can have one. */
const PLACES: Readonly<Record<string, (n: string) => string>> = {
  'template.yaml': (n) => `Transform: AWS::LanguageExtensions
Parameters:
  ${n}: {Type: String, Default: ${n}, AllowedValues: [${n}, b]}
  Typed: {Type: ${n}}
Mappings: {${n}: {${n}: {${n}: ${n}}}}
Rules: {${n}: {RuleCondition: !Equals [!Ref ${n}, ${n}], Assertions: [{Assert: !${n} x}]}}
Conditions:
  ${n}: !Equals [!Ref ${n}, ${n}]
  Tagged: !${n} [a, b]
Resources:
  Fn::ForEach::${n}: [${n}, !${n} L, {"B\${${n}}": {Type: AWS::S3::Bucket}}]
  ${n}: {Type: AWS::S3::Bucket, Condition: ${n}, DependsOn: ${n}, Properties: {BucketName: !FindInMap [${n}, ${n}, ${n}], ${n}: x, Tags: [{Key: ${n}, Value: !Ref ${n}}]}}
  Of${n.replaceAll('_', '')}: {Type: ${n}, Properties: {${n}: !GetAtt ${n}.${n}}}
  Aws: {Type: "AWS::${n}::${n}", Properties: {${n}: 1}}
  Tagged: {Type: AWS::S3::Bucket, Properties: {BucketName: !${n} x, AccessControl: {"Fn::${n}": [a]}, VersioningConfiguration: {Status: {Ref: ${n}}}}}
  Text: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "\${${n}}-\${${n}.${n}}", AccessControl: !Sub ["\${${n}}", {${n}: PublicRead}]}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: !Ref ${n}, SecurityGroupIngress: [{IpProtocol: ${n}, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]}}
  Policy: {Type: AWS::IAM::RolePolicy, Properties: {PolicyName: p, PolicyDocument: ${policy(n)}, RoleName: !${n} x}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${policy(n)}
      ManagedPolicyArns: [${n}, arn:aws:iam::aws:policy/${n}]
      PermissionsBoundary: arn:aws:iam::aws:policy/${n}
      Policies: [{PolicyName: ${n}, PolicyDocument: ${policy(n)}}]
  Bucket: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref ${n}, PolicyDocument: ${policy(n)}}}
  Function: {Type: AWS::Lambda::Function, Properties: {Runtime: ${n}, Role: !GetAtt Role.Arn, Environment: {Variables: {${n}: ${n}}}}}
Outputs: {${n}: {Value: !Ref ${n}, Condition: ${n}, Export: {Name: ${n}}}}
`,
  'template.json': (
    n,
  ) => `{"Parameters": {"${n}": {"Type": "String", "Default": "${n}"}}, "Conditions": {"${n}": {"Fn::Equals": [{"Ref": "${n}"}, "${n}"]}}, "Resources": {"${n}": {"Type": "AWS::S3::Bucket", "Condition": "${n}",
    "Properties": {"${n}": {"${n}": 1}, "BucketName": {"Fn::${n}": "x"}, "Tags": {"${n}": "x"}}}, "P": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": ${policy(n)}}}, "T": {"Type": "${n}", "Properties": {}}}}`,
  'sam.yaml': (n) => `Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: nodejs22.x, ${n}: x, Environment: {Variables: {${n}: ${n}}}}, ${n}: {${n}: x}}
Resources:
  ${n}:
    Type: AWS::Serverless::Function
    Properties:
      Handler: ${n}
      Policies: [${n}, {${n}: {${n}: x}}, {S3ReadPolicy: {BucketName: ${n}, ${n}: x}}, ${policy(n)}]
      Events: {${n}: {Type: ${n}, Properties: {${n}: x}}, Api: {Type: Api, Properties: {Path: /${n}, Method: ${n}, ${n}: x}}}
      Connectors: {${n}: {Properties: {Destination: {Id: ${n}}, Permissions: [${n}]}}}
  Other: {Type: AWS::Serverless::${n}, Properties: {${n}: x}}
  Connected: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: ${n}, Type: ${n}}, Destination: {Type: ${n}, Arn: ${n}}, Permissions: [Read, ${n}]}}
`,
  'main.tf.json': (n) =>
    JSON.stringify({
      variable: { [n]: { type: n, default: n }, b: { default: { [n]: n } } },
      locals: {
        [n]: `\${var.${n}}`,
        m: `\${{"${n}" = var.b["${n}"]}}`,
        c: `\${${n}(1)}`,
        d: `\${local.m.${n}}`,
        e: `\${templatefile("${n}", {${n} = 1})}`,
      },
      module: { [n]: { source: `./${n}`, [n]: n } },
      output: { [n]: { value: `\${module.${n}.${n}}` } },
      provider: { [n]: { region: n } },
      resource: {
        aws_s3_bucket: {
          [n]: {
            bucket: `\${local.${n}}`,
            [n]: n,
            tags: { [n]: n },
            acl: `\${${n}.${n}.${n}}`,
            dynamic: { [n]: { for_each: [n], content: { [n]: `\${${n}.value}` } } },
          },
        },
        [n]: { [n]: { [n]: n } },
        [`aws_${n}`]: { [n]: { [n]: n } },
        aws_iam_policy: {
          p: { policy: policy(n) },
          q: {
            policy: `\${jsonencode({"${n}" = "x", Statement = [{Effect = "Allow", Action = "${n}:*", "${n}" = 1}]})}`,
          },
        },
        aws_security_group: {
          g: { ingress: { protocol: n, from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'], [n]: n } },
        },
      },
      data: {
        aws_iam_policy_document: {
          [n]: {
            statement: {
              actions: [n, `${n}:*`],
              resources: ['*'],
              principals: { type: n, identifiers: [n] },
              condition: { test: n, variable: n, values: [n] },
              [n]: n,
            },
          },
        },
        [n]: { [n]: {} },
      },
    }),
  'tfplan.json': (n) => `{"format_version": "1.2", "variables": {"${n}": {"value": "${n}"}}, "resource_changes": [${[
    'aws_s3_bucket',
    n,
    `aws_${n}`,
  ]
    .map(
      (
        type,
      ) => `{"address": "${type}.${n}", "mode": "managed", "type": "${type}", "name": "${n}", "provider_name": "${n}", "change": {"actions": ["create"],
    "after": {"${n}": "${n}", "acl": "${n}", "tags": {"${n}": "x"}}, "after_unknown": {"${n}": true}, "after_sensitive": {"${n}": true}}}`,
    )
    .join(', ')}],
    "configuration": {"provider_config": {"${n}": {"name": "${n}"}}, "root_module": {"variables": {"${n}": {}}, "resources": [{"address": "aws_s3_bucket.${n}", "mode": "managed", "type": "aws_s3_bucket", "name": "${n}", "expressions": {"${n}": {"references": ["${n}"]}}}]}}}`,
  'terraform.tfstate': (n) =>
    `{"version": 4, "serial": 1, "lineage": "a", "outputs": {"${n}": {"value": "${n}", "type": "${n}"}}, "resources": [${[
      'aws_s3_bucket',
      n,
    ]
      .map(
        (
          type,
        ) => `{"mode": "managed", "type": "${type}", "name": "${n}", "provider": "${n}", "instances": [{"index_key": "${n}",
    "attributes": {"${n}": "${n}", "acl": "public-read", "tags": {"${n}": "x"}}, "sensitive_attributes": [[{"type": "get_attr", "value": "${n}"}]]}]}`,
      )
      .join(', ')}]}`,
  'policy.json': policy,
  'trust-policy.json': policy,
};

/**
 * What must never be read: a value that is not there, put into a text. Names of documents that are words of JavaScript
 * are no such thing.
 */
const LEAKED = /\bundefined\b|\[object |\bNaN\b|native code|function \w*\(/;

describe('names that every object inherits', () => {
  for (const [file, text] of Object.entries(PLACES))
    it(`are names like any other in ${file}`, () => {
      for (const name of NAMES) {
        const { analysis, broken } = examine(readerOf({ [file]: text(name) }), [uri(file)], EVERYTHING, {
          soundAlone: true,
          readsBack: false,
        });
        assert.deepEqual(broken, [], name);
        assert.notEqual(analysis!.documents[0]!.format, 'none', name);
        for (const { findings, problems } of analysis!.documents)
          for (const { message } of [...findings, ...problems]) assert.doesNotMatch(message, LEAKED, name);
      }
    });

  it('say the same as any other name', () => {
    // What is found does not depend on how things are called.
    const found = (file: string, name: string): readonly string[] =>
      examine(readerOf({ [file]: PLACES[file]!(name) }), [uri(file)], EVERYTHING, {
        soundAlone: true,
        readsBack: false,
        once: true,
      })
        .analysis!.documents.flatMap(({ findings }) =>
          findings.map(({ rule, certainty, severity }) => `${rule} ${certainty} ${severity}`),
        )
        .sort();
    // Capitals count in places.
    for (const file of Object.keys(PLACES))
      for (const [name, other] of [
        ['constructor', 'somename'],
        ['valueOf', 'someName'],
      ] as const)
        assert.deepEqual(found(file, name), found(file, other), `${name} in ${file}`);
  });

  it('are settings that there are not', () => {
    for (const name of NAMES) {
      const text = `${name}: x\nassume: {${name}: true}\nquotas: {${name}: 5}\npolicies: [{files: a, kind: ${name}, ${name}: x}]\nparameters: [{templates: a, values: {${name}: x}, ${name}: x}]\n`;
      const { configuration, problems } = readConfiguration(uri('.stackwarden.yaml'), text);
      assert.deepEqual(configuration.assume, DEFAULT_CONFIGURATION.assume, name);
      assert.ok(problems.length >= 4, `${name}: ${problems.map(({ message }) => message).join(' ')}`);
      for (const { message } of problems) assert.doesNotMatch(message, LEAKED, name);
    }
  });
});
