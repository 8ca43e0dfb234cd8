/** Findings in a registry policy do not mention a repository. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../engine/analysis.ts';

const TEMPLATE = `Resources:
  Registry:
    Type: AWS::ECR::RegistryPolicy
    Properties:
      PolicyText:
        Version: '2012-10-17'
        Statement: [{Sid: all, Effect: Allow, Principal: '*', Action: 'ecr:ReplicateImage', Resource: '*'}]
`;

describe('the policy of a registry', () => {
  it('is called that', () => {
    const messages = findingsOf(analysed({ 'template.yaml': TEMPLATE }))
      .filter(({ rule }) => rule === 'ecr-policy-public')
      .map(({ message }) => message);
    assert.deepEqual(messages, [
      'The registry policy Registry allows any AWS account to replicate images. Specify the principals, or add a condition on aws:PrincipalOrgID.',
    ]);
  });
});
