/** The elements of a statement are evaluated when they are read. */
import assert from 'node:assert/strict';
import { TRUE } from '../../server/src/base/guard.ts';
import { policyDocument } from '../../server/src/formats/policy-document.ts';
import type { Statement } from '../../server/src/model/policy.ts';
import type { Resource } from '../../server/src/model/resource.ts';
import type { Origin, Value } from '../../server/src/model/value.ts';
import { withConditions } from '../../server/src/policy/statement/with-conditions.ts';

const ORIGIN: Origin = { use: { doc: 'file:///case/a.json', start: 0, end: 1 }, steps: [], edit: 'none' };
const textOf = (raw: string): Value => ({ state: 'known', origin: ORIGIN, raw, quoted: true, value: raw });

const ELEMENTS: Readonly<Record<string, Value>> = {
  Effect: textOf('Allow'),
  Action: textOf('s3:GetObject'),
  Resource: textOf('*'),
  Condition: { state: 'object', origin: ORIGIN, open: false, entries: [] },
};

/** A statement, and the elements that were evaluated. */
function evaluated(): { readonly statement: Statement; readonly elements: ReadonlySet<string> } {
  const elements = new Set<string>();
  const written: Value = {
    state: 'object',
    origin: ORIGIN,
    open: false,
    entries: Object.entries(ELEMENTS).map(([key, value]) => ({
      key,
      keyAt: ORIGIN.use,
      when: TRUE,
      get value() {
        elements.add(key);
        return value;
      },
    })),
  };
  const carrier = { kind: 'resource', path: 'Policy', shape: 'statement' } as const;
  const [statement] = policyDocument(carrier, {} as Resource, TRUE, written).statements;
  return { statement: statement!, elements };
}

describe('elements of a statement', () => {
  it('are evaluated when they are read', () => {
    const { statement, elements } = evaluated();
    assert.equal(statement.effect, ELEMENTS['Effect']);
    assert.ok(!elements.has('Resource') && !elements.has('Condition'), [...elements].join());
    assert.equal(statement.resources, ELEMENTS['Resource']);
    assert.ok(!elements.has('Condition'));
    assert.deepEqual(statement.conditions, []);
    assert.ok(elements.has('Condition'));
    assert.equal(statement.notActions.state, 'absent');
  });

  it('are those of a statement with other conditions', () => {
    const { statement, elements } = evaluated();
    const condition = { operator: 'Bool', key: 'k', keyAt: ORIGIN.use, values: textOf('true'), when: TRUE };
    const other = withConditions(withConditions(statement, []), [condition]);
    assert.ok(!elements.has('Resource'));
    assert.deepEqual(other.conditions, [condition]);
    for (const element of [
      'when',
      'value',
      'effect',
      'actions',
      'notActions',
      'resources',
      'notResources',
      'principals',
      'notPrincipals',
      'conditionsComplete',
    ] as const)
      assert.equal(other[element], statement[element], element);
  });
});
