/** The problem of a rule that states none, by its title. */
import assert from 'node:assert/strict';
import { withProblem } from '../../server/src/rules/forms/words.ts';

describe('the problem of a rule', () => {
  for (const [title, problem] of [
    ['Disks should be encrypted at rest', 'is not encrypted at rest'],
    ['Disks should not be public', 'is public'],
    ['Disks should have backups', 'does not have backups'],
    ['Disks should not have a public address', 'has a public address'],
    ['Clusters should use TLS', 'does not use TLS'],
    ['Clusters should not use the default port', 'uses the default port'],
    ['Clusters should not publish logs', 'publishes logs'],
  ] as const)
    it(`is the opposite of "${title}"`, () => assert.equal(withProblem({ title }).problem, problem));

  it('is the stated one', () =>
    assert.equal(withProblem({ title: 'Disks should be', problem: 'is off' }).problem, 'is off'));
});
