/** An index of the policy rules by what they need of a policy. */
import { flatMap } from '../base/flat-map.ts';
import type { PolicyDocument, PolicyKind } from '../model/policy.ts';
import { digestOf, traitMask } from '../policy/needs/policy-digest.ts';
import { meetsNeeds, type PolicyNeeds } from '../policy/needs/policy-needs.ts';
import type { AnyRule, PolicyCheck } from '../rules/rule.ts';

export type PolicyRule = AnyRule & PolicyCheck;

/** The maximum number of kinds of policies, by their digests, whose rules are kept. */
const MOST_KEPT = 2048;

/**
 * The rules that can report something about a policy, in the order of the list. Policies that are alike as far as any
 * rule of the list needs to know share them, so a rule costs nothing where it does not apply.
 */
export class PolicyRuleIndex {
  /** The rules with the same needs, and the rank of each in the list. */
  readonly #groups: ReadonlyMap<string, { readonly needs: PolicyNeeds; readonly rules: PolicyRule[] }>;
  readonly #rankOf: ReadonlyMap<PolicyRule, number>;
  readonly #services: ReadonlySet<string>;
  readonly #keys: ReadonlySet<string>;
  readonly #traits: number;
  readonly #known = new Map<string, readonly PolicyRule[]>();
  readonly #ofAlike = new WeakMap<object, readonly PolicyRule[]>();

  constructor(rules: readonly PolicyRule[]) {
    const groups = new Map<string, { needs: PolicyNeeds; rules: PolicyRule[] }>();
    for (const rule of rules) {
      const { needs = {} } = rule;
      const key = JSON.stringify(needs);
      const group = groups.get(key);
      if (group) group.rules.push(rule);
      else groups.set(key, { needs, rules: [rule] });
    }
    const all = [...groups.values()].map(({ needs }) => needs);
    this.#groups = groups;
    this.#rankOf = new Map(rules.map((rule, rank) => [rule, rank]));
    this.#services = new Set(flatMap(all, ({ services, attachedTo }) => [...(services ?? []), ...(attachedTo ?? [])]));
    this.#keys = new Set(flatMap(all, ({ keys }) => keys ?? []));
    this.#traits = traitMask(...flatMap(all, ({ statement = [] }) => statement.flat()));
  }

  get isEmpty(): boolean {
    return this.#rankOf.size === 0;
  }

  /**
   * The rules for a policy.
   * @param alike The same object for policies that are structurally equal, so that only the first is read.
   */
  rulesFor(policy: PolicyDocument, alike?: object): readonly PolicyRule[] {
    const known = alike && this.#ofAlike.get(alike);
    if (known) return known;
    const rules = this.#read(policy);
    if (alike) this.#ofAlike.set(alike, rules);
    return rules;
  }

  #read(policy: PolicyDocument): readonly PolicyRule[] {
    const key = this.#keyOf(policy);
    const known = this.#known.get(key);
    if (known) return known;
    const rules = flatMap(
      [...this.#groups.values()].filter(({ needs }) => meetsNeeds(policy, needs)),
      (group) => group.rules.filter(({ kinds }) => isFor(policy.kind, kinds)),
    ).sort((one, other) => this.#rankOf.get(one)! - this.#rankOf.get(other)!);
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    this.#known.set(key, rules);
    return rules;
  }

  /** The rules for a kind of policies, regardless of its content. */
  rulesForKind(kind: PolicyKind): readonly PolicyRule[] {
    return [...this.#rankOf.keys()].filter(({ kinds }) => isFor(kind, kinds));
  }

  /** Everything of a policy that a rule of the list needs to know. */
  #keyOf(policy: PolicyDocument): string {
    const { statements, services, keys, operators } = digestOf(policy);
    const { kind, service = '' } = policy;
    const masks = new Set(statements.map((mask) => mask & this.#traits));
    return [
      kind,
      this.#services.has(service) ? service : '',
      [...masks].sort().join(),
      services ? among(services, this.#services) : '*',
      among(keys, this.#keys),
      [...operators].sort().join(),
    ].join(' ');
  }
}

function isFor(kind: PolicyKind, kinds: readonly PolicyKind[] | undefined): boolean {
  return kinds?.includes(kind) !== false;
}

/** The intersection of two sets, sorted. */
function among(has: ReadonlySet<string>, needed: ReadonlySet<string>): string {
  if (has.size === 0) return '';
  const both: string[] = [];
  for (const one of has) if (needed.has(one)) both.push(one);
  return both.sort().join();
}
