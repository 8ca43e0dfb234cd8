import { likenessOf } from '../model/likeness.ts';
import type { PolicyDocument } from '../model/policy.ts';
import type { Stack } from '../model/resource.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { CheckOptions } from './check.ts';

/** The number of characters of policies that are remembered. */
const MOST = 2_000_000;

/**
 * Which rules have nothing to say of policies that were looked at before. Most policies of a document are what they were before the last
 * key was pressed, and many of a project are alike, so that rules which look at nothing else need not look again.
 */
export class QuietPolicies {
  #held = new Map<string, Set<AnyRule>>();
  #size = 0;
  #asked: Asked | undefined;

  /** The rules that have nothing to say of a policy, to be added to; undefined for one that cannot be told from others. */
  rulesOf(policy: PolicyDocument, stack: Stack, asked: Asked): Set<AnyRule> | undefined {
    if (!this.#asked || !isSame(this.#asked, asked) || this.#size > MOST) this.#forget(asked);
    const likeness = likenessOfPolicy(policy, stack);
    if (likeness === undefined) return undefined;
    let rules = this.#held.get(likeness);
    if (!rules) {
      this.#held.set(likeness, rules = new Set());
      this.#size += likeness.length;
    }
    return rules;
  }

  #forget({ configuration, iam, reported }: Asked): void {
    this.#held = new Map();
    this.#size = 0;
    this.#asked = { configuration, iam, ...reported ? { reported } : {} };
  }
}

/** What decides, beside a policy, what rules say of it. */
type Asked = Pick<CheckOptions, 'configuration' | 'iam' | 'reported'>;

function isSame(one: Asked, other: Asked): boolean {
  return one.configuration === other.configuration && one.iam === other.iam && one.reported?.profile === other.reported?.profile && one.reported?.certainty === other.reported?.certainty;
}

/** What a rule that looks at a policy alone can see of it, and what decides how much is made of what it says, as a text. */
function likenessOfPolicy(policy: PolicyDocument, stack: Stack): string | undefined {
  const { kind, service = '', shape = '', path, host, exists } = policy;
  if (!exists.yes.isAlways()) return undefined;
  const said = likenessOf(policy.value, (to) => stack.byAddress(to)?.type);
  return said === undefined || policy.unreadable?.length ? undefined : `${kind} ${service} ${shape} ${path} ${host.type} ${host.format} ${host.internal} ${said}`;
}
