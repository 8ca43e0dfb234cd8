/**
 * What is shown on hover in policies, from documents in `policy.cases`, which are written as those of `cards.cases`;
 * what is known of IAM is the program's data.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { HoverLevel } from '../../server/src/hover/responsibility/hover.ts';
import { MAX_LINES } from '../../server/src/hover/card.ts';
import { markdownOf, plainTextOf } from '../../server/src/hover/markdown.ts';
import { isAsExpected } from '../kit/accept.ts';
import { cardAt, cardsOf } from './card-at.ts';

const CASES = new URL('policy.cases', import.meta.url);

describe('hovers in policies', () => {
  for (const part of readFileSync(CASES, 'utf8').split(/^== /m).slice(1)) {
    const [, title, name, marked, level, on, card] =
      /^(.*)\n-- (\S+) --\n([^]*?)^-- (?:(all|off): )?(?:card on (.*)|nothing) --\n([^]*)$/m.exec(part) ??
      assert.fail(`a case that cannot be read: ${part}`);
    it(title!, () => {
      const text = marked!.replace('§', '');
      const found = cardAt(name!, text, marked!.indexOf('§'), (level ?? 'security') as HoverLevel);
      isAsExpected(found ? plainTextOf(found) : '', card!.trim(), {
        file: CASES,
        after: `== ${part.slice(0, part.length - card!.length)}`,
      });
      assert.equal(found && text.slice(found.range.start, found.range.end), on);
    });
  }

  it('do not show what is secret', () => {
    const template =
      'Parameters:\n  Who: {Type: String, NoEcho: true, Default: arn:aws:iam::123456789012:root}\nResources:\n  Q:\n    Type: AWS::SQS::QueuePolicy\n    Properties:\n      Queues: [q]\n' +
      '      PolicyDocument: {Statement: [{Effect: Allow, Action: sqs:SendMessage, Resource: !Ref Who, Principal: {AWS: !Ref Who}, Condition: {ArnLike: {aws:SourceArn: !Ref Who}}}]}\n';
    const at = cardsOf('a.yaml', template);
    for (let offset = 0; offset < template.length; offset++) {
      const found = at(offset);
      if (found) assert.doesNotMatch(plainTextOf(found), /123456789012/);
    }
  });

  it('say something short at every place of a policy of every carrier, and lie where they are about', () => {
    const statement = {
      Sid: 'A',
      Effect: 'Allow',
      Principal: { AWS: ['*', '123456789012'], Service: 'sns.amazonaws.com' },
      Action: ['*', 's3:*', 'ec2:Describe*', 'nothing'],
      NotResource: ['arn:aws:s3:::a', '*'],
      Condition: { 'ForAllValues:StringLike': { 'aws:TagKeys': ['a', 'b'] }, Nonsense: { a: 1 } },
    };
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement, statement] });
    const documents = {
      'x.json': policy,
      't.json': JSON.stringify({
        Resources: { P: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'b', PolicyDocument: policy } } },
      }),
      'main.tf.json': JSON.stringify({
        resource: { aws_s3_bucket_policy: { p: { bucket: 'b', policy: `\${jsonencode(${policy})}` } } },
      }),
      'encoded.tf': `resource "aws_s3_bucket_policy" "p" {\n  policy = jsonencode(${policy})\n}\n`,
      'heredoc.tf': `resource "aws_s3_bucket_policy" "p" {\n  policy = <<-EOF\n    ${policy}\n  EOF\n}\n`,
    };
    for (const [name, text] of Object.entries(documents)) {
      const at = cardsOf(name, text);
      let cards = 0;
      for (let offset = 0; offset <= text.length; offset++) {
        const found = at(offset);
        if (!found) continue;
        cards++;
        assert.ok(
          found.range.start <= offset && offset <= found.range.end && found.range.end <= text.length,
          `${name} ${offset}`,
        );
        assert.ok(markdownOf(found).split('\n').length <= MAX_LINES);
      }
      assert.ok(cards > text.length / 4, name);
    }
  });
});
