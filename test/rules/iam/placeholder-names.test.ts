/** The placeholder that a finding names is the one that it marks. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../../engine/analysis.ts';

function findingsFor(text: string): ReturnType<typeof findingsOf> {
  return findingsOf(analysed({ 'a.yaml': text }, { rules: new Set(['iam-policy-placeholder']) }));
}

/** A policy that names two resources. */
function policy(queue: string, topic: string): string {
  return `Resources:
  Role:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: Allow, Action: sqs:SendMessage, Resource: ${queue}}
          - {Effect: Allow, Action: sns:Publish, Resource: ${topic}}
`;
}

const PARAMETERS = `Parameters:
  Queue: {Type: String, Default: QUEUE_ARN}
  Topic: {Type: String, Default: TOPIC_ARN}
`;

describe('findings about placeholders', () => {
  it('name the one at their place, where each depends on its own parameter', () => {
    const found = findingsFor(PARAMETERS + policy('!Ref Queue', '!Ref Topic')).map(({ message, path }) => [
      path,
      /placeholder (\S+?)(?: and 1 more)?\. /.exec(message)?.[1],
    ]);
    assert.deepEqual(found, [
      ['Properties.PolicyDocument.Statement[0].Resource', 'QUEUE_ARN'],
      ['Properties.PolicyDocument.Statement[1].Resource', 'TOPIC_ARN'],
    ]);
  });

  it('name the first and count the others, where they are one finding', () => {
    assert.deepEqual(
      findingsFor(policy('QUEUE_ARN', 'TOPIC_ARN')).map(({ message }) => message.split('. ')[0]),
      ['Role contains the placeholder QUEUE_ARN and 1 more'],
    );
  });

  it('name it with all of its brackets', () => {
    for (const placeholder of ['<<XXXX>>', '<XXXX>', '{{{name}}}', '{{name}}', '[[NAME]]', '[NAME]', '<<<name>>>'])
      assert.match(
        findingsFor(policy(`'arn:aws:sqs:eu-west-1:111122223333:${placeholder}'`, "'arn:aws:sns:*:*:x'"))[0]?.message ??
          '',
        new RegExp(` placeholder ${placeholder.replaceAll(/[[\]{}]/g, '\\$&')}\\. `),
      );
  });
});
