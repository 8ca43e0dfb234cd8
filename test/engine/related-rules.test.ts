import assert from 'node:assert/strict';
import { relatedRules } from '../../server/src/engine/related-rules.ts';
import { RULES } from '../../server/src/rules/index.ts';

describe('related rules', () => {
  it('are one list for all rules of a group, by which results are kept', () => {
    const groups = RULES.map(({ id }) => relatedRules(id)).filter((group) => group.length > 1);
    assert.ok(groups.length > 0);
    for (const group of groups) for (const { id } of group) assert.equal(relatedRules(id), group);
  });
});
