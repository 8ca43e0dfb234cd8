/** Findings about values that have no effect, or are deprecated. */
import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';
import { analysed, findingsOf } from './analysis.ts';

const POLICY = `Conditions:
  IsProd: !Equals [!Ref AWS::AccountId, '111122223333']
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: [s3:GetObject, 's3:Get*']
            Resource: arn:aws:s3:::pictures/*
          - Effect: Allow
            Action: [sqs:SendMessage, 'sqs:Send*']
            Resource: arn:aws:sqs:eu-west-1:111122223333:orders
          - !If
            - IsProd
            - Effect: Allow
              Action: [sns:Publish, 'sns:Pub*']
              Resource: arn:aws:sns:eu-west-1:111122223333:orders
            - !Ref AWS::NoValue
`;

const RUNTIMES = `Conditions:
  IsProd: !Equals [!Ref AWS::AccountId, '111122223333']
Resources:
  Old:
    Type: AWS::Lambda::Function
    Properties: {Runtime: nodejs12.x, Handler: index.handler, Role: arn:aws:iam::111122223333:role/f, Code: {ZipFile: ''}}
`;

/** The tags of the findings of a rule, by the text that each marks. */
function tags(text: string, rule: string): readonly unknown[] {
  return findingsOf(analysed({ 'a.yaml': text }))
    .filter((finding) => finding.rule === rule)
    .map(({ at, tag }) => [text.slice(at.start, at.end), tag]);
}

describe('the tag of a finding', () => {
  it('says that the value has no effect, if that holds in every scenario', () =>
    assert.deepEqual(tags(POLICY, 'iam-policy-redundant-entry'), [
      ['s3:GetObject', 'unnecessary'],
      ['sqs:SendMessage', 'unnecessary'],
      // The statement exists in some scenarios.
      ['sns:Publish', undefined],
    ]));

  it('says that the value is deprecated', () =>
    assert.deepEqual(tags(RUNTIMES, 'lambda-runtime-deprecated'), [['nodejs12.x', 'deprecated']]));

  it('is that of the rules that mark such values only', () =>
    assert.deepEqual(
      RULES.flatMap(({ id, tag }) => (tag ? [`${id} ${tag}`] : [])),
      [
        'iam-policy-duplicate-statement unnecessary',
        'iam-policy-redundant-entry unnecessary',
        'iam-role-trust-redundant-principal unnecessary',
        'lambda-runtime-deprecated deprecated',
      ],
    ));
});
