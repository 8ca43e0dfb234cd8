/** The reason why each safe fix removes no access. A rule with a new safe fix needs its reason here. */
import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';

/**
 * `same`: AWS evaluates the policy as before. `refused`: AWS refuses the policy as it is, so that nobody has access by
 * it, and only one thing can be meant.
 */
const REASONS: Readonly<Record<string, 'same' | 'refused' | 'both' | string>> = {
  'iam-policy-condition-any-value': 'same',
  'iam-policy-condition-ip-range': 'same',
  'iam-policy-condition-operator': 'refused',
  'iam-policy-condition-redundant-bounds': 'same',
  'iam-policy-condition-value-syntax': 'same',
  'iam-policy-condition-value-type': 'same',
  'iam-policy-duplicate-statement': 'same',
  'iam-policy-hard-coded-partition': 'same',
  'iam-policy-invalid-effect': 'refused',
  'iam-policy-principal-format': 'refused',
  'iam-policy-redundant-entry': 'same',
  'iam-policy-sid': 'same',
  'iam-policy-unknown-action': 'same',
  'iam-policy-unknown-element': 'refused',
  'iam-policy-unsupported-element': 'refused',
  'iam-policy-version': 'both',
  'iam-role-federated-audience': 'same',
  'suppression-unused': 'It removes a suppression without a finding, and changes no resource.',
  's3-bucket-public-access-block': 'What new buckets have anyway, for a bucket that no document makes public.',
};

describe('safe fixes', () => {
  it('have a reason why they take access from nobody', () => {
    assert.deepEqual(
      RULES.filter(({ fix }) => fix === 'safe')
        .map(({ id }) => id)
        .toSorted(),
      Object.keys(REASONS).toSorted(),
    );
  });
});
