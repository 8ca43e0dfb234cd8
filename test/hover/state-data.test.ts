/** That the table of what protects resources is about properties that exist, and cited. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { COMPUTED } from '../../server/src/hover/computed/index.ts';
import type { PropertyConditions } from '../../server/src/hover/ownership.ts';
import type { ResourceStates } from '../../server/src/hover/state-lines.ts';
import { schemaOf } from '../../tools/resource-paths.ts';
import { pathsOf } from '../../tools/schemas/read.ts';

const STATES = JSON.parse(
  readFileSync(new URL('../../schemas/resource-state.json', import.meta.url), 'utf8'),
) as ResourceStates;

describe('the state of resources', () => {
  it('is said by functions that exist, or by cases', () => {
    for (const [name, { compute, cases }] of Object.entries(STATES.forms)) {
      if (compute === undefined) assert.ok(cases && cases.length > 0, name);
      else assert.ok(COMPUTED[compute], `${compute} is computed`);
    }
  });

  it('cites pages of AWS, each of them used', () => {
    const used = new Set(
      Object.values(STATES.types)
        .flat()
        .flatMap(({ cite = [] }) => cite),
    );
    assert.deepEqual([...used].sort(), Object.keys(STATES.citations).sort());
    for (const [key, { url, quote, checked }] of Object.entries(STATES.citations)) {
      assert.match(new URL(url).hostname, /(^|\.)aws\.amazon\.com$/, key);
      assert.match(quote ?? '', /^\S.{15,}\S$/s, `${key} quotes it`);
      assert.match(checked, /^2026-\d\d-\d\d$/, key);
    }
  });

  for (const [type, rows] of Object.entries(STATES.types))
    it(type, () => {
      const paths = new Set<string>(pathsOf(schemaOf(type), 8));
      const exists = (path: string): boolean => paths.has(path.replace(/\[\]$/, ''));
      const conditionsExist = (conditions: PropertyConditions | undefined): boolean =>
        Object.keys(conditions ?? {}).every(exists);
      for (const { form, path, when, unset, cite = [] } of rows) {
        assert.ok(STATES.forms[form], `${form} is a form`);
        assert.ok(path === undefined ? STATES.forms[form].compute !== undefined : exists(path), `${path} exists`);
        assert.ok(conditionsExist(when), 'conditions exist');
        assert.ok(unset === undefined || unset.length <= 90, 'a short text');
        if (cite.length > 0) assert.ok(unset !== undefined, 'a citation supports what holds if it is not set');
      }
    });
});
