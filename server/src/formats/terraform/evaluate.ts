/** Evaluates expressions to values in every scenario, as far as the configuration determines them. */
import { spend } from '../../base/budget.ts';
import { flatMap } from '../../base/flat-map.ts';
import { Guard, TRUE, type Truth } from '../../base/guard.ts';
import { isolated } from '../../base/isolation.ts';
import type { Span } from '../../base/span.ts';
import { isIndependent } from '../../model/independent.ts';
import { choice, leaves, mapLeaves, unknown } from '../../model/navigate.ts';
import type { EditPlace, Member, Origin, Reason, Value } from '../../model/value.ts';
import { jsonOf, locatedBy } from '../located.ts';
import {
  constantText,
  type Binary,
  type Call,
  type Conditional,
  type Expression,
  type ObjectLiteral,
  type TemplateExpression,
  type Unary,
} from './expression/ast.ts';
import { booleanValue } from './expression/boolean-value.ts';
import { itemsInOrder, keysOf, listOf } from './expression/collections.ts';
import { overCombinations, refsOf, unknownOf, unworkable } from './expression/combine.ts';
import { evaluateIn, type EvaluationContext, type ExpressionUse } from './expression/context.ts';
import { asNumber } from './expression/conversions.ts';
import { madeFrom } from './expression/functions/derivation.ts';
import { functionNamed } from './expression/functions/index.ts';
import { forExpression } from './expression/iterate.ts';
import { isJsonLike, jsonTemplateValue } from './expression/json-template.ts';
import { locatedIn } from './expression/located-tree.ts';
import { computed, divided } from './expression/number.ts';
import { computedFrom, scalar, withStep } from './expression/origin.ts';
import { partsText } from './expression/parts-text.ts';
import { addressesIn } from './expression/references.ts';
import type { Scope } from './expression/scope.ts';
import { ALL_KNOWN, bothComplete, openObject } from './expression/completeness.ts';
import { conditionText, decidingTruth, refusedIn, truthIn } from './expression/truth.ts';
import { traversalValue } from './expression/walk.ts';

/** The maximum length of a chain of references between expressions. Longer chains are unknown. */
const MAX_NESTING = 400;

/** The maximum number of expressions per evaluation; only nested loops come near it. */
const MAX_WORK = 200_000;

export interface Options {
  /** The place of the whole expression if it is larger than the expression: the string including its quotes. */
  readonly use?: Span;
  /** The key of the value. */
  readonly key?: Span;
  /** Where the literals of the expression can be changed. */
  readonly edit?: EditPlace;
}

/** The value of an expression. */
export function evaluate(expression: Expression, scope: Scope, options: Options = {}): Value {
  return evaluateIn(expression, { ...contextOf(scope, options), whole: expression }, options);
}

/**
 * The truth of an expression; an unknown one is neither true nor false, or with `named` a scenario variable of its own.
 */
export function truthOf(expression: Expression, scope: Scope, named = false): Truth {
  return truthIn(expression, contextOf(scope, {}), named);
}

/** The source of an expression on one line, with secrets redacted. */
export function shownText(expression: Expression, scope: Scope): string {
  return conditionText(expression, contextOf(scope, {}));
}

function contextOf(scope: Scope, options: Options): EvaluationContext {
  return {
    scope,
    edit: options.edit ?? 'here',
    bindings: new Map(),
    work: { left: MAX_WORK },
    evaluate: evaluateBounded,
  };
}

/** The value of an expression within an evaluation; unknown if it nests too deep, or if the budget is spent. */
function evaluateBounded(expression: Expression, context: EvaluationContext, place: ExpressionUse): Value {
  const { nesting } = context.scope;
  if (nesting.level >= MAX_NESTING || context.work.left <= 0 || nesting.left <= 0) {
    nesting.dependsOnOrder = true;
    return unknownFrom(expression, context, place, 'budget');
  }
  nesting.level++;
  nesting.left--;
  context.work.left--;
  const { level } = nesting;
  try {
    spend();
    const value = isolated(
      () => place.use ?? context.scope.span(expression),
      () => valueOf(expression, context, place),
      () => {
        nesting.dependsOnOrder = true;
        return unknownFrom(expression, context, place, 'computed');
      },
    );
    if (expression.kind === 'call') nesting.left -= sizeOf(value);
    return value;
  } finally {
    nesting.level = level - 1;
  }
}

function valueOf(expression: Expression, context: EvaluationContext, place: ExpressionUse): Value {
  const origin = originAt(expression, context, place);
  switch (expression.kind) {
    case 'literal':
      return written(
        {
          state: 'known',
          origin: { ...origin, edit: context.edit },
          raw: expression.raw,
          quoted: false,
          value: expression.value,
        },
        expression,
        context,
      );
    case 'template': {
      const text = constantText(expression);
      const value =
        text === undefined
          ? partsText(expression.parts, context, origin)
          : written(scalar({ ...origin, edit: context.edit }, text), expression, context);
      return withJson(value, expression, context, place);
    }
    case 'variable':
    case 'attribute':
    case 'index':
    case 'splat':
    case 'splat-item':
      return traversalValue(expression, context, origin);
    case 'call':
      return callValue(expression, context, origin, place);
    case 'unary':
      return expression.operator === '!'
        ? booleanValue(expression, context, origin)
        : negated(expression, context, origin);
    case 'binary':
      return isArithmetic(expression)
        ? arithmetic(expression, context, origin)
        : booleanValue(expression, context, origin);
    case 'conditional':
      return conditionalValue(expression, context, origin, place);
    case 'tuple':
      return written(
        listOf(
          { ...origin, edit: context.edit },
          expression.items.map((item) => evaluateIn(item, context)),
        ),
        expression,
        context,
      );
    case 'object':
      return objectValue(expression, context, origin);
    case 'for':
      return forExpression(expression, context, origin);
    case 'parentheses':
      return evaluateIn(expression.inner, context, place);
    case 'invalid':
      return unknown(origin, 'syntax');
  }
}

/** The number of items and entries that functions have created. */
function sizeOf(value: Value): number {
  switch (value.state) {
    case 'list':
      return value.items.length;
    case 'object':
      return value.entries.length;
    case 'choice':
      return value.branches.reduce((sum, branch) => sum + sizeOf(branch.value), 0);
    default:
      return 0;
  }
}

/**
 * The source range of a literal, used to write changes. An expression that is the whole string is written as that
 * string.
 */
function written<V extends Value>(value: V, expression: Expression, { scope, edit }: EvaluationContext): V {
  const { place } = scope;
  if (!place || edit !== 'here' || (expression.kind === 'template' && expression.form === 'bare')) return value;
  return locatedBy(value, () => locatedIn(place, expression));
}

/** A string that can be JSON, with the place of each value in it. */
function withJson(
  value: Value,
  expression: TemplateExpression,
  context: EvaluationContext,
  { key }: ExpressionUse,
): Value {
  const { place } = context.scope;
  if (!place || expression.form === 'name' || !isJsonLike(expression)) return value;
  let held: Value | undefined;
  const made = (): Value | undefined => (held ??= jsonTemplateValue(expression, context, place, key));
  // As a whole, and in each scenario for callers that split scenarios.
  return jsonOf(
    mapLeaves(value, (leaf) => jsonOf(leaf, made)),
    made,
  );
}

/** The origin of an evaluated expression. Literals of the expression can be changed in place. */
function originAt(expression: Expression, context: EvaluationContext, place: ExpressionUse): Origin {
  return {
    use: place.use ?? context.scope.span(expression),
    ...(place.key ? { key: place.key } : {}),
    steps: [],
    edit: 'none',
  };
}

function unknownFrom(expression: Expression, context: EvaluationContext, place: ExpressionUse, why: Reason): Value {
  return unknown(originAt(expression, context, place), why, addressesIn(expression, context.scope));
}

function callValue(call: Call, context: EvaluationContext, origin: Origin, place: ExpressionUse): Value {
  const args = argumentsOf(call, context, place);
  const known = args && functionNamed(call.name)?.(args, origin);
  const value = known ?? (args && context.scope.call(call.name, args, origin));
  return madeFrom(
    call.name,
    args ?? [],
    value ??
      unknownOf(
        origin,
        args?.some(isUnread) ? 'file' : 'function',
        flatMap(args ?? [], (arg) => leaves(arg).map((leaf) => leaf.value)),
        [...new Set([...addressesIn(call, context.scope), ...refsOf(args ?? [])])],
      ),
  );
}

/** Whether a value is the content of a file that was not read. */
function isUnread(value: Value): boolean {
  return leaves(value).some(({ value: leaf }) => leaf.state === 'unknown' && leaf.why === 'file');
}

/** The arguments of a call; undefined if the list that is expanded as the last argument is unknown. */
function argumentsOf(
  { args, spread }: Call,
  context: EvaluationContext,
  { key }: ExpressionUse,
): readonly Value[] | undefined {
  const values = args.map((arg) => evaluateIn(arg, context, { key }));
  if (!spread) return values;
  const last = itemsInOrder(values.at(-1));
  return last && [...values.slice(0, -1), ...last];
}

function conditionalValue(
  expression: Conditional,
  context: EvaluationContext,
  origin: Origin,
  { key }: ExpressionUse,
): Value {
  const { condition, then, otherwise } = expression;
  const isArgument = context.whole === expression;
  const truth = decidingTruth(condition, context);
  const name = conditionText(condition, context);
  const step = { what: 'condition', name, at: context.scope.span(condition) } as const;
  const branch = (expression: Expression): Value => withStep(evaluateIn(expression, context, { key }), step);
  // Terraform rejects a condition that is neither true nor false although all its parts are named.
  const refused = Guard.always.coveredBy(truth.yes.or(truth.no)) ? Guard.never : refusedIn(condition, context, true);
  if (!truth.yes.satisfiable() && !truth.no.satisfiable()) {
    return unknown(origin, refused.satisfiable() ? 'syntax' : 'function', [
      ...new Set(flatMap([condition, then, otherwise], (one) => addressesIn(one, context.scope))),
    ]);
  }
  return choice(origin, [
    ...(truth.yes.satisfiable()
      ? [
          {
            guard: reached(then, truth.yes.renamed({ kind: 'condition', name, value: true }), truth.no, isArgument),
            value: branch(then),
          },
        ]
      : []),
    ...(truth.no.satisfiable()
      ? [
          {
            guard: reached(
              otherwise,
              truth.no.renamed({ kind: 'condition', name, value: false }),
              truth.yes,
              isArgument,
            ),
            value: branch(otherwise),
          },
        ]
      : []),
    ...(refused.satisfiable() ? [{ guard: refused, value: unknown(origin, 'syntax') }] : []),
  ]);
}

/**
 * The scenarios of a branch. If the other branch is the default, one that leaves an argument out is assumed: it is
 * missing only if a caller turns it off. Inside another value, null is a part of that value.
 */
function reached(branch: Expression, guard: Guard, other: Guard, isArgument: boolean): Guard {
  const isNothing =
    branch.kind === 'literal' ? branch.value === null : branch.kind === 'tuple' && branch.items.length === 0;
  return isArgument && isNothing && other.holdsByDefault() ? guard.assumed() : guard;
}

function negated(expression: Unary, context: EvaluationContext, origin: Origin): Value {
  const isLiteral = expression.operand.kind === 'literal';
  return mapLeaves(evaluateIn(expression.operand, context), (leaf) => {
    const number = asNumber(leaf);
    if (number === undefined) return unknownOf(origin, 'function', [leaf]);
    const value = scalar({ ...computedFrom(origin, [leaf]), edit: isLiteral ? context.edit : 'none' }, -number);
    return isLiteral ? written(value, expression, context) : value;
  });
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': divided,
  '%': (a, b) => a % b,
};

function isArithmetic({ operator }: Binary): boolean {
  return Object.hasOwn(ARITHMETIC, operator);
}

function arithmetic({ left, right, operator }: Binary, context: EvaluationContext, origin: Origin): Value {
  return overCombinations(origin, [evaluateIn(left, context), evaluateIn(right, context)], (parts) => {
    const [a, b] = parts.map(asNumber);
    const made = computedFrom(origin, parts);
    return (
      (a === undefined || b === undefined ? undefined : computed(made, ARITHMETIC[operator]!(a, b))) ??
      unworkable(made, parts)
    );
  });
}

/** An unknown key stays as written and leaves the object open. */
function objectValue(expression: ObjectLiteral, context: EvaluationContext, origin: Origin): Value {
  let seen = ALL_KNOWN;
  const entries = flatMap(expression.items, ({ key, value }): readonly Member[] => {
    const keyAt = context.scope.span(key);
    const held = evaluateIn(value, context, { key: keyAt });
    const name = constantText(key);
    if (name !== undefined) return [{ key: name, keyAt, value: held, when: TRUE }];
    const made = evaluateIn(key, context);
    const { keys, whole, unseen } = keysOf(made);
    seen = bothComplete(seen, { whole, unseen });
    const computed = keys.length === 1 && isIndependent(made) ? {} : ({ computedKey: true } as const);
    return keys.length > 0
      ? keys.map(({ key: one, when }) => ({ key: one, keyAt, value: held, when, ...computed }))
      : [{ key: writtenKey(key, context), keyAt, value: held, when: TRUE }];
  });
  return mapLeaves(openObject({ ...origin, edit: context.edit }, entries, seen), (leaf) =>
    written(leaf, expression, context),
  );
}

/** A key as a string. Interpolations in it keep their template markers, which no name contains. */
function writtenKey(key: Expression, { scope: { text } }: EvaluationContext): string {
  if (key.kind === 'template' && key.form === 'quoted') return text.slice(key.start + 1, key.end - 1);
  return `\${${text.slice(key.start, key.end).replace(/^\(([^()]*)\)$/, '$1')}}`;
}
