/**
 * Guards: the scenarios in which something holds. A scenario assigns every variable (a parameter of a template, a
 * Terraform variable, whether a counted resource exists) one value of its finite domain. A guard is a union of cubes.
 * Every operation has bounded cost, and where the bound is reached scenarios are dropped, never added, so that a guard
 * is at worst too small. There is no complement, because the complement of a guard that is too small would be too
 * large: code that needs both sides carries both (see `Truth`).
 */
import { spend } from './budget.ts';
import {
  allValues,
  FREE,
  holdsByDefault,
  intersect,
  parameterTerms,
  reduce,
  reduceOnto,
  signatureOf,
  subtract,
  withTerm,
  type Cube,
  type Signature,
  type Term,
  type Variable,
} from './cube.ts';

export { OTHER, type Term, type Variable } from './cube.ts';

/** The number of cubes that a guard may have. */
export const MAX_CUBES = 64;

/** The number of cubes that one operation looks at before it joins them. */
const MAX_PRODUCTS = 128;

/** The work that `coveredBy` may do, in pieces looked at. */
const COVER_BUDGET = 4096;

/** The number of pairs of cubes from which on an outcome is remembered, and the number of outcomes that one guard remembers. */
const WORTH_REMEMBERING = 16;
const MAX_REMEMBERED = 256;

/** Memoized intersections of pairs of guards. */
interface Outcomes {
  and?: Guard;
  or?: Guard;
  coveredBy?: boolean;
}

export class Guard {
  /** Holds in every scenario. */
  static readonly always: Guard = new Guard([FREE], true);
  /** Holds in no scenario. */
  static readonly never: Guard = new Guard([], true);

  readonly #cubes: readonly Cube[];
  /** What was made of this guard with others. Templates compare the same few conditions again and again, for each resource and for each rule. */
  #outcomes: Map<Guard, Outcomes> | undefined;
  #signatures: readonly Signature[] | undefined;
  /** False when scenarios were dropped on the way here, so that the guard may be too small. */
  readonly exact: boolean;

  /** Whether no two of the cubes can be joined. */
  readonly #isReduced: boolean;

  private constructor(cubes: readonly Cube[], exact: boolean, isReduced = true) {
    this.#cubes = cubes;
    this.exact = exact;
    this.#isReduced = isReduced;
  }

  /** The scenarios in which `variable` has one of the values at `indexes` of its domain. */
  static of(variable: Variable, indexes: Iterable<number>): Guard {
    let bits = 0n;
    for (const index of indexes) if (index >= 0 && index < variable.domain.length) bits |= 1n << BigInt(index);
    if (bits === 0n) return Guard.never;
    if (bits === allValues(variable)) return Guard.always;
    return new Guard([{ ...FREE, sets: new Map([[variable, bits]]) }], true);
  }

  /** The same scenarios, remembered under a name that the author knows. */
  named(term: Term): Guard {
    if (this.isAlways()) return this;
    return new Guard(
      this.#cubes.map((cube) => ({ ...cube, terms: withTerm(cube.terms, term) })),
      this.exact,
      this.#isReduced,
    );
  }

  /** The same scenarios under one name alone, which stands for all that they were built from. */
  renamed(term: Term): Guard {
    if (this.isAlways()) return this;
    return new Guard(
      this.#cubes.map((cube) => ({ ...cube, terms: [term] })),
      this.exact,
      this.#isReduced,
    );
  }

  /** The same scenarios, marked as ones that only an allowed value which nothing selects leads to. */
  assumed(): Guard {
    // What only an assumption distinguished can be joined now.
    return new Guard(
      this.#cubes.map((cube) => ({ ...cube, assumed: true })),
      this.exact,
      this.#isReduced && (this.#cubes.length < 2 || this.#cubes.every((cube) => !cube.assumed)),
    );
  }

  /** The same scenarios, as ones that the document itself selects: what a condition compares is not assumed. */
  selected(): Guard {
    return this.#cubes.some((cube) => cube.assumed)
      ? new Guard(reduce(this.#cubes.map((cube) => ({ ...cube, assumed: false }))), this.exact)
      : this;
  }

  and(other: Guard): Guard {
    if (this.#isFree()) return other.#exactIf(this.exact);
    if (other.#isFree()) return this.#exactIf(other.exact);
    const outcomes = this.#with(other);
    return (outcomes.and ??= this.#product(other));
  }

  #product(other: Guard): Guard {
    spend(this.#cubes.length * other.#cubes.length);
    const isMuch = this.#cubes.length * other.#cubes.length > MAX_PRODUCTS;
    const [mine, others] = isMuch
      ? [defaultFirst(this.#cubes), defaultFirst(other.#cubes)]
      : [this.#cubes, other.#cubes];
    const cubes: Cube[] = [];
    for (const a of mine)
      for (const b of others) {
        const both = intersect(a, b);
        if (!both) continue;
        if (cubes.length === MAX_PRODUCTS) return Guard.#kept(reduce(cubes), false);
        cubes.push(both);
      }
    return Guard.#kept(reduce(cubes), this.exact && other.exact);
  }

  or(other: Guard): Guard {
    if (other.#cubes.length === 0) return this.#exactIf(other.exact);
    if (this.#cubes.length === 0) return other.#exactIf(this.exact);
    // Every scenario is in it already.
    if (this === other || this.#isFree()) return this;
    if (other.#isFree()) return other;
    const outcomes = this.#with(other);
    return (outcomes.or ??= this.#sum(other));
  }

  #sum(other: Guard): Guard {
    spend(this.#cubes.length + other.#cubes.length);
    const exact = this.exact && other.exact;
    if (!this.#isReduced) return Guard.#kept(reduce([...this.#cubes, ...other.#cubes]), exact);
    // What was reduced before is held against what resolves to it alone.
    const { cubes, signatures } = reduceOnto(
      { cubes: this.#cubes, signatures: (this.#signatures ??= this.#cubes.map(signatureOf)) },
      other.#cubes,
    );
    const sum = Guard.#kept(cubes, exact);
    if (sum.#cubes === cubes) sum.#signatures = signatures;
    return sum;
  }

  /** Memoized results for this guard with another one. Small guards are not memoized. */
  #with(other: Guard): Outcomes {
    if (this.#cubes.length * other.#cubes.length < WORTH_REMEMBERING) return {};
    this.#outcomes ??= new Map();
    let outcomes = this.#outcomes.get(other);
    if (outcomes) return outcomes;
    if (this.#outcomes.size === MAX_REMEMBERED) this.#outcomes.clear();
    this.#outcomes.set(other, (outcomes = {}));
    return outcomes;
  }

  /** Whether some scenario is in it. */
  satisfiable(): boolean {
    return this.#cubes.length > 0;
  }

  /** Whether it is seen to hold in every scenario. A union that covers all without joining into one cube is not. */
  isAlways(): boolean {
    return this.#cubes.length === 1 && this.#cubes[0]!.sets.size === 0;
  }

  /** The part that the document itself leads to: all but what rests on an assumed value outside the default scenario. */
  reached(): Guard {
    const cubes = this.#cubes.filter((cube) => !cube.assumed || holdsByDefault(cube));
    return cubes.length === this.#cubes.length ? this : new Guard(cubes, this.exact, this.#isReduced);
  }

  /** Whether it holds when every parameter has its default. A parameter without default has no value there. */
  holdsByDefault(): boolean {
    return this.#cubes.some(holdsByDefault);
  }

  /** One scenario in words, the default one if it is in the guard. Empty when the guard holds always or never. */
  describe(): readonly Term[] {
    const cube =
      this.#cubes.find((c) => !c.assumed && holdsByDefault(c)) ??
      this.#cubes.find(holdsByDefault) ??
      this.#cubes.find((c) => !c.assumed) ??
      this.#cubes[0];
    if (!cube || this.isAlways()) return [];
    return cube.terms.length > 0 ? cube.terms : parameterTerms(cube);
  }

  /** The variables that it limits. */
  variables(): ReadonlySet<Variable> {
    return new Set(this.#cubes.flatMap((cube) => [...cube.sets.keys()]));
  }

  /** Whether the union of `parts` covers this guard. The answer is exact up to a fixed amount of work; beyond it, no. */
  coveredBy(...parts: readonly Guard[]): boolean {
    if (parts.length !== 1) return this.#isWithin(parts);
    const outcomes = this.#with(parts[0]!);
    return (outcomes.coveredBy ??= this.#isWithin(parts));
  }

  #isWithin(parts: readonly Guard[]): boolean {
    // What was dropped may lie anywhere, so only what covers all scenarios covers it.
    const all = parts.flatMap((part) => part.#cubes);
    // What is left of one cube is followed to the end before the next: the first piece that nothing takes away is the
    // answer.
    const left = (this.exact ? this.#cubes : [FREE]).map((cube) => ({ cube, next: 0 })).reverse();
    for (let budget = COVER_BUDGET, piece = left.pop(); piece; piece = left.pop()) {
      if (piece.next === all.length) return false;
      spend();
      const pieces = subtract(piece.cube, all[piece.next]!);
      budget -= pieces.length + 1;
      if (budget < 0) return false;
      for (let i = pieces.length - 1; i >= 0; i--) left.push({ cube: pieces[i]!, next: piece.next + 1 });
    }
    return true;
  }

  /** Whether the scenario, given as value indexes by variable, is in the guard. */
  contains(scenario: ReadonlyMap<Variable, number>): boolean {
    return this.#cubes.some((cube) =>
      [...cube.sets].every(([variable, bits]) => {
        const value = scenario.get(variable);
        return value !== undefined && ((bits >> BigInt(value)) & 1n) === 1n;
      }),
    );
  }

  #isFree(): boolean {
    return this.isAlways() && !this.#cubes[0]!.assumed;
  }

  #exactIf(exact: boolean): Guard {
    return exact || !this.exact ? this : new Guard(this.#cubes, false, this.#isReduced);
  }

  /** A guard of cubes of which no two can be joined. */
  static #kept(kept: readonly Cube[], exact: boolean): Guard {
    if (kept.length > MAX_CUBES) return new Guard(defaultFirst(kept).slice(0, MAX_CUBES), false);
    return kept.length === 0 && exact ? Guard.never : new Guard(kept, exact);
  }
}

/** Where not all can be kept, the default scenario is, so that what is wrong there is said whatever else a document has. */
function defaultFirst(cubes: readonly Cube[]): readonly Cube[] {
  return [...cubes.filter(holdsByDefault), ...cubes.filter((cube) => !holdsByDefault(cube))];
}

/** Where a statement is true and where it is false. The two never overlap; what neither covers is not knowable. */
export interface Truth {
  readonly yes: Guard;
  readonly no: Guard;
}

export const TRUE: Truth = { yes: Guard.always, no: Guard.never };
export const FALSE: Truth = { yes: Guard.never, no: Guard.always };
export const MAYBE: Truth = { yes: Guard.never, no: Guard.never };

export function notTruth(truth: Truth): Truth {
  return { yes: truth.no, no: truth.yes };
}

export function bothTruths(a: Truth, b: Truth): Truth {
  return { yes: a.yes.and(b.yes), no: a.no.or(b.no) };
}

export function eitherTruth(a: Truth, b: Truth): Truth {
  return { yes: a.yes.or(b.yes), no: a.no.and(b.no) };
}
