/** An independent grammar reads the same structure from valid texts, at the same places. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { inHcl, isConfiguration } from '../kit/as-hcl.ts';
import { fixturePaths, readFixture } from '../kit/fixtures.ts';
import { differences, oracle, ownOutline } from './hcl-oracle.ts';

const FILES = new URL('./hcl/', import.meta.url);

describe('the structure of HCL is that of the oracle', function () {
  this.timeout(120_000);
  let read: Awaited<ReturnType<typeof oracle>>;
  before(async () => {
    read = await oracle();
  });

  const check = (name: string, text: string): number => {
    const { tree, outline } = ownOutline(text);
    const theirs = read(text);
    assert.ok(theirs, `${name} is valid`);
    assert.deepEqual(tree.problems, [], name);
    assert.deepEqual(differences(outline, theirs), [], name);
    return theirs.length;
  };

  for (const name of readdirSync(FILES))
    it(`of ${name}`, () => {
      assert.ok(check(name, readFileSync(new URL(name, FILES), 'utf8')) > 5);
    });

  it('of the Terraform fixtures', () => {
    const files = fixturePaths().flatMap((path) =>
      readFixture(path).cases.flatMap((one) => inHcl(one.files.filter(isConfiguration))),
    );
    assert.ok(files.length > 300);
    for (const { path, text } of files) check(path, text);
  });

  it('or it says what differs', () => {
    const [own, theirs] = [ownOutline('a = [1]\n').outline, read('a = [12]\n')!];
    assert.deepEqual(differences(own, theirs), [
      'only the oracle has 0-8 argument a',
      'only the oracle has 4-8 tuple',
      'only the oracle has 5-7 item',
      'only the oracle has 5-7 value',
      'only the parser has 0-7 argument a',
      'only the parser has 4-7 tuple',
      'only the parser has 5-6 item',
      'only the parser has 5-6 value',
    ]);
    assert.equal(read('a = ['), undefined);
  });
});
