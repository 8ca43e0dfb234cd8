/** `for` expressions and directives over lists and objects that are known. */
import { bothTruths, type Truth } from '../../../base/guard.ts';
import { mapLeaves, unknown } from '../../../model/navigate.ts';
import type { Element, Leaf, Member, Origin, Value } from '../../../model/value.ts';
import type { Piece } from '../../text.ts';
import type { For, ForDirective } from './ast.ts';
import { refsOf } from './combine.ts';
import { evaluateIn, textOf, type Context } from './evaluate.ts';
import { scalar } from './origin.ts';
import { addressesIn } from './references.ts';
import { truthIn } from './truth.ts';

/** One round of a loop. */
interface Round {
  readonly context: Context;
  readonly when: Truth;
}

/** The list or object that a `for` expression makes. Grouped values are not worked out. */
export function forExpression(expression: For, context: Context, origin: Origin): Value {
  const collection = evaluateIn(expression.collection, context);
  if (expression.group) return unknown(origin, 'function', addressesIn(expression, context.scope));
  return mapLeaves(collection, (leaf): Value => {
    const rounds = roundsOf(leaf, expression.keyName, expression.valueName, context, origin);
    if (!rounds) return unknown(origin, 'function', [...new Set([...addressesIn(expression, context.scope), ...refsOf([leaf])])]);
    const open = (leaf.state === 'list' || leaf.state === 'object') && leaf.open;
    const kept = rounds.flatMap(({ context: inner, when }): readonly Round[] => {
      const both = expression.condition ? bothTruths(when, truthIn(expression.condition, inner, false)) : when;
      return both.no.isAlways() ? [] : [{ context: inner, when: both }];
    });
    return expression.key ? objectOf(expression.key, expression.value, kept, open, origin) : {
      state: 'list', origin, open,
      items: kept.map(({ context: inner, when }): Element => ({ value: evaluateIn(expression.value, inner), when })),
    };
  });
}

function objectOf(key: For['value'], value: For['value'], rounds: readonly Round[], isOpen: boolean, origin: Origin): Value {
  let open = isOpen;
  const entries = rounds.flatMap(({ context, when }): readonly Member[] => {
    const name = evaluateIn(key, context);
    const keyAt = context.scope.span(key);
    if (name.state === 'known' && name.value !== null) return [{ key: name.raw, keyAt, value: evaluateIn(value, context, { key: keyAt }), when }];
    open = true;
    return [];
  });
  return { state: 'object', origin, entries, open };
}

/** The pieces of text that a `for` directive makes; one that is not known when the rounds are not. */
export function forDirective(directive: ForDirective, context: Context, origin: Origin): readonly Piece[] {
  const collection = evaluateIn(directive.collection, context);
  const open = (collection.state === 'list' || collection.state === 'object') && collection.open;
  const rounds = collection.state === 'choice' ? undefined : roundsOf(collection, directive.key, directive.value, context, origin);
  if (!rounds || open || !rounds.every((round) => round.when.yes.isAlways())) {
    return [unknown(origin, 'function', [...new Set([...addressesIn(directive.collection, context.scope), ...refsOf([collection])])])];
  }
  return rounds.map((round) => textOf(directive.body, round.context, origin));
}

/** The rounds over a collection; undefined when it is not one. The key of a list's item is not known: in a set, it is the item. */
function roundsOf(leaf: Leaf, keyName: string | undefined, valueName: string, context: Context, origin: Origin): readonly Round[] | undefined {
  const round = (key: Value, value: Value, when: Truth): Round => {
    const bindings = new Map(context.bindings).set(valueName, value);
    if (keyName !== undefined) bindings.set(keyName, key);
    // What is written once stands for every round, so that it cannot be changed for one of them.
    return { context: { ...context, bindings, edit: 'none' }, when };
  };
  switch (leaf.state) {
    case 'list': return leaf.items.map((item) => round(unknown(origin, 'function'), item.value, item.when));
    case 'object': return leaf.entries.map((entry) => round(scalar({ use: entry.keyAt, steps: [], edit: 'shared' }, entry.key), entry.value, entry.when));
    default: return undefined;
  }
}
