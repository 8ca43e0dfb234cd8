import { bothTruths, Guard, type Truth } from '../base/guard.ts';
import { itemsOf, leaves, member } from '../model/navigate.ts';
import type { Condition, PolicyDocument, PolicyKind, Statement } from '../model/policy.ts';
import type { Resource } from '../model/resource.ts';
import type { Element, Value } from '../model/value.ts';
import { documentIn } from './json-document.ts';

export interface Carrier {
  readonly kind: PolicyKind;
  readonly service?: string;
  readonly path: string;
}

/** The policy document that a value carries, whether as an object or as JSON in a text. */
export function policyDocument(carrier: Carrier, host: Resource, exists: Truth, value: Value): PolicyDocument {
  const document = documentIn(value);
  let parts: { statements: readonly Statement[]; complete: Truth } | undefined;
  const read = () => {
    if (!parts) {
      const items = itemsOf(member(document, 'Statement'), true);
      parts = { statements: items.items.map(statement), complete: items.complete };
    }
    return parts;
  };
  return {
    ...carrier, host, exists, value: document,
    get statements() { return read().statements; },
    get complete() { return read().complete; },
  };
}

/** A statement, its elements normalised: one text stands for a list of one. */
function statement({ value, when }: Element): Statement {
  const conditions = conditionsOf(member(value, 'Condition'));
  return {
    when, value,
    effect: member(value, 'Effect'),
    actions: member(value, 'Action'),
    notActions: member(value, 'NotAction'),
    resources: member(value, 'Resource'),
    notResources: member(value, 'NotResource'),
    principals: member(value, 'Principal'),
    notPrincipals: member(value, 'NotPrincipal'),
    conditions: conditions.conditions,
    conditionsComplete: conditions.complete,
  };
}

/** The conditions of a statement in every scenario, and where these are all. */
function conditionsOf(block: Value): { conditions: readonly Condition[]; complete: Truth } {
  const conditions: Condition[] = [];
  const blocks = leaves(block);
  let complete: Guard = Guard.never;
  blocks.forEach(({ guard, value: operators }, index) => {
    const elsewhere = blocks.reduce((sum, other, i) => i === index ? sum : sum.or(other.guard), Guard.never);
    const here: Truth = { yes: guard, no: elsewhere };
    if (operators.state === 'absent' && !operators.open) complete = complete.or(guard);
    if (operators.state !== 'object') return;
    let all = !operators.open;
    for (const operator of operators.entries) {
      const keys = operator.value;
      if (keys.state !== 'object' || keys.open) all = false;
      if (keys.state !== 'object') continue;
      for (const key of keys.entries) {
        conditions.push({
          operator: operator.key, key: key.key, keyAt: key.keyAt, values: key.value,
          when: bothTruths(here, bothTruths(operator.when, key.when)),
        });
      }
    }
    if (all) complete = complete.or(guard);
  });
  return { conditions, complete: { yes: complete, no: Guard.never } };
}
