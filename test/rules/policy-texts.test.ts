/** Errors in a policy within a string are marked and fixed in the string, in all notations. */
import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';
import { prepareCase } from '../kit/run-fixture.ts';
import { applyFix } from '../kit/read-back.ts';

const HEAD = `Resources:
  B: {Type: AWS::S3::Bucket}
  P:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref B
      PolicyDocument: `;

/** A rule with what it marks in a template and what its first suggestion, or else its safe fix, makes of that. */
const ROWS: readonly {
  readonly name: string;
  readonly rule: string;
  readonly text: string;
  readonly marked: string;
  readonly changed?: readonly [from: string, to: string];
}[] = [
  {
    name: 'a folded block',
    rule: 'iam-policy-passrole-wildcard',
    marked: 'iam:PassRole',
    text: policy(
      '>\n        {"Statement": [{"Effect": "Allow", "Action": "iam:PassRole",\n        "Resource": "*"}, {"Effect": "Allow",\n        "Action": "lambda:CreateFunction", "Resource": "*"}]}',
    ),
    changed: [
      '"Resource": "*"}, {',
      '"Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}}, {',
    ],
  },
  {
    name: 'a folded block with lines that are indented more',
    rule: 'iam-policy-passrole-wildcard',
    marked: 'iam:PassRole',
    text: policy(
      '>-\n        {\n          "Statement": [\n            {\n              "Effect": "Allow",\n              "Action": "iam:PassRole",\n              "Resource": "*"\n            },\n            {\n              "Effect": "Allow",\n              "Action": "lambda:CreateFunction",\n              "Resource": "*"\n            }\n          ]\n        }',
    ),
    changed: [
      '"iam:PassRole",\n              "Resource": "*"\n',
      '"iam:PassRole",\n              "Resource": "*",\n              "Condition": {\n                "StringEquals": {\n                  "iam:PassedToService": "lambda.amazonaws.com"\n                }\n              }\n',
    ],
  },
  {
    name: 'double quotes on several lines, with escapes',
    rule: 'iam-policy-passrole-wildcard',
    marked: 'iam:\\u0050assRole',
    text: policy(
      '"{\\"Statement\\": [{\\"Effect\\": \\"Allow\\", \\"Action\\": \\"iam:\\u0050assRole\\",\n        \\"Resource\\": \\"\\x2a\\"}, {\\"Effect\\": \\"Allow\\",\n        \\"Action\\": \\"lambda:CreateFunction\\", \\"Resource\\": \\"*\\"}]}"',
    ),
    changed: [
      '\\"\\x2a\\"}',
      '\\"\\x2a\\", \\"Condition\\": {\\"StringEquals\\": {\\"iam:PassedToService\\": \\"lambda.amazonaws.com\\"}}}',
    ],
  },
  {
    name: 'an item of a Fn::Join',
    rule: 'iam-policy-passrole-wildcard',
    marked: 'iam:PassRole',
    text: policy(
      '!Join ["", [\'{"Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}, {"Effect": "Allow", "Action": "lambda:CreateFunction", "Resource": "arn:\', !Ref AWS::Partition, \':lambda:::function:x"}]}\']]',
    ),
    changed: ['"*"}, {', '"*", "Condition": {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}}, {'],
  },
  {
    name: 'an item of a Fn::Join that is not the first',
    rule: 'iam-policy-unknown-action',
    marked: 's3:GetObjct',
    text: policy(
      '!Join ["", [\'{"Statement": [{"Effect": "Allow", "Resource": "\', !GetAtt B.Arn, \'/*",\', "\\"Action\\": [\\"s3:GetObjct\\"]}]}"]]',
    ),
    changed: ['s3:GetObjct', 's3:GetObject'],
  },
  {
    name: 'what reaches over several items of a Fn::Join, which is not changed',
    rule: 'iam-policy-redundant-entry',
    marked: "s3:Get', 'Object",
    text: policy(
      '!Join ["", [\'{"Statement": [{"Effect": "Allow", "Resource": "*", "Action": ["s3:Get*", \', \'"s3:Get\', \'Object"]}]}\']]',
    ),
  },
  {
    name: 'a reference among the items of a Fn::Join',
    rule: 'iam-policy-action-resource-mismatch',
    marked: 's3:GetObject',
    text: `Resources:\n  B: {Type: AWS::S3::Bucket}\n${policy('!Join ["", [\'{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "\', !GetAtt B.Arn, \'"}]}\']]').replace('Resources:\n', '')}`,
    changed: ['!GetAtt B.Arn', "!Sub '${B.Arn}/*'"],
  },
  {
    name: 'a reference among the items of a Fn::Join, which cannot be left out',
    rule: 'iam-policy-redundant-entry',
    marked: '!GetAtt B.Arn',
    text: `Resources:\n  B: {Type: AWS::S3::Bucket}\n${policy('!Join ["", [\'{"Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": ["*", "\', !GetAtt B.Arn, \'"]}]}\']]').replace('Resources:\n', '')}`,
  },
  {
    name: 'an item of a Fn::Join that is a text of Fn::Sub',
    rule: 'iam-policy-unknown-action',
    marked: 's3:GetObjct',
    text: policy(
      '!Join ["", [!Sub \'{"Statement": [{"Effect": "Allow", "Resource": "arn:${AWS::Partition}:s3:::\', !Ref B, !Sub \'/${AWS::Region}/*", "Action": ["s3:GetObjct"]}]}\']]',
    ),
    changed: ['s3:GetObjct', 's3:GetObject'],
  },
  {
    name: 'an item of a Fn::Join that is a text of Fn::Sub with names of its own',
    rule: 'iam-policy-unknown-action',
    marked: 's3:GetObjct',
    text: policy(
      '!Join ["", [\'{"Statement": [\', !Sub [\'{"Effect": "Allow", "Resource": "${Arn}", "Action": "s3:GetObjct"}\', {Arn: "arn:aws:s3:::a/*"}], \']}\']]',
    ),
    changed: ['s3:GetObjct', 's3:GetObject'],
  },
  {
    name: 'a part of a string in an item of a Fn::Join, which has a variable of policies behind it',
    rule: 'iam-policy-hard-coded-partition',
    marked: 'arn:aws:s3:::b/${!aws:username}/*',
    text: policy(
      '!Join ["", [\'{"Version": "2012-10-17", "Statement": [\', !Sub \'{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${!aws:username}/*"}\', \']}\']]',
    ),
    changed: ['arn:aws:', 'arn:${AWS::Partition}:'],
  },
  {
    name: 'a text of Fn::Sub among the items of a Fn::Join, into which references are written as placeholders',
    rule: 's3-bucket-policy-secure-transport',
    marked: 'Statement',
    text: `${HEAD}!Join ["", [!Sub '{"Statement": [', !Sub '{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", "Resource": "\${B.Arn}/*"}]}']]\n`,
    changed: [
      '/*"}]}',
      '/*"}, {"Sid": "DenyInsecureTransport", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["${B.Arn}", "${B.Arn}/*"], "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}',
    ],
  },
  {
    name: 'a text among the items of a Fn::Join, into which no reference can be written',
    rule: 's3-bucket-policy-secure-transport',
    marked: 'Statement',
    text: `${HEAD}!Join ["", [!Sub '{"Statement": [', '{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}']]\n`,
  },
  {
    name: 'an item of a Fn::Join that is written elsewhere, which is not changed',
    rule: 'iam-policy-unknown-action',
    marked: '*statement',
    text: `x-statement: &statement '{"Effect": "Allow", "Resource": "*", "Action": ["s3:GetObjct"]}'\n${policy('!Join ["", [\'{"Statement": [\', *statement, \']}\']]')}`,
  },
  {
    name: 'an item beside one that is written elsewhere',
    rule: 'iam-policy-unknown-action',
    marked: 's3:GetObjct',
    text: `x-statement: &statement '{"Effect": "Allow", "Resource": "*", "Action": ["s3:GetObject"]}'\n${policy('!Join ["", [\'{"Statement": [\', *statement, \', {"Effect": "Allow", "Resource": "*", "Action": "s3:GetObjct"}]}\']]')}`,
    changed: ['s3:GetObjct', 's3:GetObject'],
  },
  {
    name: 'a Fn::Join in a loop, which is not changed for one turn',
    rule: 'iam-policy-unknown-action',
    marked: 's3:GetObjct',
    text: looped(
      '!Join ["", [\'{"Statement": [{"Effect": "Allow", "Resource": "arn:aws:s3:::${Name}/\', !Ref AWS::Region, \'/*", "Action": ["s3:GetObjct"]}]}\']]',
    ),
  },
  {
    name: 'a text of Fn::Sub in a loop, which is not changed for one turn',
    rule: 'iam-policy-unknown-action',
    marked: 's3:GetObjct',
    text: looped(
      '!Sub \'{"Statement": [{"Effect": "Allow", "Resource": "arn:${AWS::Partition}:s3:::${Name}/&{Name}/*", "Action": ["s3:GetObjct"]}]}\'',
    ),
  },
  {
    name: 'a Fn::Join that is the same in each turn of a loop',
    rule: 'iam-policy-unknown-action',
    marked: 's3:GetObjct',
    text: looped(
      '!Join ["", [\'{"Statement": [{"Effect": "Allow", "Resource": "arn:aws:s3:::\', !Ref AWS::Region, \'/*", "Action": ["s3:GetObjct"]}]}\']]',
    ),
    changed: ['s3:GetObjct', 's3:GetObject'],
  },
  {
    name: 'a text of Fn::Sub, into which references are written as placeholders',
    rule: 's3-bucket-policy-secure-transport',
    marked: 'Statement',
    text: `${HEAD}!Sub '{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", "Resource": "\${B.Arn}/*"}]}'\n`,
    changed: [
      '/*"}]}',
      '/*"}, {"Sid": "DenyInsecureTransport", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["${B.Arn}", "${B.Arn}/*"], "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}',
    ],
  },
];

function policy(document: string): string {
  return `Resources:\n  M:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: ${document}\n`;
}

/** The same for each of two names. */
function looped(document: string): string {
  return `Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Policies:\n    - Name\n    - [a-b, c]\n    - 'M&{Name}':\n        Type: AWS::IAM::ManagedPolicy\n        Properties:\n          PolicyDocument: ${document}\n`;
}

describe('policies in texts', () => {
  for (const { name, rule, text, marked, changed } of ROWS) {
    it(name, () => {
      const { analysis, reader } = prepareCase(
        RULES.find(({ id }) => id === rule)!,
        [{ path: 't.yaml', text }],
      );
      const [finding] = analysis.documents[0]!.findings;
      assert.equal(text.slice(finding?.at.start, finding?.at.end).replaceAll('"', '').replaceAll(/\\$/g, ''), marked);
      assert.equal(finding!.fixes.length > 0, changed !== undefined);
      if (!changed) return;
      const [from, to] = changed;
      assert.equal(text.split(from).length, 2, 'what is changed is there once');
      assert.equal(
        applyFix(reader, finding!.fixes.find(({ safe }) => !safe) ?? finding!.fixes[0]!).get('file:///case/t.yaml'),
        text.replace(from, () => to),
      );
    });
  }
});
