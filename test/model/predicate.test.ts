import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Predicate } from '../../server/src/model/judgement.ts';
import {
  asBoolean,
  asInteger,
  integer,
  isFalse,
  isTrue,
  oneOf,
  oneOfIgnoringCase,
  text,
} from '../../server/src/model/predicate.ts';
import type { Known } from '../../server/src/model/value.ts';
import { known, unknownValue } from './values.ts';

const quoted = (raw: string): Known => known(raw, raw, { quoted: true });

describe('a scalar as a boolean', () => {
  const cases: readonly (readonly [Known, boolean | undefined])[] = [
    [known(true), true],
    [known(false), false],
    [known(true, 'TRUE'), true],
    [known('true'), true],
    [known('True'), true],
    [known('TRUE'), true],
    [known('false'), false],
    [known('False'), false],
    [quoted('true'), true],
    [quoted('FALSE'), false],
    [known('yes'), undefined],
    [known('on'), undefined],
    [known('no'), undefined],
    [known('off'), undefined],
    [known(1), undefined],
    [known(0), undefined],
    [known('1'), undefined],
    [quoted(' true'), undefined],
    [quoted(''), undefined],
    [known('truee'), undefined],
  ];
  for (const [scalar, expected] of cases) {
    it(`${JSON.stringify(scalar.value)}${scalar.quoted ? ' in quotes' : ''} is ${expected}`, () => {
      assert.equal(asBoolean(scalar), expected);
      assert.equal(isTrue.known(scalar), expected);
      assert.equal(isFalse.known(scalar), expected === undefined ? undefined : !expected);
    });
  }

  it('says nothing of a collection, a reference or a text with holes', () => {
    for (const predicate of [isTrue, isFalse])
      assert.deepEqual([predicate.collection, predicate.reference, predicate.text], [undefined, undefined, undefined]);
  });
});

describe('a scalar as a whole number', () => {
  it('is the number that its digits say, quoted or not', () => {
    fc.assert(
      fc.property(fc.integer(), fc.boolean(), (n, inQuotes) =>
        assert.equal(asInteger(known(inQuotes ? String(n) : n, String(n), { quoted: inQuotes })), n),
      ),
    );
  });

  const cases: readonly (readonly [Known, number | undefined])[] = [
    [quoted('22'), 22],
    [known(-1), -1],
    [known('+5'), 5],
    [quoted(' 22 '), 22],
    [known(0), 0],
    [known('999999999999999'), 999999999999999],
    [known('1000000000000000'), undefined],
    [known(1.5), undefined],
    [known('1e3'), undefined],
    [known(31, '0x1F'), undefined],
    [quoted(''), undefined],
    [quoted('22-80'), undefined],
    [known(true), undefined],
    [quoted('٣'), undefined],
  ];
  for (const [scalar, expected] of cases)
    it(`${JSON.stringify(scalar.raw)} is ${expected}`, () => assert.equal(asInteger(scalar), expected));

  it('is judged only when it is one', () => {
    const small = integer((n) => n < 10);
    assert.deepEqual(
      [known(3), known(30), known('x')].map((scalar) => small.known(scalar)),
      [true, false, undefined],
    );
    assert.equal(integer(() => undefined).known(known(3)), undefined);
  });
});

describe('a scalar as a text', () => {
  const cases: readonly (readonly [string, Predicate, readonly [Known, boolean | undefined][]])[] = [
    [
      'one of some, to the letter',
      oneOf('HTTP', '80'),
      [
        [known('HTTP'), true],
        [quoted('HTTP'), true],
        [known(80), true],
        [known('http'), false],
        [quoted(' HTTP'), false],
      ],
    ],
    ['one of none', oneOf(), [[known('HTTP'), false]]],
    [
      'one of some, in any case',
      oneOfIgnoringCase('aws:KMS'),
      [
        [known('AWS:kms'), true],
        [known('aws:kms2'), false],
      ],
    ],
    [
      'whatever is asked',
      text((t) => (t.endsWith('*') ? true : t === '' ? undefined : false)),
      [
        [known('s3:*'), true],
        [known('s3'), false],
        [quoted(''), undefined],
      ],
    ],
  ];
  for (const [what, predicate, answers] of cases) {
    it(`is ${what}`, () => {
      for (const [scalar, expected] of answers) assert.equal(predicate.known(scalar), expected, scalar.raw);
      assert.equal(predicate.collection, false, 'an object or a list is no text');
      assert.equal(predicate.reference, undefined);
    });
  }

  const holes: readonly (readonly [pieces: readonly (string | undefined)[], answer: false | undefined])[] = [
    [['HT', undefined], undefined],
    [[undefined, 'TP'], undefined],
    [['H', undefined, 'T', undefined, 'P'], undefined],
    [[undefined], undefined],
    [['HTTP', undefined], undefined],
    [['http', undefined], false],
    [[undefined, 'S'], false],
    [['H', undefined, 'P', undefined, 'T'], false],
    [['HTTPS', undefined], false],
  ];
  it('is one of some template strings only if it contains their literal parts in order', () => {
    for (const [pieces, answer] of holes) {
      const template = { pieces: pieces.map((piece) => piece ?? unknownValue()) } as never;
      assert.equal(oneOf('HTTP').text!(template), answer, pieces.join('…'));
    }
  });
});
