/**
 * Judgements and how they are combined. Judgements of the same parts are the same object, so that what follows from
 * them is computed once: the statements of a policy are compared for hundreds of actions, with few different results.
 */
import { Guard, TRUE, type Truth } from '../base/guard.ts';
import { memoize, memoize2, memoizeText } from '../base/memoize.ts';
import type { Items } from './navigate.ts';
import type { Element, Leaf } from './value.ts';

/** A value that a judgement is based on, with the scenarios in which it supports or contradicts the statement. */
export interface Ground {
  readonly value: Leaf;
  readonly yes: Guard;
  readonly no: Guard;
}

const NO_PARTS: readonly Judgement[] = [];

/**
 * A three-valued judgement: the scenarios in which a statement is true and those in which it is false. It is unknown in
 * all others. The two never overlap, because each leaf of a value belongs to one of them, and leaves have disjoint
 * scenarios.
 */
export class Judgement implements Truth {
  readonly yes: Guard;
  readonly no: Guard;
  readonly #grounds: (() => readonly Ground[]) | undefined;
  readonly #parts: readonly Judgement[];
  readonly #isOpposite: boolean;
  #number: number | undefined;
  #opposite: Judgement | undefined;

  constructor(
    yes: Guard,
    no: Guard,
    grounds: (() => readonly Ground[]) | undefined,
    parts: readonly Judgement[] = NO_PARTS,
    isOpposite = false,
  ) {
    this.yes = yes;
    this.no = no;
    this.#grounds = grounds;
    this.#parts = parts;
    this.#isOpposite = isOpposite;
  }

  /** Identifies it among all judgements. */
  get number(): number {
    return (this.#number ??= ++lastNumber);
  }

  /** The judgement with its sides swapped. */
  get opposite(): Judgement {
    return (this.#opposite ??= new Judgement(this.no, this.yes, undefined, [this], true));
  }

  /**
   * The values that it is based on, computed when they are asked for, which few callers do. A judgement that is made of
   * others has theirs, or the opposite ones.
   */
  get because(): readonly Ground[] {
    const found: Ground[] = [];
    this.#collect(found, { as: new Set(), opposite: new Set() }, false);
    return found;
  }

  /** Judgements share parts, which would be repeated for each path to them. */
  #collect(found: Ground[], seen: Readonly<Record<'as' | 'opposite', Set<Judgement>>>, isOpposite: boolean): void {
    const known = seen[isOpposite ? 'opposite' : 'as'];
    if (known.has(this)) return;
    known.add(this);
    for (const ground of this.#grounds?.() ?? []) found.push(isOpposite ? oppositeOf(ground) : ground);
    for (const part of this.#parts) part.#collect(found, seen, isOpposite !== this.#isOpposite);
  }
}

function oppositeOf({ value, yes, no }: Ground): Ground {
  return { value, yes: no, no: yes };
}

let lastNumber = 0;

/** A judgement without grounds, such as the existence of a resource. */
export function judgement(truth: Truth): Judgement {
  return truth === TRUE || (truth.yes === Guard.always && truth.no === Guard.never) ? YES : judgementOfTruth(truth);
}

// Constant judgements need no grounds and are shared: most judgements are one of these.
export const YES: Judgement = new Judgement(Guard.always, Guard.never, undefined);
export const NO: Judgement = new Judgement(Guard.never, Guard.always, undefined);
export const UNKNOWABLE: Judgement = new Judgement(Guard.never, Guard.never, undefined);

const judgementOfTruth = memoize((truth: Truth): Judgement => new Judgement(truth.yes, truth.no, undefined));

/** The negation of a judgement: its sides swapped. Unknown in the same scenarios. */
export function not(statement: Judgement): Judgement {
  if (statement === YES) return NO;
  if (statement === NO) return YES;
  return statement.opposite;
}

/** Logical and: true where all statements are true, false where one is false. True without statements. */
export function all(...statements: readonly Judgement[]): Judgement {
  return combined(statements, CONJUNCTION);
}

/** Logical or: true where one statement is true, false where all are false. False without statements. */
export function any(...statements: readonly Judgement[]): Judgement {
  return combined(statements, DISJUNCTION);
}

interface Connective {
  readonly name: string;
  /** The statement that alone decides the result. */
  readonly decisive: Judgement;
  /** The statement that changes nothing. */
  readonly neutral: Judgement;
  /** The scenarios in which several statements together are true, and those in which they are false. */
  readonly of: (statements: readonly Judgement[]) => Truth;
}

const CONJUNCTION: Connective = {
  name: 'and',
  decisive: NO,
  neutral: YES,
  of: (statements) => ({
    yes: statements.reduce<Guard>((yes, statement) => yes.and(statement.yes), Guard.always),
    no: statements.reduce<Guard>((no, statement) => no.or(statement.no), Guard.never),
  }),
};

const DISJUNCTION: Connective = {
  name: 'or',
  decisive: YES,
  neutral: NO,
  of: (statements) => ({
    yes: statements.reduce<Guard>((yes, statement) => yes.or(statement.yes), Guard.never),
    no: statements.reduce<Guard>((no, statement) => no.and(statement.no), Guard.always),
  }),
};

/** The number of statements up to which repeated ones are found. */
const FEW = 16;

function combined(statements: readonly Judgement[], connective: Connective): Judgement {
  const { decisive, neutral } = connective;
  let only: Judgement | undefined;
  let several: Judgement[] | undefined;
  for (const statement of statements) {
    if (statement === decisive) return decisive;
    if (statement === neutral || statement === only) continue;
    if (!only) only = statement;
    else if (!several) several = [only, statement];
    else if (several.length > FEW || !several.includes(statement)) several.push(statement);
  }
  return several ? combinedOf(several, connective) : only ? (constantOf(only) ?? only) : neutral;
}

/** The shared judgement that is the same in every scenario; undefined for others. */
function constantOf({ yes, no }: Truth): Judgement | undefined {
  return no === Guard.always ? NO : yes === Guard.always ? YES : undefined;
}

function combinedOf(statements: readonly Judgement[], connective: Connective): Judgement {
  let key = connective.name;
  let isUnknown = true;
  for (const { yes, no, number } of statements) {
    key += ` ${number}`;
    isUnknown &&= yes === Guard.never && no === Guard.never;
  }
  // What is unknown in all scenarios is as fast to combine as to find.
  return isUnknown
    ? combination(statements, connective)
    : knownCombination(statements[0]!, key, statements, connective);
}

/** The number of results for one object at which they are dropped. */
export const MOST_RESULTS = 256;

const knownCombination = memoizeText(
  (_first: Judgement, _key: string, statements: readonly Judgement[], connective: Connective): Judgement =>
    combination(statements, connective),
  MOST_RESULTS,
);

function combination(statements: readonly Judgement[], { of }: Connective): Judgement {
  const truth = of(statements);
  return constantOf(truth) ?? new Judgement(truth.yes, truth.no, undefined, statements);
}

/** Existence is false only if the list is known to be complete. */
export function among(some: Judgement, complete: Truth): Judgement {
  return some === YES || complete.yes === Guard.always ? some : amongOpen(some, complete);
}

const amongOpen = memoize2(
  (some: Judgement, complete: Truth): Judgement =>
    new Judgement(some.yes, some.no.and(complete.yes), undefined, [some]),
);

/** Whether some item meets a statement. False only if the list is known to be complete. */
export function exists(items: Items, statement: (item: Element) => Judgement): Judgement {
  const each = items.items.map((item) => all(judgement(item.when), statement(item)));
  const some = any(...each);
  return among(some, items.complete);
}

/** Whether every item meets a statement. True only if the list is known to be complete. */
export function every(items: Items, statement: (item: Element) => Judgement): Judgement {
  return not(exists(items, (item) => not(statement(item))));
}

/** The statement where a condition is true, and false elsewhere. */
export function when(condition: Truth, statement: Judgement): Judgement {
  return all(judgement(condition), statement);
}
