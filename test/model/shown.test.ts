import assert from 'node:assert/strict';
import { shown } from '../../server/src/model/shown.ts';
import type { Value } from '../../server/src/model/value.ts';
import { absent, choose, known, list, object, origin, reference, text, unknownValue } from './values.ts';

describe('a value in a message', () => {
  const rows: readonly (readonly [what: string, value: Value, expected: string])[] = [
    ['is what is written', known(false, 'False'), 'False'],
    ['is the beginning of a long text', known('x'.repeat(100)), `${'x'.repeat(60)}…`],
    ['is not set where it is absent', absent(), 'not set'],
    ['is not set where it is null, as plans say it', known(null), 'not set'],
    [
      'is a secret value whatever it is',
      known(null, 'null', { origin: origin(0, { secret: true }) }),
      'a secret value',
    ],
    ['has dots for what is not known of it', text('arn:', unknownValue(), ':x'), 'arn:…:x'],
    ['is the address that it refers to', reference('Key', 'Arn'), 'Key.Arn'],
    ['is not known', unknownValue(), 'an unknown value'],
    ['is a list', list([]), 'a list'],
    ['is an object', object([]), 'an object'],
    ['depends on the scenario', choose(), 'a value that depends on the scenario'],
  ];
  for (const [what, value, expected] of rows) it(what, () => assert.equal(shown(value), expected));
});
