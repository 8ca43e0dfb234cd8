import assert from 'node:assert/strict';
import { fullDescription } from '../../server/src/policy/data/action-description.ts';
import { shortDescription } from '../../tools/schemas/action-descriptions.ts';
import { data, names } from './data.ts';

const CASES: readonly (readonly [name: string, full: string, short: string])[] = [
  ['CreateBucket', 'Grants permission to create a bucket', '~$ a @'],
  ['ListTags', 'Grants permission to retrieve tags', '~retrieve @'],
  ['CreateFHIRDatastore', 'Grants permission to create a FHIR Datastore', '~$ a ^'],
  ['Publish', 'Grants permission to publish to a topic', '~$ to a topic'],
  ['GetItem', 'Grants permission to read $ITEM', 'Grants permission to read $ITEM'],
  ['GetItem', 'Returns an item', 'Returns an item'],
];

describe('descriptions of actions', () => {
  for (const [name, full, short] of CASES)
    it(`${name}: ${short}`, () => {
      assert.equal(shortDescription(name, full), short);
      assert.equal(fullDescription(name, short), full);
    });

  it('are short in every file', () => {
    const long = names('iam/descriptions/').flatMap((file) =>
      Object.entries(data<{ readonly actions: Readonly<Record<string, string>> }>(file).actions)
        .filter(([name, short]) => shortDescription(name, fullDescription(name, short)) !== short)
        .map(([name]) => `${file}: ${name}`),
    );
    assert.deepEqual(long, []);
  });
});
