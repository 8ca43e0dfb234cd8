/** Explanations of expressions: the value in each scenario, and how it is evaluated. */
import { Guard, type Term, type Truth } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import type { ConditionExpression, EvaluatedExpression, ValueExpression } from '../../model/expression.ts';
import { leaves } from '../../model/navigate.ts';
import type { Leaf, Step } from '../../model/value.ts';
import { shortValueOf, withoutSecrets, type ShortValue, type Secrets } from './short-value.ts';
import { inputName } from '../unknown-because.ts';

/** An expression with its outcomes, and the explanations of its parts. */
export interface Explanation {
  readonly what: 'value' | 'condition';
  /** The source text, shortened; the name of a named condition. */
  readonly text: string;
  /** The parameter or variable if the expression is exactly its value. */
  readonly parameter?: string;
  readonly at: Span;
  /** The definition of a named condition. */
  readonly definition?: { readonly text: string; readonly at: Span };
  /** The default scenario first. */
  readonly outcomes: readonly ExplainedOutcome[];
  /** The number of omitted outcomes. */
  readonly moreOutcomes: number;
  readonly parts: readonly Explanation[];
}

export interface ExplainedOutcome {
  readonly result: ShortValue;
  /** The scenario; empty if the outcome holds in every scenario. */
  readonly when: readonly Term[];
  readonly byDefault: boolean;
  /** The origin of the value, nearest step first. */
  readonly from: readonly Step[];
}

/** The limits on distinguished outcomes, and on evaluated expressions per explanation. */
const MOST_OUTCOMES = 5;
const MOST_EXCLUDED = 3;
const MOST_EXPRESSIONS = 60;
const DEEPEST = 8;
/** The maximum number of steps from the use of a value to its origin. */
const MOST_STEPS = 4;

/**
 * The considered scenarios. Values are limited to deployable scenarios; conditions consider all, unless a scenario is
 * selected.
 */
export interface Within {
  readonly values: Guard;
  readonly conditions: Guard;
}

const EVERYWHERE: Within = { values: Guard.always, conditions: Guard.always };

/** Explains an expression. Values that are marked as secret or covered by `secrets` are never included. */
export function explanationOf(
  expression: EvaluatedExpression,
  secrets: Secrets,
  within: Within = EVERYWHERE,
): Explanation {
  return new Explaining(secrets, within).explain(expression, 0, within.values);
}

class Explaining {
  readonly #secrets: Secrets;
  readonly #within: Within;
  /** The expressions explained so far, and whether they hide a secret. */
  readonly #seen = new Map<string, boolean>();
  readonly #hiding = new Set<Explanation>();
  #left = MOST_EXPRESSIONS;

  constructor(secrets: Secrets, within: Within) {
    this.#secrets = secrets;
    this.#within = within;
  }

  /** @param values The scenarios in which values are explained: within a branch, those of its condition. */
  explain(expression: EvaluatedExpression, depth: number, values: Guard): Explanation {
    this.#left--;
    return expression.what === 'condition'
      ? this.#condition(expression, depth)
      : this.#value(expression, depth, values);
  }

  #value(expression: ValueExpression, depth: number, values: Guard): Explanation {
    const parameter = parameterOf(expression);
    const all = outcomesOf(expression, parameter, this.#secrets, values);
    const { parts, hides } = this.#parts(expression, depth, values);
    const secret =
      this.#secrets.isIn(expression.text) ||
      hides ||
      (parameter === undefined && all.some(({ result }) => result.state === 'secret'));
    return this.#recordHidden(secret, {
      what: 'value',
      text: textOf(expression, secret),
      at: expression.at,
      parts,
      ...(parameter === undefined ? {} : { parameter }),
      outcomes: all.slice(0, MOST_OUTCOMES),
      moreOutcomes: Math.max(0, all.length - MOST_OUTCOMES),
    });
  }

  /** Explains a named condition by its definition. */
  #condition(expression: ConditionExpression, depth: number): Explanation {
    const [definition] = expression.name === undefined ? [] : expression.parts();
    const inner = definition?.what === 'condition' ? definition : undefined;
    const { parts, hides } =
      inner && inner.name === undefined
        ? this.#parts(inner, depth, this.#within.conditions)
        : this.#parts(expression, depth, this.#within.conditions);
    const secret = [expression, ...(inner ? [inner] : [])].some(({ text }) => this.#secrets.isIn(text)) || hides;
    return this.#recordHidden(secret && expression.name === undefined, {
      what: 'condition',
      text: expression.name ?? (secret ? withoutArguments(expression) : expression.text),
      at: expression.at,
      parts,
      ...(definition
        ? { definition: { text: secret ? withoutArguments(definition) : definition.text, at: definition.at } }
        : {}),
      outcomes:
        expression.name !== undefined && !definition
          ? [NOWHERE]
          : truthOutcomes(
              (inner ?? expression).truth,
              expression.name,
              parts.length > 0,
              this.#secrets,
              this.#within.conditions,
            ),
      moreOutcomes: 0,
    });
  }

  /** Records that an explanation hides a secret, which its parts do not show if they were explained elsewhere. */
  #recordHidden(hides: boolean, explanation: Explanation): Explanation {
    if (hides) this.#hiding.add(explanation);
    return explanation;
  }

  /** The parts of an expression that are not explained yet, and whether any part hides a secret. */
  #parts(
    expression: EvaluatedExpression,
    depth: number,
    values: Guard,
  ): { readonly parts: readonly Explanation[]; readonly hides: boolean } {
    // Parts that are not evaluated can hide a secret.
    if (depth >= DEEPEST || this.#left <= 0) return { parts: [], hides: true };
    const parts: Explanation[] = [];
    let hides = false;
    for (const part of expression.parts()) {
      if (this.#left <= 0) return { parts, hides: true };
      const key =
        part.what === 'condition' && part.name !== undefined
          ? `condition ${part.name}`
          : part.what === 'value'
            ? (parameterOf(part) ?? part.text)
            : part.text;
      hides ||= this.#seen.get(key) === true;
      if (this.#seen.has(key) || !needsExplanation(part)) continue;
      this.#seen.set(key, false);
      // The parts of a branch apply in the scenarios of the branch.
      const reached = part.reached ? values.and(part.reached) : values;
      const explained = this.explain(part, depth + 1, reached.satisfiable() ? reached : values);
      this.#seen.set(key, this.#hiding.has(explained) || hidesSomething(explained));
      hides ||= this.#seen.get(key)!;
      parts.push(explained);
    }
    return { parts, hides };
  }
}

/** Whether a part needs an explanation: a reference to a resource explains itself. */
function needsExplanation(part: EvaluatedExpression): boolean {
  return (
    part.what === 'condition' ||
    !(part.value.state === 'reference' || (part.value.state === 'absent' && !part.value.open))
  );
}

/** The parameter or variable if an expression is exactly its value. */
function parameterOf({ value, computed }: ValueExpression): string | undefined {
  if (!computed) return undefined;
  const names = leaves(value).map(({ value: leaf }) => inputName(leaf) ?? leaf.origin.steps.find(isOfParameter)?.name);
  const [first] = names;
  return first !== undefined &&
    names.every((name) => name === first) &&
    leaves(value).every(({ value: leaf }) => leaf.state === 'unknown' || isOfParameter(leaf.origin.steps[0]))
    ? first
    : undefined;
}

function isOfParameter(step: Step | undefined): boolean {
  return step?.what === 'default' || step?.what === 'allowed' || step?.what === 'given';
}

function outcomesOf(
  { value }: ValueExpression,
  parameter: string | undefined,
  secrets: Secrets,
  within: Guard,
): readonly ExplainedOutcome[] {
  const found = new Map<
    string,
    { readonly result: ShortValue; readonly from: readonly Step[]; readonly guard: Guard }
  >();
  const every = leaves(value);
  const all = every.filter(({ guard }) => guard.and(within).satisfiable());
  const hasDefault = every.some(({ value: leaf }) => leaf.origin.steps.some(({ what }) => what === 'default'));
  const excluded = every.filter((one) => !all.includes(one)).map((one) => one.value);
  for (const { guard, value: leaf } of all) {
    const result = resultOf(leaf, hasDefault || all.length > 1, excluded, secrets);
    const from = leaf.origin.steps.slice(0, MOST_STEPS);
    const key = JSON.stringify([result.text, from]);
    const before = found.get(key);
    found.set(key, { result, from, guard: before ? before.guard.or(guard) : guard });
  }
  return [...found.values()]
    .map(({ result, from, guard }): ExplainedOutcome & { readonly guard: Guard } => ({
      result,
      from,
      guard,
      byDefault: guard.and(within).holdsByDefault(),
      when: withoutSecrets(terms(guard, within), secrets).filter(
        ({ kind, name }) => kind !== 'parameter' || name !== parameter,
      ),
    }))
    .sort((a, b) => Number(b.byDefault) - Number(a.byDefault))
    .map(({ guard: _guard, ...outcome }) => outcome);
}

/** The terms of one scenario of a guard; empty if the guard covers all considered scenarios. */
function terms(guard: Guard, within: Guard): readonly Term[] {
  return within !== Guard.always && within.coveredBy(guard) ? [] : guard.describe();
}

/** Describes a value; for a parameter, the values other than the distinguished and the excluded ones. */
function resultOf(leaf: Leaf, among: boolean, excluded: readonly Leaf[], secrets: Secrets): ShortValue {
  const input = inputName(leaf);
  if (!among || input === undefined || input.startsWith('AWS::')) return shortValueOf(leaf, secrets);
  const without =
    excluded.length > 0 && excluded.every(({ state }) => state === 'known')
      ? excluded.map((one) => shortValueOf(one, secrets))
      : [];
  const words =
    without.length > 0 && without.length <= MOST_EXCLUDED && without.every(({ literal }) => literal)
      ? `any value except ${without.map(({ text }) => text).join(', ')}`
      : 'any other value';
  return { state: 'unknown', text: words, literal: false };
}

const TRUE_RESULT: ShortValue = { state: 'known', text: 'true', literal: true };
const FALSE_RESULT: ShortValue = { state: 'known', text: 'false', literal: true };

const NOWHERE: ExplainedOutcome = {
  result: { state: 'unknown', text: 'unknown: no condition has this name', literal: false },
  when: [],
  byDefault: false,
  from: [],
};

/** The outcomes true and false of a condition, if scenarios exist for them. */
function truthOutcomes(
  { yes, no }: Truth,
  name: string | undefined,
  hasParts: boolean,
  secrets: Secrets,
  within: Guard,
): readonly ExplainedOutcome[] {
  const side = (result: ShortValue, guard: Guard): ExplainedOutcome[] =>
    guard.and(within).satisfiable()
      ? [
          {
            result,
            from: [],
            byDefault: guard.and(within).holdsByDefault(),
            // The name of the condition itself does not explain when it holds.
            when: withoutSecrets(terms(guard, within), secrets).filter(
              (term) => term.kind !== 'condition' || (term.name !== name && hasParts),
            ),
          },
        ]
      : [];
  const both = [...side(TRUE_RESULT, yes), ...side(FALSE_RESULT, no)];
  return both.length > 0
    ? both.sort((a, b) => Number(b.byDefault) - Number(a.byDefault))
    : [{ result: { state: 'unknown', text: 'unknown', literal: false }, from: [], byDefault: false, when: [] }];
}

function hidesSomething({ outcomes, parts }: Explanation): boolean {
  return outcomes.some(({ result }) => result.state === 'secret') || parts.some(hidesSomething);
}

/** The source text of a value; literal lists and objects are abbreviated. */
function textOf(expression: ValueExpression, secret: boolean): string {
  if (!expression.computed && expression.value.state === 'object') return '{…}';
  if (!expression.computed && expression.value.state === 'list') return '[…]';
  return secret ? withoutArguments(expression) : expression.text;
}

/** Only the name of the function, because its arguments can contain a secret. */
function withoutArguments(expression: EvaluatedExpression): string {
  const { text } = expression;
  if (text.startsWith('${')) return text;
  return expression.what === 'value' && !expression.computed ? '…' : `${/^[^\s[{("']*/.exec(text)![0]} …`.trim();
}
