/** Which tag is named where an identity may set one of several that let it in. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../../engine/analysis.ts';

describe('an identity to which several tags grant access', () => {
  it('is told of one that no denial keeps it from setting', () => {
    const stop = (tag: string): object => ({
      Effect: 'Allow',
      Action: 'ec2:StopInstances',
      Resource: '*',
      Condition: { StringEquals: { [`aws:ResourceTag/${tag}`]: 'red' } },
    });
    const policy = {
      Version: '2012-10-17',
      Statement: [
        stop('team'),
        stop('env'),
        { Effect: 'Allow', Action: 'ec2:CreateTags', Resource: '*' },
        {
          Effect: 'Deny',
          Action: 'ec2:CreateTags',
          Resource: '*',
          Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } },
        },
      ],
    };
    const found = findingsOf(
      analysed({ 'a.json': JSON.stringify(policy) }, { rules: new Set(['iam-policy-retaggable-resource']) }),
    );
    assert.deepEqual(
      found.map(({ message }) => /ResourceTag\/(\w+)/.exec(message)?.[1]),
      ['env'],
    );
  });
});
