/** Fixes for a queue that allows anyone to send, by the senders in the stack. */
import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';
import { prepareCase } from '../kit/run-fixture.ts';

const ANYONE = "{Effect: Allow, Principal: '*', Action: 'sqs:SendMessage', Resource: '*'}";
const ACCOUNT = 'Restrict to this account (ends this public access)';
const TOPIC = '!Ref Topic';

/** The titles of the fixes of the first statement. */
function offered(topic: string, ...others: readonly string[]): readonly string[] {
  return offeredFor(ANYONE, topic, others);
}

function offeredFor(statement: string, topic: string, others: readonly string[] = []): readonly string[] {
  const text = `Resources:
  Topic: {Type: AWS::SNS::Topic}
  Queue: {Type: AWS::SQS::Queue}
  Delivery: {Type: AWS::SNS::Subscription, Properties: {TopicArn: ${topic}, Protocol: sqs, Endpoint: !GetAtt Queue.Arn}}
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument: {Statement: [${[statement, ...others].join(', ')}]}
`;
  const rule = RULES.find(({ id }) => id === 'sqs-queue-policy-public')!;
  return prepareCase(rule, [{ path: 'template.yaml', text }]).analysis.documents[0]!.findings[0]!.fixes.map(
    ({ title }) => title,
  );
}

describe('a queue to which anyone may send', () => {
  it('is opened to the service alone that nothing else lets in', () => {
    assert.deepEqual(offered(TOPIC), ['Restrict to sns.amazonaws.com for Topic (ends this public access)']);
  });

  it('is opened to others where something else lets in the service', () => {
    assert.deepEqual(
      offered(
        TOPIC,
        "{Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: 'sqs:SendMessage', Resource: '*'}",
      ),
      ['Restrict to sns.amazonaws.com for Topic (ends this public access)', ACCOUNT],
    );
  });

  it('names the service that is stopped where the stack does not have its source', () => {
    assert.deepEqual(offered('arn:aws:sns:eu-west-1:111122223333:orders'), [
      'Restrict to this account (ends this public access; stops sns.amazonaws.com)',
    ]);
  });

  it('names the service that may be stopped where the actions of the statement are not known', () => {
    for (const action of ['Action: !ImportValue actions', "Action: !Split [',', !ImportValue actions]"])
      assert.deepEqual(offeredFor(`{Effect: Allow, Principal: '*', ${action}, Resource: '*'}`, TOPIC), [
        'Restrict to this account (ends this public access; stops sns.amazonaws.com)',
      ]);
  });

  it('is not opened to the service where a statement allows all but what that needs', () => {
    assert.deepEqual(
      offeredFor("{Effect: Allow, Principal: '*', NotAction: 'sqs:SendMessage', Resource: '*'}", TOPIC),
      [ACCOUNT],
    );
  });
});
