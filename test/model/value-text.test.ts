import assert from 'node:assert/strict';
import { fingerprintOf } from '../../server/src/base/hash.ts';
import { MAYBE } from '../../server/src/base/guard.ts';
import { canonicalText, statedText, valueHashOf } from '../../server/src/model/value-text.ts';
import type { Leaf, Value } from '../../server/src/model/value.ts';
import { Guard } from '../../server/src/base/guard.ts';
import { absent, choose, entry, known, list, object, origin, reference, text, unknownValue } from './values.ts';

const SECRET = { origin: origin(0, { secret: true }) };
const word = (raw: string): Value => known(raw, raw, { quoted: true });
const json = (raw: string): Value => word(raw);

describe('the canonical text of a value', () => {
  const rows: readonly (readonly [what: string, value: Value, expected: string])[] = [
    ['of a string', word('a "b"'), '"a \\"b\\""'],
    ['of a number', known(22), '"22"'],
    ['of a number in another notation', known(31, '0x1F'), '"31"'],
    ['of an integer that is too large for a number', known(2 ** 60, '1152921504606846977'), '"1152921504606846977"'],
    ['of a boolean in another case', known(true, 'TRUE'), '"true"'],
    ['of null, which plans have for what is not set', known(null), 'absent'],
    ['of an absent value', absent(), 'absent'],
    ['of a secret', known('x', 'x', SECRET), 'secret'],
    ['of a secret in a string', text('a', { ...unknownValue(), ...SECRET }), '"asecret"'],
    ['of a secret in an object', object([entry('a', known('x', 'x', SECRET))]), '{"a":secret}'],
    ['of a template string', text('arn:', reference('A', 'Arn'), '"x'), '"arn:${A.Arn}\\"x"'],
    ['of a reference', reference('Key'), '${Key}'],
    ['of an unknown value', { ...unknownValue(), input: 'file:///a/t.yaml#Stage', refs: ['B'] }, '${?B,Stage}'],
    ['of the item of an unknown collection', { ...unknownValue(), input: 'x@12:0' }, '${?}'],
    ['of a list, in any order', list([word('b'), word('a'), word('b')]), '["a","b","b"]'],
    ['of an object, in any order', object([entry('b', word('1')), entry('a', list([]))]), '{"a":[],"b":"1"}'],
    ['of a member that can be absent', object([entry('a', word('1'), MAYBE)]), '{"a":?"1"}'],
    [
      'of a value that depends on the scenario',
      choose({ guard: Guard.always, value: word('b') }, { guard: Guard.always, value: word('a') }),
      '("a"|"b")',
    ],
    ['of a JSON string', json(' {"b": 1, "a": [true, null, {"c": "x"}]} '), '{"a":["true",absent,{"c":"x"}],"b":"1"}'],
    ['of a string that only begins like JSON', json('{a}'), '"{a}"'],
    ['of a JSON string that the document creates', { ...text('?'), json: () => list([word('a')]) }, '["a"]'],
  ];
  for (const [what, value, expected] of rows) it(what, () => assert.equal(canonicalText(value), expected));

  it('is bounded', () => {
    const long = canonicalText(word('x'.repeat(1_000_000)));
    assert.ok(long.length < 20_000);
    assert.notEqual(long, canonicalText(word('x'.repeat(1_000_001))));
    assert.equal(canonicalText(list(Array.from({ length: 10_000 }, () => word('a')))), 'too large');
    assert.equal(canonicalText(json(`${'['.repeat(1_000)}${']'.repeat(1_000)}`)), 'too large');
    let deep: Value = word('a');
    for (let i = 0; i < 200; i++) deep = list([deep]);
    assert.equal(canonicalText(deep), 'too large');
  });

  it('has a hash', () => assert.equal(valueHashOf(known(22)), fingerprintOf('"22"')));
});

describe('the plain text of a value', () => {
  const rows: readonly (readonly [what: string, value: Leaf, expected: string | undefined])[] = [
    ['is that of a scalar', known(false, 'False'), 'False'],
    ['does not exist for a secret', known('x', 'x', SECRET), undefined],
    ['does not exist for a collection', list([]), undefined],
    ['does not exist for a value that is not set', known(null), undefined],
    ['does not exist for a long value', known('x'.repeat(201)), undefined],
    ['does not exist for several lines', known('a\nb'), undefined],
    ['does not exist for an unknown value', unknownValue(), undefined],
  ];
  for (const [what, value, expected] of rows) it(what, () => assert.equal(statedText(value), expected));
});
