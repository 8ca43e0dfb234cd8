/** Rules with `judgesElsewhere` judge values of resources that are not near their calls, and no other rule does. */
import assert from 'node:assert/strict';
import type { Span } from '../../server/src/base/span.ts';
import { finished } from '../../server/src/base/steps.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { stacksOf } from '../../server/src/engine/analyzed-stacks.ts';
import { contextOf } from '../../server/src/engine/rule-context.ts';
import { findingNear, type IsNear } from '../../server/src/engine/near-subjects.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { partsAround } from '../../server/src/engine/parts-around.ts';
import { placeTexts } from '../../server/src/engine/place-texts.ts';
import { ruleCallsFor } from '../../server/src/engine/rule-calls.ts';
import { collect } from '../../server/src/engine/run.ts';
import { actionsIn, iamIn } from '../../server/src/engine/service-data.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { Case } from '../kit/fixture.ts';
import { fixturePaths, readFixture, ruleOfFixture } from '../kit/fixtures.ts';
import { CASES } from '../kit/run-fixture.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const OPTIONS = { configuration: DEFAULT_CONFIGURATION };

/** The calls of a rule that judge a value of a resource that is not near, each with the value. */
function* farIn(rule: AnyRule, { files }: Case): Generator<string, void, undefined> {
  const texts = new Map(files.map(({ path, text }) => [CASES + path, text]));
  const named = [...texts.keys()].filter((doc) => !/\/\.[^/]*$/.test(doc));
  const cache = new ParseCache();
  const { documents, stacks } = stacksOf(collect(memoryReader(texts), named, OPTIONS, cache), OPTIONS, cache);
  for (const loaded of stacks) {
    const { stack } = loaded.build();
    const parts = [...stack.resources.flatMap((resource) => resource.parts), ...(stack.sources ?? [])];
    const nearby = new Map<string, IsNear | undefined>();
    const isFar = (about: string, { doc, start, end }: Span): boolean => {
      const text = documents.tree(doc)?.text;
      if (text === undefined) return false;
      return [start, end].some((offset) => {
        const key = `${doc} ${offset}`;
        if (!nearby.has(key)) {
          const around = partsAround(parts, { doc, offset, below: undefined });
          nearby.set(key, finished(findingNear(stack, text, { doc, offset }, around)));
        }
        return nearby.get(key)?.(about) === false;
      });
    };
    const context = contextOf(stack, { ...OPTIONS, actions: actionsIn(documents), iam: iamIn(documents) });
    const places = placeTexts(documents, () => [stack]);
    for (const { about, reports } of ruleCallsFor(stack, [rule], context, { regardlessOfNeeds: true }))
      for (const { violations } of reports())
        for (const { at } of violations)
          for (const span of [at.origin.use, ...(at.origin.key ? [at.origin.key] : [])])
            // What contains whole resources is at each position of them.
            if (
              isFar(about, span) ||
              (!places.partAt(span) && !places.sourceAt(span, undefined) && places.overlapsParts(span))
            )
              yield `${about} judges ${span.doc} ${span.start}`;
  }
}

describe('rules that judge values of other resources', () => {
  it('say so, and no others do', () => {
    const elsewhere = new Set<string>();
    for (const path of fixturePaths()) {
      const rule = RULES.find(({ id }) => id === ruleOfFixture(path));
      if (!rule || rule.on === 'document' || rule.on === 'suppression') continue;
      for (const one of readFixture(path).cases)
        for (const found of farIn(rule, one)) {
          assert.ok(rule.judgesElsewhere, `${rule.id} in ${one.name}: ${found}`);
          elsewhere.add(rule.id);
        }
    }
    assert.deepEqual(
      [...elsewhere].sort(),
      RULES.filter((rule) => rule.judgesElsewhere)
        .map(({ id }) => id)
        .sort(),
    );
  }).timeout(120_000);
});
