import assert from 'node:assert/strict';
import { UNKNOWN_PIECE } from '../../server/src/policy/text/unknown-piece.ts';
import { serviceActions, type ServiceData } from '../../server/src/policy/data/service-actions.ts';
import { supportedTypesOf, typesOf } from '../../server/src/policy/resource/resource-arn.ts';
import { includes } from '../../server/src/policy/text/wildcard.ts';
import { data } from '../schemas/data.ts';

const service = (prefix: string) => serviceActions(prefix, data<ServiceData>(`iam/services/${prefix}`));

describe('the types of an ARN', () => {
  const cases: readonly (readonly [prefix: string, arn: string, types: readonly string[]])[] = [
    ['s3', 'arn:aws:s3:::logs', ['bucket']],
    ['s3', 'arn:aws:s3:::logs/*', ['object']],
    ['s3', 'arn:aws:s3:::logs*', ['bucket', 'object']],
    ['s3', 'arn:aws:s3:::logs/2026/a.txt', ['object']],
    ['dynamodb', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders', ['table']],
    ['dynamodb', 'arn:aws:dynamodb:*:*:table/orders/index/*', ['index']],
    ['lambda', 'arn:aws:lambda:eu-west-1:111122223333:function:f', ['function']],
    ['lambda', 'arn:aws:lambda:eu-west-1:111122223333:function:f:live', ['function alias', 'function version']],
    ['sqs', 'arn:aws:sqs:eu-west-1:111122223333:q', ['queue']],
    ['sqs', `arn:${UNKNOWN_PIECE}:sqs:${UNKNOWN_PIECE}:${UNKNOWN_PIECE}:q`, ['queue']],
    ['sqs', UNKNOWN_PIECE, ['queue']],
    ['sqs', 'arn:aws:s3:::logs', []],
    ['sqs', 'arn:aws:sqs:eu-west-1:q', []],
    ['iam', 'arn:aws:iam::111122223333:role/path/to/it', ['role']],
    // A wildcard that is the last character of a segment also matches beyond the colon.
    ['sqs', 'arn:aws:sqs:*:q', ['queue']],
    [
      'logs',
      'arn:aws:logs:*:*:/aws-glue/*',
      [
        'anomaly-detector',
        'delivery',
        'delivery-destination',
        'delivery-source',
        'destination',
        'log-group',
        'log-stream',
        'lookup-table',
        'scheduled-query',
      ],
    ],
    ['sns', 'arn:aws:sns:*', ['topic']],
    // It is meant for its own segment where that makes sense, and one within a segment ends there.
    ['lambda', 'arn:aws:lambda:*:*:function:f', ['function']],
    ['sqs', 'arn:aws:sqs:eu-*-1:q', []],
    // A question mark also matches a colon, so that the account is in the field of the Region.
    [
      'lambda',
      'arn:aws:lambda:eu-west-1?111122223333:*:f',
      [
        'capacityProvider',
        'code signing config',
        'eventSourceMapping',
        'function',
        'layer',
        'microvmImage',
        'networkConnector',
      ],
    ],
    // Some types have several forms.
    ['apigateway', 'arn:aws:apigateway:*::/restapis/a/stages/live', ['Stage']],
    ['lex', 'arn:aws:lex:eu-west-1:111122223333:bot:b', ['bot']],
  ];
  for (const [prefix, arn, types] of cases) {
    it(`${arn} of ${prefix}`, () =>
      assert.deepEqual(
        typesOf(service(prefix), arn)
          .map(({ name }) => name)
          .sort(),
        types,
      ));
  }

  it('are all types for a wildcard', () =>
    assert.equal(typesOf(service('s3'), '*').length, service('s3').resourceTypes.length));

  it('apply to actions that support them', () => {
    const s3 = service('s3');
    assert.deepEqual(
      supportedTypesOf(s3, s3.named('ListBucket')!, 'arn:aws:s3:::logs').map(({ name }) => name),
      ['bucket'],
    );
    assert.deepEqual(supportedTypesOf(s3, s3.named('GetObject')!, 'arn:aws:s3:::logs'), []);
    const logs = service('logs');
    assert.ok(
      supportedTypesOf(logs, logs.named('CreateLogStream')!, 'arn:aws:logs:eu-west-1:111122223333:log-group:app:*')
        .length > 0,
    );
  });

  it('are found in bounded time for an ARN with many wildcards', () =>
    assert.equal(typesOf(service('s3'), `arn:aws:s3:::${'*a'.repeat(2000)}`).length > 0, true));
});

describe('a wider pattern', () => {
  for (const [wide, narrow, expected] of [
    ['*', 'a', true],
    ['a*', 'a*b', true],
    ['a*b', 'a*', false],
    ['a?', 'a*', false],
    ['a*', 'a?', true],
    ['?', '?', true],
    ['s3:Get*', 's3:GetObject', true],
    ['s3:*', 's3:*', true],
    ['**', '*', true],
    ['a', 'ab', false],
  ] as const) {
    it(`${wide} ${expected ? 'includes' : 'does not include'} ${narrow}`, () =>
      assert.equal(includes(wide, narrow), expected));
  }
});
