import { numbering } from '../base/memoize.ts';
import { ownText } from '../base/own-text.ts';
import { StructuralKeys } from '../model/structural-key.ts';
import type { PolicyDocument } from '../model/policy.ts';
import type { Boundary } from '../policy/allowance/boundary.ts';
import { policyHolders } from '../policy/allowance/policy-holders.ts';
import { dependsOnHolder } from '../policy/allowance/holder.ts';
import type { Stack } from '../model/resource.ts';
import type { IamData } from '../policy/data/iam-data.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { CheckOptions } from './check.ts';

/**
 * The maximum number of policies, and the maximum size of their texts in bytes. Each has a set of rules of a few
 * kilobytes at most.
 */
const MOST_POLICIES = 4096;
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * A cache of the rules that report nothing for a policy. Most policies of a document do not change with an edit, and
 * many policies of a project are equal, so self-contained rules need not check them again. Entries do not belong to
 * documents and need no invalidation; the least recently used are dropped.
 */
export class CleanPolicyCache {
  readonly #mostPolicies: number;
  readonly #mostBytes: number;
  /** Least recently used entries come first. */
  readonly #held = new Map<string, Set<AnyRule>>();
  readonly #numberOf = numbering<IamData>();
  #bytes = 0;
  #lastContext: { readonly options: PolicyCheckOptions; readonly key: string } | undefined;

  constructor(mostPolicies = MOST_POLICIES, mostBytes = MOST_BYTES) {
    this.#mostPolicies = mostPolicies;
    this.#mostBytes = mostBytes;
  }

  /** The number of policies, and the size of their texts in bytes. */
  get size(): { readonly policies: number; readonly bytes: number } {
    return { policies: this.#held.size, bytes: this.#bytes };
  }

  /** The set of rules that report nothing for a policy, to which callers add; undefined for a policy without a key. */
  rulesOf(policy: PolicyDocument, stack: Stack, options: PolicyCheckOptions): Set<AnyRule> | undefined {
    const key = structuralKeyOfPolicy(policy, stack);
    if (key === undefined) return undefined;
    // Keys are made of parts of documents, each of which would keep the whole text of its version.
    const entry = ownText(`${this.#contextKey(options)} ${key}`);
    const rules = this.#held.get(entry) ?? new Set();
    if (this.#held.delete(entry)) this.#bytes -= bytesOf(entry);
    this.#held.set(entry, rules);
    this.#bytes += bytesOf(entry);
    this.#makeRoom();
    return rules;
  }

  #makeRoom(): void {
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= this.#mostPolicies && this.#bytes <= this.#mostBytes) break;
      this.#held.delete(oldest);
      this.#bytes -= bytesOf(oldest);
    }
  }

  /**
   * The key of a context. Configurations are parsed repeatedly, so they are compared by content; IAM data is created
   * once.
   */
  #contextKey(options: PolicyCheckOptions): string {
    if (!this.#lastContext || !isSame(this.#lastContext.options, options)) {
      const {
        configuration: { assume, accounts = [], quotas },
        iam,
        reported,
        today,
      } = options;
      const by = { configuration: options.configuration, iam, today, ...(reported ? { reported } : {}) };
      this.#lastContext = {
        options: by,
        key: JSON.stringify([
          today,
          reported?.profile,
          reported?.certainty,
          [...(reported?.always ?? [])],
          iam ? this.#numberOf(iam) : undefined,
          sorted(assume),
          accounts,
          sorted(quotas),
        ]),
      };
    }
    return this.#lastContext.key;
  }
}

/** The inputs of rules about a policy besides the policy itself. */
type PolicyCheckOptions = Pick<CheckOptions, 'configuration' | 'iam' | 'reported' | 'today'>;

function isSame(one: PolicyCheckOptions, other: PolicyCheckOptions): boolean {
  return (
    one.configuration === other.configuration &&
    one.iam === other.iam &&
    one.today === other.today &&
    one.reported?.profile === other.reported?.profile &&
    one.reported?.certainty === other.reported?.certainty &&
    sameIds(one.reported?.always, other.reported?.always)
  );
}

function sameIds(one: ReadonlySet<string> = NONE, other: ReadonlySet<string> = NONE): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id));
}

const NONE: ReadonlySet<string> = new Set();

function sorted(named: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The maximum size of the characters of a text. */
function bytesOf(text: string): number {
  return 2 * text.length;
}

/** The key of a policy: all inputs of a self-contained rule, and what determines severity. */
function structuralKeyOfPolicy(policy: PolicyDocument, stack: Stack): string | undefined {
  const { kind, suggests = '', service = '', shape = '', path, host, when: exists } = policy;
  if (!exists.yes.isAlways()) return undefined;
  const keys = new StructuralKeys([host.address, host.family], (to) => stack.byAddress(to)?.type);
  const policyKey = keys.of(policy.value);
  if (policyKey === undefined || policy.unreadable?.length) return undefined;
  const { each = [], isOwn = true, isClosed = true } = policyHolders(policy, stack) ?? {};
  let denied = '';
  for (const { denials, facts, when: held, boundary } of each) {
    // The key does not include the facts about the principals that the conditions test.
    if (dependsOnHolder([...policy.statements, ...denials.map(({ statement }) => statement)], facts)) return undefined;
    if (!isOwn && !held.yes.isAlways() && each.some((one) => one.denials.length > 0 || one.boundary)) return undefined;
    if (!isOwn) denied += ` ${isClosed ? 'of' : 'by'}`;
    const within = boundary ? keyOfBoundary(boundary, keys) : '';
    if (within === undefined) return undefined;
    denied += within;
    for (const { statement, when } of denials) {
      const statementKey = when.yes.isAlways() ? keys.of(statement.value) : undefined;
      if (statementKey === undefined) return undefined;
      denied += ` ${statementKey}`;
    }
  }
  return `${kind} ${suggests} ${service} ${shape} ${path} ${host.type} ${host.format} ${host.internal} ${host.generated} ${policyKey}${denied}`;
}

/** The key of a permissions boundary: the value that names it, and its documents if the stack contains them. */
function keyOfBoundary({ boundary, boundaries }: Boundary, keys: StructuralKeys): string | undefined {
  const parts = [
    boundary && keys.of(boundary),
    ...boundaries.map(({ policy, when }) =>
      when.yes.isAlways() && policy.when.yes.isAlways() ? keys.of(policy.value) : undefined,
    ),
  ];
  return parts.includes(undefined) ? undefined : ` within ${parts.join(' ')}`;
}
