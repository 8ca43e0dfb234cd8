/** The policies of documents in memory, with what rules can query. */
import { finished } from '../../server/src/base/steps.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { contextOf } from '../../server/src/engine/rule-context.ts';
import { detections } from '../../server/src/engine/detections.ts';
import { Documents } from '../../server/src/engine/documents.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { actionsIn, iamIn } from '../../server/src/engine/service-data.ts';
import { loadStacks } from '../../server/src/engine/stacks.ts';
import type { PolicyDocument } from '../../server/src/model/policy.ts';
import type { Stack } from '../../server/src/model/resource.ts';
import type { Context } from '../../server/src/rules/rule.ts';
import { memoryReader } from './memory-reader.ts';

/** A policy, its stack, and the context of rules, for which another stack can be given. */
export interface FoundPolicy {
  readonly policy: PolicyDocument;
  readonly stack: Stack;
  readonly contextOf: (stack: Stack) => Context;
}

/**
 * What each document with a policy contains. SAM makes policies of its own, and a plan can leave one out that is not
 * known.
 */
const POLICY = /statement|polic|serverless|resource_changes/i;

/** The policies of some documents. */
export function* policiesIn(files: readonly { readonly path: string; readonly text: string }[]): Iterable<FoundPolicy> {
  if (!files.some(({ text }) => POLICY.test(text))) return;
  const texts = new Map(files.map(({ path, text }) => [`file:///case/${path}`, text]));
  const options = { configuration: DEFAULT_CONFIGURATION };
  const cache = new ParseCache();
  const documents = new Documents(collect(memoryReader(texts), [...texts.keys()], options, cache), cache);
  const data = { ...options, actions: actionsIn(documents), iam: iamIn(documents) };
  for (const loaded of loadStacks(documents, detections(documents, options), options) ?? []) {
    const { stack } = finished(loaded.building());
    for (const policy of stack.policies) yield { policy, stack, contextOf: (other) => contextOf(other, data) };
  }
}
