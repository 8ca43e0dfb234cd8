/** The page about the responsibilities for a resource. */
import assert from 'node:assert/strict';
import { markdownOf, withoutIcons } from '../../server/src/hover/markdown.ts';
import { cardAt, ownershipPage } from './card-at.ts';
import { TOYS } from './toy-ownership.ts';

const QUEUE = `Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {SqsManagedSseEnabled: false, Tags: [{Key: "$(error) <b>"}]}
`;

describe('the page about responsibilities', () => {
  it('has all layers, the state of the resource, its properties and the sources', () => {
    assert.equal(
      ownershipPage('a.yaml', QUEUE, QUEUE.indexOf('Queue'), TOYS),
      `# Queue (AWS::SQS::Queue)

AWS keeps it. [\\[1\\]](https://a.example/one)

## AWS's responsibility

- **Hardware**: machines [\\[1\\]](https://a.example/one)

## Your responsibility

- **Data**: data [\\[1\\]](https://a.example/one) [\\[2\\]](https://a.example/two)
- **Identity and access**: the main queue

## Shared responsibility

- **Logging**: logs

## In this template

- *Finding*, **encryption**: SqsManagedSseEnabled is false (sqs-queue-encryption)
- **tags**: tag $(error) \\<b\\>

## Properties

- **SqsManagedSseEnabled**: you choose [\\[1\\]](https://a.example/one)
- **Tags\\[\\].Key**: a tag
- **FifoQueue**: order

## Sources

1. [https\\://a.example/one](https://a.example/one) (accessed 2026-11-24)
2. [https\\://a.example/two](https://a.example/two) (accessed 2026-11-24)
`,
    );
  });

  it('has a section about who has access', () => {
    const text = `${QUEUE}  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn, Condition: {ArnLike: {aws:SourceArn: 'arn:aws:sns:*:*:[x](y)'}}}
  Ann: {Type: AWS::IAM::User, Properties: {Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: 'sqs:*', Resource: '*'}]}}]}}
  Bob: {Type: AWS::IAM::User, Properties: {Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: 'sqs:*', Resource: '*'}, {Effect: Deny, Action: '*', Resource: '*'}]}}]}}
`;
    const page = ownershipPage('a.yaml', text, text.indexOf('Queue'), TOYS)!;
    assert.equal(
      page.slice(page.indexOf('## Who'), page.indexOf('## Properties')),
      `## Who has access

- **Ann** (user): read, write, administer
  - read, write and administer by inline policy of Ann (line 12): sqs:\\* on \\*

### From outside

- **AWS services acting for arn:aws:sns:\\*:\\*:\\[x\\](y)** (AWS service): write
  - write by resource policy Policy (line 11): sqs:SendMessage on Queue.Arn

Principals that this template does not declare are listed only if a policy of the resource names them.

`,
    );
    assert.doesNotMatch(ownershipPage('a.yaml', QUEUE, QUEUE.indexOf('Queue'), TOYS)!, /Who has access/);
  });

  it('is about the resource around a property', () => {
    const page = ownershipPage('a.yaml', QUEUE, QUEUE.indexOf('Tags'), TOYS);
    assert.match(page!, /^# Queue \(AWS::SQS::Queue\)/);
  });

  it('has everything about the property that it is opened at', () => {
    const text = 'Resources: {Q: {Type: AWS::SQS::Queue, Properties: {SqsManagedSseEnabled: false}}}';
    const page = ownershipPage('a.yaml', text, text.indexOf('SqsM'), TOYS)!;
    const section = page.slice(page.indexOf('## SqsManagedSseEnabled'), page.indexOf('## AWS'));
    assert.match(section, /^## SqsManagedSseEnabled \(AWS::SQS::Queue\)\n\nYou choose/);
    assert.match(section, /^- \*\*Checked by\*\*: sqs-queue-encryption/m);
    assert.match(section, /^- \*Finding\*, \*\*value\*\*: off \(sqs-queue-encryption\)/m);
    assert.doesNotMatch(ownershipPage('a.yaml', text, text.indexOf('Q:'), TOYS)!, /Checked by/);
  });

  it('does not exist outside of resources', () => {
    assert.equal(ownershipPage('a.yaml', `Description: x\n${QUEUE}`, 3, TOYS), undefined);
  });

  it('is what a hover with icons links to, which shows no icon of a document', () => {
    const card = cardAt('a.yaml', QUEUE, QUEUE.indexOf('Queue'), 'security', TOYS)!;
    const text = markdownOf(card, { hasIcons: true, page: 'command:x' });
    assert.match(text, /\n\$\(error\) encryption: /);
    assert.match(text, /tag \\\$\(error\)/);
    assert.match(text, /\n\*\*In this template:\*\* \[Show Shared Responsibility\]\(command:x\) {2}\n/);
    assert.doesNotMatch(markdownOf(card, { hasIcons: true }), /Show Shared Responsibility/);
    assert.equal(withoutIcons('`$(error)` $(a)'), '`\\$(error)` \\$(a)');
  });
});
