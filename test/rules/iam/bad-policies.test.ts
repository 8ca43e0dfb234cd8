/** With any value in place of a policy, nothing fails, and the rest of the document is checked. */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../../server/src/config/configuration.ts';
import { run } from '../../../server/src/engine/run.ts';
import { memoryReader } from '../../kit/memory-reader.ts';

const DOC = 'file:///w/template.json';
const SOUND = { Version: '2012-10-17', Statement: [{ Effect: 'Permit', Action: 's3:GetObject', Resource: '*' }] };

/** What is found in a template with a policy beside one that is known to be wrong, by rule and logical id. */
function foundWith(policy: unknown): readonly string[] {
  const text = JSON.stringify({
    Resources: {
      Odd: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy } },
      Sound: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: SOUND } },
    },
  });
  const { documents } = run(memoryReader(new Map([[DOC, text]])), [DOC], {
    profile: 'recommended',
    certainty: 'certain',
    configuration: DEFAULT_CONFIGURATION,
  });
  assert.deepEqual(
    documents.flatMap(({ problems }) => problems.map(({ message }) => message)),
    [],
  );
  return documents.flatMap(({ findings }) => findings.map(({ rule, resource }) => `${rule} ${resource ?? ''}`));
}

const action = (n: number): string => `s3:Get${n.toString(36)}`;

const CASES: readonly (readonly [what: string, policy: unknown, rule: string])[] = [
  ['a number', 5, 'iam-policy-malformed'],
  ['a list', [SOUND], 'iam-policy-malformed'],
  ['an empty object', {}, 'iam-policy-missing-element'],
  ['a word', 'read', 'iam-policy-malformed'],
  ['a text that ends too early', '{"Statement": [{"Effect": "Allow"', 'iam-policy-malformed'],
  ['two documents', '{"Statement": []} {"Statement": []}', 'iam-policy-malformed'],
  ['a statement that is a text', { Statement: 'x' }, 'iam-policy-malformed'],
  ['a statement that is a list of lists', { Statement: [[[]]] }, 'iam-policy-malformed'],
  [
    'a list of actions with everything in it',
    { Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 5, true, null, {}, []], Resource: '*' }] },
    'iam-policy-malformed',
  ],
  [
    'templates in keys',
    { Statement: [{ '${Effect}': 'Allow', '{{Action}}': 's3:GetObject', Resource: '*' }] },
    'iam-policy-unknown-element',
  ],
  [
    'conditions that are texts',
    {
      Statement: [
        { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition: { StringEquals: 'x', Bool: ['y'] } },
      ],
    },
    'iam-policy-malformed',
  ],
  [
    '5,000 actions',
    { Statement: [{ Effect: 'Allow', Action: Array.from({ length: 5000 }, (_, n) => action(n)), Resource: '*' }] },
    'iam-policy-size',
  ],
  [
    '240 KB of statements',
    {
      Statement: Array.from({ length: 2400 }, (_, n) => ({
        Sid: 'Same',
        Effect: 'Allow',
        Action: action(n),
        Resource: `arn:aws:s3:::bucket-${n}/\${aws:username}/*`,
      })),
    },
    'iam-policy-sid',
  ],
];

describe('what stands in the place of a policy', () => {
  for (const [what, policy, rule] of CASES)
    it(`can be ${what}`, () => {
      const found = foundWith(policy);
      assert.ok(found.includes(`${rule} Odd`), found.slice(0, 20).join('\n'));
      assert.ok(found.includes('iam-policy-invalid-effect Sound'));
    }).timeout(120_000);
});
