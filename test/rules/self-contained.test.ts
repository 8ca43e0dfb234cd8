/**
 * Rules with `selfContained` read only the policy, and other policy rules do not. What one of them says about what it
 * found can name a related resource.
 */
import assert from 'node:assert/strict';
import { MAYBE } from '../../server/src/base/guard.ts';
import type { PolicyDocument } from '../../server/src/model/policy.ts';
import type { Resource, Stack } from '../../server/src/model/resource.ts';
import { policyHolders } from '../../server/src/policy/allowance/policy-holders.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { AnyRule, PolicyCheck } from '../../server/src/rules/rule.ts';
import { fixturePaths, readFixture } from '../kit/fixtures.ts';
import { policiesIn } from '../kit/policies.ts';

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

const NONE_RELATED: Partial<Resource> = { related: () => ({ edges: [], complete: MAYBE }) };

function sealedResource(resource: Resource, more: Partial<Resource> = {}): Resource {
  const { type, nativeType, format, address, displayName, when, generated, self } = resource;
  return sealed(resource, 'a resource', {
    type,
    nativeType,
    format,
    address,
    displayName,
    when,
    generated,
    ...(more.related ? { self, uniqueName: undefined } : {}),
    ...more,
  });
}

function sealedPolicy(policy: PolicyDocument, { selfContained }: PolicyCheck): PolicyDocument {
  const host = sealedResource(policy.host, selfContained ? NONE_RELATED : {});
  // What the policy reads on demand belongs to the policy itself.
  return new Proxy(policy, { get: (_, name) => (name === 'host' ? host : (Reflect.get(policy, name) as unknown)) });
}

function sealedStack(stack: Stack): Stack {
  return sealed(stack, 'the stack', {
    // The cache compares the configuration.
    stated: stack.stated!,
    byAddress: (address) => {
      const resource = stack.byAddress(address);
      return resource && sealedResource(resource);
    },
  });
}

describe('rules that look at a policy alone', function () {
  this.timeout(240_000);
  const read = new Map<string, Set<string>>();
  before(() => {
    // Most calls end with an error, of which only the message counts.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    for (const path of fixturePaths())
      for (const { files } of readFixture(path).cases)
        for (const { policy, stack, contextOf } of policiesIn(files)) {
          const context = { ...contextOf(sealedStack(stack)), beside: () => policyHolders(policy, stack) };
          for (const rule of POLICY_RULES) {
            // One reason is enough for a rule that may read more.
            if (!rule.selfContained && read.has(rule.id)) continue;
            try {
              for (const report of rule.check(sealedPolicy(policy, rule), context))
                for (const { wrong } of report.violations) assert.ok(wrong.yes);
            } catch (error) {
              const reasons = read.get(rule.id);
              if (reasons) reasons.add((error as Error).message);
              else read.set(rule.id, new Set([(error as Error).message]));
            }
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
