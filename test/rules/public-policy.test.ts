/** The message about a public resource-based policy, by the actions of its statement. */
import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';
import { prepareCase } from '../kit/run-fixture.ts';

const BUS = 'iam-resource-policy-wildcard-principal';
const QUEUE = 'sqs-queue-policy-public';

const ROWS: readonly (readonly [rule: string, action: string, does: string])[] = [
  [BUS, 'events:PutEvents', 'send events to the bus'],
  [BUS, 'events:*', 'send events to the bus'],
  [BUS, 'events:DescribeRule', 'call events:DescribeRule'],
  [QUEUE, 'sqs:Send*', 'send messages'],
  [QUEUE, 'sqs:*Message', 'send, receive and delete messages'],
  [QUEUE, 'sqs:*e', 'send, receive and delete messages (and 1 more action)'],
  [QUEUE, 'sqs:TagQueue', 'use it'],
  [QUEUE, 'sqs:GetQueueUrl', 'read its settings'],
];

describe('a policy that allows public access', () => {
  for (const [id, action, does] of ROWS)
    it(`says that anyone can ${does} by ${action}`, () => {
      const text = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: '*' }, Action: action, Resource: 'arn:aws:x:eu-west-1:111122223333:y' },
        ],
      });
      const [found] = prepareCase(
        RULES.find((rule) => rule.id === id)!,
        [{ path: 'resource-policy/p.json', text }],
      ).analysis.documents[0]!.findings;
      assert.match(
        found!.message,
        new RegExp(
          ` (?:lets|allows) (?:anyone|any AWS account|every AWS account) (?:to )?${does.replaceAll(/[()]/g, '\\$&')}[,.]`,
        ),
      );
    });
});
