/** The references of an expression: their root names and traversal steps. */
import { flatMap } from '../../../base/flat-map.ts';
import { pushAll } from '../../../base/push-all.ts';
import type { Range } from '../../../base/span.ts';
import { table, type Table } from '../../../base/table.ts';
import type { Address, Unknown } from '../../../model/value.ts';
import { constantText, type Expression, type TemplatePart } from './ast.ts';

/** A traversal from a root name: `data.aws_iam_policy_document.x.json`, `aws_instance.a[0].id`, `var.list[*].arn`. */
export interface Traversal extends Range {
  readonly root: string;
  readonly steps: readonly TraversalStep[];
}

export type TraversalStep = Range &
  (
    | { readonly kind: 'attribute'; readonly name: string }
    /** The key is undefined if it is computed, as in `x[each.key]`; `at` is the expression that computes it. */
    | { readonly kind: 'index'; readonly key: string | number | undefined; readonly at: Expression }
    | { readonly kind: 'splat' }
  );

/** References to instances that are not distinguished and to modules that are not read. */
const ELSEWHERE: ReadonlySet<string> = new Set(['count', 'each', 'module']);

/** The facts about a traversal in the module at a path that is not read further. */
export function unreadFacts(traversal: Traversal, path: string): Pick<Unknown, 'byCaller' | 'expression'> {
  const expression = expressionOf(traversal, path);
  return {
    ...(ELSEWHERE.has(traversal.root) ? { byCaller: true } : {}),
    ...(expression === undefined ? {} : { expression }),
  };
}

/** The normalized text of a traversal; undefined if a key is computed, or if it has several values. */
function expressionOf({ root, steps }: Traversal, path: string): string | undefined {
  let text = path + root;
  for (const step of steps) {
    if (step.kind === 'attribute') text += `.${step.name}`;
    else if (step.kind === 'index' && step.key !== undefined) text += `[${JSON.stringify(step.key)}]`;
    else return undefined;
  }
  return text;
}

/** A resource, data source or module without instance keys, and the attribute that is read, without indexes. */
export interface ReferenceTarget {
  /** `aws_s3_bucket.b`, `data.aws_iam_policy_document.x`, `module.m`. */
  readonly address: Address;
  /**
   * The selected instance in the form of addresses, `["a"]` or `[0]`; undefined if none is selected or it is unknown.
   */
  readonly key: string | undefined;
  /** `id`, `vpc_config.subnet_ids`; undefined for a reference to the whole object. */
  readonly attribute: string | undefined;
}

/** The number of names between the root and the attributes, for roots that are not resource types. */
const ROOTS: Table<number> = table({
  data: 2,
  ephemeral: 2,
  resource: 2,
  module: 1,
  var: 0,
  local: 0,
  each: 0,
  count: 0,
  path: 0,
  terraform: 0,
  self: 0,
});

/** All references of an expression in document order, except names bound by a `for` in it. */
export function referencesOf(expression: Expression): readonly Traversal[] {
  const found: Traversal[] = [];
  visit(expression, new Set(), found);
  return found;
}

/**
 * The addresses of the references of an expression, without duplicates. `within` is the prefix of addresses in its
 * module.
 */
export function addressesIn(expression: Expression, { within }: { readonly within: string }): readonly Address[] {
  return [
    ...new Set(
      flatMap(referencesOf(expression), (traversal) => {
        const target = addressOf(traversal);
        return target ? [within + target.address] : [];
      }),
    ),
  ];
}

/** An expression and all expressions in it. */
export function expressionsIn(expression: Expression): readonly Expression[] {
  const open: Expression[] = [expression];
  const found: Expression[] = [];
  for (let next = open.pop(); next; next = open.pop()) {
    found.push(next);
    pushAll(open, subexpressionsOf(next).toReversed());
  }
  return found;
}

/** The direct subexpressions of an expression. */
export function subexpressionsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'attribute':
      return [expression.of];
    case 'index':
      return [expression.of, expression.key];
    case 'splat':
      return [expression.of, expression.each];
    case 'template':
      return childrenOfParts(expression.parts);
    case 'call':
      return expression.args;
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.condition, expression.then, expression.otherwise];
    case 'tuple':
      return expression.items;
    case 'object':
      return flatMap(expression.items, (item) => [item.key, item.value]);
    case 'parentheses':
      return [expression.inner];
    case 'for':
      return [expression.collection, expression.key, expression.value, expression.condition].filter(
        (one) => one !== undefined,
      );
    case 'variable':
    case 'literal':
    case 'splat-item':
    case 'invalid':
      return [];
  }
}

function childrenOfParts(parts: readonly TemplatePart[]): readonly Expression[] {
  return flatMap(parts, (part): readonly Expression[] => {
    switch (part.kind) {
      case 'interpolation':
        return [part.expression];
      case 'if':
        return [part.condition, ...childrenOfParts([...part.then, ...(part.otherwise ?? [])])];
      case 'for':
        return [part.collection, ...childrenOfParts(part.body)];
      case 'text':
        return [];
    }
  });
}

/** The target of a traversal; undefined unless it is a resource, a data source or a module output. */
export function addressOf({ root, steps }: Traversal): ReferenceTarget | undefined {
  const depth = Object.hasOwn(ROOTS, root) ? ROOTS[root]! : 1;
  const names = steps.slice(0, depth).map((step) => (step.kind === 'attribute' ? step.name : undefined));
  if (depth === 0 || names.length < depth || names.includes(undefined)) return undefined;
  const attributes = flatMap(steps.slice(depth), (step) => (step.kind === 'attribute' ? [step.name] : []));
  const prefix = root === 'resource' ? [] : [root];
  const next = steps[depth];
  return {
    address: [...prefix, ...names].join('.'),
    key: next?.kind === 'index' && next.key !== undefined ? instanceKey(next.key) : undefined,
    attribute: attributes.length > 0 ? attributes.join('.') : undefined,
  };
}

/** A chain of attributes, indexes and splats as a traversal; undefined if it does not start at a name. */
export function traversalOf(expression: Expression): Traversal | undefined {
  const steps: TraversalStep[] = [];
  const root = collect(expression, steps);
  return root === undefined ? undefined : { root, steps, start: expression.start, end: expression.end };
}

/** The key of an instance in the form of addresses. */
export function instanceKey(key: string | number): string {
  return `[${JSON.stringify(key)}]`;
}

/** Adds the steps of a chain to `steps` and returns its root name; undefined for the item of a splat. */
function collect(expression: Expression, steps: TraversalStep[]): string | undefined {
  switch (expression.kind) {
    case 'variable':
      return expression.name;
    case 'splat-item':
      return '';
    case 'attribute': {
      const root = collect(expression.of, steps);
      steps.push({
        kind: 'attribute',
        name: expression.name,
        start: expression.nameAt.start,
        end: expression.nameAt.end,
      });
      return root;
    }
    case 'index': {
      const root = collect(expression.of, steps);
      steps.push({
        kind: 'index',
        key: constantKey(expression.key),
        at: expression.key,
        start: expression.of.end,
        end: expression.end,
      });
      return root;
    }
    case 'splat': {
      const root = collect(expression.of, steps);
      steps.push({ kind: 'splat', start: expression.of.end, end: expression.each.start });
      collect(expression.each, steps);
      return root;
    }
    default:
      return undefined;
  }
}

function constantKey(key: Expression): string | number | undefined {
  if (key.kind === 'literal' && typeof key.value === 'number') return key.value;
  return constantText(key);
}

function visit(expression: Expression, bound: ReadonlySet<string>, found: Traversal[]): void {
  const walkAll = (inner: readonly Expression[]): void => inner.forEach((one) => visit(one, bound, found));
  const walk = (...inner: readonly Expression[]): void => walkAll(inner);
  switch (expression.kind) {
    case 'variable':
    case 'attribute':
    case 'index':
    case 'splat': {
      const traversal = traversalOf(expression);
      if (traversal && !bound.has(traversal.root)) found.push(traversal);
      visitChain(expression, !traversal, walk);
      return;
    }
    case 'template':
      return visitParts(expression.parts, bound, found);
    case 'call':
      return walkAll(expression.args);
    case 'unary':
      return walk(expression.operand);
    case 'binary':
      return walk(expression.left, expression.right);
    case 'conditional':
      return walk(expression.condition, expression.then, expression.otherwise);
    case 'tuple':
      return walkAll(expression.items);
    case 'object':
      return walkAll(flatMap(expression.items, (item) => [item.key, item.value]));
    case 'parentheses':
      return walk(expression.inner);
    case 'for': {
      walk(expression.collection);
      const inner = withNames(bound, expression.keyName, expression.valueName);
      for (const one of [expression.key, expression.value, expression.condition]) if (one) visit(one, inner, found);
      return;
    }
    case 'literal':
    case 'splat-item':
    case 'invalid':
  }
}

/** Visits the keys of a chain, and its root if that is not a name. */
function visitChain(expression: Expression, start: boolean, walk: (one: Expression) => void): void {
  switch (expression.kind) {
    case 'attribute':
      return visitChain(expression.of, start, walk);
    case 'index':
      visitChain(expression.of, start, walk);
      return walk(expression.key);
    case 'splat':
      visitChain(expression.of, start, walk);
      return visitChain(expression.each, start, walk);
    case 'variable':
    case 'splat-item':
      return;
    default:
      if (start) walk(expression);
  }
}

function visitParts(parts: readonly TemplatePart[], bound: ReadonlySet<string>, found: Traversal[]): void {
  for (const part of parts) {
    switch (part.kind) {
      case 'interpolation':
        visit(part.expression, bound, found);
        break;
      case 'if':
        visit(part.condition, bound, found);
        visitParts([...part.then, ...(part.otherwise ?? [])], bound, found);
        break;
      case 'for':
        visit(part.collection, bound, found);
        visitParts(part.body, withNames(bound, part.key, part.value), found);
        break;
      case 'text':
    }
  }
}

function withNames(bound: ReadonlySet<string>, ...names: readonly (string | undefined)[]): ReadonlySet<string> {
  return new Set([...bound, ...names.filter((name) => name !== undefined)]);
}
