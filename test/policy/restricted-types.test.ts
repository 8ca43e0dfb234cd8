/** The resource types to which a fix restricts a wildcard: all that a request of the actions may need. */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { run } from '../../server/src/engine/run.ts';
import { applyFix } from '../kit/read-back.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const DOC = 'file:///case/template.yaml';

/** The resources that the fixes of a statement write, without account and Region, by title. */
function restrictions(actions: string): readonly (readonly [string, readonly string[]])[] {
  const text = `Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: [${actions}]
            Resource: '*'
`;
  const reader = memoryReader(new Map([[DOC, text]]));
  const { findings } = run(reader, [DOC], {
    profile: 'strict',
    certainty: 'certain',
    rules: new Set(['iam-policy-wildcard-resource']),
    configuration: DEFAULT_CONFIGURATION,
  }).documents[0]!;
  assert.equal(findings.length, 1);
  return findings.flatMap(({ fixes }) =>
    fixes.map((fix) => [
      fix.title,
      [
        ...applyFix(reader, fix)
          .get(DOC)!
          .matchAll(/\$\{AWS::AccountId\}:([^\s'"]+)/g),
      ]
        .map(([, resource]) => resource!)
        .toSorted(),
    ]),
  );
}

describe('restrictions to resource types', () => {
  for (const [because, actions, title, resources] of [
    [
      'an API can be called by its own ARN and by that of its domain name',
      'execute-api:Invoke',
      'Restrict execute-api:Invoke to custom domain names and APIs (in this account and Region)',
      ['*/*/*/*', '/domainnames/*+*'],
    ],
    [
      'an agent runs on an instance of either type',
      'ssm:UpdateInstanceInformation',
      'Restrict this action to instances and managed instances (in this account and Region)',
      ['instance/*', 'managed-instance/*'],
    ],
    [
      'tags are for the resources of the other actions',
      'ssm:PutParameter, ssm:DeleteParameter, ssm:AddTagsToResource, ssm:ListTagsForResource',
      'Restrict ssm:PutParameter and 3 more to parameters (in this account and Region)',
      ['parameter/*'],
    ],
    [
      'one format covers the other',
      'dynamodb:DeleteItem',
      'Restrict dynamodb:DeleteItem to tables (in this account and Region)',
      ['table/*'],
    ],
  ] as const)
    it(`${actions}: ${because}`, () => assert.deepEqual(restrictions(actions), [[title, resources]]));

  it('are not offered for one of many types', () => assert.deepEqual(restrictions('apigateway:PUT'), []));
});
