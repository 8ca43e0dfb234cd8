/** Templates that the AWS CDK made: how they are known, what their resources are called, what the CDK added by itself. */
import assert from 'node:assert/strict';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import type { Resource, Stack } from '../../server/src/model/resource.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { analysed, findingsOf, linesOf } from '../engine/analysis.ts';

function stackOf(text: string): Stack {
  return templateStack({
    tree: parse('file:///t.yaml', text),
    format: 'cloudformation',
    carriers: new Map(),
    generated: false,
  }).stack;
}

/** A resource with the path of its construct. */
function at(path: string, id = 'B', type = 'AWS::S3::Bucket'): string {
  return `  ${id}: {Type: ${type}, Metadata: {'aws:cdk:path': ${JSON.stringify(path)}}}\n`;
}

const PLAIN = ['C', 'D', 'E', 'F'].map((id) => `  ${id}: {Type: AWS::S3::Bucket}\n`);
const BOOTSTRAP =
  "Parameters: {BootstrapVersion: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /cdk-bootstrap/hnb659fds/version}}\n";
const CHECK =
  "Rules: {CheckBootstrapVersion: {Assertions: [{Assert: {Fn::Not: [{Fn::Contains: [['1', '2'], {Ref: BootstrapVersion}]}]}}]}}\n";

describe('a template that the AWS CDK made', () => {
  const rows: readonly (readonly [what: string, text: string, isMade: boolean])[] = [
    ['has its rule for the bootstrap stack', `${BOOTSTRAP}${CHECK}Resources:\n${PLAIN[0]}`, true],
    ['has not the rule alone', `${CHECK}Resources:\n${PLAIN[0]}`, false],
    ['has not the parameter alone', `${BOOTSTRAP}Resources:\n${PLAIN[0]}`, false],
    [
      'has not a parameter of another type',
      `Parameters: {BootstrapVersion: {Type: String}}\n${CHECK}Resources:\n${PLAIN[0]}`,
      false,
    ],
    [
      'has its metadata among the resources',
      `Resources:\n${PLAIN.join('')}  CDKMetadata: {Type: AWS::CDK::Metadata, Properties: {Analytics: 'v2:deflate64:x'}}\n`,
      true,
    ],
    ['has constructs', `Resources:\n${at('S/B/Resource')}`, true],
    ['has constructs on most resources', `Resources:\n${at('S/A', 'A')}${at('S/B')}${PLAIN[0]}`, true],
    ['has not constructs on half of the resources', `Resources:\n${at('S/B')}${PLAIN[0]}`, false],
    ['has not one that was left over', `Resources:\n${at('S/B')}${PLAIN.join('')}`, false],
    ['has resources', 'Resources: {}\n', false],
    ['is a template', 'A: 1\n', false],
    [
      'has a path that is a text',
      `Resources:\n  B: {Type: AWS::S3::Bucket, Metadata: {'aws:cdk:path': [S, B]}}\n`,
      false,
    ],
    [
      'has a path that is no function',
      `Resources:\n  B: {Type: AWS::S3::Bucket, Metadata: {'aws:cdk:path': !Sub 'S/B'}}\n`,
      false,
    ],
    [
      'has metadata that is merged',
      `x: &x {Metadata: {'aws:cdk:path': S/B}}\nResources:\n  B: {<<: *x, Type: AWS::S3::Bucket}\n`,
      true,
    ],
    [
      'has metadata that is an alias',
      `x: &x {'aws:cdk:path': S/B}\nResources:\n  B: {Type: AWS::S3::Bucket, Metadata: *x}\n`,
      true,
    ],
  ];
  for (const [what, text, isMade] of rows)
    it(what, () => {
      const stack = stackOf(text);
      assert.equal(stack.generatorOf!('file:///t.yaml'), isMade ? 'the AWS CDK' : undefined);
      assert.ok(stack.resources.every(({ generated }) => generated === isMade));
    });

  it('says so, wherever it lies', () => {
    const [document] = analysed({ 'app.yaml': `Resources:\n${at('S/B/Resource')}` }).documents;
    assert.equal(document!.reason, 'Resources with AWS types; the AWS CDK made it');
    assert.equal(document!.generator, 'the AWS CDK');
  });
});

describe('the name of a resource', () => {
  const rows: readonly (readonly [what: string, path: string, name: string])[] = [
    ['is its construct without the last step', 'MyStack/Data/Bucket/Resource', 'MyStack/Data/Bucket'],
    ['is its construct without the other last step', 'MyStack/Call/Default', 'MyStack/Call'],
    ['loses one step', 'MyStack/Cluster/Resource/Resource', 'MyStack/Cluster/Resource'],
    ['is a construct of the lowest level', 'MyStack/Bucket', 'MyStack/Bucket'],
    ['is a construct that its author called so', 'MyStack/Resource', 'MyStack/Resource'],
    ['is a construct that ends alike', 'MyStack/MyResource', 'MyStack/MyResource'],
    ['has the stage', 'Prod/MyStack/Bucket/Resource', 'Prod/MyStack/Bucket'],
    ['has what the construct is called', 'My Stack/größe (1)/Resource', 'My Stack/größe (1)'],
    ['is the logical id where there is no path', '', 'B'],
    ['is the logical id where the path is too long', `S/${'x'.repeat(255)}`, 'B'],
    ['is the logical id where the path would break the line', 'S/a\nb', 'B'],
    ['is the logical id where the path hides text', 'S/a\u202eb', 'B'],
    ['is the logical id where the path has another kind of line', 'S/a\u2028b', 'B'],
    ['is the logical id where the path has a command for the terminal', 'S/\u001b[2Jb', 'B'],
  ];
  for (const [what, path, name] of rows)
    it(what, () => {
      const [resource] = stackOf(`Resources:\n${at(path)}${at('S/A', 'A')}${at('S/C', 'C')}`).resources;
      assert.deepEqual(
        [resource!.displayName, resource!.address, resource!.parts[0]!.construct],
        [name, 'B', name === 'B' ? undefined : name],
      );
    });

  it('is the logical id in a template of another kind', () => {
    assert.deepEqual(
      stackOf(`Resources:\n${at('S/B')}${PLAIN.join('')}`).resources.map(({ displayName }) => displayName),
      ['B', 'C', 'D', 'E', 'F'],
    );
  });

  it('is in messages, beside the logical id in findings', () => {
    const findings = findingsOf(
      analysed(
        { 't.yaml': `Resources:\n${at('Shop/Data/Bucket/Resource', 'DataBucketE3889A50')}` },
        { profile: 'strict' },
      ),
    );
    assert.ok(findings.length > 2);
    for (const { message, resource, subjects, construct } of findings) {
      assert.match(message, /Shop\/Data\/Bucket /);
      assert.doesNotMatch(message, /E3889A50/);
      assert.deepEqual(
        [resource, subjects, construct],
        ['DataBucketE3889A50', ['DataBucketE3889A50'], 'Shop/Data/Bucket'],
      );
    }
  });

  it('is the place where a fix would be made', () => {
    const refused = (text: string): readonly string[] => {
      const [bucket] = stackOf(text).resources;
      const lowered = (bucket as Resource & { lower(...of: unknown[]): { refused: string } }).lower(
        { op: 'set', resource: bucket, path: 'BucketName', value: 'x' },
        bucket!.get('BucketName'),
      );
      return [lowered.refused];
    };
    assert.deepEqual(refused(`Resources:\n${at('Shop/Data/Resource')}`), [
      'the AWS CDK generated the template; change Shop/Data in its source',
    ]);
    assert.deepEqual(refused(`${BOOTSTRAP}${CHECK}Resources:\n${PLAIN[0]}`), [
      'the template is generated; change its source',
    ]);
  });

  it('comes with no fixes', () => {
    const fixes = (head: string): number =>
      findingsOf(analysed({ 't.yaml': `${head}Resources:\n${PLAIN[0]}` })).reduce(
        (sum, finding) => sum + finding.fixes.length,
        0,
      );
    assert.ok(fixes('') > 0);
    assert.equal(fixes(`${BOOTSTRAP}${CHECK}`), 0);
  });
});

describe('a resource that the CDK adds by itself', () => {
  const rows: readonly (readonly [what: string, id: string, isInternal: boolean, path?: string])[] = [
    ['empties a bucket', 'CustomS3AutoDeleteObjectsCustomResourceProviderHandler9D90184F', true],
    ['empties a bucket in a role', 'CustomS3AutoDeleteObjectsCustomResourceProviderRole3B1BD092', true],
    ['closes the default security group', 'CustomVpcRestrictDefaultSGCustomResourceProviderRole26592FE0', true],
    ['reads exports of other Regions', 'CustomCrossRegionExportReaderCustomResourceProviderRole10531BBD', true],
    ['registers identity providers', 'CustomAWSCDKOpenIdConnectProviderCustomResourceProviderRole517FED65', true],
    ['runs triggers', 'AWSCDKTriggerCustomResourceProviderCustomResourceProviderHandler97BECD91', true],
    ['sets how long logs are kept', 'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aFD4BFC8A', true],
    [
      'sets how long logs are kept by a policy',
      'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aServiceRoleDefaultPolicyADDA7DEB',
      true,
    ],
    ['calls AWS', 'AWS679f53fac002430cb0da5b7982bd22872D164C4C', true],
    ['calls AWS in a role', 'AWS679f53fac002430cb0da5b7982bd2287ServiceRoleC1EA0FF2', true],
    [
      'notifies of what happens in a bucket',
      'BucketNotificationsHandler050a0587b7544547bf325f094a3db834RoleDefaultPolicy2CF63D36',
      true,
    ],
    ['fills a bucket', 'CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C81C01536', true],
    [
      'fills a bucket with more memory',
      'CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C1024MiBServiceRole2BDA9C8C',
      true,
    ],
    ['stands between CloudFormation and a handler', 'ProvframeworkonEvent1C4B6C5A', true],
    [
      'makes the replicas of a table',
      'TSourceTableAttachedManagedPolicyMiscawscdkawsdynamodbReplicaProviderOnEventHandlerServiceRole7511589856DA832C',
      true,
    ],
    [
      'makes a cluster',
      'OnEventHandlerServiceRole15A26729',
      true,
      'Eks/@aws-cdk--aws-eks.ClusterResourceProvider/OnEventHandler/ServiceRole/Resource',
    ],
    ['is not a handler that its author wrote', 'CustomMineCustomResourceProviderRole3B1BD092', false],
    [
      'is not what its author has AWS called for',
      'AWSb4cf1abd4e4f4bc699441af7ccd9ec37ServiceRoleDefaultPolicy4D43A7C1',
      false,
    ],
    [
      'is not what its author allows to call AWS',
      'AWS679f53fac002430cb0da5b7982bd2287ServiceRoleDefaultPolicyD28E1A5E',
      false,
    ],
    ['is not a permission for one', 'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aAllowAll12345678', false],
    ['is not called nearly so', 'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a', false],
    ['is not what has the name in it', 'MyLogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aFD4BFC8A', false],
    ['is not what has the name after a hyphen', 'My-LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aFD4BFC8A', false],
    ['is not the bucket', 'Bucket83908E77', false],
    [
      'is not a handler of that name',
      'OnEventHandlerServiceRole15A26729',
      false,
      'Mine/OnEventHandler/ServiceRole/Resource',
    ],
  ];
  for (const [what, id, isInternal, path] of rows)
    it(what, () => {
      const [resource] = stackOf(
        `${BOOTSTRAP}${CHECK}Resources:\n${path === undefined ? `  ${id}: {Type: T::A::B}\n` : at(path, id)}`,
      ).resources;
      assert.equal(resource!.internal, isInternal);
    });

  it('is one in a template of the CDK alone', () => {
    assert.equal(
      stackOf('Resources:\n  LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aFD4BFC8A: {Type: T::A::B}\n').resources[0]!
        .internal,
      false,
    );
  });
});

describe('what is found in a resource that the CDK adds by itself', () => {
  const policy = (id: string, statement: string): string => `${BOOTSTRAP}${CHECK}Resources:
  ${id}:
    Type: AWS::IAM::Policy
    Properties: {PolicyName: p, Roles: [r], PolicyDocument: {Version: '2012-10-17', Statement: ${statement}}}\n`;
  const OWN = 'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aServiceRoleDefaultPolicyADDA7DEB';
  const OTHER = 'HandlerServiceRoleDefaultPolicyCBD0CC91';
  const RETENTION = "{Effect: Allow, Action: ['logs:PutRetentionPolicy', 'logs:DeleteRetentionPolicy'], Resource: '*'}";
  const EVERYTHING = "{Effect: Allow, Action: '*', Resource: '*'}";
  const said = (text: string, profile: 'recommended' | 'strict'): readonly string[] =>
    linesOf(analysed({ 't.yaml': text }, { profile })).map((line) => line.split(' ').slice(0, 3).join(' '));
  const rows: readonly (readonly [
    what: string,
    text: string,
    profile: 'recommended' | 'strict',
    ...expected: string[],
  ])[] = [
    ['is nothing as a rule', policy(OWN, RETENTION), 'recommended'],
    [
      'is of little weight when all is asked for',
      policy(OWN, RETENTION),
      'strict',
      'iam-policy-wildcard-resource certain low',
    ],
    [
      'is said of what the author made',
      policy(OTHER, RETENTION),
      'recommended',
      'iam-policy-wildcard-resource certain medium',
    ],
    ['is said when it is grave', policy(OWN, EVERYTHING), 'recommended', 'iam-policy-admin-wildcard certain critical'],
  ];
  for (const [what, text, profile, ...expected] of rows)
    it(what, () => assert.deepEqual(said(text, profile), expected));

  it('is nothing in what is for the CDK alone', () => {
    const assets =
      'Parameters:\n' +
      ['S3Bucket', 'S3VersionKey', 'ArtifactHash']
        .map(
          (part) =>
            `  AssetParameters39fa96399dfe731f2ca777cd454db74c371c9a13b3f3870fa68caa86903ba2f9${part}5A76054F: {Type: String, Description: asset}\n`,
        )
        .join('');
    for (const head of [assets, `${BOOTSTRAP}${CHECK}`]) {
      assert.deepEqual(
        linesOf(
          analysed({
            't.yaml': `${head}Resources:\n  CDKMetadata: {Type: AWS::CDK::Metadata, Properties: {Analytics: 'v2:deflate64:x'}}\n`,
          }),
        ),
        [],
      );
    }
  });
});
