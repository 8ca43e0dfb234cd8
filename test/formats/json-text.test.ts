import assert from 'node:assert/strict';
import { valueOfJson } from '../../server/src/formats/json-text.ts';
import { leaves, member, unknown } from '../../server/src/model/navigate.ts';
import type { Origin } from '../../server/src/model/value.ts';

const ORIGIN: Origin = { use: { doc: 'file:///a.tf', start: 0, end: 1 }, steps: [], edit: 'none' };

describe('JSON with unknown parts', () => {
  it('has the values of its strings', () => {
    const value = valueOfJson(['{"a": "x-', unknown(ORIGIN, 'parameter'), '"}'], ORIGIN)!;
    assert.deepEqual(
      leaves(member(value, 'a')).map(({ value: leaf }) => leaf.state),
      ['template'],
    );
  });

  // The parser decodes them to the characters of placeholders.
  for (const escaped of ['\\ue0005\\ue001', '\\uE0000\\uE001', '\\ue0020\\uE001'])
    it(`is not read if an escape sequence looks like a placeholder: ${escaped}`, () =>
      assert.equal(valueOfJson([`{"a": "${escaped}", "b": `, unknown(ORIGIN, 'parameter'), '}'], ORIGIN), undefined));
});
