/** Which actions a policy can grant with all others of their services, compared with its entries for them. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { actionEntriesIn, possiblyWhole } from '../../server/src/policy/allowance/granted.ts';
import { actionIndex } from '../../server/src/policy/data/action-index.ts';
import { policiesIn } from '../kit/policies.ts';
import { runs } from '../kit/runs.ts';

interface WrittenStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
}

const ACTIONS = ['iam:AttachUserPolicy', 's3:GetObject'];
const INDEX = actionIndex(ACTIONS);

/** The actions of the index that a policy on all resources can grant with their services, and those that it does. */
function wholeIn(statements: readonly WrittenStatement[]): {
  readonly possible: readonly string[];
  readonly granted: readonly string[];
} {
  const text = JSON.stringify({
    Resources: {
      P: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: { Statement: statements.map((one) => ({ ...one, Resource: '*' })) } },
      },
    },
  });
  const [{ policy, stack, contextOf }] = [...policiesIn([{ path: 'a.json', text }])] as [
    ReturnType<typeof policiesIn> extends Iterable<infer Found> ? Found : never,
  ];
  const context = contextOf(stack);
  const { allowing } = actionEntriesIn(policy, INDEX, context.beside(policy), { ...context, iam: context.iam! });
  return {
    possible: [...possiblyWhole(policy, INDEX)],
    granted: [...allowing].flatMap(([action, entries]) => (entries.some(({ whole }) => whole) ? [action] : [])),
  };
}

const ALL = ACTIONS;
const CASES: readonly (readonly [
  what: string,
  statements: readonly WrittenStatement[],
  possible: readonly string[],
])[] = [
  ['everything', [{ Effect: 'Allow', Action: ['*'] }], ALL],
  ['a service', [{ Effect: 'Allow', Action: ['iam:*', 's3:GetObject'] }], ['iam:AttachUserPolicy']],
  ['a service by several wildcards', [{ Effect: 'Allow', Action: ['IAM:?**'] }], ['iam:AttachUserPolicy']],
  ['other services', [{ Effect: 'Allow', Action: ['sqs:*', 'ec2:*'] }], []],
  ['all actions except some', [{ Effect: 'Allow', NotAction: ['iam:*'] }], ALL],
  ['some actions of a service', [{ Effect: 'Allow', Action: ['iam:*Policy', 's3:Get*'] }], []],
  ['actions by name', [{ Effect: 'Allow', Action: ['iam:AttachUserPolicy', 's3:GetObject'] }], []],
];

describe('actions that a policy can grant with their services', () => {
  for (const [what, statements, possible] of CASES)
    it(what, () => assert.deepEqual(wholeIn(statements).possible, possible));

  it('are all that its entries grant', () => {
    const pattern = fc.constantFrom(
      ...['*', '**', '*:*', 'iam:*', 'i*:*', 'iam:?*', 'iam:Attach*', 'iam:AttachUserPolicy', 's3:*', 's3:Get*'],
    );
    const patterns = fc.array(pattern, { minLength: 1, maxLength: 3 });
    const Effect = fc.constantFrom('Allow' as const, 'Deny' as const);
    const statement = fc.oneof(
      { weight: 2, arbitrary: fc.record({ Effect, Action: patterns }) },
      fc.record({ Effect, NotAction: patterns }),
    );
    let isAnyGranted = false;
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 3 }), (statements) => {
        const { possible, granted } = wholeIn(statements);
        isAnyGranted ||= granted.length > 0;
        for (const action of granted) assert.ok(possible.includes(action), action);
      }),
      { numRuns: runs(150) },
    );
    assert.ok(isAnyGranted);
  });
});
