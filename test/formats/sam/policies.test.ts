/** The policies of functions and state machines as policies of the role that SAM makes. */
import assert from 'node:assert/strict';
import type { PolicyDocument } from '../../../server/src/model/policy.ts';
import { itemsOf } from '../../../server/src/model/navigate.ts';
import { valueText } from '../template-values.ts';
import { existsText, HEAD, propertyText, resourceOf, stackOf } from './made.ts';

const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

const withPolicies = (policies: string, more = ''): string =>
  `Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {Policies: ${policies}${more}}}\n`;

/** A line for each inline policy of the role: its actions, and where it is there; what is not read is a dot. */
function documents(text: string): readonly string[] {
  const policies = resourceOf(text, 'FRole').policies();
  const policyText = ({ statements, when, complete }: PolicyDocument): string =>
    `${statements.map(({ actions }) => valueText(actions, [])).join(' ')}${complete.yes.isAlways() ? '' : '…'}${existsText(when)}`;
  const identity = policies.documents.filter(({ kind }) => kind === 'identity').map(policyText);
  return policies.complete.yes.satisfiable() ? identity : [...identity, '…'];
}

/** The managed policies of the role, without the one that every role has. */
function managed(text: string): readonly string[] {
  const { items, complete } = itemsOf(resourceOf(text, 'FRole').get('ManagedPolicyArns'));
  const arns = items
    .map(({ value, when }) => `${valueText(value, [])}${existsText(when)}`)
    .filter((arn) => !arn.startsWith(JSON.stringify(BASIC)));
  return complete.yes.isAlways() ? arns : [...arns, '…'];
}

describe('policies in SAM', () => {
  const rows: readonly (readonly [
    what: string,
    policies: string,
    inline: readonly string[],
    managed: readonly string[],
  ])[] = [
    ['are a name', 'AmazonS3ReadOnlyAccess', [], ['"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"']],
    [
      'are a name below a path',
      'AWSLambdaVPCAccessExecutionRole',
      [],
      ['"arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"'],
    ],
    [
      'are a name below a path of another service',
      'AmazonECSTaskExecutionRolePolicy',
      [],
      ['"arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"'],
    ],
    ['are an ARN', 'arn:aws:iam::123456789012:policy/p', [], ['"arn:aws:iam::123456789012:policy/p"']],
    ['are a name that every object has', 'constructor', [], ['"arn:aws:iam::aws:policy/constructor"']],
    ['are a reference', '!Ref P', ['…'], ['?syntax', '…']],
    [
      'are a text with a hole',
      '!Sub "arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess"',
      [],
      ['"arn:" + ?parameter + ":iam::aws:policy/AdministratorAccess"'],
    ],
    ['are a document', '{Version: "2012-10-17", Statement: [{Action: a}]}', ['"a"'], []],
    ['are one statement', '{Statement: {Action: a}}', ['"a"'], []],
    ['are a template', '{SQSSendMessagePolicy: {QueueName: b}}', ['["sqs:SendMessage*"]'], []],
    [
      'are a template without parameters',
      '{EKSDescribePolicy: {}}',
      ['["eks:DescribeCluster", "eks:ListClusters"]'],
      [],
    ],
    ['are a template and something else', '{EKSDescribePolicy: {}, Other: {}}', ['…'], []],
    ['are a template that is not known', '{NewPolicy: {A: b}}', ['…'], []],
    [
      'are a list',
      '[AmazonS3ReadOnlyAccess, {Statement: [{Action: a}]}, {SQSSendMessagePolicy: {QueueName: q}}, {Statement: [{Action: b}, {Action: [c, d]}]}, arn:x]',
      ['"a"', '["sqs:SendMessage*"]', '"b" ["c", "d"]'],
      ['"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"', '"arn:x"'],
    ],
    ['are an empty list', '[]', [], []],
    ['are nothing', '!Ref AWS::NoValue', [], []],
    [
      'depend on a condition',
      '!If [IsProd, {Statement: [{Action: a}]}, AmazonS3ReadOnlyAccess]',
      ['"a" if IsProd is true'],
      ['"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" if IsProd is false'],
    ],
    [
      'depend on a condition in a list',
      '[!If [IsProd, {Statement: [{Action: a}]}, !Ref AWS::NoValue], !If [IsProd, {KMSDecryptPolicy: {KeyId: k}}, {Statement: {Action: b}}]]',
      ['"a" if IsProd is true', '"kms:Decrypt" if IsProd is true', '"b" if IsProd is false'],
      [],
    ],
    [
      'have a statement that depends on a condition',
      '{Statement: [!If [IsProd, {Action: a}, !Ref AWS::NoValue]]}',
      ['"a" if IsProd is true'],
      [],
    ],
    [
      'may be completed by a macro',
      '[{Statement: [{Action: a}]}, {Fn::Transform: {Name: x}}]',
      ['"a"', '…'],
      ['?transform', '…'],
    ],
  ];
  for (const [what, policies, inline, arns] of rows)
    it(what, () =>
      assert.deepEqual([documents(withPolicies(policies)), managed(withPolicies(policies))], [inline, arns]),
    );

  it('have the places that they are written at', () => {
    const text = withPolicies("[AmazonS3FullAccess, {Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}]");
    const role = resourceOf(text, 'FRole');
    const [document] = role.policies().documents.filter(({ kind }) => kind === 'identity');
    const at = ({ use }: { readonly use: { readonly start: number; readonly end: number } }): string =>
      (HEAD + text).slice(use.start, use.end);
    assert.deepEqual(
      [at(document!.value.origin), at(document!.statements[0]!.actions.origin), document!.host.address, document!.path],
      ["{Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}", "'*'", 'F', 'Policies[].PolicyDocument'],
    );
    assert.deepEqual(
      itemsOf(role.get('ManagedPolicyArns')).items.map(({ value }) => at(value.origin)),
      ['F', 'AmazonS3FullAccess'],
    );
  });

  it('are none where the author gives a role', () => {
    assert.deepEqual(stackOf(withPolicies("{Statement: [{Action: '*'}]}", ', Role: r')).policies, []);
  });

  it('are more where a property needs some', () => {
    assert.deepEqual(
      managed(withPolicies('[]', ', Tracing: Active, VpcConfig: !If [IsProd, {SubnetIds: [a]}, !Ref AWS::NoValue]')),
      [
        '"arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess"',
        '"arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole" if IsProd is true',
      ],
    );
  });

  it('are those of a state machine', () => {
    const role = resourceOf(
      'Resources:\n  F: {Type: AWS::Serverless::StateMachine, Properties: {Policies: [{Statement: [{Action: a}]}]}}\n',
      'FRole',
    );
    assert.equal(propertyText(role, 'ManagedPolicyArns'), 'absent');
    assert.deepEqual(
      role.policies().documents.map(({ kind }) => kind),
      ['trust', 'identity'],
    );
  });
});
