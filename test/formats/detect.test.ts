/** The format of a document, by its name and its first 64 KiB. */
import assert from 'node:assert/strict';
import { HEAD_SIZE } from '../../server/src/base/file-head.ts';
import { detect } from '../../server/src/formats/readers/detect.ts';
import { parse } from '../../server/src/syntax/parse.ts';

const YAML = 'Resources:\n  B:\n    Type: AWS::S3::Bucket\n';
const JSON_TEMPLATE = '{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}';
const PLAN = '{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{}}';
const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
const LONG = 'x'.repeat(2 * HEAD_SIZE);

type Row = readonly [what: string, name: string, text: string, format: string, reason?: RegExp];

const TABLES: Readonly<Record<string, readonly Row[]>> = {
  'Terraform, by the name alone': [
    ['configuration', 'main.tf.json', '{"resource":{}}', 'terraform'],
    ['an empty file', 'main.tf.json', '', 'terraform'],
    ['what is not JSON', 'main.tf.json', 'resource {', 'terraform'],
    ['a template in the wrong place', 'main.tf.json', JSON_TEMPLATE, 'terraform'],
    ['OpenTofu', 'main.tofu.json', '{}', 'terraform'],
    ['an override', 'override.tf.json', '{}', 'terraform'],
    [
      'a template of a policy',
      'p.json.tftpl',
      '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}',
      'none',
    ],
    ['another override', 'a_override.tf.json', '{}', 'terraform'],
    ['a name of more dots', 'a.b.tf.json', '{}', 'terraform'],
    ['an encoded name', 'a%20b.tf.json', '{}', 'terraform'],
    ['a name that is not well encoded', '100%.tf.json', '{}', 'terraform'],
    ['a hidden file', '.main.tf.json', '{}', 'none', /dot/],
    ['a file without name', '.tf.json', '{}', 'none', /dot/],
    ['a backup', 'main.tf.json~', '{}', 'none'],
    ['a lock of an editor', '#main.tf.json#', '{}', 'none'],
    ['capitals, which Terraform does not read', 'MAIN.TF.JSON', '{"resource":{}}', 'none'],
    ['tests', 'a.tftest.json', '{}', 'none', /tests/],
    ['tests of OpenTofu', 'a.tofutest.json', '{}', 'none', /tests/],
    ['queries', 'a.tfquery.json', '{}', 'none', /queries/],
    ['mocks', 'a.tfmock.json', '{}', 'none', /mocks/],
    ['values', 'terraform.tfvars.json', '{"a":1}', 'none', /variable values/],
    ['more values', 'x.auto.tfvars.json', '{"a":1}', 'none', /variable values/],
    ['a state', 'terraform.tfstate', '{"version":4}', 'terraform-state'],
    ['a saved state', 'terraform.tfstate.backup', '{"version":4}', 'terraform-state', /only secrets/],
    [
      'a state that was saved before a command',
      'terraform.tfstate.1712345678.backup',
      '{"version":4}',
      'terraform-state',
      /only secrets/,
    ],
    ['HCL', 'main.tf', 'resource "a" "b" {}', 'terraform'],
    ['HCL of OpenTofu', 'main.tofu', '', 'terraform'],
    ['a hidden file in HCL', '.main.tf', '', 'none', /dot/],
    ['tests in HCL', 'a.tftest.hcl', '', 'none', /tests/],
    ['values in HCL', 'terraform.tfvars', 'a = 1', 'none', /variable values/],
    ['the lock file of providers', '.terraform.lock.hcl', '', 'none', /lock file/],
    ['Terragrunt', 'terragrunt.hcl', '', 'none', /Terragrunt/],
    ['a stack of Terragrunt', 'terragrunt.stack.hcl', '', 'none', /Terragrunt/],
    ['Packer', 'image.pkr.hcl', '', 'none', /Packer/],
    ['other HCL', 'job.hcl', '', 'none', /HCL of another tool/],
  ],
  'Terraform, by what is in it': [
    ['a plan', 'plan.json', PLAN, 'terraform-plan'],
    ['a plan by any name', 'whatever.json', '{"format_version":"1.2","resource_changes":[]}', 'terraform-plan'],
    ['a plan without an ending', 'tfplan', PLAN, 'terraform-plan'],
    [
      'a plan that begins with its configuration',
      'plan.json',
      '{"configuration":{},"format_version":"1.2"}',
      'terraform-plan',
    ],
    ['a plan of an old version', 'plan.json', '{"format_version":"0.1","planned_values":{}}', 'terraform-plan'],
    [
      'a plan of a version to come',
      'plan.json',
      '{"format_version":"2.0","planned_values":{}}',
      'none',
      /format version 2/,
    ],
    ['a plan that is cut off', 'plan.json', PLAN.slice(0, -2), 'terraform-plan'],
    [
      'a plan longer than the beginning',
      'plan.json',
      `{"format_version":"1.2","planned_values":{"a":"${LONG}"}}`,
      'terraform-plan',
    ],
    ['a plan with a byte order mark', 'plan.json', `\ufeff${PLAN}`, 'terraform-plan'],
    ['a state as Terraform shows it', 'state.json', '{"format_version":"1.0","values":{}}', 'terraform-state'],
    [
      'a raw state',
      'state.json',
      '{"version":4,"terraform_version":"1.9","serial":1,"lineage":"x"}',
      'terraform-state',
    ],
    [
      'a raw state of version 3',
      'state.json',
      '{"version":3,"terraform_version":"0.11","serial":1,"modules":[]}',
      'terraform-state',
    ],
    ['a state of a version to come', 'state.json', '{"format_version":"2.0","values":{}}', 'none', /format version 2/],
    [
      'an encrypted state',
      'state.json',
      '{"serial":1,"lineage":"x","meta":{},"encrypted_data":"e30=","encryption_version":"v0"}',
      'terraform-state',
    ],
    ['schemas of providers', 'schema.json', '{"format_version":"1.0","provider_schemas":{}}', 'none', /schemas/],
    ['only a version', 'x.json', '{"format_version":"1.0"}', 'none', /neither/],
    ['another program with terraform_version', 'x.json', '{"terraform_version":"1.9"}', 'none'],
    ['one line of a log', 'plan.json', '{"@level":"info","type":"version"}', 'none', /log/],
    [
      'the log of a plan',
      'plan.json',
      '{"@level":"info","type":"version"}\n{"@level":"info","type":"planned_change"}\n',
      'none',
      /log/,
    ],
  ],
  CloudFormation: [
    ['YAML', 't.yaml', YAML, 'cloudformation', /AWS types/],
    ['YAML by another ending', 't.yml', YAML, 'cloudformation'],
    ['YAML by another ending', 't.template', YAML, 'cloudformation'],
    ['YAML without an ending', 'template', YAML, 'cloudformation'],
    ['JSON', 't.json', JSON_TEMPLATE, 'cloudformation'],
    ['JSON by another ending', 't.template', JSON_TEMPLATE, 'cloudformation'],
    ['JSON in a file for YAML', 't.yaml', JSON_TEMPLATE, 'cloudformation'],
    ['JSON in capitals', 'T.JSON', `// One\n${JSON_TEMPLATE}`, 'cloudformation'],
    ['YAML with braces', 't.yaml', '{Resources: {B: {Type: AWS::S3::Bucket}}}', 'cloudformation'],
    ['quoted keys', 't.yaml', '"Resources":\n  B:\n    "Type": "AWS::S3::Bucket"\n', 'cloudformation'],
    ['single quotes', 't.yaml', "'Resources' :\n  B:\n    'Type' : 'AWS::S3::Bucket'\n", 'cloudformation'],
    [
      'a version alone',
      't.yaml',
      'AWSTemplateFormatVersion: "2010-09-09"\n',
      'cloudformation',
      /AWSTemplateFormatVersion/,
    ],
    ['a version alone in JSON', 't.json', '{"AWSTemplateFormatVersion": "2010-09-09"}', 'cloudformation'],
    [
      'a resource of somebody else',
      't.yaml',
      YAML.replace('AWS::S3::Bucket', 'Datadog::Monitors::Monitor'),
      'cloudformation',
    ],
    ['a resource of Alexa', 't.yaml', YAML.replace('AWS::S3::Bucket', 'Alexa::ASK::Skill'), 'cloudformation'],
    ['a custom resource', 't.yaml', YAML.replace('AWS::S3::Bucket', 'Custom::Thing'), 'cloudformation'],
    ['a macro', 't.yaml', `Transform: Mine\n${YAML}`, 'cloudformation'],
    ['language extensions', 't.yaml', `Transform: AWS::LanguageExtensions\n${YAML}`, 'cloudformation'],
    ['comments first', 't.yaml', `# One\n\n  # Two\n---\n${YAML}`, 'cloudformation'],
    ['comments first in JSON', 't.json', `// One\n${JSON_TEMPLATE}`, 'cloudformation'],
    ['a byte order mark', 't.yaml', `\ufeff${YAML}`, 'cloudformation'],
    ['a byte order mark in JSON', 't.json', `\ufeff${JSON_TEMPLATE}`, 'cloudformation'],
    ['a byte order mark in JSON by another name', 't.template', `\ufeff${JSON_TEMPLATE}`, 'cloudformation'],
    ['Windows line ends', 't.yaml', YAML.replaceAll('\n', '\r\n'), 'cloudformation'],
    ['old line ends', 't.yaml', YAML.replaceAll('\n', '\r'), 'cloudformation'],
    [
      'resources after much else',
      't.yaml',
      `Metadata:\n  Long: ${'x'.repeat(HEAD_SIZE / 2)}\n${YAML}`,
      'cloudformation',
    ],
    [
      'resources after much else in JSON',
      't.json',
      `{"Metadata":"${'x'.repeat(HEAD_SIZE / 2)}",${JSON_TEMPLATE.slice(1)}`,
      'cloudformation',
    ],
    [
      'a version before more than the beginning',
      't.yaml',
      `AWSTemplateFormatVersion: "2010-09-09"\nMetadata: ${LONG}\n${YAML}`,
      'cloudformation',
    ],
    ['resources beyond the beginning', 't.yaml', `Metadata: ${LONG}\n${YAML}`, 'none'],
    ['a root that is indented', 't.yaml', `  # One\n${YAML.replaceAll(/^/gm, '  ')}`, 'cloudformation'],
    [
      'a root that is indented below a line that begins the document',
      't.yaml',
      `---\n${YAML.replaceAll(/^/gm, '    ')}`,
      'cloudformation',
    ],
    [
      'resources further in below a root that is indented',
      't.yaml',
      '  a:\n    Resources:\n      B:\n        Type: AWS::S3::Bucket\n',
      'none',
    ],
    ['what is being written', 't.yaml', `${YAML}    Properties: {BucketName: "x\n`, 'cloudformation'],
    ['what is being written in JSON', 't.json', JSON_TEMPLATE.slice(0, -3), 'cloudformation'],
    ['Resources without types', 't.yaml', 'Resources:\n  - a\n', 'none'],
    ['types without Resources', 't.yaml', 'A:\n  Type: AWS::S3::Bucket\n', 'none'],
    ['Resources further in', 't.yaml', 'a:\n  Resources:\n    B:\n      Type: AWS::S3::Bucket\n', 'none'],
    ['Resources further in, in JSON', 't.json', `{"a": ${JSON_TEMPLATE}}`, 'none'],
    ['a list of templates', 't.json', `[${JSON_TEMPLATE}]`, 'none'],
    ['what the CDK makes', 'cdk.out/S.template.json', JSON_TEMPLATE, 'cloudformation'],
  ],
  SAM: [
    ['a transform', 't.yaml', 'Transform: AWS::Serverless-2016-10-31\nResources: {}\n', 'sam'],
    ['a transform in quotes', 't.yaml', "Transform: 'AWS::Serverless-2016-10-31'\n", 'sam'],
    [
      'one of several transforms',
      't.yaml',
      'Transform:\n  - AWS::LanguageExtensions\n  - AWS::Serverless-2016-10-31\nResources: {}\n',
      'sam',
    ],
    ['JSON', 't.json', '{"Transform": "AWS::Serverless-2016-10-31", "Resources": {}}', 'sam'],
    [
      'a version before it',
      't.yaml',
      'AWSTemplateFormatVersion: "2010-09-09"\nTransform: AWS::Serverless-2016-10-31\n',
      'sam',
    ],
    ['types without the transform', 't.yaml', 'Resources:\n  F:\n    Type: AWS::Serverless::Function\n', 'sam'],
    ['a word in a description', 't.yaml', `Description: Not AWS::Serverless-2016-10-31\n${YAML}`, 'cloudformation'],
  ],
  'an IAM policy': [
    ['a policy', 'policy.json', POLICY, 'iam-policy'],
    ['one statement', 'policy.json', '{"Statement":{"Effect":"Allow","Action":"*"}}', 'iam-policy'],
    [
      'what the command line shows',
      'policy.json',
      `{"PolicyVersion":{"Document":${POLICY},"VersionId":"v1"}}`,
      'iam-policy',
    ],
    ['a policy without its ending', 'policy', POLICY, 'iam-policy'],
    [
      'one that the command line takes',
      'role.json',
      `{"RoleName":"r","AssumeRolePolicyDocument":${JSON.stringify(POLICY)}}`,
      'iam-policy',
    ],
    ['one in a text', 'a.json', `{"Policy":${JSON.stringify(POLICY)}}`, 'iam-policy'],
    [
      'one of an organisation',
      'a.json',
      `{"Policy":{"PolicySummary":{},"Content":${JSON.stringify(POLICY)}}}`,
      'iam-policy',
    ],
    ['one in YAML', 'policy.yaml', 'Version: "2012-10-17"\nStatement:\n  - Effect: Allow\n', 'iam-policy', /version/],
    ['an old one in YAML', 'policy.yaml', "Statement: []\nVersion: '2008-10-17' # old\n", 'iam-policy'],
    ['statements in YAML without a version', 'policy.yaml', 'Statement:\n  - Effect: Allow\n', 'none'],
    [
      'statements further in',
      'x.yaml',
      'policy:\n  Version: "2012-10-17"\n  Statement:\n    - Effect: Allow\n',
      'none',
    ],
    ['one that is begun', 'a.json', '{"Version":"2012-10-17"}', 'iam-policy', /version 2012-10-17/],
    ['one with half a key', 'a.json', '{"Version":"2012-10-17","State', 'iam-policy'],
    ['one with half a statement', 'a.json', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow",', 'iam-policy'],
    ['a policy by its name', 'read-policy.json', '{"Statement":[{"Action":"*"}]}', 'iam-policy', /name/],
    ['no effect', 'a.json', '{"Statement":[{"Action":"*"}]}', 'none'],
    ['no statements', 'a.json', '{"Statement":[]}', 'none'],
    ['another version', 'a.json', '{"Version":"2012-10-17","Name":"x"}', 'none'],
    [
      'a policy of another cloud',
      'policy.json',
      '{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
      'none',
    ],
    ['one with placeholders in strings', 'a.json', POLICY.replace('"*"', '"${arn} {{b}} \\" %{, $c"'), 'iam-policy'],
    [
      'one with a placeholder in a string that is being written',
      'a.json',
      POLICY.replace('"*"}', '"${a}\n}'),
      'iam-policy',
    ],
    ...(
      [
        ['${…}', '{"Statement":[{"Effect":"Allow","Action":["a:B"],"Resource":${arns}}]}'],
        [
          '%{…}',
          '{"Statement":[{"Effect":"Allow","Resource":"*"\n%{ if key != "" ~}\n},{"Effect":"Deny"\n%{ endif ~}\n}]}',
        ],
        ['{{…}}', '{"Statement":[{"Effect":"Allow","Resource":{{ arns | tojson }}}]}'],
        ['{%…%}', '{"Statement":[{"Effect":"Allow"{% if key %},"Resource":"*"{% endif %}}]}'],
        ['<%…%>', '{"Statement":[{"Effect":"Allow","Resource":<%= arns %>}]}'],
        ['$STATEMENTS', '{"Version":"2012-10-17","Statement": $STATEMENTS}'],
      ] as const
    ).map(
      ([placeholder, text]) =>
        [
          `a template with ${placeholder}`,
          'policy.json',
          text,
          'none',
          new RegExp(placeholder.replaceAll(/[$%{}]/g, '\\$&')),
        ] as const,
    ),
    ['another policy', 'policy.json', '{"Policy":"x"}', 'none'],
    ['another document', 'policy.json', '{"PolicyDocument":{"name":"x"}}', 'none'],
    ['a bank statement', 'x.json', '{"Statement":"monthly"}', 'none'],
  ],
  'values of parameters': [
    ['a list', 'p.json', '[{"ParameterKey": "A", "ParameterValue": "a"}]', 'none', /parameter values/],
    ['a list in YAML', 'p.yaml', '# prod\n- ParameterKey: A\n  ParameterValue: a\n', 'none', /parameter values/],
    ['assignments', 'p.json', '["A=a"]', 'none', /parameter values/],
    [
      "a pipeline's configuration with a policy",
      'p.json',
      '{"Parameters": {"A": "a"}, "StackPolicy": {"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}]}}',
      'none',
      /parameter values/,
    ],
    ['what Git sync deploys', 'd.yaml', 'template-file-path: a.yaml\nparameters: {A: a}\n', 'none', /parameter values/],
    [
      'what Git sync deploys, in JSON',
      'd.json',
      '{"template-file-path": "a.yaml", "parameters": {"A": "a"}}',
      'none',
      /parameter values/,
    ],
    ['a plain map, which could be anything', 'p.json', '{"Stage": "prod"}', 'none', /no supported format/],
    ['a list of other things', 'p.json', '["a", "b=c"]', 'none', /no supported format/],
    [
      'a template that begins with its parameters',
      't.json',
      '{"Parameters": {"A": {"Type": "String"}}}',
      'none',
      /no supported format/,
    ],
    [
      'the parameters of another cloud',
      'azuredeploy.parameters.json',
      '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "parameters": {"a": {"value": "b"}}}',
      'none',
      /no supported format/,
    ],
  ],
  'nothing of ours': [
    ['Kubernetes', 'k.yaml', 'apiVersion: v1\nkind: Service\n', 'none', /Kubernetes/],
    [
      'Kubernetes with resources',
      'k.yaml',
      'apiVersion: apps/v1\nkind: Deployment\nspec:\n  resources: {limits: {}}\n',
      'none',
      /Kubernetes/,
    ],
    ['Docker Compose', 'docker-compose.yml', 'services:\n  web: {image: nginx}\n', 'none'],
    ['OpenAPI', 'api.yaml', 'openapi: 3.0.0\npaths: {}\n', 'none'],
    ['OpenAPI in JSON', 'api.json', '{"openapi":"3.0.0","paths":{}}', 'none'],
    ['a workflow of GitHub', '.github/workflows/ci.yml', 'on: push\njobs:\n  a:\n    runs-on: x\n', 'none'],
    ['a page that quotes a template', 'README.md', YAML, 'none'],
    ['a program that quotes a template', 'stack.test.ts', YAML, 'none'],
    ['a template with another ending', 'stack.cfn', YAML, 'cloudformation'],
    [
      'the Serverless Framework',
      'serverless.yml',
      'service: x\nprovider: {name: aws}\nresources:\n  Resources:\n    B:\n      Type: AWS::S3::Bucket\n',
      'none',
    ],
    ['a package of npm', 'package.json', '{"name":"x","version":"1.0.0"}', 'none'],
    ['a lock file of npm', 'package-lock.json', '{"name":"x","lockfileVersion":3}', 'none'],
    ['what the CDK says of a stack', 'manifest.json', '{"version":"36.0.0","artifacts":{}}', 'none'],
    ['Ansible', 'play.yml', '- hosts: all\n  tasks: []\n', 'none'],
    [
      'a template in a text',
      'x.yaml',
      'data:\n  t: |\n    Resources:\n      B:\n        Type: AWS::S3::Bucket\n',
      'none',
    ],
    ['prose', 'readme.md', '# Resources\n\nType: AWS::S3::Bucket\n', 'none'],
    ['nothing', 'a.yaml', '', 'none', /empty/],
    ['nothing in JSON', 'a.json', '', 'none', /empty/],
    ['white space', 'a.yaml', ' \n\t\r\n', 'none', /empty/],
    ['a byte order mark', 'a.yaml', '\ufeff', 'none', /empty/],
    ['a comment', 'a.yaml', '# x', 'none'],
    ['a list', 'a.yaml', '[a, b]', 'none'],
    ['bytes', 'a.json', '{\u0000\u0001', 'none', /not text/],
    ['bytes in a template', 'a.yaml', `${YAML}\u0000`, 'none', /not text/],
    ['a number', 'a.json', '1', 'none'],
    ['a string', 'a.json', '"Resources"', 'none'],
    ['a bracket', 'a.yaml', '{', 'none'],
    ['a lone surrogate', 'a.yaml', '\ud800', 'none'],
    ['names of prototypes', 'a.json', '{"__proto__":{"Resources":1},"constructor":2}', 'none'],
  ],
};

describe('detection', () => {
  for (const [about, rows] of Object.entries(TABLES)) {
    describe(about, () => {
      for (const [what, name, text, format, reason] of rows) {
        it(`${what}: ${name}`, () => {
          const detection = detect(`file:///w/${name}`, text);
          assert.equal(detection.format, format, detection.reason);
          assert.match(detection.reason, reason ?? /./);
        });
      }
    });
  }

  const languages: readonly (readonly [string, string, 'yaml' | 'json'])[] = [
    ['t.yaml', YAML, 'yaml'],
    ['t.template', YAML, 'yaml'],
    ['t.yaml', '{Resources: {B: {Type: AWS::S3::Bucket}}}', 'yaml'],
    ['t.yaml', JSON_TEMPLATE, 'json'],
    ['t.template', JSON_TEMPLATE, 'json'],
    ['t.json', JSON_TEMPLATE, 'json'],
    ['T.JSON', `// One\n${JSON_TEMPLATE}`, 'json'],
    ['main.tf.json', 'a: b', 'json'],
    ['terraform.tfstate', '{}', 'json'],
    ['tfplan', PLAN, 'json'],
  ];
  for (const [name, text, expected] of languages) {
    it(`lets ${name} with ${text.slice(0, 12).trimEnd()}… be read as ${expected}`, () => {
      const doc = `file:///w/${name}`;
      const tree = parse(doc, text, detect(doc, text).language);
      assert.equal(tree.language, expected);
    });
  }

  const beyond: readonly (readonly [what: string, text: string, format: string, more: boolean])[] = [
    ['comments', `${`# ${'x'.repeat(98)}\n`.repeat(700)}${YAML}`, 'cloudformation', true],
    [
      'empty lines and a line that begins the document',
      `---\n${'\n'.repeat(HEAD_SIZE)}${YAML}`,
      'cloudformation',
      false,
    ],
    ['mappings', `Mappings:\n  M: {a: ${LONG}}\n${YAML}`, 'cloudformation', true],
    ['mappings in JSON', `{"Mappings":{"M":{"a":"${LONG}"}},${JSON_TEMPLATE.slice(1)}`, 'cloudformation', true],
    [
      'mappings before a transform',
      `AWSTemplateFormatVersion: 2010-09-09\nMappings:\n  M: {a: ${LONG}}\nTransform: AWS::Serverless-2016-10-31\n`,
      'sam',
      true,
    ],
    ['something else', `name: ${LONG}\n${YAML}`, 'cloudformation', false],
  ];
  for (const [what, text, format, more] of beyond) {
    it(`${more ? 'asks' : 'does not ask'} for what stands behind ${what}`, () => {
      const name = text.startsWith('{') ? 't.json' : 't.yaml';
      assert.equal(detect(`file:///w/${name}`, text).more ?? false, more);
      assert.equal(detect(`file:///w/${name}`, text, parse, true).format, format);
    });
  }

  it('looks at the beginning alone', () => {
    let read = 0;
    detect('file:///w/a.json', `{"a": "${LONG}${LONG}"}`, (doc, text, language) => {
      read = text.length;
      return parse(doc, text, language);
    });
    assert.equal(read, HEAD_SIZE);
  });
});
