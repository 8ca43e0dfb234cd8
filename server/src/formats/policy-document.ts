import { bothTruths, Guard, type Truth } from '../base/guard.ts';
import { absentFrom, itemsOf, leaves, mapLeaves, member, unknown } from '../model/navigate.ts';
import type { Condition, PolicyDocument, PolicyKind, Statement } from '../model/policy.ts';
import type { Resource } from '../model/resource.ts';
import type { Element, Value } from '../model/value.ts';
import { parseEmbedded } from '../syntax/embedded.ts';
import type { ScalarNode } from '../syntax/tree.ts';
import { valueOfJson } from './json-text.ts';
import { locate, madeOfJson } from './located.ts';
import { plainValue } from './plain.ts';

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

/** A document as an object: a text that holds a JSON object becomes that object, with its places in the text, where characters of it have places. */
export function documentIn(value: Value): Value {
  return mapLeaves(value, (leaf) => {
    const made = madeOfJson(leaf);
    if (made) return made;
    // An empty text is no document: providers and what blanks out secrets leave one where there is none to see.
    if (leaf.state === 'known' && leaf.raw.trim() === '') return absentFrom(leaf);
    if (leaf.state === 'text') return valueOfJson(leaf.pieces, leaf.origin) ?? unknown(leaf.origin, 'function');
    if (leaf.state !== 'known' || !/^\s*\{/.test(leaf.raw)) return leaf;
    const located = locate(leaf);
    // A text that a function made is not the text that stands there.
    const written = located?.node.kind === 'scalar' && located.node.value === leaf.raw;
    const inner = written ? parseEmbedded(located.tree, located.node as ScalarNode, 'json') : undefined;
    const root = inner?.roots[0];
    if (!inner || !root) return valueOfJson([leaf.raw], leaf.origin) ?? unknown(leaf.origin, 'function');
    return plainValue(inner, root, leaf.origin.key, leaf.origin.edit, leaf.origin.secret);
  });
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
