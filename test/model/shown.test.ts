import assert from 'node:assert/strict';
import { shown } from '../../server/src/model/shown.ts';
import type { Value } from '../../server/src/model/value.ts';
import { stackOf } from '../kit/stack-of.ts';
import { absent, choose, known, list, object, origin, reference, text, unknownValue } from './values.ts';

describe('a value in a message', () => {
  const rows: readonly (readonly [what: string, value: Value, expected: string])[] = [
    ['is what is written', known(false, 'False'), 'False'],
    ['is the beginning of a long text', known('x'.repeat(100)), `${'x'.repeat(60)}…`],
    ['is not set where it is absent', absent(), 'not set'],
    ['is not set where it is null, as plans say it', known(null), 'not set'],
    [
      'is a secret value whatever it is',
      known(null, 'null', { origin: origin(0, { secret: true }) }),
      'a secret value',
    ],
    ['has dots for what is not known of it', text('arn:', unknownValue(), ':x'), 'arn:…:x'],
    ['is the address that it refers to', reference('Key', 'Arn'), 'Key.Arn'],
    ['is not known', unknownValue(), 'an unknown value'],
    ['is a list', list([]), 'a list'],
    ['is an object', object([]), 'an object'],
    ['depends on the scenario', choose(), 'a value that depends on the scenario'],
  ];
  for (const [what, value, expected] of rows) it(what, () => assert.equal(shown(value), expected));

  it('is the value of a parameter, but not what follows from it', () => {
    const { byAddress } = stackOf({
      'a.yaml': `Parameters:
  Name: {Type: String}
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
Conditions: {IsLive: !Equals [!Ref Stage, live], IsNamed: !Not [!Equals [!Ref Name, none]]}
Mappings: {Names: {test: {a: b}, live: {a: c}}}
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Ref Name
      KmsMasterKeyId: !Ref Stage
      DelaySeconds: !FindInMap [Names, !Ref Stage, a]
      MaximumMessageSize: !If [IsLive, 1, 2]
      VisibilityTimeout: !If [IsLive, !Ref Name, !Ref Stage]
`,
    });
    const properties = ['QueueName', 'KmsMasterKeyId', 'DelaySeconds', 'MaximumMessageSize', 'VisibilityTimeout'];
    assert.deepEqual(
      properties.map((property) => shown(byAddress('Queue')!.get(property))),
      [
        'the value of Name',
        'the value of Stage',
        'a value that depends on the scenario',
        'a value that depends on the scenario',
        'a value that depends on the scenario',
      ],
    );
  });
});
