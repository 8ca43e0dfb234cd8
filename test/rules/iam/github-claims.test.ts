/** Which conditions on the claims of GitHub's tokens let anybody in. */
import assert from 'node:assert/strict';
import rule from '../../../server/src/rules/iam/trust/iam-role-oidc-github-unsafe-claim.ts';
import { prepareCase } from '../../kit/run-fixture.ts';

const ISSUER = 'token.actions.githubusercontent.com';
type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What is said of a role with these conditions, beside one on the audience: nothing, or how certain it is. */
function resultFor(conditions: Conditions, principal = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`): string {
  const own = Object.fromEntries(
    Object.entries(conditions).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, value]) => [key.includes(':') ? key : `${ISSUER}:${key}`, value]),
      ),
    ]),
  );
  const condition = { 'ForAnyValue:StringEquals': { [`${ISSUER}:aud`]: 'sts.amazonaws.com' }, ...own };
  const text = JSON.stringify({
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: principal },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: condition,
      },
    ],
  });
  const [document] = prepareCase(rule, [{ path: 'trust.json', text }]).analysis.documents;
  return document!.findings
    .filter(({ severity }) => severity !== 'low')
    .map(({ severity, certainty }) => `${severity} ${certainty}`)
    .join();
}

describe('a condition on a subject', () => {
  const rows: readonly (readonly [subject: string, ofAnybody: string])[] = [
    ['repo:octo-org/octo-repo:ref:refs/heads/main', ''],
    ['repo:octo-org/octo-repo:*', ''],
    ['repo:octo-org/*', ''],
    ['repo:octo-org/*:ref:refs/heads/main', ''],
    ['repo:octo-org@123456/octo-repo@456789:*', ''],
    ['repo:octo-org@*/octo-repo@*:*', ''],
    ['repo:octo-org@123456*', ''],
    ['repo:octo-org', ''],
    ['repository_owner:octo-org:*', ''],
    ['repository_owner_id:123456:*', ''],
    ['repository_id:456789', ''],
    ['job_workflow_ref:octo-org/octo-repo/.github/workflows/*', ''],
    ['*', 'critical certain'],
    ['**', 'critical certain'],
    ['repo*', 'critical certain'],
    ['repo:*', 'critical certain'],
    ['repo:*:*', 'critical certain'],
    ['repo:*/*:*', 'critical certain'],
    ['repo:?*/octo-repo:*', 'critical certain'],
    ['repo:*/octo-repo:*', 'critical certain'],
    ['repo:*:ref:refs/heads/main', 'critical certain'],
    ['repo:octo*', 'critical certain'],
    ['repo:octo-org*', 'critical certain'],
    ['repo:octo-*/octo-repo:*', 'critical certain'],
    ['*octo-org*', 'critical certain'],
    ['*:ref:refs/heads/main', 'critical certain'],
    ['*:environment:live', 'critical certain'],
    ['repository_owner:*', 'critical certain'],
    ['repository_owner_id:1*', 'critical certain'],
    // Who may bring about the same is not known.
    ['environment:live', 'critical possible'],
    ['workflow:deploy:repo:octo-org/octo-repo:*', 'critical possible'],
    ['*:repo:octo-org/octo-repo:*', 'critical possible'],
  ];
  for (const [subject, expected] of rows) {
    it(`${expected ? `is of anybody, ${expected.split(' ')[1]!}` : 'is of one owner'}: ${subject}`, () =>
      assert.equal(resultFor({ StringLike: { sub: subject } }), expected));
  }
});

describe('conditions on claims', () => {
  const rows: readonly (readonly [what: string, conditions: Conditions, expected: string])[] = [
    ['none but the audience', {}, 'high certain'],
    ['an exact subject', { StringEquals: { sub: 'repo:octo-org/octo-repo:environment:live' } }, ''],
    [
      'an exact subject in any case',
      { StringEqualsIgnoreCase: { sub: 'repo:Octo-Org/octo-repo:environment:live' } },
      '',
    ],
    ['a wildcard that stands for itself', { StringEquals: { sub: 'repo:*' } }, ''],
    ['several, of which one is wide', { StringLike: { sub: ['repo:octo-org/*', '*'] } }, 'critical certain'],
    ['several narrow ones', { StringLike: { sub: ['repo:octo-org/*', 'repo:octo-cat/*'] } }, ''],
    [
      'a wide subject beside a repository',
      { StringLike: { sub: 'repo:*' }, StringEquals: { repository_id: '456789' } },
      '',
    ],
    [
      'a wide subject beside an event',
      { StringLike: { sub: 'repo:*' }, StringEquals: { ref: 'refs/heads/main' } },
      'critical certain',
    ],
    ['all but one', { StringNotLike: { sub: 'repo:evil/*' } }, 'high certain'],
    ['a repository', { StringEquals: { repository: 'octo-org/octo-repo' } }, ''],
    ['all repositories of that name', { StringLike: { repository: '*/octo-repo' } }, 'critical certain'],
    ['a reusable workflow', { StringLike: { job_workflow_ref: 'octo-org/workflows/.github/workflows/*' } }, ''],
    ['any workflow', { StringLike: { job_workflow_ref: '*' } }, 'critical certain'],
    ['an enterprise', { StringEquals: { enterprise_id: '42' } }, ''],
    ['an enterprise, if there is one', { StringEqualsIfExists: { enterprise_id: '42' } }, 'high certain'],
    [
      'a claim that is named like what every object has',
      { StringLike: { constructor: 'x', toString: 'repo:*' } },
      'high possible',
    ],
    ['a person', { StringEquals: { actor: 'octocat' } }, 'high possible'],
    ['whether there is a subject', { Null: { sub: 'false' } }, 'high certain'],
    ['the network of the runners', { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }, ''],
    ['for all values, which there are', { 'ForAllValues:StringLike': { sub: 'repo:octo-org/*' } }, ''],
    ['for all values, wide', { 'ForAllValues:StringLike': { sub: 'repo:*' } }, 'critical certain'],
  ];
  for (const [what, conditions, expected] of rows) it(what, () => assert.equal(resultFor(conditions), expected));

  it('say that it is GitHub', () =>
    assert.equal(resultFor({ StringLike: { sub: 'repo:*' } }, '${provider}'), 'critical certain'));
});
