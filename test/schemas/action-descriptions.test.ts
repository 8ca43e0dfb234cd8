import assert from 'node:assert/strict';
import { fullDescription } from '../../server/src/policy/data/action-description.ts';
import {
  actionDescription,
  keyDescription,
  referenceOver,
  type DescriptionsData,
} from '../../server/src/policy/data/reference.ts';
import type { ServiceData } from '../../server/src/policy/data/service-actions.ts';
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

  for (const kind of ['actions', 'keys'] as const)
    it(`there is one for each of the ${kind} of a service`, () => {
      const different = names('iam/descriptions/').filter(
        (file) => data<DescriptionsData>(file)[kind].length !== Object.keys(serviceOf(file)[kind]).length,
      );
      assert.deepEqual(different, []);
    });

  it('belong to the names of their service', () => {
    const reference = referenceOver(data)!;
    assert.equal(actionDescription(reference, 's3', 'CreateBucket'), 'Grants permission to create a new bucket');
    assert.equal(actionDescription(reference, 's3', 'CreateBucke'), undefined);
    assert.match(keyDescription(reference, 's3', 's3:prefix')!, /key name prefix/);
    assert.equal(keyDescription(reference, 's3', 's3:prefi'), undefined);
  });

  it('are short in every file', () => {
    const long = names('iam/descriptions/').flatMap((file) => {
      const actions = Object.keys(serviceOf(file).actions);
      return data<DescriptionsData>(file)
        .actions.map((short, index) => [actions[index]!, short] as const)
        .filter(([name, short]) => shortDescription(name, fullDescription(name, short)) !== short)
        .map(([name]) => `${file}: ${name}`);
    });
    assert.deepEqual(long, []);
  });
});

/** The file with the names that a file describes. */
function serviceOf(file: string): ServiceData {
  return data(file.replace('/descriptions/', '/services/'));
}
