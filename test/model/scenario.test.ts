import assert from 'node:assert/strict';
import { inScenario, scenario } from '../../server/src/model/scenario.ts';

describe('a scenario in words', () => {
  const textFor = (value: string): string => scenario([{ kind: 'parameter', name: 'var.x', value }]);

  it('names a value as it is written, and shortens a long one', () => {
    assert.equal(textFor('prod'), 'when var.x is "prod"');
    assert.equal(textFor('p'.repeat(500)).length, 'when var.x is '.length + 60);
  });

  it('says in words what has no text, or must not show it', () => {
    for (const words of ['its default', 'its given value', 'another value', 'a secret value'])
      assert.equal(textFor(words), `when var.x has ${words}`);
  });

  it('states a condition once that has both values, in different instances', () => {
    const on = (value: boolean) => ({ kind: 'condition', name: 'var.on', value }) as const;
    const other = { kind: 'condition', name: 'var.b', value: true } as const;
    assert.equal(
      scenario([on(true), other, on(false)]),
      'when var.on is true for one instance and false for another and var.b is true',
    );
    assert.equal(scenario([on(true), other]), 'when var.on is true and var.b is true');
  });
});

describe('a message with its scenario', () => {
  const terms = [{ kind: 'condition', name: 'IsProd', value: false }] as const;
  const rows: readonly (readonly [message: string, expected: string])[] = [
    ['Db is not encrypted. Set it to true.', 'Db is not encrypted when IsProd is false. Set it to true.'],
    ['Db is not encrypted.', 'Db is not encrypted when IsProd is false.'],
    ['It allows 0.0.0.0/0 on 1.5 ports. Limit it.', 'It allows 0.0.0.0/0 on 1.5 ports when IsProd is false. Limit it.'],
    ['It says "Go. Now." today. Limit it.', 'It says "Go. Now." today when IsProd is false. Limit it.'],
    ['It allows Resource "*". Limit it.', 'It allows Resource "*" when IsProd is false. Limit it.'],
    ['It has one " alone. Limit it.', 'It has one " alone. Limit it when IsProd is false.'],
  ];
  for (const [message, expected] of rows) it(message, () => assert.equal(inScenario(message, terms), expected));

  it('is the message alone where it is true in every scenario', () =>
    assert.equal(inScenario('Db is not encrypted. Set it.', []), 'Db is not encrypted. Set it.'));
});
