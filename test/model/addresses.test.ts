import assert from 'node:assert/strict';
import { refsWithin } from '../../server/src/formats/cloudformation/refs-of.ts';
import { referredAddresses } from '../../server/src/model/addresses.ts';
import type { Value } from '../../server/src/model/value.ts';
import { known, list, reference, text } from './values.ts';

describe('the addresses in a value', () => {
  const value = list([
    reference('Key'),
    text('arn:', reference('Queue', 'Arn'), ':x'),
    list([known('a'), reference('Key')]),
  ]);

  it('are of references at any depth, each once', () => {
    assert.deepEqual([...referredAddresses(value)!].sort(), ['Key', 'Queue']);
    assert.deepEqual([...refsWithin(value)].sort(), ['Key', 'Queue']);
  });

  it('are unknown of a value with more nested values than a limit', () => {
    assert.ok(referredAddresses(value, 7));
    assert.equal(referredAddresses(value, 6), undefined);
    const long = (length: number): Value => list(Array.from({ length }, () => reference('Key')));
    assert.deepEqual([...referredAddresses(long(1500))!], ['Key']);
    assert.equal(referredAddresses(long(2500)), undefined);
    assert.deepEqual(refsWithin(long(900)), ['Key']);
    assert.deepEqual(refsWithin(long(1500)), []);
  });
});
