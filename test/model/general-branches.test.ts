import assert from 'node:assert/strict';
import { Guard, OTHER, type ScenarioVariable } from '../../server/src/base/guard.ts';
import { generalBranch, generalBranches } from '../../server/src/model/general-branches.ts';
import type { Branch, Known, UnknownPiece } from '../../server/src/model/value.ts';
import { known, list, origin, reference, text, unknownValue } from './values.ts';

const variable = (name: string, domain: readonly string[], preferred?: number): ScenarioVariable => ({
  id: `t.yaml#${name}`,
  kind: 'parameter',
  name,
  domain,
  ...(preferred === undefined ? {} : { preferred }),
});
const STAGE = variable('Stage', ['prod', OTHER]);
const NAME = variable('Name', ['a', OTHER]);
const DEFAULT = variable('Default', ['dev', 'prod', OTHER], 0);
const SHOWN_AS_SECRET = variable('Hidden', ['a secret value', OTHER]);

const word = (raw: string, more: Partial<Known> = {}): Known => known(raw, raw, { quoted: true, ...more });
const input = ({ id }: ScenarioVariable): UnknownPiece => ({ ...unknownValue('parameter'), input: id });
const STAGED = input(STAGE);
const NAMED = input(NAME);
const RESULT = unknownValue('function');
const of = (from: ScenarioVariable, name: string): Guard => Guard.of(from, [from.domain.indexOf(name)]);
const assumed = (from: ScenarioVariable, name: string): Guard => of(from, name).assumed();
const OTHERS = assumed(STAGE, OTHER);
const PROD = assumed(STAGE, 'prod');
const fromParameter = (name: string): Partial<Known> => ({
  origin: origin(0, { steps: [{ what: 'allowed', name }], secret: true }),
});

describe('the branches of a value in general', () => {
  const all = (...branches: readonly (readonly [guard: Guard, value: Branch['value']])[]): readonly Branch[] =>
    branches.map(([guard, value]) => ({ guard, value }));
  const a = assumed(NAME, 'a');
  const others = assumed(NAME, OTHER);
  const rows: Readonly<Record<string, readonly [branches: readonly Branch[], kept: readonly number[]]>> = {
    'have a parameter for its literal': [all([PROD, word('prod')], [OTHERS, STAGED]), [1]],
    'have a parameter for its literal in a string': [all([PROD, word('x-prod')], [OTHERS, text('x-', STAGED)]), [1]],
    'have a parameter for each use of its literal': [
      all([PROD, word('prod-prod')], [OTHERS, text(STAGED, '-', STAGED)]),
      [1],
    ],
    'have all parameters': [
      all(
        [PROD.and(a), word('prod-a')],
        [PROD.and(others), text('prod-', NAMED)],
        [OTHERS.and(a), text(STAGED, '-a')],
        [OTHERS.and(others), text(STAGED, '-', NAMED)],
      ),
      [3],
    ],
    'have a reference in both': [
      all([PROD, text('prod-', reference('B'))], [OTHERS, text(STAGED, '-', reference('B'))]),
      [1],
    ],
    'have a parameter for a hidden literal': [
      all(
        [assumed(SHOWN_AS_SECRET, 'a secret value'), word('x', fromParameter('Hidden'))],
        [OTHERS, input(SHOWN_AS_SECRET)],
      ),
      [1],
    ],
    'have a parameter for a list': [
      all([PROD, { ...list([word('prod')]), origin: fromParameter('Stage').origin! }], [OTHERS, STAGED]),
      [1],
    ],
    'have the result of a function of a parameter': [
      all([PROD, word('x-p/*')], [OTHERS, text('x-', RESULT, '/*')]),
      [1],
    ],
    'have the result of a function of several parameters': [
      all(
        [PROD.and(a), word('x')],
        [PROD.and(others), RESULT],
        [OTHERS.and(a), unknownValue('function')],
        [OTHERS.and(others), unknownValue('function')],
      ),
      [3],
    ],
    'keep other text': [all([PROD, word('y-prod')], [OTHERS, text('x-', STAGED)]), [0, 1]],
    'keep text after it': [all([PROD, word('x-prod-')], [OTHERS, text('x-', STAGED)]), [0, 1]],
    'keep another reference': [
      all([PROD, text('prod-', reference('A'))], [OTHERS, text(STAGED, '-', reference('B'))]),
      [0, 1],
    ],
    'keep another result of a function': [all([PROD, word('y-p/*')], [OTHERS, text('x-', RESULT, '/*')]), [0, 1]],
    'keep a value that overlaps with the text around a result': [
      all([PROD, word('x/*')], [OTHERS, text('x/', RESULT, '/*')]),
      [0, 1],
    ],
    'keep a value that a condition selects beside the result of a function': [
      all([of(STAGE, 'prod'), word('x-p')], [OTHERS, text('x-', RESULT)]),
      [0, 1],
    ],
    'keep the value in a scenario of another parameter': [all([a, word('prod')], [OTHERS, STAGED]), [0, 1]],
    'keep a default': [
      all(
        [of(DEFAULT, 'dev'), word('dev')],
        [assumed(DEFAULT, 'prod'), word('prod')],
        [assumed(DEFAULT, OTHER), input(DEFAULT)],
      ),
      [0, 2],
    ],
    'keep a literal without the parameter': [all([PROD, word('prod')]), [0]],
    'keep lists and objects': [all([PROD, list([])], [OTHERS, list([STAGED])]), [0, 1]],
  };
  for (const [what, [branches, kept]] of Object.entries(rows))
    it(what, () => {
      const general = kept.map((index) => branches[index]!);
      assert.deepEqual(generalBranches(branches), general);
      for (const one of branches) {
        const found = generalBranch(one, branches);
        assert.ok(general.includes(found));
        if (general.includes(one)) assert.equal(found, one);
      }
    });
});
