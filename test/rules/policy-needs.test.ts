/** A policy rule reports nothing about a policy that lacks what the rule needs. */
import assert from 'node:assert/strict';
import { narrow } from '../../server/src/engine/narrow.ts';
import { PolicyRuleIndex, type PolicyRule } from '../../server/src/engine/policy-rules.ts';
import type { PolicyDocument } from '../../server/src/model/policy.ts';
import { meetsNeeds } from '../../server/src/policy/needs/policy-needs.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { Context } from '../../server/src/rules/rule.ts';
import { fixturePaths, readFixture } from '../kit/fixtures.ts';
import { policiesIn } from '../kit/policies.ts';
import { randomPolicies } from '../kit/random-policies.ts';

const POLICY_RULES = RULES.filter((rule): rule is PolicyRule => rule.on === 'policy');
const INDEX = new PolicyRuleIndex(POLICY_RULES);

/** What a rule reports about a policy. */
function reported(rule: PolicyRule, policy: PolicyDocument, context: Context): readonly string[] {
  return [...rule.check(policy, context)].flatMap(({ violations }) =>
    narrow(violations, policy.host.when, ({ origin }) => origin.use, 'possible').map(
      ({ at, certainty }) => `${certainty} at ${at.doc} ${at.start}`,
    ),
  );
}

describe('needs of policy rules', function () {
  this.timeout(240_000);
  const wrong = new Map<string, string>();
  const [called, spared] = [new Set<string>(), new Set<string>()];

  function check(files: readonly { readonly path: string; readonly text: string }[]): void {
    for (const { policy, stack, contextOf } of policiesIn(files)) {
      const listed = new Set(INDEX.rulesFor(policy));
      assert.deepEqual(
        INDEX.rulesFor(policy),
        INDEX.rulesForKind(policy.kind).filter(({ needs }) => !needs || meetsNeeds(policy, needs)),
      );
      for (const rule of INDEX.rulesForKind(policy.kind)) {
        if (!rule.needs) continue;
        (listed.has(rule) ? called : spared).add(rule.id);
        const [found] = listed.has(rule) ? [] : reported(rule, policy, contextOf(stack));
        if (found !== undefined && !wrong.has(rule.id))
          wrong.set(rule.id, `${found}\n${files.map(({ text }) => text).join('\n')}`);
      }
    }
  }

  before(() => {
    for (const path of fixturePaths()) for (const { files } of readFixture(path).cases) check(files);
    for (const files of randomPolicies(150)) check(files);
  });
  for (const { id, needs } of POLICY_RULES)
    if (needs)
      it(`${id} reports nothing without them`, () => {
        assert.equal(wrong.get(id), undefined);
        assert.ok(called.has(id), 'no policy meets its needs');
        assert.ok(spared.has(id), 'every policy meets its needs: leave them out');
      });
});
