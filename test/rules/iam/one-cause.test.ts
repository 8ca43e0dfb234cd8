/** The findings of all rules for one statement: one cause has one finding, of the most specific rule. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../../engine/analysis.ts';

const RULES = [
  'iam-policy-admin-wildcard',
  'iam-policy-allow-not-action',
  'iam-policy-passrole-wildcard',
  'iam-policy-service-wildcard-action',
  'iam-policy-wildcard-resource',
];

/**
 * The findings on one statement of a managed policy: the rule without what all begin with, the severity, and what is
 * marked.
 */
function findingsFor(statement: string, rules: readonly string[] = RULES): readonly string[] {
  const text = `Parameters: {P: {Type: String}}\nResources: {P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [${statement}]}}}}\n`;
  return findingsOf(analysed({ 'a.yaml': text }, { rules: new Set(rules) })).map(
    ({ rule, certainty, severity, at }) =>
      `${certainty === 'possible' ? 'possible ' : ''}${rule.slice('iam-policy-'.length)} ${severity} ${text.slice(at.start, at.end)}`,
  );
}

const CASES: readonly (readonly [statement: string, ...said: readonly string[]])[] = [
  [`{Effect: Allow, Action: '*', Resource: '*'}`, `admin-wildcard critical '*'`],
  [`{Effect: Allow, Action: '*', Resource: 'arn:aws:iam::*:role/*'}`, `passrole-wildcard high '*'`],
  [`{Effect: Allow, Action: 's3:*', Resource: '*'}`, `service-wildcard-action high 's3:*'`],
  [`{Effect: Allow, Action: 'iam:*', Resource: '*'}`, `service-wildcard-action critical 'iam:*'`],
  [`{Effect: Allow, Action: 'iam:*', Resource: 'arn:aws:iam::*:role/*'}`, `passrole-wildcard high 'iam:*'`],
  [`{Effect: Allow, Action: iam:PassRole, Resource: '*'}`, 'passrole-wildcard high iam:PassRole'],
  [
    `{Effect: Allow, Action: [iam:PassRole, ec2:RunInstances], Resource: '*'}`,
    'passrole-wildcard high iam:PassRole',
    `wildcard-resource medium '*'`,
  ],
  [
    `{Effect: Allow, Action: ['s3:*', sqs:SendMessage], Resource: '*'}`,
    `service-wildcard-action high 's3:*'`,
    `wildcard-resource medium '*'`,
  ],
  [
    `{Effect: Allow, Action: [sqs:SendMessage, s3:GetObject, 'kms:List*'], Resource: ['*', 'arn:aws:s3:::*']}`,
    `wildcard-resource medium '*'`,
  ],
  [`{Effect: Allow, NotAction: 'iam:*', Resource: '*'}`, `allow-not-action high 'iam:*'`],
  // What is not known could be each of these; the first says the most.
  [
    `{Effect: Allow, Action: !Ref P, Resource: '*'}`,
    'possible admin-wildcard critical !Ref P',
    `possible wildcard-resource medium '*'`,
  ],
  // Of a statement that comes from elsewhere as a whole nothing is said.
  [`!Ref P`],
];

describe('one cause', () => {
  for (const [statement, ...expected] of CASES)
    it(`is said once: ${statement}`, () => assert.deepEqual(findingsFor(statement), expected));

  it('is that a service does nothing, not that all of it is allowed, where no resource of the statement is one of its own', () => {
    const both = ['iam-policy-action-resource-mismatch', 'iam-policy-service-wildcard-action'];
    assert.deepEqual(
      findingsFor(`{Effect: Allow, Action: ['s3:GetObject', 'ec2:*'], Resource: 'arn:aws:s3:::b/*'}`, both),
      [`action-resource-mismatch low 'ec2:*'`],
    );
    assert.deepEqual(
      findingsFor(`{Effect: Allow, Action: 'ec2:*', Resource: 'arn:aws:ec2:eu-west-1:111122223333:instance/*'}`, both),
      [`service-wildcard-action low 'ec2:*'`],
    );
  });

  it('is that a placeholder of Fn::Sub is not closed, not that AWS has no such variable', () => {
    const messagesFor = (resource: string): readonly string[] => {
      const {
        documents: [document],
      } = analysed({
        'a.yaml': `Resources: {B: {Type: AWS::S3::Bucket}, P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: s3:GetObject, Resource: ${resource}}]}}}}\n`,
      });
      return [
        ...document!.problems.map(({ kind }) => kind),
        ...document!.findings
          .filter(({ resource: of, rule }) => of === 'P' && rule !== 'iam-policy-hard-coded-partition')
          .map(({ rule }) => rule),
      ];
    };
    assert.deepEqual(messagesFor("!Sub 'arn:aws:s3:::${AWS::AccountId'"), ['document']);
    assert.deepEqual(messagesFor("!Sub 'arn:aws:s3:::${B'"), ['document']);
    assert.deepEqual(messagesFor("!Sub 'arn:${AWS::Partition:s3:::b/*'"), ['document']);
    assert.deepEqual(messagesFor("!Sub 'arn:aws:s3:::b/${aws:username'"), ['iam-policy-variable']);
    assert.deepEqual(messagesFor("'arn:aws:s3:::b/${AWS::AccountId'"), ['iam-policy-variable']);
  });
});
