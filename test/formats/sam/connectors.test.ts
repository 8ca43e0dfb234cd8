/** The statements that connectors generate. */
import assert from 'node:assert/strict';
import type { SamConnectors } from '../../../server/src/formats/sam/connectors.ts';
import { canonicalType, data } from '../../schemas/data.ts';
import { existsText, HEAD, plainText, policyLines, propertyText, resourceLines, resourceOf, stackOf } from './made.ts';

const REST = `  F: {Type: AWS::Serverless::Function}
  G: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt R.Arn}}
  R: {Type: AWS::IAM::Role}
  T: {Type: AWS::Serverless::SimpleTable}
  B: {Type: AWS::S3::Bucket}
  Q: {Type: AWS::SQS::Queue}
  N: {Type: AWS::SNS::Topic}
  A: {Type: AWS::Serverless::HttpApi}
  S: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {}}}
  E: {Type: AWS::Events::EventBus}
  U: {Type: AWS::Events::Rule, Properties: {Targets: [{Arn: !Ref E, RoleArn: !GetAtt R.Arn}, {Arn: !GetAtt Q.Arn}]}}
`;

/** A template with a connector between two of its resources. */
function connected(source: string, destination: string, permissions = '[Read, Write]', more = ''): string {
  return `Resources:\n  C: {Type: AWS::Serverless::Connector, Properties: {Source: ${source}, Destination: ${destination}, Permissions: ${permissions}}${more}}\n${REST}`;
}

/** A line for each resource that a connector makes: what it is, what it is for, and what it allows. */
function madeBy(text: string): readonly string[] {
  const made = stackOf(text).resources.filter(({ family }) => family.startsWith('C') || family.includes('Link'));
  return made.map((resource) => {
    const of = ['Roles', 'Queues', 'Topics', 'FunctionName']
      .map((name) => resource.get(name))
      .find(({ state }) => state !== 'absent')!;
    const linesFor =
      resource.type === 'AWS::Lambda::Permission'
        ? `${plainText(resource.get('Principal'))} from ${plainText(resource.get('SourceArn'))}`
        : policyLines(resource).join();
    return `${resource.family} ${resource.type.replace('AWS::', '')} of ${plainText(of)}: ${linesFor}${existsText(resource.when)}`;
  });
}

describe('a connector', () => {
  const READ =
    'dynamodb:GetItem dynamodb:Query dynamodb:Scan dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:PartiQLSelect on T.Arn T.Arn/index/*';
  const rows: readonly (readonly [what: string, text: string, ...expected: string[]])[] = [
    [
      'lets a function read a table',
      connected('{Id: F}', '{Id: T}', '[Read]'),
      `CPolicy IAM::ManagedPolicy of FRole: ${READ}`,
    ],
    [
      'gives the role that a function names',
      connected('{Id: G}', '{Id: T}', '[Read]'),
      `CPolicy IAM::ManagedPolicy of R: ${READ}`,
    ],
    [
      'gives a role by its name',
      connected('{Type: AWS::Lambda::Function, RoleName: other}', '{Id: T}', '[Read]'),
      `CPolicy IAM::ManagedPolicy of other: ${READ}`,
    ],
    [
      'has a statement for each permission',
      connected('{Id: F}', '{Id: Q}', '[Write, Read]'),
      'CPolicy IAM::ManagedPolicy of FRole: sqs:ReceiveMessage sqs:GetQueueAttributes on Q.Arn; sqs:DeleteMessage sqs:SendMessage sqs:ChangeMessageVisibility sqs:PurgeQueue on Q.Arn',
    ],
    [
      'names a topic and a state machine by reference',
      connected('{Id: F}', '[{Id: N}, {Id: S}]', '[Write]'),
      'CPolicyDestination0 IAM::ManagedPolicy of FRole: sns:Publish on N',
      'CPolicyDestination1 IAM::ManagedPolicy of FRole: states:StartExecution states:StartSyncExecution on S; states:StopExecution on arn:?:states:?:?:execution:S.Name:*',
    ],
    [
      'gives the role of the destination that polls',
      connected('{Id: Q}', '{Id: F}'),
      'CPolicy IAM::ManagedPolicy of FRole: sqs:DeleteMessage on Q.Arn; sqs:ReceiveMessage sqs:GetQueueAttributes on Q.Arn',
    ],
    [
      'gives the role of the target of a rule',
      connected('{Id: U}', '{Id: E}', '[Write]'),
      'CPolicy IAM::ManagedPolicy of R: events:PutEvents on E.Arn',
    ],
    [
      'lets a rule send to a queue',
      connected('{Id: U}', '{Id: Q}', '[Write]'),
      'CQueuePolicy SQS::QueuePolicy of Q: sqs:SendMessage on Q.Arn for Service events.amazonaws.com where ArnEquals aws:SourceArn',
    ],
    [
      'lets a rule publish',
      connected('{Id: U}', '{Id: N}', '[Write]'),
      'CTopicPolicy SNS::TopicPolicy of N: sns:Publish on N for Service events.amazonaws.com where ArnEquals aws:SourceArn',
    ],
    [
      'lets a topic call',
      connected('{Id: N}', '{Id: F}', '[Write]'),
      'CWriteLambdaPermission Lambda::Permission of F.Arn: sns.amazonaws.com from N',
    ],
    [
      'lets a bucket call',
      connected('{Id: B}', '{Id: F}', '[Write]'),
      'CWriteLambdaPermission Lambda::Permission of F.Arn: s3.amazonaws.com from B.Arn',
    ],
    [
      'lets an API call',
      connected('{Id: A, Qualifier: prod/GET/a}', '{Id: F}', '[Write]'),
      'CWriteLambdaPermission Lambda::Permission of F.Arn: apigateway.amazonaws.com from arn:?:execute-api:?:?:A/prod/GET/a',
    ],
    [
      'lets any method of an API call',
      connected('{Id: A}', '{Id: F}', '[Write]'),
      'CWriteLambdaPermission Lambda::Permission of F.Arn: apigateway.amazonaws.com from arn:?:execute-api:?:?:A/*',
    ],
    [
      'takes what is said of a resource elsewhere',
      connected('{Id: F}', '{Type: AWS::SQS::Queue, Arn: arn:q}', '[Read]'),
      'CPolicy IAM::ManagedPolicy of FRole: sqs:ReceiveMessage sqs:GetQueueAttributes on arn:q',
    ],
    [
      'does not know what is not said of a resource elsewhere',
      connected('{Id: F}', '{Type: AWS::SQS::Queue}', '[Read]'),
      'CPolicy IAM::ManagedPolicy of FRole: sqs:ReceiveMessage sqs:GetQueueAttributes on ?',
    ],
    [
      'is there in one scenario',
      connected('{Id: F}', '{Id: N}', '[Write]', ', Condition: IsProd'),
      'CPolicy IAM::ManagedPolicy of FRole: sns:Publish on N if IsProd is true',
    ],
    ['makes nothing of two types that it does not connect', connected('{Id: T}', '{Id: N}')],
    ['makes nothing of what is not there', connected('{Id: X}', '{Id: N}')],
    ['makes nothing of permissions that are a call', connected('{Id: F}', '{Id: N}', '!Ref P')],
    ['makes nothing of an id that is a call', connected('{Id: !Ref P}', '{Id: N}')],
    ['makes nothing of types that every object has', connected('{Type: constructor}', '{Type: toString}')],
    [
      'is written in its source',
      `Resources:\n  P: {Type: AWS::SNS::Topic, Connectors: {Link: {Properties: {Destination: {Id: F}, Permissions: [Write]}}}}\n${REST}`,
      'PLinkWriteLambdaPermission Lambda::Permission of F.Arn: sns.amazonaws.com from P',
    ],
    [
      'is written in its source with more of it',
      `Resources:\n  P: {Type: AWS::Serverless::Api, Connectors: {Link: {Properties: {SourceReference: {Qualifier: q}, Destination: {Id: F}, Permissions: [Write]}}}}\n${REST}`,
      'PLinkWriteLambdaPermission Lambda::Permission of F.Arn: apigateway.amazonaws.com from arn:?:execute-api:?:?:P/q',
    ],
    [
      'is written in a source and there in one scenario',
      `Resources:\n  P: {Type: AWS::SNS::Topic, Connectors: {Link: {Condition: IsProd, Properties: {Destination: {Id: Q}, Permissions: [Write]}}}}\n${REST}`,
      'PLinkQueuePolicy SQS::QueuePolicy of Q: sqs:SendMessage on Q.Arn for Service sns.amazonaws.com where ArnEquals aws:SourceArn if IsProd is true',
    ],
  ];
  for (const [what, text, ...expected] of rows) it(what, () => assert.deepEqual(madeBy(text), expected));

  it('leaves open what else there is, where it is not understood', () => {
    assert.deepEqual(
      [
        connected('{Id: F}', '{Id: N}', '[Write]'),
        connected('{Id: T}', '{Id: N}'),
        connected('{Id: F}', '[{Id: N}, {Id: A}]'),
      ].map((text) => stackOf(text).closed),
      [true, false, false],
    );
  });

  it('is no resource itself', () =>
    assert.ok(!resourceLines(connected('{Id: F}', '{Id: N}')).some((line) => line.includes('Connector'))));

  it('is connected with the role that it is for', () => {
    const stack = stackOf(connected('{Id: F}', '{Id: N}', '[Write]'));
    // The role has a managed policy of AWS too, which is not in the stack.
    const { edges } = stack.byAddress('FRole')!.related('role-policies');
    assert.deepEqual(
      edges.map(({ resource }) => resource.family),
      ['CPolicy'],
    );
  });

  it('lies where its permissions are written, and belongs to what it is written in', () => {
    const text = connected('{Id: F}', '{Id: N}', '[Write]');
    const policy = resourceOf(text, 'CPolicy');
    const { actions } = policy.policies().documents[0]!.statements[0]!;
    const at = ({ use }: { readonly use: { readonly start: number; readonly end: number } }): string =>
      (HEAD + text).slice(use.start, use.end);
    assert.deepEqual(
      [policy.address, at(policy.self.origin), at(actions.origin), actions.origin.edit],
      ['C', 'C', 'Write', 'none'],
    );
  });

  it('is known by the names of what it makes', () => {
    const text = `${connected('{Id: F}', '{Id: N}', '[Write]')}  X: {Type: T::A::B, Properties: {P: !Ref CPolicy, Q: !Ref CTopicPolicy}}\n`;
    assert.deepEqual(
      ['P', 'Q'].map((name) => propertyText(resourceOf(text, 'X'), name)),
      ['CPolicy', '?syntax'],
    );
  });
});

describe('the data of connectors', () => {
  const { same, connects, role, id, arn } = data<SamConnectors>('sam/connectors');

  it('names types that exist', () => {
    const types = [
      ...Object.values(same),
      ...Object.keys(id),
      ...arn,
      ...Object.keys(role).filter((type) => !type.startsWith('AWS::Serverless::')),
      ...Object.entries(connects).flatMap(([type, to]) => [type, ...Object.keys(to)]),
    ];
    assert.deepEqual(
      [...new Set(types)].filter((type) => !canonicalType(type)),
      [],
    );
  });

  it('has only placeholders that are filled in', () => {
    const names = [...JSON.stringify(connects).matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1]!);
    assert.deepEqual([...new Set(names)].sort(), [
      'AWS::AccountId',
      'AWS::Partition',
      'AWS::Region',
      'Destination.Arn',
      'Destination.Name',
      'Source.Arn',
      'Source.Qualifier',
      'Source.ResourceId',
    ]);
  });
});
