/** Findings of one cause are one, which names the others and leads to them. */
import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';
import { bench } from '../kit/run-fixture.ts';

const ROLE = '{Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]}';

const TABLE: readonly { readonly name: string; readonly rule: string; readonly text: string; readonly said: readonly string[]; readonly related: readonly string[] }[] = [
  {
    name: 'policies of one role, the gravest first', rule: 'iam-identity-managed-policy-wide',
    text: `Resources:\n  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: ${ROLE}, ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonS3FullAccess", "arn:aws:iam::aws:policy/AdministratorAccess"]}}\n`,
    said: ['The role R attaches AdministratorAccess and AmazonS3FullAccess, of which AdministratorAccess allows every action on every resource. Attach policies with only the permissions that are needed.'],
    related: ['AmazonS3FullAccess as well.'],
  },
  {
    name: 'one policy alone', rule: 'iam-identity-managed-policy-wide',
    text: `Resources:\n  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: ${ROLE}, ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"]}}\n`,
    said: ['The role R attaches AmazonS3FullAccess, which allows s3:* and s3-object-lambda:*. Attach a policy with only the permissions that are needed.'],
    related: [],
  },
  {
    name: 'whole services of one statement, at most three by name', rule: 'iam-policy-service-wildcard-action',
    text: '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:*", "sqs:*", "kms:*", "sns:*"], "Resource": "*"}]}',
    said: ['The policy in a.json allows s3:*, kms:*, sns:* and 1 more on every resource. List the actions and resources that are needed.'],
    related: ['kms:* as well.', 'sns:* as well.', 'sqs:* as well.'],
  },
  {
    name: 'statements that stand apart', rule: 'iam-policy-service-wildcard-action',
    text: '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}]}',
    said: [
      'The policy in a.json allows s3:* on every resource, including actions that delete resources and share them with others. List the actions and resources that are needed.',
      'The policy in a.json allows kms:* on every resource, including actions that delete resources and share them with others. List the actions and resources that are needed.',
    ],
    related: [],
  },
];

describe('findings of one cause', () => {
  for (const { name, rule, text, said, related } of TABLE) it(name, () => {
    const { analysis } = bench(RULES.find(({ id }) => id === rule)!, [{ path: text.startsWith('{') ? 'a.json' : 'a.yaml', text }]);
    const findings = analysis.documents.flatMap((document) => document.findings);
    assert.deepEqual(findings.map(({ message }) => message), said);
    assert.deepEqual(findings.flatMap((finding) => finding.related.map(({ message }) => message)).toSorted(), related);
  });

  it('has the fixes of all', () => {
    const text = TABLE[2]!.text;
    const { analysis } = bench(RULES.find(({ id }) => id === 'iam-policy-service-wildcard-action')!, [{ path: 'a.json', text }]);
    const titles = analysis.documents.flatMap(({ findings }) => findings.flatMap(({ fixes }) => fixes.map(({ title }) => title)));
    for (const service of ['s3', 'sqs', 'kms', 'sns']) assert.ok(titles.some((title) => title.includes(`${service}`)), `${service} in ${titles.join('; ')}`);
  });
});
