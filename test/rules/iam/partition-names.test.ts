/** How ARNs with a partition written out are called that are not the same in every scenario. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../../engine/analysis.ts';

const OPTIONS = { rules: new Set(['iam-policy-hard-coded-partition']) };

function named(Parameters: object, arn: unknown): readonly string[] {
  const Role = {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: { Statement: [] }, ManagedPolicyArns: [arn] },
  };
  return findingsOf(analysed({ 'a.json': JSON.stringify({ Parameters, Resources: { Role } }) }, OPTIONS)).map(
    ({ message }) => /partition in (.*?)\. Use/.exec(message)![1]!,
  );
}

describe('an ARN whose partition is written out', () => {
  it('is called by what all scenarios have', () => {
    assert.deepEqual(
      named(
        { Stage: { Type: 'String', AllowedValues: ['dev', 'prod'] } },
        { 'Fn::Sub': 'arn:aws:iam::aws:policy/${Stage}-readers' },
      ),
      ['arn:aws:iam::aws:policy/…-readers'],
    );
  });

  it('is called as it is where it is none in other scenarios', () => {
    assert.deepEqual(
      named({ Policy: { Type: 'String', Default: 'arn:aws:iam::aws:policy/Other' } }, { Ref: 'Policy' }),
      ['arn:aws:iam::aws:policy/Other'],
    );
  });
});
