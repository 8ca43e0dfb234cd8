/**
 * Completion at any position of any text: nothing is thrown, and the replaced range is on the line of the cursor,
 * around it.
 */
import assert from 'node:assert/strict';
import { asSnippet, asText } from '../../server/src/completion/write.ts';
import { completedAt } from './completed-at.ts';

const YAML = `AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Logs: {Type: AWS::S3::Bucket}
  P:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Statement:
          # a comment
          - Effect: Allow
            Principal: {AWS: '*', "Service": [sns.amazonaws.com]}
            Action: ['s3:*', "s3:GetObject", s3:PutObject]
            Resource:
              - !Sub '\${Logs.Arn}/*'
              - !GetAtt Logs.Arn
            Condition:
              ForAnyValue:StringLike:
                aws:PrincipalOrgPaths: [o-1/*]
  Q:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: q
      PolicyDocument: |
        {"Version": "2012-10-17",
         "Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}
`;
const POLICY =
  '{"Version": "2012-10-17", "Statement": [\n  {"Sid": "A\\n", "Effect": "Allow", "Action": ["s3:*"], "Resource": "*",\n   "Condition": {"Bool": {"aws:SecureTransport": "true"}}}\n]}';
const HCL = `resource "aws_iam_policy" "p" {
  policy = jsonencode(${POLICY.replaceAll('":', '" =')})
}

data "aws_partition" "here" {}

data "aws_iam_policy_document" "d" {
  # a comment
  statement {
    sid     = "A\\n$\{data.aws_partition.here.partition}"
    actions = ["s3:*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
}

resource "aws_sqs_queue_policy" "q" {
  policy = <<-EOF
    ${POLICY.replaceAll('\n', '\n    ')}
  EOF
}
`;
const DOCUMENTS: Readonly<Record<string, string>> = {
  'a.yaml': YAML,
  'crlf.yaml': YAML.replaceAll('\n', '\r\n'),
  'x.json': POLICY,
  't.json': JSON.stringify({ Resources: { P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: POLICY } } } }),
  'main.tf': HCL,
  'crlf.tf': HCL.replaceAll('\n', '\r\n'),
  'main.tf.json': JSON.stringify({
    resource: { aws_iam_policy: { p: { policy: `\${jsonencode(${POLICY.replaceAll('\n', ' ')})}` } } },
    data: {
      aws_iam_policy_document: {
        d: {
          statement: [
            {
              actions: ['s3:*'],
              principals: { type: 'AWS', identifiers: ['*'] },
              condition: { test: 'Bool', variable: 'aws:SecureTransport', values: ['true'] },
            },
          ],
        },
      },
    },
  }),
};

describe('completion everywhere', () => {
  for (const [name, whole] of Object.entries(DOCUMENTS))
    for (const [how, textAt] of [
      ['in a whole document', (offset: number) => `${whole.slice(0, offset)}§${whole.slice(offset)}`],
      ['at its end so far', (offset: number) => `${whole.slice(0, offset)}§`],
    ] as const) {
      it(`${how}: ${name}`, () => {
        let offered = 0;
        // The other ends of lines are those of a document that is tried at more places.
        const step = how === 'at its end so far' ? 7 : name.startsWith('crlf') ? 5 : 2;
        for (let offset = 0; offset <= whole.length; offset += step) {
          const marked = textAt(offset);
          const text = marked.replace('§', '');
          for (const { edit, label } of completedAt(name, marked)?.items ?? []) {
            offered++;
            const { start, end } = edit.range;
            assert.ok(
              start <= offset && offset <= end && end <= text.length,
              `${label} at ${offset} replaces ${start} to ${end}`,
            );
            assert.ok(!/[\r\n]/.test(text.slice(start, end)), `${label} at ${offset} replaces more than a line`);
            assert.doesNotMatch(asText(edit.pieces), /stackwardenCursorMark/);
            assert.ok(asSnippet(edit.pieces) !== '');
          }
        }
        assert.ok(offered > 0);
      });
    }
});
