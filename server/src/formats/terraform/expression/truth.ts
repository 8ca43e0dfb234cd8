/** The scenarios in which a condition is true, and in which it is false. */
import { lastingVariable } from '../../../base/derived.ts';
import { flatMap } from '../../../base/flat-map.ts';
import { bothTruths, eitherTruth, Guard, notTruth, type Truth } from '../../../base/guard.ts';
import type { Range } from '../../../base/span.ts';
import { leaves, mapLeaves } from '../../../model/navigate.ts';
import type { Leaf } from '../../../model/value.ts';
import { dereferenced } from '../../located.ts';
import type { Binary, BinaryOperator, Expression } from './ast.ts';
import { evaluateIn, type EvaluationContext } from './context.ts';
import { terraformBoolean, asNumber, isError } from './conversions.ts';
import { equalLeaves } from './equality.ts';
import { expressionsIn, traversalOf } from './references.ts';

/** A result for some scenarios; undefined for the others. */
interface Answer {
  readonly guard: Guard;
  readonly holds: boolean | undefined;
  /** Terraform rejects it, so it is neither true nor false. */
  readonly refused: boolean;
}

/** A possible value of an operand. Without a leaf, it is any value that is not in `excluded`. */
interface Side {
  readonly guard: Guard;
  readonly leaf?: Leaf;
  /**
   * A reference that does not resolve. Errors of functions are not included, because they are not detected in every
   * scenario.
   */
  readonly refused?: boolean;
  readonly excluded?: readonly Leaf[];
}

/**
 * The truth of an expression. With `named`, an unknown expression becomes a scenario variable that is true in some
 * scenarios and false in others; without, it is neither.
 */
export function truthIn(expression: Expression, context: EvaluationContext, named: boolean): Truth {
  switch (expression.kind) {
    case 'parentheses':
      return truthIn(expression.inner, context, named);
    case 'unary':
      return expression.operator === '!'
        ? notTruth(truthIn(expression.operand, context, named))
        : settled([], expression, context, false);
    case 'binary':
      return truthOfBinary(expression, context, named);
    default: {
      const answers = sidesOf(expression, context).map((side) => ({
        guard: side.guard,
        holds: isTrue(side),
        refused: isNoCondition(side),
      }));
      return truthOfName(expression, answers, context, named) ?? settled(answers, expression, context, named);
    }
  }
}

/**
 * The truth of a condition that decides between values, by a variable if it has many scenarios: they would be repeated
 * in each value. Inside a `for`, the same text is a different condition in each iteration.
 */
export function decidingTruth(condition: Expression, context: EvaluationContext): Truth {
  const truth = truthIn(condition, context, true);
  if (context.bindings.size > 0 || !(truth.yes.isComplex() || truth.no.isComplex())) return truth;
  const named = context.scope.condition(
    writtenCondition(condition, context),
    condition,
    conditionText(condition, context),
  );
  return named
    ? Guard.condensed(truth, `${named.id} decided`, named.name, (made) => lastingVariable(named, made))
    : truth;
}

/**
 * The truth of a local or an argument of a module whose value is unknown in a scenario: that of its expression, so that
 * it agrees with the other conditions of that expression. Where many scenarios decide it, it is a variable of its own,
 * so that conditions and policies that use it do not repeat them. Undefined for other expressions.
 */
function truthOfName(
  expression: Expression,
  answers: readonly Answer[],
  { scope, bindings }: EvaluationContext,
  named: boolean,
): Truth | undefined {
  if (!named || expression.kind !== 'attribute' || expression.of.kind !== 'variable') return undefined;
  const { name } = expression.of;
  if (bindings.has(name) || (isDecided(answers) && !isComplex(answers))) return undefined;
  if (name === 'local') return scope.localTruth?.(expression.name);
  return name === 'var' ? scope.argumentTruth?.(expression.name) : undefined;
}

/** Whether a result has many scenarios. */
function isComplex(answers: readonly Answer[]): boolean {
  return [true, false].some((result) => Guard.union(guardsOf(answers, result)).isComplex());
}

/** The scenarios that have a result. */
function guardsOf(answers: readonly Answer[], result: boolean | undefined): readonly Guard[] {
  return answers.filter(({ holds, refused }) => holds === result && !refused).map(({ guard }) => guard);
}

/** Whether there is a result in every scenario. A condition with an unknown part has one in some scenarios only. */
function isDecided(answers: readonly Answer[]): boolean {
  return (
    answers.every(({ holds, refused }) => holds !== undefined || refused) &&
    Guard.always.coveredBy(...answers.map(({ guard }) => guard))
  );
}

/**
 * The scenarios in which Terraform rejects a condition because a reference in it does not resolve. The condition is
 * neither true nor false there.
 */
export function refusedIn(expression: Expression, context: EvaluationContext, named: boolean): Guard {
  switch (expression.kind) {
    case 'parentheses':
      return refusedIn(expression.inner, context, named);
    case 'unary':
      return expression.operator === '!' ? refusedIn(expression.operand, context, named) : Guard.never;
    case 'binary':
      return refusedInBinary(expression, context, named);
    default:
      return refusedAmong(
        sidesOf(expression, context).map((side) => ({ guard: side.guard, refused: isNoCondition(side) })),
      );
  }
}

function refusedInBinary({ left, right, operator }: Binary, context: EvaluationContext, named: boolean): Guard {
  if (operator !== '&&' && operator !== '||') return refusedAmong(compared(left, right, context, testOf(operator)));
  const [one, other] = [refusedIn(left, context, named), refusedIn(right, context, named)];
  // Short-circuit evaluation: the other operand cannot change the result.
  const undecided = (side: Expression): Guard => truthIn(side, context, named)[operator === '&&' ? 'yes' : 'no'];
  return one
    .and(other)
    .or(one.satisfiable() ? one.and(undecided(right)) : Guard.never)
    .or(other.satisfiable() ? other.and(undecided(left)) : Guard.never);
}

function refusedAmong(answers: readonly Pick<Answer, 'guard' | 'refused'>[]): Guard {
  return answers.reduce<Guard>((sum, { guard, refused }) => (refused ? sum.or(guard) : sum), Guard.never);
}

function truthOfBinary(expression: Binary, context: EvaluationContext, named: boolean): Truth {
  const { left, right, operator } = expression;
  switch (operator) {
    case '&&':
      return bothTruths(truthIn(left, context, named), truthIn(right, context, named));
    case '||':
      return eitherTruth(truthIn(left, context, named), truthIn(right, context, named));
    case '!=':
      return notTruth(
        settled(compared(left, right, context, equal), { ...expression, operator: '==' }, context, named),
      );
    case '==':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return settled(compared(left, right, context, testOf(operator)), expression, context, named);
    default:
      return settled([], expression, context, false);
  }
}

/**
 * Combines the results. Remaining scenarios are a scenario variable if the condition can be named, and unknown
 * otherwise.
 */
function settled(
  answers: readonly Answer[],
  expression: Expression,
  context: EvaluationContext,
  named: boolean,
): Truth {
  const where = (result: boolean | undefined): Guard => Guard.union(guardsOf(answers, result));
  const [yes, no, open] = [where(true), where(false), where(undefined)];
  // Inside a `for`, the same text is a different condition in each iteration.
  const variable =
    named && open.satisfiable() && context.bindings.size === 0
      ? context.scope.condition(writtenCondition(expression, context), expression, conditionText(expression, context))
      : undefined;
  if (!variable) return { yes, no };
  return { yes: yes.or(open.and(Guard.of(variable, [0]))), no: no.or(open.and(Guard.of(variable, [1]))) };
}

/**
 * The text of a condition on one line. Values that a secret is compared with are redacted, because they could reveal
 * it.
 */
export function conditionText(expression: Expression, context: EvaluationContext): string {
  return writtenCondition(expression, context, literalsBeside(expression, context));
}

/** The text of a condition on one line, with some ranges redacted. */
function writtenCondition(expression: Expression, context: EvaluationContext, hidden: readonly Range[] = []): string {
  const text = ({ start, end }: Range): string => {
    let shown = '';
    let from = start;
    for (const range of hidden) {
      if (range.start < from || range.end > end) continue;
      shown += `${context.scope.text.slice(from, range.start)}…`;
      from = range.end;
    }
    return `${shown}${context.scope.text.slice(from, end)}`.replaceAll(/\s+/g, ' ');
  };
  // `a != b` is the negation of the condition `a == b`, not another variable.
  return expression.kind === 'binary'
    ? `${text(expression.left)} ${expression.operator} ${text(expression.right)}`
    : text(expression);
}

/** The string and number literals in an expression that contains a secret, in order; none for other expressions. */
function literalsBeside(expression: Expression, context: EvaluationContext): readonly Range[] {
  const inside = expressionsIn(expression);
  const literals = inside.filter((one) =>
    one.kind === 'template'
      ? one.form !== 'name' && one.parts.some(({ kind }) => kind === 'text')
      : one.kind === 'literal' && typeof one.value === 'number',
  );
  if (literals.length === 0) return [];
  const isSecret =
    inside.some((one) => one.kind === 'call' && one.name === 'sensitive') ||
    inside.some((one) => traversalOf(one) && leaves(evaluateIn(one, context)).some(({ value }) => value.origin.secret));
  return isSecret ? literals : [];
}

function compared(
  left: Expression,
  right: Expression,
  context: EvaluationContext,
  test: (a: Side, b: Side) => boolean | undefined,
): readonly Answer[] {
  const others = sidesOf(right, context);
  return flatMap(sidesOf(left, context), (a) =>
    flatMap(others, (b) => {
      const guard = a.guard.and(b.guard);
      if (!guard.satisfiable()) return [];
      const holds = test(a, b);
      return [{ guard, holds, refused: holds === undefined && (a.refused === true || b.refused === true) }];
    }),
  );
}

function sidesOf(expression: Expression, context: EvaluationContext): readonly Side[] {
  const name = variableName(expression, context);
  const domain = name === undefined ? undefined : context.scope.domain(name);
  if (domain) {
    const excluded = flatMap(domain.values, (value) => (value ? leaves(value).map((leaf) => leaf.value) : []));
    return flatMap(domain.values, (value, index): readonly Side[] => {
      const guard = Guard.of(domain.variable, [index]);
      return value
        ? leaves(value).map((leaf) => ({ guard: guard.and(leaf.guard), leaf: leaf.value }))
        : [{ guard, excluded }];
    });
  }
  const isSeen = traversalOf(expression) !== undefined || isConversion(expression);
  return leaves(mapLeaves(evaluateIn(expression, context), dereferenced)).map(({ guard, value }) => ({
    // The document selects the values that it can compare. What is not known beside a default is still assumed.
    guard: value.state === 'known' ? guard.selected() : guard,
    leaf: value,
    refused: isSeen && isError(value),
  }));
}

function variableName(expression: Expression, context: EvaluationContext): string | undefined {
  if (expression.kind === 'parentheses') return variableName(expression.inner, context);
  if (expression.kind !== 'attribute' || expression.of.kind !== 'variable' || expression.of.name !== 'var')
    return undefined;
  return context.bindings.has('var') ? undefined : expression.name;
}

function isConversion(expression: Expression): boolean {
  if (expression.kind === 'parentheses') return isConversion(expression.inner);
  return expression.kind === 'call' && expression.name === 'tobool';
}

/** Whether Terraform refuses a condition: it leads nowhere, or is a string that is not converted to a boolean. */
function isNoCondition({ leaf, refused = false }: Side): boolean {
  return (
    refused || (leaf?.state === 'known' && typeof leaf.value === 'string' && !/^(?:true|false|[01])$/i.test(leaf.raw))
  );
}

/** A condition is a boolean, so an unnamed value other than `false` is `true`. */
function isTrue({ leaf, excluded }: Side): boolean | undefined {
  if (leaf) return terraformBoolean(leaf);
  const named = new Set(excluded?.map(terraformBoolean).filter((holds) => holds !== undefined));
  return named.size === 1 ? !named.has(true) : undefined;
}

function testOf(operator: BinaryOperator): (a: Side, b: Side) => boolean | undefined {
  return operator === '==' || operator === '!=' ? equal : (a, b) => ordered(operator, a, b);
}

function equal(a: Side, b: Side): boolean | undefined {
  if (a.leaf && b.leaf) return equalLeaves(a.leaf, b.leaf);
  const [leaf, excluded] = a.leaf ? [a.leaf, b.excluded] : [b.leaf, a.excluded];
  return leaf && excluded?.some((one) => equalLeaves(one, leaf) === true) ? false : undefined;
}

function ordered(operator: BinaryOperator, a: Side, b: Side): boolean | undefined {
  const [m, n] = [a.leaf && asNumber(a.leaf), b.leaf && asNumber(b.leaf)];
  if (m === undefined || n === undefined) return undefined;
  switch (operator) {
    case '<':
      return m < n;
    case '<=':
      return m <= n;
    case '>':
      return m > n;
    default:
      return m >= n;
  }
}
