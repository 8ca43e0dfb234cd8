/** The range, certainty and scenario of a finding. */
import assert from 'node:assert/strict';
import { any, is, isAbsent, type Judgement } from '../../server/src/model/judgement.ts';
import { isFalse } from '../../server/src/model/predicate.ts';
import type { Value } from '../../server/src/model/value.ts';
import { checked, lineOf, probe } from './probe.ts';

const HEAD = `Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, stage, prod]}
  Zone: {Type: String, Default: a, AllowedValues: [a, b]}
  Good: {Type: String, Default: 'true', AllowedValues: ['true', 'false']}
  Bad: {Type: String, Default: 'false', AllowedValues: ['true', 'false']}
  Worse: {Type: String, Default: 'false', AllowedValues: ['false', 'False', 'FALSE']}
  OnlyBad: {Type: String, AllowedValues: ['false']}
  AllBad: {Type: String, AllowedValues: ['false', 'FALSE']}
  Undecided: {Type: String, AllowedValues: ['true', 'false']}
  Free: {Type: String, Default: 'true'}
  Open: {Type: String}
Mappings:
  Encryption: {dev: {On: false, Later: true}, stage: {On: false, Later: true}, prod: {On: true, Later: false}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsDev: !Equals [!Ref Env, dev]
  IsA: !Equals [!Ref Zone, a]
  ProdInA: !And [!Condition IsProd, !Condition IsA]
  ProdOrA: !Or [!Condition IsProd, !Condition IsA]
  IsOpen: !Equals [!Ref Open, x]
  Round: !Not [!Condition Round]
`;

function wrong(value: Value): Judgement {
  return any(is(value, isFalse), isAbsent(value));
}

/** What is found for a property that must be there and not be false. */
function found(body: string): readonly string[] {
  const rule = probe({
    'AWS::EC2::Volume': (volume) => {
      const value = volume.get('Encrypted');
      return [{ violations: [{ wrong: wrong(value), at: value }], message: 'wrong' }];
    },
  });
  const text = `${HEAD}Resources:\n  Disk: {Type: AWS::EC2::Volume, ${body}}\n`;
  return checked(text, [rule]).drafts.map((draft) => lineOf(text, draft));
}

const value = (expression: string, condition?: string): string =>
  `${condition ? `Condition: ${condition}, ` : ''}Properties: {Encrypted: ${expression}}`;

describe('a violation', () => {
  const rows: readonly (readonly [string, ...string[]])[] = [
    [value('true')],
    [value('false'), 'certain false'],
    [value('!Ref AWS::NoValue'), 'certain !Ref AWS::NoValue'],
    ['Properties: {}', 'certain Properties'],
    ['DeletionPolicy: Retain', 'certain Disk'],
    // One finding for each bad branch.
    [value('!If [IsProd, false, true]'), 'certain false when IsProd=true'],
    [value('!If [IsProd, true, false]'), 'certain false when IsProd=false'],
    [value('!If [IsProd, false, "False"]'), 'certain false when IsProd=true', 'certain "False" when IsProd=false'],
    [
      value('!If [IsProd, !If [IsA, false, true], !If [IsA, true, !Ref AWS::NoValue]]'),
      'certain false when IsProd=true IsA=true',
      'certain !Ref AWS::NoValue when IsProd=false IsA=false',
    ],
    // What no scenario reaches is silent.
    [value('!If [IsProd, !If [IsDev, false, true], true]')],
    [value('!If [IsProd, !If [IsDev, false, "False"], true]'), 'certain "False" when IsProd=true IsDev=false'],
    [value('!If [Round, false, true]'), 'possible !If [Round, false, true]'],
    // A condition is named and not what it is made of.
    [value('!If [ProdInA, false, true]'), 'certain false when ProdInA=true'],
    [value('!If [ProdInA, true, false]'), 'certain false when ProdInA=false'],
    [value('!If [ProdOrA, false, true]'), 'certain false when ProdOrA=true'],
    // What is true of the resource anyway goes without saying.
    [value('false', 'IsProd'), 'certain false'],
    [value('!If [IsProd, false, true]', 'IsProd'), 'certain false'],
    [value('!If [IsDev, false, true]', 'IsProd')],
    [value('!If [IsProd, false, true]', 'ProdInA'), 'certain false'],
    [value('!If [IsA, false, true]', 'IsProd'), 'certain false when IsA=true'],
    [value('!If [IsProd, false, true]', 'ProdOrA'), 'certain false when IsProd=true'],
    [value('!If [IsA, true, false]', 'ProdOrA'), 'certain false when IsA=false'],
    [value('false', 'Nowhere'), 'certain false'],
    [value('!If [Nowhere, false, true]'), 'certain false when Nowhere=true'],
    [value('!If [IsProd, !If [Nowhere, false, true], true]'), 'certain false when IsProd=true Nowhere=true'],
    [value('false', 'Round'), 'possible false'],
    // A mapping is written in the template.
    [value('!FindInMap [Encryption, prod, On]')],
    [value('!FindInMap [Encryption, dev, On]'), 'certain !FindInMap [Encryption, dev, On]'],
    [value('!FindInMap [Encryption, !Ref Env, On]'), 'certain !FindInMap [Encryption, !Ref Env, On] when Env=dev'],
    [
      value('!FindInMap [Encryption, !Ref Env, Later]'),
      'certain !FindInMap [Encryption, !Ref Env, Later] when Env=prod',
    ],
    [value('!FindInMap [Encryption, !Ref Env, On]', 'IsProd')],
    // The default is what happens unless somebody does something else; other values are possible.
    [value('!Ref Bad'), 'certain !Ref Bad when Bad=false'],
    [value('!Ref Worse'), 'certain !Ref Worse'],
    [value('!Ref Good'), 'possible !Ref Good when Good=false'],
    [value('!Ref OnlyBad'), 'certain !Ref OnlyBad'],
    [value('!Ref AllBad'), 'certain !Ref AllBad'],
    [value('!Ref Undecided'), 'possible !Ref Undecided when Undecided=false'],
    [value('!Ref Free'), 'possible !Ref Free when Free=another value'],
    [value('!Ref Open'), 'possible !Ref Open'],
    [value('!If [IsProd, !Ref Bad, true]'), 'certain !Ref Bad when IsProd=true Bad=false'],
    [value('!If [IsProd, !Ref Good, true]'), 'possible !Ref Good when IsProd=true Good=false'],
    [value('!If [IsOpen, false, true]'), 'certain false when IsOpen=true'],
    // What is certain goes before what is possible.
    [value('!If [IsProd, false, !Ref Open]'), 'certain false when IsProd=true'],
    [
      value('!If [IsProd, !ImportValue x, !Ref Good]'),
      'possible !ImportValue x when IsProd=true',
      'possible !Ref Good when IsProd=false Good=false',
    ],
    [value('!ImportValue x'), 'possible !ImportValue x'],
    [value('!ImportValue x', 'IsProd'), 'possible !ImportValue x'],
    [value('!If [IsProd, !ImportValue x, true]'), 'possible !ImportValue x when IsProd=true'],
    [value('!If [IsProd, !If [IsDev, !ImportValue x, true], true]')],
    [value('!If [IsProd, !ImportValue x, true]', 'IsDev')],
    [value('!If [IsProd, !ImportValue x, true]', 'Round'), 'possible !ImportValue x when IsProd=true'],
  ];
  for (const [body, ...expected] of rows)
    it(`of ${body} is ${expected.join(' and ') || 'none'}`, () => assert.deepEqual(found(body), expected));

  it('is reported for the default scenario, if that is one of several', () => {
    const rule = probe({
      'AWS::EC2::Volume': (volume) => {
        const [first, second] = [volume.get('Encrypted'), volume.get('AutoEnableIO')];
        return [
          { violations: [{ wrong: any(wrong(first), wrong(second)), at: volume.get('Size') }], message: 'wrong' },
        ];
      },
    });
    const text = `${HEAD}Resources:\n  Disk: {Type: AWS::EC2::Volume, Properties: {Size: 1, Encrypted: !If [IsProd, false, true], AutoEnableIO: !If [IsA, false, true]}}\n`;
    assert.deepEqual(
      checked(text, [rule]).drafts.map((draft) => lineOf(text, draft)),
      ['certain 1 when IsA=true'],
    );
  });
});

describe('violations of one cause', () => {
  /** Some properties, each with a check of another tool that it stands for. */
  function messagesFor(values: readonly string[], condition?: string): readonly string[] {
    const rule = probe({
      'AWS::EC2::Volume': (volume) => {
        const properties = values.map((_, i) => volume.get(`P${i + 1}`));
        return [
          {
            violations: properties.map((at, i) => ({ wrong: wrong(at), at, aliases: { checkov: [`CKV_${i + 1}`] } })),
            message: (shown) => shown,
          },
        ];
      },
    });
    const text = `${HEAD}Resources:\n  Disk: {Type: AWS::EC2::Volume, ${condition ? `Condition: ${condition}, ` : ''}Properties: {${values.map((of, i) => `P${i + 1}: ${of}`).join(', ')}}}\n`;
    return checked(text, [rule]).drafts.map((draft) =>
      [
        lineOf(text, draft),
        draft.aliases.checkov?.join(' '),
        ...draft.related.map(({ at }) => text.slice(at.start, at.end)),
      ].join(', '),
    );
  }

  const rows: readonly (readonly [readonly string[], ...string[]])[] = [
    [['true', 'true']],
    [['false', 'true'], 'certain false, CKV_1'],
    [['true', 'false'], 'certain false, CKV_2'],
    [['false', '"False"'], 'certain false, CKV_1 CKV_2, "False"'],
    [
      ['!If [IsProd, false, true]', '!If [IsProd, "False", true]'],
      'certain false when IsProd=true, CKV_1 CKV_2, "False"',
    ],
    [
      ['!If [IsProd, false, true]', '!If [IsDev, "False", true]'],
      'certain false when IsProd=true, CKV_1',
      'certain "False" when IsDev=true, CKV_2',
    ],
    [
      ['!If [IsProd, false, true]', '"False"'],
      'certain false when IsProd=true, CKV_1 CKV_2, "False"',
      'certain "False", CKV_1 CKV_2, false',
    ],
    [
      ['!If [IsProd, false, true]', '!If [IsProd, true, "False"]', '"FALSE"'],
      'certain false when IsProd=true, CKV_1 CKV_3, "FALSE"',
      'certain "False" when IsProd=false, CKV_2 CKV_3, "FALSE"',
    ],
    [['!ImportValue x', 'false'], 'certain false, CKV_2'],
    [['!ImportValue x', '!ImportValue y'], 'possible !ImportValue x, CKV_1 CKV_2'],
    [['!Ref Good', '!If [IsProd, false, true]'], 'certain false when IsProd=true, CKV_1 CKV_2, !Ref Good'],
  ];
  for (const [values, ...expected] of rows) {
    it(`of ${values.join(' and ')} are ${expected.join(' and ') || 'none'}`, () =>
      assert.deepEqual(messagesFor(values), expected));
  }

  it('count only if the resource exists', () =>
    assert.deepEqual(messagesFor(['!If [IsProd, false, true]', '"False"'], 'IsProd'), [
      'certain false, CKV_1 CKV_2, "False"',
    ]));
});

describe('an external value', () => {
  function related(expression: string): readonly string[] {
    const rule = probe({
      'AWS::EC2::Volume': (volume) => {
        const of = volume.get('Encrypted');
        return [
          {
            violations: [{ wrong: wrong(of), at: of }],
            message: (shown) => shown,
            related: [
              { value: volume.get('Size'), message: 'This too.' },
              { value: of, message: 'It is not beside itself.' },
            ],
          },
        ];
      },
    });
    const text = `${HEAD}x: &shared false\nResources:\n  Disk: {Type: AWS::EC2::Volume, Properties: {Size: 9, Encrypted: ${expression}}}\n`;
    return checked(text, [rule]).drafts.flatMap((draft) => [
      draft.message,
      ...draft.related.map(({ at, message }) => `${text.slice(at.start, at.end)}: ${message}`),
    ]);
  }

  const rows: readonly (readonly [string, ...string[]])[] = [
    ['false', 'false', '9: This too.'],
    ['!Ref Bad', 'false', "'false': The value comes from Bad.", '9: This too.'],
    ['!FindInMap [Encryption, dev, On]', 'false', 'false: The value comes from Encryption.dev.On.', '9: This too.'],
    ['*shared', 'false', '&shared false: The value is written here.', '9: This too.'],
    ['!Select [0, [false]]', 'false', 'false: The value comes from Fn::Select.', '9: This too.'],
    // Of several values at one place the one by default is shown.
    [
      '!Select [!If [IsProd, 0, 1], [false, "False"]]',
      'False',
      '"False": The value comes from Fn::Select.',
      '9: This too.',
    ],
    ['!ImportValue x', 'Possible: an unknown value', '9: This too.'],
  ];
  for (const [expression, ...expected] of rows)
    it(`shows where, for ${expression}`, () => assert.deepEqual(related(expression), expected));
});
