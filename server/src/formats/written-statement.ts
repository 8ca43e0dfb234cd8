import { bothTruths, Guard, TRUE, type Truth } from '../base/guard.ts';
import { absentFrom, leaves, member } from '../model/navigate.ts';
import type { Condition, Statement } from '../model/policy.ts';
import type { Value } from '../model/value.ts';

/** A statement whose elements are evaluated on demand. */
export class WrittenStatement implements Statement {
  readonly when: Truth;
  readonly value: Value;
  readonly #holder: Value;
  #effect: Value | undefined;
  #actions: Value | undefined;
  #notActions: Value | undefined;
  #resources: Value | undefined;
  #notResources: Value | undefined;
  #principals: Value | undefined;
  #notPrincipals: Value | undefined;
  #limits: Limits | undefined;

  constructor(value: Value, when: Truth) {
    this.when = when;
    this.value = value;
    // A string instead of a statement has no elements, and cannot have any.
    this.#holder = value.state === 'known' || value.state === 'template' ? absentFrom(value) : value;
  }

  get effect(): Value {
    return (this.#effect ??= member(this.#holder, 'Effect'));
  }
  get actions(): Value {
    return (this.#actions ??= member(this.#holder, 'Action'));
  }
  get notActions(): Value {
    return (this.#notActions ??= member(this.#holder, 'NotAction'));
  }
  get resources(): Value {
    return (this.#resources ??= member(this.#holder, 'Resource'));
  }
  get notResources(): Value {
    return (this.#notResources ??= member(this.#holder, 'NotResource'));
  }
  get principals(): Value {
    return (this.#principals ??= member(this.#holder, 'Principal'));
  }
  get notPrincipals(): Value {
    return (this.#notPrincipals ??= member(this.#holder, 'NotPrincipal'));
  }
  get conditions(): readonly Condition[] {
    return this.#limit().conditions;
  }
  get conditionsComplete(): Truth {
    return this.#limit().complete;
  }

  #limit(): Limits {
    return (this.#limits ??= conditionsOf(member(this.#holder, 'Condition')));
  }
}

/** The conditions of a statement in every scenario, and the scenarios in which they are complete. */
interface Limits {
  readonly conditions: readonly Condition[];
  readonly complete: Truth;
}

const NO_CONDITIONS: Limits = { conditions: [], complete: TRUE };

/** The conditions of a Condition element. */
function conditionsOf(block: Value): Limits {
  // Most statements have none.
  if (block.state === 'absent' && !block.open) return NO_CONDITIONS;
  const conditions: Condition[] = [];
  const blocks = leaves(block);
  let complete: Guard = Guard.never;
  blocks.forEach(({ guard, value: operators }, index) => {
    const elsewhere = blocks.reduce((sum, other, i) => (i === index ? sum : sum.or(other.guard)), Guard.never);
    const here: Truth = { yes: guard, no: elsewhere };
    if (operators.state === 'absent' && !operators.open) complete = complete.or(guard);
    if (operators.state !== 'object') return;
    let all: Guard = operators.open ? Guard.never : guard;
    for (const operator of operators.entries) {
      const parts = leaves(operator.value);
      let closed = operator.when.no;
      for (const part of parts) {
        if (part.value.state !== 'object') continue;
        if (!part.value.open) closed = closed.or(part.guard);
        const within: Truth =
          parts.length === 1
            ? TRUE
            : {
                yes: part.guard,
                no: parts.reduce<Guard>((sum, other) => (other === part ? sum : sum.or(other.guard)), Guard.never),
              };
        for (const key of part.value.entries)
          conditions.push({
            operator: operator.key,
            key: key.key,
            keyAt: key.keyAt,
            ...(operator.computedKey || key.computedKey ? { computed: true } : {}),
            values: key.value,
            when: bothTruths(bothTruths(here, operator.when), bothTruths(within, key.when)),
          });
      }
      all = all.and(closed);
    }
    complete = complete.or(all);
  });
  return { conditions, complete: { yes: complete, no: Guard.never } };
}
