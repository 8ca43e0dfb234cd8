/** Evaluates attributes, indexes and splats. */
import { mapLeaves, unknown } from '../../../model/navigate.ts';
import type { Leaf, Origin, Step, Value } from '../../../model/value.ts';
import type { Attribute, Expression, Index, Splat, SplatItem, Variable } from './ast.ts';
import { attributeOf, itemAt } from './attribute.ts';
import { listOf, listWith, sequenceOr } from './collections.ts';
import { unknownOf } from './combine.ts';
import { evaluateIn, type EvaluationContext } from './context.ts';
import { orderOf } from './order.ts';
import { placedAt } from './origin.ts';
import { instanceKey, traversalOf, type Traversal, type TraversalStep } from './references.ts';
import { EVERY_INSTANCE, type TraversalHead } from './scope.ts';

type Chain = Variable | Attribute | Index | Splat | SplatItem;

/** The value of a chain at the place that the origin describes. */
export function traversalValue(chain: Chain, context: EvaluationContext, origin: Origin): Value {
  const traversal = traversalOf(chain);
  const root = traversal?.root;
  if (
    traversal &&
    root &&
    root !== 'var' &&
    root !== 'local' &&
    boundValue(root, context) === undefined &&
    !resolvedHead(chain, context, origin)
  ) {
    return itemOfSplat(chain, context, origin) ?? context.scope.reference(withKeys(traversal, context), origin);
  }
  const value = walked(chain, context, origin);
  return placedAt(value, origin, stepOf(chain));
}

/** The item of a splat of the legacy form, `a.b.*.c[0]`, whose items are known. */
function itemOfSplat(chain: Chain, context: EvaluationContext, origin: Origin): Value | undefined {
  if (chain.kind !== 'index' || chain.of.kind !== 'splat') return undefined;
  const items = traversalValue(chain.of, context, origin);
  return items.state === 'list' ? itemAt(items, evaluateIn(chain.key, context), origin) : undefined;
}

/** The value of the output or attribute at the start of a chain, if known. */
function resolvedHead(chain: Expression, context: EvaluationContext, origin: Origin): Value | undefined {
  for (let next: Expression | undefined = chain; next; next = 'of' in next ? next.of : undefined) {
    const head = headAt(next, context);
    if (head) return context.scope.resolve(head, origin);
  }
  return undefined;
}

/** The module or data source whose attribute an expression reads: `module.m.out`, `data.x.y[0].json`. */
function headAt(expression: Expression, context: EvaluationContext): TraversalHead | undefined {
  if (expression.kind === 'splat') {
    const { of: all, each } = expression;
    return each.kind === 'attribute' && each.of.kind === 'splat-item'
      ? headOf(all, EVERY_INSTANCE, each.name)
      : undefined;
  }
  if (expression.kind !== 'attribute') return undefined;
  const { of, name: attribute } = expression;
  return of.kind === 'index' ? headOf(of.of, keyOf(of.key, context), attribute) : headOf(of, undefined, attribute);
}

function headOf(holder: Expression, key: string | undefined, attribute: string): TraversalHead | undefined {
  if (holder.kind !== 'attribute') return undefined;
  if (holder.of.kind === 'variable' && holder.of.name === 'module')
    return { kind: 'module', type: '', name: holder.name, key, attribute };
  const type = holder.of;
  return type.kind === 'attribute' && type.of.kind === 'variable' && type.of.name === 'data'
    ? { kind: 'data', type: type.name, name: holder.name, key, attribute }
    : undefined;
}

/** The key of an index expression in the form of addresses. */
function keyOf(expression: Expression, context: EvaluationContext): string | undefined {
  const key = evaluateIn(expression, context);
  return key.state === 'known' && (typeof key.value === 'string' || typeof key.value === 'number')
    ? instanceKey(key.value)
    : undefined;
}

/** A traversal with its computed keys evaluated, where known. */
function withKeys(traversal: Traversal, context: EvaluationContext): Traversal {
  if (!traversal.steps.some((step) => step.kind === 'index' && step.key === undefined)) return traversal;
  return {
    ...traversal,
    steps: traversal.steps.map((step) => {
      if (step.kind !== 'index' || step.key !== undefined) return step;
      const key = evaluateIn(step.at, context);
      return key.state === 'known' && (typeof key.value === 'string' || typeof key.value === 'number')
        ? { ...step, key: key.value }
        : step;
    }),
  };
}

function boundValue(name: string, context: EvaluationContext): Value | undefined {
  return context.bindings.get(name) ?? context.scope.bound(name);
}

/** The variable or local at the start of a chain, as a step in the path of references. */
function stepOf(chain: Chain): Step | undefined {
  const traversal = traversalOf(chain);
  const first = traversal?.steps[0];
  if (first?.kind !== 'attribute' || (traversal!.root !== 'var' && traversal!.root !== 'local')) return undefined;
  return { what: traversal!.root === 'var' ? 'variable' : 'local', name: `${traversal!.root}.${first.name}` };
}

/** The value at the end of a chain, at the place where it is defined. */
function walked(expression: Expression, context: EvaluationContext, origin: Origin): Value {
  if (context.work.left-- <= 0) return unknown(origin, 'budget');
  switch (expression.kind) {
    case 'variable':
      return boundValue(expression.name, context) ?? unknown(origin, 'syntax');
    case 'splat-item':
      return context.item ?? unknown(origin, 'syntax');
    case 'attribute': {
      const head = headAt(expression, context);
      return (head && context.scope.resolve(head, origin)) ?? attributeValue(expression, context, origin);
    }
    case 'index':
      return itemAt(walked(expression.of, context, origin), evaluateIn(expression.key, context), origin);
    case 'splat': {
      const head = headAt(expression, context);
      return (head && context.scope.resolve(head, origin)) ?? splatValue(expression, context, origin);
    }
    default:
      return evaluateIn(expression, context);
  }
}

function attributeValue(expression: Attribute, context: EvaluationContext, origin: Origin): Value {
  const { of, name } = expression;
  if (of.kind === 'variable' && boundValue(of.name, context) === undefined) {
    if (of.name === 'var') return context.scope.variable(name, origin);
    if (of.name === 'local') return context.scope.local(name, origin);
  }
  return mapLeaves(walked(of, context, origin), (leaf) => {
    if (leaf.state !== 'reference' || leaf.attribute !== undefined) return attributeOf(leaf, name);
    const head = headOfData(leaf.to, name, context);
    if (head) return context.scope.resolve(head, origin) ?? attributeOf(leaf, name);
    const traversal = ofInstance(leaf.to, expression, context);
    return traversal ? context.scope.reference(traversal, leaf.origin) : attributeOf(leaf, name);
  });
}

/**
 * The object of an attribute access, if a reference to it resolves to an instance of a data source in the same module.
 */
function headOfData(
  address: string,
  attribute: string,
  { scope: { within } }: EvaluationContext,
): TraversalHead | undefined {
  if (!address.startsWith(`${within}data.`)) return undefined;
  const [, type, name, key] = /^data\.([\w-]+)\.([\w-]+)(\[.*\])?$/s.exec(address.slice(within.length)) ?? [];
  return type === undefined || name === undefined ? undefined : { kind: 'data', type, name, key: key ?? '', attribute };
}

/** The traversal to an attribute of an instance of a resource of the same module, as if its address were written. */
function ofInstance(
  address: string,
  expression: Attribute,
  { scope: { within } }: EvaluationContext,
): Traversal | undefined {
  const own = address.startsWith(within) ? address.slice(within.length) : '';
  const [, type, resource, key] = /^((?!module\.|data\.)[\w-]+)\.([\w-]+)(?:\[(.*)\])?$/s.exec(own) ?? [];
  if (type === undefined || resource === undefined) return undefined;
  const { name, start, end } = expression;
  const index =
    key === undefined
      ? []
      : [{ kind: 'index' as const, key: JSON.parse(key) as string | number, at: expression, start, end }];
  const steps: readonly TraversalStep[] = [
    { kind: 'attribute', name: resource, start, end },
    ...index,
    { kind: 'attribute', name, start, end },
  ];
  return { root: type, steps, start, end };
}

/** A splat of a list applies to its items; a splat of any other value except null returns a list of one. */
function splatValue({ of, each }: Splat, context: EvaluationContext, origin: Origin): Value {
  const through = (item: Value): Value => walked(each, { ...context, item }, origin);
  return mapLeaves(walked(of, context, origin), (leaf: Leaf): Value => {
    switch (leaf.state) {
      case 'list':
        return listWith(
          leaf.origin,
          leaf.items.map((item) => ({ value: through(item.value), when: item.when })),
          sequenceOr(orderOf(leaf)),
          leaf.open,
        );
      case 'known':
        return listOf(leaf.origin, leaf.value === null ? [] : [through(leaf)]);
      case 'object':
        return listOf(leaf.origin, [through(leaf)]);
      default:
        return unknownOf(origin, 'computed', [leaf]);
    }
  });
}
