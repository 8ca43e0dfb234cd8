import { structuralKeyOf } from '../model/structural-key.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { holdersBeside } from '../policy/beside.ts';
import { asksHolder } from '../policy/holder.ts';
import type { Address } from '../model/value.ts';
import type { Stack } from '../model/resource.ts';
import type { IamData } from '../policy/iam-data.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { CheckOptions } from './check.ts';

/** How many policies are remembered, and how many bytes their texts may take together. Each has a set of rules beside, of a few kilobytes at most. */
const MOST_POLICIES = 4096;
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * Which rules have nothing to say of policies that were looked at before. Most policies of a document are what they were before the last
 * key was pressed, and many of a project are alike, so that rules which look at nothing else need not look again. What is remembered is of no
 * document, so nothing has to be done when one is closed: what nobody asks for goes first when there is no more room.
 */
export class QuietPolicies {
  readonly #mostPolicies: number;
  readonly #mostBytes: number;
  /** Those that were asked for longest ago come first. */
  readonly #held = new Map<string, Set<AnyRule>>();
  readonly #numbers = new WeakMap<IamData, number>();
  #bytes = 0;
  #data = 0;
  #asked: { readonly by: Asked; readonly said: string } | undefined;

  constructor(mostPolicies = MOST_POLICIES, mostBytes = MOST_BYTES) {
    this.#mostPolicies = mostPolicies;
    this.#mostBytes = mostBytes;
  }

  /** How many policies are remembered, and how many bytes their texts take. */
  get size(): { readonly policies: number; readonly bytes: number } {
    return { policies: this.#held.size, bytes: this.#bytes };
  }

  /** The rules that have nothing to say of a policy, to be added to; undefined for one that cannot be told from others. */
  rulesOf(policy: PolicyDocument, stack: Stack, asked: Asked): Set<AnyRule> | undefined {
    const key = structuralKeyOfPolicy(policy, stack);
    if (key === undefined) return undefined;
    const said = `${this.#saidOf(asked)} ${key}`;
    const rules = this.#held.get(said) ?? new Set();
    if (this.#held.delete(said)) this.#bytes -= bytesOf(said);
    this.#held.set(said, rules);
    this.#bytes += bytesOf(said);
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

  /** What was asked, as a text. Configurations are read again and again, so what they say counts; what is known of IAM is put together once. */
  #saidOf(asked: Asked): string {
    if (!this.#asked || !isSame(this.#asked.by, asked)) {
      const {
        configuration: { assume, accounts = [], quotas },
        iam,
        reported,
        today,
      } = asked;
      const by = {
        configuration: asked.configuration,
        iam,
        today,
        ...(reported ? { reported: { profile: reported.profile, certainty: reported.certainty } } : {}),
      };
      this.#asked = {
        by,
        said: JSON.stringify([
          today,
          reported?.profile,
          reported?.certainty,
          iam ? this.#numberOf(iam) : 0,
          sorted(assume),
          accounts,
          sorted(quotas),
        ]),
      };
    }
    return this.#asked.said;
  }

  #numberOf(iam: IamData): number {
    const number = this.#numbers.get(iam) ?? ++this.#data;
    this.#numbers.set(iam, number);
    return number;
  }
}

/** What decides, beside a policy, what rules say of it. */
type Asked = Pick<CheckOptions, 'configuration' | 'iam' | 'reported' | 'today'>;

function isSame(one: Asked, other: Asked): boolean {
  return (
    one.configuration === other.configuration &&
    one.iam === other.iam &&
    one.today === other.today &&
    one.reported?.profile === other.reported?.profile &&
    one.reported?.certainty === other.reported?.certainty
  );
}

function sorted(named: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The most that the characters of a text take. */
function bytesOf(text: string): number {
  return 2 * text.length;
}

/** What a rule that looks at a policy alone can see of it, and what decides how much is made of what it says, as a text. */
function structuralKeyOfPolicy(policy: PolicyDocument, stack: Stack): string | undefined {
  const { kind, suggests = '', service = '', shape = '', path, host, exists } = policy;
  if (!exists.yes.isAlways()) return undefined;
  const typeOf = (to: Address): string | undefined => stack.byAddress(to)?.type;
  const said = structuralKeyOf(policy.value, typeOf);
  if (said === undefined || policy.unreadable?.length) return undefined;
  const { each = [], isOwn = true } = holdersBeside(policy, stack) ?? {};
  // What is asked of who has the policy its key does not say, and neither who of several has it.
  if (
    each.some(({ denials, facts }) =>
      asksHolder([...policy.statements, ...denials.map(({ statement }) => statement)], facts),
    )
  )
    return undefined;
  if (!isOwn && each.some(({ denials }) => denials.length > 0)) return undefined;
  let denied = '';
  for (const { denials } of each)
    for (const { statement, when } of denials) {
      const its = when.yes.isAlways() ? structuralKeyOf(statement.value, typeOf) : undefined;
      if (its === undefined) return undefined;
      denied += ` ${its}`;
    }
  return `${kind} ${suggests} ${service} ${shape} ${path} ${host.type} ${host.format} ${host.internal} ${host.generated} ${said}${denied}`;
}
