/** The index of resources by place. */
import assert from 'node:assert/strict';
import { PartsAt } from '../../server/src/engine/parts-at.ts';
import type { ResourcePart, Stack } from '../../server/src/model/resource.ts';

describe('the index of resources by place', () => {
  it('looks at each stack once, however many documents are asked about', () => {
    const NUMBER = 300;
    let looks = 0;
    const stacks = Array.from({ length: NUMBER }, (_, i) => {
      const documents: Stack['documents'] = [`file:///${i}`];
      return {
        get documents() {
          looks++;
          return documents;
        },
        part: { doc: documents[0], address: `B${i}`, range: { start: 0, end: 10 } } as ResourcePart,
      };
    });
    const index = new PartsAt(stacks as unknown as readonly Stack[], (stack) => {
      looks++;
      return [(stack as unknown as (typeof stacks)[number]).part];
    });
    for (let i = 0; i < NUMBER; i++)
      assert.equal(index.at({ doc: `file:///${i}`, start: 1, end: 2 })?.address, `B${i}`);
    assert.equal(index.at({ doc: 'file:///other', start: 1, end: 2 }), undefined);
    assert.equal(looks, 2 * NUMBER);
  });
});
