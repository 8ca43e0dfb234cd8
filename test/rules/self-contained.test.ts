/** Rules with `selfContained` read only the policy, and other policy rules do not. */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { contextOf } from '../../server/src/engine/check.ts';
import { detections } from '../../server/src/engine/detections.ts';
import { Documents } from '../../server/src/engine/documents.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { actionsIn, iamIn } from '../../server/src/engine/service-data.ts';
import { loadStacks } from '../../server/src/engine/stacks.ts';
import type { PolicyDocument } from '../../server/src/model/policy.ts';
import type { Resource, Stack } from '../../server/src/model/resource.ts';
import { holdersBeside } from '../../server/src/policy/allowance/beside.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { AnyRule, Context, PolicyCheck } from '../../server/src/rules/rule.ts';
import { fixturePaths, readFixture } from '../kit/fixtures.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const POLICY_RULES = RULES.filter((rule): rule is AnyRule & PolicyCheck => rule.on === 'policy');

/** A thing of which only some members may be read. */
function sealed<T extends object>(inner: T, what: string, members: Partial<T>): T {
  return new Proxy(inner, {
    get: (_, name) => {
      if (Object.hasOwn(members, name)) return members[name as keyof T];
      throw new Error(`it reads ${String(name)} of ${what}`);
    },
  });
}

function sealedResource(resource: Resource): Resource {
  const { type, nativeType, format, address, displayName, when, generated } = resource;
  return sealed(resource, 'a resource', { type, nativeType, format, address, displayName, when, generated });
}

function sealedPolicy(policy: PolicyDocument): PolicyDocument {
  return Object.create(policy, { host: { value: sealedResource(policy.host) } }) as PolicyDocument;
}

function sealedStack(stack: Stack): Stack {
  return sealed(stack, 'the stack', {
    byAddress: (address) => {
      const resource = stack.byAddress(address);
      return resource && sealedResource(resource);
    },
  });
}

/** The policies of some documents, each with what rules can ask of the rest. */
function* policiesIn(
  files: readonly { readonly path: string; readonly text: string }[],
): Iterable<readonly [PolicyDocument, Context]> {
  const texts = new Map(files.map(({ path, text }) => [`file:///case/${path}`, text]));
  const options = { configuration: DEFAULT_CONFIGURATION };
  const cache = new ParseCache();
  const documents = new Documents(collect(memoryReader(texts), [...texts.keys()], options, cache), cache);
  for (const loaded of loadStacks(documents, detections(documents, options), options) ?? []) {
    const { stack } = loaded.build();
    for (const policy of stack.policies)
      yield [
        policy,
        {
          ...contextOf(sealedStack(stack), { ...options, actions: actionsIn(documents), iam: iamIn(documents) }),
          beside: () => holdersBeside(policy, stack),
        },
      ];
  }
}

describe('rules that look at a policy alone', () => {
  const read = new Map<string, Set<string>>();
  before(() => {
    // Most calls end with an error, of which only the message counts.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    for (const path of fixturePaths())
      for (const { files } of readFixture(path).cases)
        for (const [policy, context] of policiesIn(files))
          for (const rule of POLICY_RULES) {
            try {
              for (const report of rule.check(sealedPolicy(policy), context))
                for (const { wrong } of report.violations) assert.ok(wrong.yes);
            } catch (error) {
              const reasons = read.get(rule.id);
              if (reasons) reasons.add((error as Error).message);
              else read.set(rule.id, new Set([(error as Error).message]));
            }
          }
    Error.stackTraceLimit = stackTraceLimit;
  });
  for (const { id, selfContained } of POLICY_RULES) {
    if (selfContained) it(`${id} reads nothing else`, () => assert.deepEqual([...(read.get(id) ?? [])], []));
    else
      it(`${id} is none of them`, () =>
        assert.ok(
          read.has(id),
          'it reads nothing else: set selfContained: true, so that it does not check a policy again that did not change',
        ));
  }
});
