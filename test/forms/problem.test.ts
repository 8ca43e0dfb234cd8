/** The problem of a rule that states none, by its title. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withProblem } from '../../server/src/rules/forms/words.ts';

const RULES = fileURLToPath(new URL('../../server/src/rules/', import.meta.url));

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

  it('is stated where the title has no simple opposite', () => {
    const untitled = readdirSync(RULES, { recursive: true, encoding: 'utf8' })
      .filter((name) => /^[\w-]+\/[\w-]+\.ts$/.test(name) && !name.startsWith('forms/'))
      .map((name) => readFileSync(RULES + name, 'utf8'))
      .filter((text) => /export default (?:attribute|companion|item|list|setting)Rule\(/.test(text))
      .filter((text) => !/^ {2}problem:/m.test(text))
      .map((text) => /^ {2}title: ['"](.*)['"],$/m.exec(text)?.[1]);
    assert.ok(untitled.length > 20);
    assert.deepEqual(
      untitled.filter(
        (title) => !title || /should (?:not )?(?:only|do) | have no | (?:and|or) (?:be|have|use) /.test(title),
      ),
      [],
    );
  });

  it('is the stated one', () =>
    assert.equal(withProblem({ title: 'Disks should be', problem: 'is off' }).problem, 'is off'));
});
