import assert from 'node:assert/strict';
import { isEveryScenario, readScenario, subjectsOf, withValue, type Scenario, type ScenarioChoices } from '../../client/src/scenario.ts';

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
    assert.deepEqual(subjectsOf(CHOICES, {}).map(({ kind, name, values, open, value }) => [kind, name, values.join(' '), open, value]), [
      ['condition', 'IsProd', 'true false', false, undefined], ['condition', 'HasKey', 'true false', false, undefined],
      ['parameter', 'Stage', 'dev prod', false, undefined], ['parameter', 'Size', '10', true, undefined],
    ]);
  });

  it('shows what is chosen already', () => {
    assert.deepEqual(subjectsOf(CHOICES, { conditions: { IsProd: false }, parameters: { Size: '7', Other: 'x' } }).map(({ value }) => value), ['false', undefined, undefined, '7']);
  });

  it('is not taken in by names of prototypes', () => {
    assert.deepEqual(subjectsOf({ conditions: ['constructor'], parameters: [] }, { conditions: {} }).map(({ value }) => value), [undefined]);
  });

  const changes: readonly (readonly [what: string, before: Scenario, kind: 'condition' | 'parameter', name: string, value: string | undefined, after: Scenario])[] = [
    ['gets a condition', {}, 'condition', 'IsProd', 'true', { conditions: { IsProd: true } }],
    ['gets another value', { conditions: { IsProd: true } }, 'condition', 'IsProd', 'false', { conditions: { IsProd: false } }],
    ['gets a parameter beside it', { conditions: { IsProd: true } }, 'parameter', 'Stage', 'prod', { conditions: { IsProd: true }, parameters: { Stage: 'prod' } }],
    ['gets an empty text', {}, 'parameter', 'Stage', '', { parameters: { Stage: '' } }],
    ['loses one of two', { parameters: { Stage: 'prod', Size: '1' } }, 'parameter', 'Stage', undefined, { parameters: { Size: '1' } }],
    ['loses the last one', { conditions: { IsProd: true } }, 'condition', 'IsProd', undefined, {}],
    ['loses what it does not have', {}, 'parameter', 'Stage', undefined, {}],
  ];
  for (const [what, before, kind, name, value, after] of changes) it(what, () => assert.deepEqual(withValue(before, { kind, name }, value), after));

  it('says nothing when nothing is chosen', () => {
    for (const [scenario, expected] of [[{}, true], [{ conditions: {} }, true], [{ conditions: { A: false } }, false], [{ parameters: { A: '' } }, false]] as const) assert.equal(isEveryScenario(scenario), expected);
  });

  it('is read from settings that were written by hand', () => {
    assert.deepEqual(readScenario({ conditions: { A: true, B: 'yes' }, parameters: { C: 'c', D: 7, E: null }, more: 1 }), { conditions: { A: true }, parameters: { C: 'c', D: '7' } });
    for (const nothing of [null, undefined, 'x', []]) assert.deepEqual(readScenario(nothing), {});
  });
});
