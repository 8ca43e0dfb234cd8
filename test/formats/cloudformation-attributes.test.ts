/** The attributes of resources other than properties, and the outputs of a template. */
import assert from 'node:assert/strict';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { is } from '../../server/src/model/judgement.ts';
import { leaves } from '../../server/src/model/navigate.ts';
import { oneOf } from '../../server/src/model/predicate.ts';
import type { ResourceAttribute, Stack } from '../../server/src/model/resource.ts';
import type { Value } from '../../server/src/model/value.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { stackOf as samStackOf } from './sam/made.ts';
import { stackOf as terraformStackOf } from './terraform-stack.ts';
import { valueText, whenText } from './template-values.ts';
import { ALL_LINKS } from '../kit/all-links.ts';

const HEAD = `Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
  Cluster: {Type: String}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Mappings:
  Policies: {test: {OnDelete: Delete}, live: {OnDelete: Retain}}
x: &x {DeletionPolicy: Retain}
`;

function stackOf(text: string): Stack {
  return templateStack({
    tree: parse('file:///t.yaml', HEAD + text),
    format: 'cloudformation',
    carriers: new Map(),
    linksOf: ALL_LINKS,
    generated: false,
  }).stack;
}

/** A value, and for one that is not written what counts then. */
function text(value: Value): string {
  return leaves(value)
    .map(({ guard, value: leaf }) => {
      const counts = leaf.state === 'absent' && leaf.default ? ` (${valueText(leaf.default, [])})` : '';
      return `${valueText(leaf, [])}${counts}${whenText(guard, [])}`;
    })
    .join(' | ');
}

describe('an attribute of a resource', () => {
  const rows: readonly (readonly [name: ResourceAttribute, body: string, expected: string])[] = [
    ['DeletionPolicy', 'Type: AWS::S3::Bucket, DeletionPolicy: Retain', '"Retain"'],
    ['DeletionPolicy', 'Type: AWS::S3::Bucket', 'absent ("Delete")'],
    [
      'DeletionPolicy',
      'Type: AWS::S3::Bucket, DeletionPolicy: !If [IsLive, Retain, Delete]',
      '"Retain" if IsLive is true | "Delete" if IsLive is false',
    ],
    [
      'DeletionPolicy',
      'Type: AWS::S3::Bucket, DeletionPolicy: !If [IsLive, Retain, !Ref AWS::NoValue]',
      '"Retain" if IsLive is true | absent if IsLive is false',
    ],
    ['DeletionPolicy', 'Type: AWS::S3::Bucket, DeletionPolicy: !FindInMap [Policies, live, OnDelete]', '"Retain"'],
    [
      'DeletionPolicy',
      'Type: AWS::S3::Bucket, DeletionPolicy: !Ref Stage',
      '"test" if Stage is test | "live" if Stage is live',
    ],
    ['DeletionPolicy', 'Type: AWS::S3::Bucket, DeletionPolicy: !Ref Cluster', '?parameter'],
    ['DeletionPolicy', 'Type: AWS::S3::Bucket, <<: *x', '"Retain"'],
    ['DeletionPolicy', 'Type: AWS::RDS::DBCluster', 'absent ("Snapshot")'],
    ['DeletionPolicy', 'Type: AWS::RDS::DBInstance', 'absent ("Snapshot")'],
    [
      'DeletionPolicy',
      'Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Other}',
      'absent ("Delete")',
    ],
    [
      'DeletionPolicy',
      'Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Cluster}',
      'absent ("Delete")',
    ],
    [
      'DeletionPolicy',
      "Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Sub 'cluster-${AWS::StackName}'}",
      'absent ("Delete")',
    ],
    [
      'DeletionPolicy',
      'Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !If [IsLive, a, !Ref AWS::NoValue]}',
      'absent ("Delete") if IsLive is true | absent ("Snapshot") if IsLive is false',
    ],
    ['DeletionPolicy', 'Type: AWS::RDS::DBInstance, Properties: {Fn::Transform: {Name: x}}', 'absent or not'],
    [
      'DeletionPolicy',
      'Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, Fn::Transform: {Name: x}}',
      'absent or not',
    ],
    ['DeletionPolicy', 'Type: AWS::S3::Bucket, Fn::Transform: {Name: x}', 'absent or not ("Delete")'],
    ['UpdateReplacePolicy', 'Type: AWS::RDS::DBCluster', 'absent ("Delete")'],
    ['UpdateReplacePolicy', 'Type: AWS::RDS::DBCluster, UpdateReplacePolicy: Snapshot', '"Snapshot"'],
    ['DependsOn', 'Type: AWS::S3::Bucket, DependsOn: Other', '"Other"'],
    ['DependsOn', 'Type: AWS::S3::Bucket, DependsOn: [Other, Another]', '["Other", "Another"]'],
    ['DependsOn', 'Type: AWS::S3::Bucket', 'absent'],
    [
      'Metadata',
      'Type: AWS::S3::Bucket, Metadata: {Stage: !Ref Stage}',
      '{Stage: "test" if Stage is test | "live" if Stage is live}',
    ],
    [
      'UpdatePolicy',
      'Type: AWS::Lambda::Alias, UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: a}}',
      '{CodeDeployLambdaAliasUpdate: {ApplicationName: "a"}}',
    ],
    [
      'CreationPolicy',
      'Type: AWS::EC2::Instance, CreationPolicy: {ResourceSignal: {Count: 1}}',
      '{ResourceSignal: {Count: 1}}',
    ],
  ];
  it('that a loop makes is worked out in its turn', () => {
    const stack = stackOf(
      'Resources:\n  "Fn::ForEach::L": [I, [Retain, Delete], {"R${I}": {Type: AWS::S3::Bucket, DeletionPolicy: !Ref I}}]\n',
    );
    assert.deepEqual(
      stack.resources.map((resource) => `${resource.address} ${text(resource.attribute('DeletionPolicy'))}`),
      ['RRetain "Retain"', 'RDelete "Delete"'],
    );
  });

  for (const [name, body, expected] of rows)
    it(`${name} of ${body} is ${expected}`, () => {
      const stack = stackOf(`Resources:\n  R: {${body}}\n  Other: {Type: AWS::RDS::DBCluster}\n`);
      assert.equal(text(stack.resources[0]!.attribute(name)), expected);
    });

  it('that is not written is judged by what counts then', () => {
    const policy = stackOf('Resources:\n  R: {Type: AWS::RDS::DBCluster}\n').resources[0]!.attribute('DeletionPolicy');
    assert.ok(is(policy, oneOf('Snapshot')).yes.isAlways());
  });

  it('is that of the resource which its author wrote, and not known of what a transform makes beside it', () => {
    const resources = samStackOf(
      'Resources:\n  F: {Type: AWS::Serverless::Function, DeletionPolicy: Retain, Properties: {Handler: a.b, Runtime: nodejs22.x, InlineCode: x}}\n',
    ).resources;
    assert.deepEqual(
      resources.map((resource) => [resource.family, text(resource.attribute('DeletionPolicy'))]),
      [
        ['F', '"Retain"'],
        ['FRole', 'absent or not ("Delete")'],
      ],
    );
  });

  it('is not known in Terraform', () => {
    const [bucket] = terraformStackOf({ 'main.tf.json': '{"resource": {"aws_s3_bucket": {"b": {}}}}' }).resources;
    assert.equal(text(bucket!.attribute('DeletionPolicy')), 'absent or not');
  });
});

describe('an output', () => {
  const rows: readonly (readonly [what: string, text: string, ...expected: string[]])[] = [
    ['is a value', 'O: {Value: !Ref Cluster}', 'O: ?parameter, export absent'],
    [
      'has a name for others',
      "O: {Value: x, Export: {Name: !Sub '${Stage}-x'}}",
      'O: "x", export "test-x" if Stage is test | "live-x" if Stage is live',
    ],
    ['has a condition', 'O: {Value: x, Condition: IsLive}', 'O if IsLive is true: "x", export absent'],
    ['can be without a value yet', 'O:', 'O: absent, export absent'],
    ['can be a text', 'O: x', 'O: absent, export absent'],
    ['can be made by a macro', 'Fn::Transform: {Name: x}'],
    [
      'can be made by a loop',
      '"Fn::ForEach::L": [I, [A, B], {"O${I}": {Value: !Ref I, Condition: IsLive}}]',
      'OA if IsLive is true: "A", export absent',
      'OB if IsLive is true: "B", export absent',
    ],
  ];
  for (const [what, outputs, ...expected] of rows)
    it(what, () =>
      assert.deepEqual(
        stackOf(`Outputs:\n  ${outputs}\n`).outputs!.map(
          ({ name, when, value, exportName }) =>
            `${name}${whenText(when.yes, [])}: ${text(value)}, export ${text(exportName)}`,
        ),
        expected,
      ),
    );

  it('is not there where Outputs is something else', () => {
    for (const outputs of ['', 'Outputs:\n', 'Outputs: [a]\n', 'Outputs: !Ref x\n'])
      assert.deepEqual(stackOf(outputs).outputs, []);
  });
});
