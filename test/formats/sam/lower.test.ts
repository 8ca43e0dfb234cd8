/** Changes in canonical terms as changes of what SAM reads. */
import assert from 'node:assert/strict';
import { lowerFix } from '../../../server/src/engine/fix.ts';
import type { Edit, NewValue } from '../../../server/src/model/edit.ts';
import { leaves } from '../../../server/src/model/navigate.ts';
import type { Resource } from '../../../server/src/model/resource.ts';
import { HEAD, resourceOf } from './made.ts';

/** A template after an edit, or why it cannot be made. The head is left out. */
function after(text: string, resource: Resource, edit: Edit, path: string): string {
  const [leaf] = leaves(resource.get(path));
  const fix = lowerFix({ title: 't', safe: true, edits: [edit] }, leaf!.value);
  if ('refused' in fix) return `refused: ${fix.refused}`;
  const edits = fix.edits.toSorted((a, b) => b.range.start - a.range.start);
  return edits
    .reduce(
      (whole, { range: { start, end }, newText }) => whole.slice(0, start) + newText + whole.slice(end),
      HEAD + text,
    )
    .slice(HEAD.length);
}

function set(text: string, family: string, path: string, value: NewValue): string {
  const resource = resourceOf(text, family);
  return after(text, resource, { op: 'set', resource, path, value }, path);
}

const fn = (properties: string): string =>
  `Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {${properties}}}\n`;
const table = (properties: string): string =>
  `Resources:\n  T: {Type: AWS::Serverless::SimpleTable, Properties: {${properties}}}\n`;
const api = (properties: string): string =>
  `Resources:\n  A: {Type: AWS::Serverless::Api, Properties: {StageName: dev, ${properties}}}\n`;

describe('a property that is set in SAM', () => {
  const rows: readonly (readonly [
    what: string,
    text: string,
    family: string,
    path: string,
    value: NewValue,
    expected: string,
  ])[] = [
    ['has the same name', fn('Handler: a'), 'F', 'KmsKeyArn', 'k', fn('Handler: a, KmsKeyArn: k')],
    ['has another name', fn('Handler: a'), 'F', 'TracingConfig.Mode', 'Active', fn('Handler: a, Tracing: Active')],
    [
      'has another name as an object',
      fn('Handler: a'),
      'F',
      'TracingConfig',
      { Mode: 'Active' },
      fn('Handler: a, Tracing: Active'),
    ],
    ['is replaced', fn('Tracing: PassThrough'), 'F', 'TracingConfig.Mode', 'Active', fn('Tracing: Active')],
    ['is of the role', fn('Handler: a'), 'FRole', 'PermissionsBoundary', 'p', fn('Handler: a, PermissionsBoundary: p')],
    [
      'is below a property',
      fn('FunctionUrlConfig: {AuthType: NONE}'),
      'FUrl',
      'AuthType',
      'AWS_IAM',
      fn('FunctionUrlConfig: {AuthType: AWS_IAM}'),
    ],
    [
      'is of a table',
      table('TableName: t'),
      'T',
      'SSESpecification.SSEEnabled',
      true,
      table('TableName: t, SSESpecification: {SSEEnabled: true}'),
    ],
    [
      'is of an object with several',
      table('SSESpecification: {SSEEnabled: false}'),
      'T',
      'SSESpecification.SSEEnabled',
      true,
      table('SSESpecification: {SSEEnabled: true}'),
    ],
    ['is of the stage', api('Name: a'), 'AdevStage', 'TracingEnabled', true, api('Name: a, TracingEnabled: true')],
    [
      'is of an event',
      fn('Events: {E: {Type: SQS, Properties: {Queue: q}}}'),
      'FE',
      'KmsKeyArn',
      'k',
      fn('Events: {E: {Type: SQS, Properties: {Queue: q, KmsKeyArn: k}}}'),
    ],
    [
      'is written by the event',
      fn('Events: {E: {Type: AlexaSkill}}'),
      'FEPermission',
      'EventSourceToken',
      't',
      fn('Events: {E: {Type: AlexaSkill, Properties: {SkillId: t}}}'),
    ],
    [
      'is in a resource without properties',
      'Resources:\n  F:\n    Type: AWS::Serverless::Function\n',
      'F',
      'KmsKeyArn',
      'k',
      'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      KmsKeyArn: k\n',
    ],
    [
      'is none of SAM',
      table('TableName: t'),
      'T',
      'DeletionProtectionEnabled',
      true,
      'refused: SAM has no property for DeletionProtectionEnabled of AWS::DynamoDB::Table',
    ],
    [
      'is none of the role',
      fn('Handler: a'),
      'FRole',
      'MaxSessionDuration',
      3600,
      'refused: SAM has no property for MaxSessionDuration of AWS::IAM::Role',
    ],
    [
      'is always the same',
      fn('FunctionUrlConfig: {AuthType: NONE}'),
      'FUrlPublicPermissions',
      'Principal',
      'x',
      'refused: the value is computed, not a literal',
    ],
    ['is code', fn('Handler: a'), 'F', 'Code', { ZipFile: 'x' }, fn('Handler: a, InlineCode: x')],
    [
      'is code with something that SAM has no property for',
      fn('Handler: a'),
      'F',
      'Code',
      { ZipFile: 'x', S3Bucket: 'b' },
      'refused: SAM has no property for Code of AWS::Lambda::Function',
    ],
    ['is made', fn('Handler: a'), 'F', 'Role', 'r', 'refused: the value is computed, not a literal'],
    [
      'is global',
      `Globals: {Function: {Tracing: PassThrough}}\n${fn('Handler: a')}`,
      'F',
      'TracingConfig.Mode',
      'Active',
      'refused: the value is shared with other places',
    ],
    [
      'is below what is global',
      `Globals: {Function: {VpcConfig: {SubnetIds: [a]}}}\n${fn('Handler: a')}`,
      'F',
      'VpcConfig.Ipv6AllowedForDualStack',
      true,
      `Globals: {Function: {VpcConfig: {SubnetIds: [a]}}}\n${fn('Handler: a, VpcConfig: {Ipv6AllowedForDualStack: true}')}`,
    ],
    [
      'is of an implicit API',
      fn('Events: {E: {Type: Api}}'),
      'ServerlessRestApiProdStage',
      'TracingEnabled',
      true,
      'refused: SAM generates ServerlessRestApi from events; write it in Globals, or define the API as a resource',
    ],
    [
      'is written in another form',
      api('EndpointConfiguration: EDGE'),
      'A',
      'EndpointConfiguration.Types',
      ['REGIONAL'],
      'refused: the value is not a literal',
    ],
    [
      'is written in a form that is not seen',
      api('Name: a'),
      'A',
      'EndpointConfiguration.Types',
      ['REGIONAL'],
      'refused: SAM has no property for EndpointConfiguration.Types of AWS::ApiGateway::RestApi',
    ],
  ];
  for (const [what, text, family, path, value, expected] of rows)
    it(what, () => assert.equal(set(text, family, path, value), expected));
});

describe('a policy in SAM', () => {
  const text = fn(
    "Policies: [AmazonS3FullAccess, {Statement: [{Effect: Allow, Action: ['*', 's3:*'], Resource: '*'}]}]",
  );
  const role = resourceOf(text, 'FRole');
  const [document] = role.policies().documents.filter(({ kind }) => kind === 'identity');
  const change = (edit: Edit): string => after(text, role, edit, 'Policies');

  it('is changed where it stands', () => {
    const [action] = leaves(document!.statements[0]!.actions);
    const target = action!.value.state === 'list' ? action!.value.items[0]!.value : action!.value;
    assert.equal(
      change({ op: 'replace', resource: role, target, value: 's3:GetObject' }),
      text.replace("'*'", "'s3:GetObject'"),
    );
    assert.equal(change({ op: 'removeItem', resource: role, target }), text.replace("'*', ", ''));
  });

  it('is removed from the list that it is in', () => {
    assert.equal(
      change({ op: 'removeItem', resource: role, target: document!.value }),
      fn('Policies: [AmazonS3FullAccess]'),
    );
  });
});
