import assert from 'node:assert/strict';
import { plainLabel } from '../../client/src/plain-label.ts';
import { subjectPick, valuePick, valueQuestion } from '../../client/src/scenario-picks.ts';
import {
  isEveryScenario,
  parseScenario,
  subjectsOf,
  withValue,
  type Scenario,
  type ScenarioChoices,
} from '../../client/src/scenario.ts';

const CHOICES: ScenarioChoices = {
  conditions: ['IsProd', 'HasKey'],
  parameters: [
    { name: 'Stage', values: ['dev', 'prod'], open: false, secret: false },
    { name: 'Size', values: ['10'], open: true, secret: false },
    { name: 'Password', values: [], open: true, secret: true },
  ],
};

describe('a scenario in the editor', () => {
  it('is made of conditions and of parameters that are not secret', () => {
    assert.deepEqual(
      subjectsOf(CHOICES, {}).map(({ kind, name, values, open, value }) => [kind, name, values.join(' '), open, value]),
      [
        ['condition', 'IsProd', 'true false', false, undefined],
        ['condition', 'HasKey', 'true false', false, undefined],
        ['parameter', 'Stage', 'dev prod', false, undefined],
        ['parameter', 'Size', '10', true, undefined],
      ],
    );
  });

  it('shows what is chosen already', () => {
    assert.deepEqual(
      subjectsOf(CHOICES, { conditions: { IsProd: false }, parameters: { Size: '7', Other: 'x' } }).map(
        ({ value }) => value,
      ),
      ['false', undefined, undefined, '7'],
    );
  });

  it('is not taken in by names of prototypes', () => {
    assert.deepEqual(
      subjectsOf({ conditions: ['constructor'], parameters: [] }, { conditions: {} }).map(({ value }) => value),
      [undefined],
    );
  });

  const changes: readonly (readonly [
    what: string,
    before: Scenario,
    kind: 'condition' | 'parameter',
    name: string,
    value: string | undefined,
    after: Scenario,
  ])[] = [
    ['gets a condition', {}, 'condition', 'IsProd', 'true', { conditions: { IsProd: true } }],
    [
      'gets another value',
      { conditions: { IsProd: true } },
      'condition',
      'IsProd',
      'false',
      { conditions: { IsProd: false } },
    ],
    [
      'gets a parameter beside it',
      { conditions: { IsProd: true } },
      'parameter',
      'Stage',
      'prod',
      { conditions: { IsProd: true }, parameters: { Stage: 'prod' } },
    ],
    ['gets an empty text', {}, 'parameter', 'Stage', '', { parameters: { Stage: '' } }],
    [
      'loses one of two',
      { parameters: { Stage: 'prod', Size: '1' } },
      'parameter',
      'Stage',
      undefined,
      { parameters: { Size: '1' } },
    ],
    ['loses the last one', { conditions: { IsProd: true } }, 'condition', 'IsProd', undefined, {}],
    ['loses what it does not have', {}, 'parameter', 'Stage', undefined, {}],
  ];
  for (const [what, before, kind, name, value, after] of changes)
    it(what, () => assert.deepEqual(withValue(before, { kind, name }, value), after));

  it('says nothing when nothing is chosen', () => {
    for (const [scenario, expected] of [
      [{}, true],
      [{ conditions: {} }, true],
      [{ conditions: { A: false } }, false],
      [{ parameters: { A: '' } }, false],
    ] as const)
      assert.equal(isEveryScenario(scenario), expected);
  });

  it('is read from settings that were written by hand', () => {
    assert.deepEqual(
      parseScenario({ conditions: { A: true, B: 'yes' }, parameters: { C: 'c', D: 7, E: null }, more: 1 }),
      { conditions: { A: true }, parameters: { C: 'c', D: '7' } },
    );
    for (const nothing of [null, undefined, 'x', []]) assert.deepEqual(parseScenario(nothing), {});
  });
});

describe('entries to choose a scenario from', () => {
  const subject = {
    kind: 'parameter',
    name: '$(trash)Stage',
    values: ['$(gear) \n[a](command:b)', ''],
    open: false,
    value: '$(gear)',
  } as const;

  it('show names and values of a document as they are', () => {
    assert.deepEqual(subjectPick(subject), { label: '$ (trash)Stage', description: '$ (gear)', subject });
    assert.deepEqual(subjectPick({ ...subject, kind: 'condition', value: undefined }).description, 'either');
    assert.equal(valueQuestion(subject), 'Select a value for $ (trash)Stage');
    assert.equal(plainLabel('a\u202eb\u200bc\u001bd'), 'a\uFFFDb\uFFFDc\uFFFDd');
    assert.equal(plainLabel('Straße 👩‍💻 ${Ref} a(b) $1'), 'Straße 👩‍💻 ${Ref} a(b) $1');
  });

  it('give the value as it is written', () => {
    assert.deepEqual(valuePick(subject.values[0], subject.values[0]), {
      label: '$ (gear)  [a] (command:b)',
      description: 'current',
      text: subject.values[0],
    });
    assert.deepEqual(valuePick('', undefined), { label: '""', text: '' });
  });
});
