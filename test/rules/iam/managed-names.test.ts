/** How actions are called that a policy of AWS allows, of services that the document does not name. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../../engine/analysis.ts';

describe('what a policy of AWS allows', () => {
  it('has the names that AWS writes', () => {
    const User = {
      Type: 'AWS::IAM::User',
      Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore'] },
    };
    const found = findingsOf(
      analysed(
        { 'a.json': JSON.stringify({ Resources: { User } }) },
        { rules: new Set(['iam-identity-data-exfiltration']) },
      ),
    );
    assert.deepEqual(
      found.map(({ message }) => /can use (.*?) \(/.exec(message)?.[1]),
      ['ssm:GetParameter and ssm:GetParameters'],
    );
  });
});
