/** A phone number has no ARN: what findings and fixes about sns:Publish on all resources say of SMS messages. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../../engine/analysis.ts';

const DENIAL = { Effect: 'Deny', Action: 'sns:Publish', Resource: 'arn:aws:sns:*:*:*' };

function findingsFor(...Statement: readonly object[]): ReturnType<typeof findingsOf> {
  const Role = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'cognito-idp.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      Policies: [{ PolicyName: 'sms', PolicyDocument: { Version: '2012-10-17', Statement } }],
    },
  };
  return findingsOf(
    analysed(
      { 'a.json': JSON.stringify({ Resources: { Role } }) },
      { rules: new Set(['iam-policy-wildcard-resource']) },
    ),
  );
}

describe('findings about sns:Publish on all resources', () => {
  it('say how to allow SMS messages only', () => {
    for (const Action of ['sns:Publish', 'sns:publish', ['sns:Publish', 'sns:ListTopics']]) {
      const [finding, ...others] = findingsFor({ Effect: 'Allow', Action, Resource: '*' });
      assert.equal(others.length, 0);
      assert.match(finding?.message ?? '', /ARNs that are needed; for SMS, deny sns:Publish on topics instead\.$/);
      for (const { title } of finding?.fixes ?? []) assert.match(title, /stops SMS messages/);
    }
  });

  it('do not speak of SMS messages where the message does not name the action', () => {
    const Action = ['lambda:InvokeFunction', 'dynamodb:PutItem', 'sqs:SendMessage', 'ses:SendEmail', 'sns:Publish'];
    const [finding] = findingsFor({ Effect: 'Allow', Action, Resource: '*' });
    assert.match(
      finding?.message ?? '',
      /and 3 more on all resources\. Restrict Resource to the ARNs that are needed\.$/,
    );
  });

  it('are not made where that is done', () => {
    assert.deepEqual(findingsFor({ Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }, DENIAL), []);
  });

  it('do not speak of SMS messages where they are not allowed', () => {
    for (const statement of [
      { Effect: 'Allow', Action: 'sns:Publish', Resource: 'arn:aws:sns:*:*:*' },
      { Effect: 'Allow', Action: 'sns:Publish', Resource: 'arn:aws:*:*:*:*' },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' },
    ]) {
      const [finding] = findingsFor(statement);
      assert.ok(finding);
      assert.doesNotMatch(finding.message, /SMS/);
      for (const { title } of finding.fixes) assert.doesNotMatch(title, /SMS/);
    }
  });
});
