/** Small worlds in which every scenario can be looked at, to hold guards against. */
import fc from 'fast-check';
import {
  bothTruths,
  eitherTruth,
  Guard,
  notTruth,
  type Truth,
  type ScenarioVariable,
} from '../../server/src/base/guard.ts';

/** One value index for each variable. */
export type Scenario = ReadonlyMap<ScenarioVariable, number>;

export function variable(id: string, size: number, preferred?: number): ScenarioVariable {
  const domain = Array.from({ length: size }, (_, i) => `${id}${i}`);
  return { id, kind: 'parameter', name: id, domain, ...(preferred === undefined ? {} : { preferred }) };
}

/** Every scenario of some variables. */
export function scenariosOf(variables: readonly ScenarioVariable[]): readonly Scenario[] {
  return variables.reduce<readonly Scenario[]>(
    (all, v) => all.flatMap((scenario) => v.domain.map((_, index) => new Map(scenario).set(v, index))),
    [new Map()],
  );
}

/** A statement about a scenario: that a variable has one of some values, or several statements together. */
export type Expression =
  | { readonly kind: 'is'; readonly variable: ScenarioVariable; readonly values: readonly number[] }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: readonly [Expression] };

function holds(expression: Expression, scenario: Scenario): boolean {
  switch (expression.kind) {
    case 'is':
      return expression.values.includes(scenario.get(expression.variable)!);
    case 'all':
      return expression.of.every((e) => holds(e, scenario));
    case 'any':
      return expression.of.some((e) => holds(e, scenario));
    case 'not':
      return !holds(expression.of[0], scenario);
  }
}

/** The expression as a truth, both of its sides carried. */
export function truthOf(expression: Expression): Truth {
  switch (expression.kind) {
    case 'is': {
      const rest = expression.variable.domain.map((_, i) => i).filter((i) => !expression.values.includes(i));
      return { yes: Guard.of(expression.variable, expression.values), no: Guard.of(expression.variable, rest) };
    }
    case 'all':
      return expression.of.map(truthOf).reduce(bothTruths);
    case 'any':
      return expression.of.map(truthOf).reduce(eitherTruth);
    case 'not':
      return notTruth(truthOf(expression.of[0]));
  }
}

/** Expressions of `all` and `any`, and of `not` if it is wanted, over random limits of the variables. */
export function expressions(
  variables: readonly ScenarioVariable[],
  options: { readonly not?: boolean; readonly depth?: number } = {},
): fc.Arbitrary<Expression> {
  const atom = fc.constantFrom(...variables).chain((v) =>
    fc
      .subarray(
        v.domain.map((_, i) => i),
        { minLength: 1 },
      )
      .map((values): Expression => ({ kind: 'is', variable: v, values })),
  );
  return fc.letrec<{ node: Expression }>((tie) => {
    const several = fc.array(tie('node'), { minLength: 2, maxLength: 4 });
    return {
      node: fc.oneof(
        { maxDepth: options.depth ?? 4, depthSize: 'large', withCrossShrink: true },
        atom,
        fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), of: several }),
        ...(options.not ? [fc.record({ kind: fc.constant('not' as const), of: fc.tuple(tie('node')) })] : []),
      ),
    };
  }).node;
}

/** Expressions of a few unions of many narrow parts, which do not fit into a guard. */
export function wideExpressions(variables: readonly ScenarioVariable[]): fc.Arbitrary<Expression> {
  const part = fc
    .tuple(
      fc.shuffledSubarray([...variables], { minLength: variables.length - 3 }),
      fc.array(fc.nat(), { minLength: variables.length, maxLength: variables.length }),
    )
    .map(([some, picks]): Expression => ({
      kind: 'all',
      of: some.map((v, i) => ({ kind: 'is', variable: v, values: [picks[i]! % v.domain.length] })),
    }));
  const union = fc
    .array(part, { minLength: 30, maxLength: 90, size: 'max' })
    .map((of): Expression => ({ kind: 'any', of }));
  const both = fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), of: fc.tuple(union, union) });
  return fc.oneof(union, both);
}

/** The scenarios that a guard has, by their place in the list. */
export function within(guard: Guard, scenarios: readonly Scenario[]): readonly number[] {
  return scenarios.flatMap((scenario, index) => (guard.contains(scenario) ? [index] : []));
}

/** The scenarios in which an expression holds, by their place in the list. */
export function truly(expression: Expression, scenarios: readonly Scenario[]): readonly number[] {
  return scenarios.flatMap((scenario, index) => (holds(expression, scenario) ? [index] : []));
}
