import assert from 'node:assert/strict';
import { rulesFor } from '../../server/src/engine/rules-by-subject.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';

describe('rules by what they check', () => {
  it('are found without the properties that they read, if their types are known', () => {
    const rules = RULES.map((rule): AnyRule => {
      if (rule.on !== 'resource') return rule;
      const types = Object.keys(rule.reads);
      return Object.defineProperty({ ...rule, types }, 'reads', { get: () => assert.fail(rule.id) });
    });
    const idsByType = (list: readonly AnyRule[]): ReadonlyMap<string, readonly string[]> =>
      new Map([...rulesFor(list, 'cloudformation').ofResources].map(([type, of]) => [type, of.map(({ id }) => id)]));
    assert.deepEqual(idsByType(rules), idsByType(RULES));
    assert.ok(idsByType(RULES).size > 100);
  });
});
