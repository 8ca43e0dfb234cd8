/**
 * What policies allow is known in later versions by the index of actions, so rules ask for it with indexes that all
 * versions share. With one of its own, each version would add to what is kept.
 */
import assert from 'node:assert/strict';
import { identitiesOf } from '../../server/src/policy/allowance/identity.ts';
import type { AllowedActions } from '../../server/src/policy/allowance/granted.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { policiesIn } from '../kit/policies.ts';

const IDENTITY_RULES = RULES.flatMap((rule) => (rule.on === 'identity' ? rule : []));

const TEXT = JSON.stringify({
  Resources: {
    Policy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Statement: [
            { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutBucketPolicy', 'iam:PassRole'], Resource: '*' },
          ],
        },
      },
    },
  },
});

/** The indexes with which identity rules ask what a policy allows in a new version, and the rules with findings. */
function askedWith(): { readonly indexes: ReadonlySet<object>; readonly rules: ReadonlySet<string> } {
  const indexes = new Set<object>();
  const rules = new Set<string>();
  const allowed: AllowedActions = (_policy, index, compute) => {
    indexes.add(index);
    return compute();
  };
  for (const { stack, contextOf } of policiesIn([{ path: 'a.json', text: TEXT }]))
    for (const identity of identitiesOf(stack))
      for (const rule of IDENTITY_RULES)
        if ([...rule.check(identity, { ...contextOf(stack), allowed })].length > 0) rules.add(rule.id);
  return { indexes, rules };
}

describe('indexes of actions', () => {
  it('are the same in all versions where facts about policies are known by them', () => {
    const [first, second] = [askedWith(), askedWith()];
    assert.ok(first.indexes.size > 0);
    assert.ok(first.rules.has('iam-identity-permissions-management'), [...first.rules].join());
    assert.deepEqual(
      [...second.indexes].filter((index) => !first.indexes.has(index)),
      [],
    );
  });
});
