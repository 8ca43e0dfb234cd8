/** From an expression to what it comes to in each scenario, and why. */
import { Guard, type Term, type Truth } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import type { ConditionExpression, Expression, ValueExpression } from '../../model/expression.ts';
import { leaves } from '../../model/navigate.ts';
import type { Leaf, Step } from '../../model/value.ts';
import { said, withoutSecrets, type Said, type Secrets } from './said.ts';
import { inputName } from '../unknown-because.ts';

/** An expression with what it comes to, and the same of what it is made of. */
export interface Explanation {
  readonly what: 'value' | 'condition';
  /** As it is written, shortened; the name of a condition that has one. */
  readonly text: string;
  /** The parameter or variable whose value it is, if it is nothing else. */
  readonly parameter?: string;
  readonly at: Span;
  /** What a condition with a name is defined as. */
  readonly definition?: { readonly text: string; readonly at: Span };
  /** The default scenario first. */
  readonly outcomes: readonly Outcome[];
  /** How many outcomes there are that are not listed. */
  readonly moreOutcomes: number;
  readonly parts: readonly Explanation[];
}

export interface Outcome {
  readonly says: Said;
  /** The scenario; empty when it is so in every one. */
  readonly when: readonly Term[];
  readonly byDefault: boolean;
  /** Where the value comes from, the nearest first. */
  readonly from: readonly Step[];
}

/** The most outcomes that are told apart, and the most expressions that are looked at for one explanation. */
const MOST_OUTCOMES = 5;
const MOST_EXCLUDED = 3;
const MOST_EXPRESSIONS = 60;
const DEEPEST = 8;
/** The most steps from where a value is used to where it is written. */
const MOST_STEPS = 4;

/** The scenarios that are looked at. Values have none outside of those in which the document can be deployed; conditions are told in all, unless one was chosen. */
export interface Within {
  readonly values: Guard;
  readonly conditions: Guard;
}

const EVERYWHERE: Within = { values: Guard.always, conditions: Guard.always };

/** Explains an expression. What is marked as secret is never in it, nor what `secrets` covers. */
export function explanationOf(expression: Expression, secrets: Secrets, within: Within = EVERYWHERE): Explanation {
  return new Explaining(secrets, within).explain(expression, 0, within.values);
}

class Explaining {
  readonly #secrets: Secrets;
  readonly #within: Within;
  /** What was explained already, and whether it hides something. */
  readonly #seen = new Map<string, boolean>();
  readonly #hiding = new Set<Explanation>();
  #left = MOST_EXPRESSIONS;

  constructor(secrets: Secrets, within: Within) {
    this.#secrets = secrets;
    this.#within = within;
  }

  /** `values` are the scenarios in which values are told: within a condition those of the condition. */
  explain(expression: Expression, depth: number, values: Guard): Explanation {
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
      (parameter === undefined && all.some(({ says }) => says.state === 'secret'));
    return this.#told(secret, {
      what: 'value',
      text: textOf(expression, secret),
      at: expression.at,
      parts,
      ...(parameter === undefined ? {} : { parameter }),
      outcomes: all.slice(0, MOST_OUTCOMES),
      moreOutcomes: Math.max(0, all.length - MOST_OUTCOMES),
    });
  }

  /** A condition with a name is explained by what it is defined as. */
  #condition(expression: ConditionExpression, depth: number): Explanation {
    const [definition] = expression.name === undefined ? [] : expression.parts();
    const inner = definition?.what === 'condition' ? definition : undefined;
    const { parts, hides } =
      inner && inner.name === undefined
        ? this.#parts(inner, depth, this.#within.conditions)
        : this.#parts(expression, depth, this.#within.conditions);
    const secret = [expression, ...(inner ? [inner] : [])].some(({ text }) => this.#secrets.isIn(text)) || hides;
    return this.#told(secret && expression.name === undefined, {
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

  /** Remembers of an explanation that something in it is not shown, which is not seen in it when it was told elsewhere. */
  #told(hides: boolean, explanation: Explanation): Explanation {
    if (hides) this.#hiding.add(explanation);
    return explanation;
  }

  /** What an expression is made of, as far as it was not told before, and whether any of it, told or not, hides something. */
  #parts(
    expression: Expression,
    depth: number,
    values: Guard,
  ): { readonly parts: readonly Explanation[]; readonly hides: boolean } {
    // What is not looked at may hide something.
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
      if (this.#seen.has(key) || !saysMore(part)) continue;
      this.#seen.set(key, false);
      // What a branch is made of counts where the branch does.
      const reached = part.reached ? values.and(part.reached) : values;
      const explained = this.explain(part, depth + 1, reached.satisfiable() ? reached : values);
      this.#seen.set(key, this.#hiding.has(explained) || hidesSomething(explained));
      hides ||= this.#seen.get(key)!;
      parts.push(explained);
    }
    return { parts, hides };
  }
}

/** Whether there is more to a part than how it is written: a reference to a resource says all itself. */
function saysMore(part: Expression): boolean {
  return (
    part.what === 'condition' ||
    !(part.value.state === 'reference' || (part.value.state === 'absent' && !part.value.open))
  );
}

/** The parameter or variable whose value an expression is. */
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
): readonly Outcome[] {
  const found = new Map<string, { readonly says: Said; readonly from: readonly Step[]; readonly guard: Guard }>();
  const every = leaves(value);
  const all = every.filter(({ guard }) => guard.and(within).satisfiable());
  const hasDefault = every.some(({ value: leaf }) => leaf.origin.steps.some(({ what }) => what === 'default'));
  const excluded = every.filter((one) => !all.includes(one)).map((one) => one.value);
  for (const { guard, value: leaf } of all) {
    const says = saidOf(leaf, hasDefault || all.length > 1, excluded, secrets);
    const from = leaf.origin.steps.slice(0, MOST_STEPS);
    const key = JSON.stringify([says.text, from]);
    const before = found.get(key);
    found.set(key, { says, from, guard: before ? before.guard.or(guard) : guard });
  }
  return [...found.values()]
    .map(({ says, from, guard }): Outcome & { readonly guard: Guard } => ({
      says,
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

/** One scenario of a guard in words; none where it has all that are looked at. */
function terms(guard: Guard, within: Guard): readonly Term[] {
  return within !== Guard.always && within.coveredBy(guard) ? [] : guard.describe();
}

/** Of a parameter, what is none of the values that are told apart, and none of those that it cannot have here. */
function saidOf(leaf: Leaf, among: boolean, excluded: readonly Leaf[], secrets: Secrets): Said {
  const input = inputName(leaf);
  if (!among || input === undefined || input.startsWith('AWS::')) return said(leaf, secrets);
  const without =
    excluded.length > 0 && excluded.every(({ state }) => state === 'known')
      ? excluded.map((one) => said(one, secrets))
      : [];
  const words =
    without.length > 0 && without.length <= MOST_EXCLUDED && without.every(({ literal }) => literal)
      ? `any value but ${without.map(({ text }) => text).join(', ')}`
      : 'any other value';
  return { state: 'unknown', text: words, literal: false };
}

const TRUE_SAID: Said = { state: 'known', text: 'true', literal: true };
const FALSE_SAID: Said = { state: 'known', text: 'false', literal: true };

const NOWHERE: Outcome = {
  says: { state: 'unknown', text: 'not known here: there is no condition of that name', literal: false },
  when: [],
  byDefault: false,
  from: [],
};

/** Both sides of a condition, as far as there are scenarios for them. */
function truthOutcomes(
  { yes, no }: Truth,
  name: string | undefined,
  hasParts: boolean,
  secrets: Secrets,
  within: Guard,
): readonly Outcome[] {
  const side = (says: Said, guard: Guard): Outcome[] =>
    guard.and(within).satisfiable()
      ? [
          {
            says,
            from: [],
            byDefault: guard.and(within).holdsByDefault(),
            // What a condition is called says nothing of when it holds.
            when: withoutSecrets(terms(guard, within), secrets).filter(
              (term) => term.kind !== 'condition' || (term.name !== name && hasParts),
            ),
          },
        ]
      : [];
  const both = [...side(TRUE_SAID, yes), ...side(FALSE_SAID, no)];
  return both.length > 0
    ? both.sort((a, b) => Number(b.byDefault) - Number(a.byDefault))
    : [{ says: { state: 'unknown', text: 'not known here', literal: false }, from: [], byDefault: false, when: [] }];
}

function hidesSomething({ outcomes, parts }: Explanation): boolean {
  return outcomes.some(({ says }) => says.state === 'secret') || parts.some(hidesSomething);
}

/** The source of a value; of one that is written out as a list or an object there is too much. */
function textOf(expression: ValueExpression, secret: boolean): string {
  if (!expression.computed && expression.value.state === 'object') return '{…}';
  if (!expression.computed && expression.value.state === 'list') return '[…]';
  return secret ? withoutArguments(expression) : expression.text;
}

/** The beginning of a call alone, because a secret may be compared with or put beside something. */
function withoutArguments(expression: Expression): string {
  const { text } = expression;
  if (text.startsWith('${')) return text;
  return expression.what === 'value' && !expression.computed ? '…' : `${/^[^\s[{("']*/.exec(text)![0]} …`.trim();
}
