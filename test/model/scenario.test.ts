import assert from 'node:assert/strict';
import { scenario } from '../../server/src/model/scenario.ts';

describe('a scenario in words', () => {
  const said = (value: string): string => scenario([{ kind: 'parameter', name: 'var.x', value }]);

  it('names a value as it is written, and shortens a long one', () => {
    assert.equal(said('prod'), 'when var.x is "prod"');
    assert.equal(said('p'.repeat(500)).length, 'when var.x is '.length + 60);
  });

  it('says in words what has no text, or must not show it', () => {
    for (const words of ['its default', 'its given value', 'another value', 'a secret value'])
      assert.equal(said(words), `when var.x has ${words}`);
  });
});
