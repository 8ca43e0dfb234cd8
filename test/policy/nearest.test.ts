import assert from 'node:assert/strict';
import { nearest } from '../../server/src/policy/text/nearest.ts';

describe('the nearest name', () => {
  const names = ['GetObject', 'GetObjectAcl', 'PutObject', 'ListBucket', 's3', 'sns', 'sqs', 'dynamodb'];

  for (const [written, meant] of [
    ['GetObjet', 'GetObject'],
    ['getobject', 'GetObject'],
    ['dyanmodb', 'dynamodb'],
    ['GettObjectAcl', 'GetObjectAcl'],
  ] as const) {
    it(`of ${written} is ${meant}`, () => assert.equal(nearest(written, names), meant));
  }

  for (const written of ['Delete', 'xyz', 'sxs', '']) {
    it(`of '${written}' is none`, () => assert.equal(nearest(written, names), undefined));
  }
});
