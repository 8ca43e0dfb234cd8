/** A rule that checks each resource reports nothing about one that lacks what it needs. */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { contextOf } from '../../server/src/engine/rule-context.ts';
import { narrow } from '../../server/src/engine/narrow.ts';
import { ruleCallsFor } from '../../server/src/engine/rule-calls.ts';
import type { Resource, Stack } from '../../server/src/model/resource.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { Context } from '../../server/src/rules/rule.ts';
import { fixturePaths, readFixture, ruleOfFixture } from '../kit/fixtures.ts';
import { stackOf } from '../kit/stack-of.ts';

const WITH_NEEDS = RULES.filter((rule) => rule.on === 'stack' && rule.needsOfEach !== undefined);
const IDS = new Set(WITH_NEEDS.map(({ id }) => id));

const CASES = fixturePaths()
  .filter((path) => IDS.has(ruleOfFixture(path)))
  .flatMap((path) => readFixture(path).cases)
  .map(({ files }) => Object.fromEntries(files.map(({ path, text }) => [path, text])));

function contextFor(stack: Stack): Context {
  return contextOf(stack, {
    configuration: DEFAULT_CONFIGURATION,
    actions: () => undefined,
    iam: undefined,
    knownCalls: undefined,
  });
}

describe('needs of rules that check each resource', () => {
  it('do not exclude a resource whose attribute cannot be evaluated', () => {
    const stack = stackOf({ 'a.yaml': 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n' });
    const attribute = (): never => {
      throw new Error('The attribute cannot be evaluated.');
    };
    const resources = stack.resources.map((one) => Object.create(one, { attribute: { value: attribute } }) as Resource);
    const rules = WITH_NEEDS.filter(({ id }) => id === 'metadata-secret');
    const calls = [...ruleCallsFor({ ...stack, resources }, rules, contextFor(stack))];
    assert.deepEqual(
      calls.map(({ about }) => about),
      ['Topic'],
    );
  });

  for (const rule of WITH_NEEDS)
    it(`${rule.id} reports nothing without them`, () => {
      let called = 0;
      let spared = 0;
      for (const files of CASES) {
        const stack = stackOf(files);
        const context = contextFor(stack);
        const needed = new Set([...ruleCallsFor(stack, [rule], context)].map(({ about }) => about));
        for (const { about, resource, reports } of ruleCallsFor(stack, [rule], context, { regardlessOfNeeds: true })) {
          if (needed.has(about)) called++;
          else {
            spared++;
            for (const { violations } of reports())
              assert.deepEqual(
                narrow(violations, resource!.when, ({ origin }) => origin.use, 'possible'),
                [],
              );
          }
        }
      }
      assert.ok(called > 0, 'no resource meets its needs');
      assert.ok(spared > 0, 'every resource meets its needs: leave them out');
    });
});
