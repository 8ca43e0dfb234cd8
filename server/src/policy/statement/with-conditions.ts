import type { Truth } from '../../base/guard.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';

/** A statement with other conditions. Its other elements are read on demand. */
export function withConditions(
  statement: Statement,
  conditions: readonly Condition[],
  complete = statement.conditionsComplete,
): Statement {
  return new StatementWithConditions(statement, conditions, complete);
}

class StatementWithConditions implements Statement {
  readonly when: Truth;
  readonly value: Value;
  readonly conditions: readonly Condition[];
  readonly conditionsComplete: Truth;
  readonly #statement: Statement;

  constructor(statement: Statement, conditions: readonly Condition[], complete: Truth) {
    this.when = statement.when;
    this.value = statement.value;
    this.conditions = conditions;
    this.conditionsComplete = complete;
    // Several changes of one statement do not make a chain of them.
    this.#statement = statement instanceof StatementWithConditions ? statement.#statement : statement;
  }

  get effect(): Value {
    return this.#statement.effect;
  }
  get actions(): Value {
    return this.#statement.actions;
  }
  get notActions(): Value {
    return this.#statement.notActions;
  }
  get resources(): Value {
    return this.#statement.resources;
  }
  get notResources(): Value {
    return this.#statement.notResources;
  }
  get principals(): Value {
    return this.#statement.principals;
  }
  get notPrincipals(): Value {
    return this.#statement.notPrincipals;
  }
}
