/** The effect of Globals on the resources of a type. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../../engine/analysis.ts';
import { HEAD, policyLines, propertyText, resourceOf, textAt } from './made.ts';

/** A template with a global section for functions, and one function. */
function template(globals: string, body: string, more = ''): string {
  return `Globals:\n  Function: {${globals}}\nResources:\n  F: {Type: AWS::Serverless::Function${body}}\n${more}`;
}

const own = (properties: string): string => `, Properties: {${properties}}`;

describe('a property that is global', () => {
  const rows: readonly (readonly [
    what: string,
    globals: string,
    body: string,
    path: string,
    expected: string,
    at?: string,
  ])[] = [
    ['is that of each resource', 'Tracing: Active', own('Handler: a'), 'TracingConfig.Mode', '"Active"', 'Active'],
    ['is that of a resource without properties', 'Tracing: Active', '', 'TracingConfig.Mode', '"Active"', 'Active'],
    [
      'is that of a resource with empty properties',
      'Tracing: Active',
      ', Properties: ',
      'TracingConfig.Mode',
      '"Active"',
      'Active',
    ],
    ['is replaced', 'MemorySize: 1', own('MemorySize: 2'), 'MemorySize', '2', '2'],
    [
      'is replaced by a function call',
      'MemorySize: 1',
      own('MemorySize: !If [IsProd, 2, 3]'),
      'MemorySize',
      '2 if IsProd is true | 3 if IsProd is false',
    ],
    ['that is a call is replaced', 'MemorySize: !If [IsProd, 2, 3]', own('MemorySize: 1'), 'MemorySize', '1'],
    [
      'is a call',
      'MemorySize: !If [IsProd, 2, 3]',
      own('Handler: a'),
      'MemorySize',
      '2 if IsProd is true | 3 if IsProd is false',
    ],
    [
      'is merged with a map',
      'Environment: {Variables: {A: 1, B: 2}}',
      own('Environment: {Variables: {B: 3, C: 4}}'),
      'Environment.Variables',
      '{A: 1, B: 3, C: 4}',
      '{B: 3, C: 4}',
    ],
    [
      'is merged at each level',
      'VpcConfig: {SubnetIds: [a]}',
      own('VpcConfig: {SecurityGroupIds: [b]}'),
      'VpcConfig',
      '{SubnetIds: ["a"], SecurityGroupIds: ["b"]}',
    ],
    [
      'is not merged with a map that is a call',
      'Environment: {Variables: {A: 1}}',
      own('Environment: {Variables: !If [IsProd, {B: 2}, {C: 3}]}'),
      'Environment.Variables',
      '{B: 2} if IsProd is true | {C: 3} if IsProd is false',
    ],
    [
      'is not merged with a map as a call itself',
      'Environment: {Variables: !If [IsProd, {B: 2}, {C: 3}]}',
      own('Environment: {Variables: {A: 1}}'),
      'Environment.Variables',
      '{A: 1}',
    ],
    [
      'is not merged with a map that is a call in its long form',
      'Environment: {Variables: {A: 1}}',
      own('Environment: {Variables: {Fn::If: [IsProd, {B: 2}, {C: 3}]}}'),
      'Environment.Variables',
      '{B: 2} if IsProd is true | {C: 3} if IsProd is false',
    ],
    ['is not put together with a list as a call', 'Layers: !Split [",", "a,b"]', own('Layers: [c]'), 'Layers', '["c"]'],
    ['comes first in a list', 'Layers: [a, b]', own('Layers: [c, a]'), 'Layers', '["a", "b", "c", "a"]', '[c, a]'],
    ['is not put together with another kind', 'Layers: [a]', own('Layers: {b: c}'), 'Layers', '{b: "c"}'],
    [
      'is put together with a list within a map',
      'VpcConfig: {SubnetIds: [a], SecurityGroupIds: [s]}',
      own('VpcConfig: {SubnetIds: [b]}'),
      'VpcConfig',
      '{SecurityGroupIds: ["s"], SubnetIds: ["a", "b"]}',
    ],
    ['is put together with an empty list', 'Layers: [a]', own('Layers: []'), 'Layers', '["a"]'],
    [
      'comes first in a list of maps, which are not merged',
      'FileSystemConfigs: [{Arn: a}]',
      own('FileSystemConfigs: [{LocalMountPath: b}]'),
      'FileSystemConfigs',
      '[{Arn: "a"}, {LocalMountPath: "b"}]',
    ],
    [
      'is put together with a list whose items are calls',
      'Layers: [!If [IsProd, a, b]]',
      own('Layers: [c]'),
      'Layers',
      '["a" if IsProd is true | "b" if IsProd is false, "c"]',
    ],
    [
      'is not put together with a list as a call itself',
      'Layers: [a]',
      own('Layers: !Split [",", "b,c"]'),
      'Layers',
      '["b", "c"]',
    ],
    [
      'is replaced by nothing',
      'Environment: {Variables: {A: 1}}',
      own('Environment: !Ref AWS::NoValue'),
      'Environment',
      'absent',
    ],
    ['is replaced by null', 'Environment: {Variables: {A: 1}}', own('Environment: '), 'Environment', 'null'],
    [
      'that is a map is replaced by a text',
      'Environment: {Variables: {A: 1}}',
      own('Environment: x'),
      'Environment',
      '"x"',
    ],
    [
      'that is a reference is replaced',
      'Environment: {Variables: {Ref: Env}}',
      own('Environment: {Variables: {A: 1}}'),
      'Environment.Variables',
      '{A: 1}',
    ],
    [
      'that is a map with two keys is no call',
      'Environment: {Variables: {Ref: a, B: 1}}',
      own('Environment: {Variables: {C: 2}}'),
      'Environment.Variables',
      '{Ref: "a", B: 1, C: 2}',
    ],
    [
      'is an alias',
      'Environment: &e {Variables: {A: 1}}, Other: *e',
      own('Other: {Variables: {B: 2}}'),
      'Other.Variables',
      '{A: 1, B: 2}',
    ],
    [
      'is merged by YAML',
      'Environment: {Variables: {<<: {A: 1}, B: 2}}',
      own('Environment: {Variables: {C: 3}}'),
      'Environment.Variables',
      '{A: 1, B: 2, C: 3}',
    ],
    [
      'may be completed by a macro',
      'Environment: {Variables: {A: 1, Fn::Transform: {Name: x}}}',
      own('Environment: {Variables: {B: 2}}'),
      'Environment.Variables',
      '{A: 1, B: 2, …}',
    ],
    ['of another type does not count', 'Tracing: Active', ', Type: AWS::Serverless::StateMachine', 'Tracing', 'absent'],
    ['is ignored with all', 'Tracing: Active', ", IgnoreGlobals: '*'", 'TracingConfig.Mode', 'absent', 'F'],
    [
      'is ignored by name',
      'Tracing: Active, MemorySize: 1',
      ', IgnoreGlobals: [Tracing]',
      'TracingConfig.Mode',
      'absent',
    ],
    [
      'is not ignored by another name',
      'Tracing: Active, MemorySize: 1',
      ', IgnoreGlobals: [Tracing]',
      'MemorySize',
      '1',
    ],
    [
      'is ignored as a whole with a list of names',
      'Tracing: Active, Layers: [a]',
      `, IgnoreGlobals: [Tracing, Layers]${own('Layers: [b]')}`,
      'Layers',
      '["b"]',
    ],
    [
      'is not ignored below a name',
      'Environment: {Variables: {A: 1}}',
      ', IgnoreGlobals: [Variables]',
      'Environment.Variables',
      '{A: 1}',
    ],
    [
      'is ignored where it would be merged',
      'Environment: {Variables: {A: 1}}',
      `, IgnoreGlobals: [Environment]${own('Environment: {Variables: {B: 2}}')}`,
      'Environment.Variables',
      '{B: 2}',
    ],
    [
      'that a macro makes is not known',
      'Fn::Transform: {Name: x}',
      own('Handler: a'),
      'TracingConfig.Mode',
      '?computed',
    ],
    [
      'may be one of several where a macro makes the resource',
      'MemorySize: 1',
      ', Fn::Transform: {Name: x}',
      'Timeout',
      'absent or not',
    ],
    ['is one of all where none does', 'MemorySize: 1', '', 'Timeout', 'absent'],
    [
      'in a section that is something else does not count',
      '',
      own('Handler: a'),
      'TracingConfig.Mode',
      'absent',
      'Properties',
    ],
    [
      'is not in properties that are a call in its long form',
      'Tracing: Active',
      ', Properties: {Fn::If: [IsProd, {Tracing: PassThrough}, {Handler: a}]}',
      'TracingConfig.Mode',
      '"PassThrough" if IsProd is true | absent if IsProd is false',
    ],
    [
      'is not in properties that are a call',
      'Tracing: Active',
      ', Properties: !If [IsProd, {Tracing: PassThrough}, {Handler: a}]',
      'TracingConfig.Mode',
      '"PassThrough" if IsProd is true | absent if IsProd is false',
    ],
  ];
  for (const [what, globals, body, path, expected, at] of rows)
    it(what, () => {
      const text = template(globals, body);
      const resource = resourceOf(text, 'F');
      assert.equal(propertyText(resource, path), expected);
      if (at !== undefined) assert.equal(textAt(text, resource, path), at);
    });

  const types: readonly (readonly [
    section: string,
    type: string,
    properties: string,
    path: string,
    expected: string,
  ])[] = [
    ['Api', 'Api', 'TracingEnabled: true', 'BinaryMediaTypes', 'absent'],
    ['Api', 'Api', 'BinaryMediaTypes: [a]', 'BinaryMediaTypes', '["a"]'],
    ['HttpApi', 'HttpApi', 'FailOnWarnings: true', 'FailOnWarnings', 'true'],
    ['WebSocketApi', 'WebSocketApi', 'DisableExecuteApiEndpoint: true', 'DisableExecuteApiEndpoint', 'true'],
    ['SimpleTable', 'SimpleTable', 'SSESpecification: {SSEEnabled: true}', 'SSESpecification.SSEEnabled', 'true'],
    ['StateMachine', 'StateMachine', 'Tracing: {Enabled: true}', 'TracingConfiguration.Enabled', 'true'],
    ['LayerVersion', 'LayerVersion', 'Description: d', 'Description', '"d"'],
    ['CapacityProvider', 'CapacityProvider', 'KmsKeyArn: k', 'KmsKeyArn', '"k"'],
  ];
  for (const [section, type, properties, path, expected] of types)
    it(`of ${section} is that of ${type}: ${properties}, ${path}`, () => {
      assert.equal(
        propertyText(
          resourceOf(
            `Globals: {${section}: {${properties}}}\nResources:\n  F: {Type: AWS::Serverless::${type}}\n`,
            'F',
          ),
          path,
        ),
        expected,
      );
    });

  it('gives policies to the role of each function, before its own', () => {
    assert.deepEqual(
      policyLines(
        resourceOf(
          template(
            'Policies: [{EKSDescribePolicy: {}}]',
            own('Policies: [{Statement: {Effect: Allow, Action: a, Resource: b}}]'),
          ),
          'FRole',
        ),
      ),
      ['FRolePolicy0: eks:DescribeCluster eks:ListClusters on *', 'FRolePolicy1: a on b'],
    );
  });

  it('gives roles what it says in part', () => {
    assert.deepEqual(
      policyLines(
        resourceOf(template('DeadLetterQueue: {Type: SQS}', own('DeadLetterQueue: {TargetArn: t}')), 'FRole'),
      ),
      ['DeadLetterQueuePolicy: sqs:SendMessage on t'],
    );
  });

  it('decides which alias is made', () => {
    assert.equal(resourceOf(template('AutoPublishAlias: live', ''), 'FAliaslive').type, 'AWS::Lambda::Alias');
    assert.equal(
      resourceOf(template('AutoPublishAlias: live', own('AutoPublishAlias: old')), 'FAliasold').type,
      'AWS::Lambda::Alias',
    );
  });

  it('is that of an implicit API', () => {
    const text = `Globals: {Api: {TracingEnabled: false}}\nResources:\n  F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: Api}}}}\n`;
    const stage = resourceOf(text, 'ServerlessRestApiProdStage');
    assert.deepEqual(
      [
        propertyText(stage, 'TracingEnabled'),
        textAt(text, stage, 'TracingEnabled'),
        propertyText(stage, 'MethodSettings'),
      ],
      ['false', 'false', 'absent'],
    );
  });
});

describe('a finding about what is global', () => {
  const TABLES = 'Globals:\n  SimpleTable:\n    Tags: {Owner: AKIAIOSFODNN7EXAMPLZ}\nResources:\n';
  const two = `${TABLES}  A: {Type: AWS::Serverless::SimpleTable}\n  B: {Type: AWS::Serverless::SimpleTable}\n`;

  it('is one for all that it concerns', () => {
    const text = `${HEAD}Globals:
  Function:
    AssumeRolePolicyDocument:
      Statement: [{Effect: Allow, Principal: '*', Action: sts:AssumeRole}]
Resources:
  A: {Type: AWS::Serverless::Function}
  B: {Type: AWS::Serverless::Function}
`;
    const findings = findingsOf(analysed({ 't.yaml': text })).filter(({ path }) =>
      path.startsWith('Globals.Function.AssumeRolePolicyDocument'),
    );
    assert.ok(findings.length > 0);
    const places = new Set(findings.map(({ rule, at }) => `${rule} ${at.start}`));
    assert.equal(places.size, findings.length);
    for (const { resource, subjects, fixes } of findings)
      assert.deepEqual([resource, subjects, fixes], [null, ['A', 'B'], []]);
  });

  it('has the value where it is written', () => {
    const tables = ['A', 'B'].map((id) => resourceOf(two, id));
    assert.deepEqual(
      tables.map((table) => propertyText(table, 'Tags')),
      Array(2).fill('[{Key: "Owner", Value: "AKIAIOSFODNN7EXAMPLZ"}]'),
    );
    assert.equal(tables[0]!.get('Tags').origin.edit, 'shared');
  });
});
