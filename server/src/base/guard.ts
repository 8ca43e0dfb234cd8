/**
 * Guards: in which scenarios something holds.
 *
 * A scenario gives every variable (a parameter of a template, a Terraform variable, whether a counted resource exists)
 * one value of its finite domain. A guard is a union of cubes. Every operation costs a bounded amount of work, and
 * where the bound is reached scenarios are dropped, never added, so that a guard is at worst too small. There is no
 * complement, because the complement of a guard that is too small would be too large: whoever needs both sides carries
 * both (see `Truth`).
 */
import { spend } from './budget.ts';
import { allValues, FREE, holdsByDefault, intersect, parameterTerms, reduce, subtract, withTerm, type Cube, type Term, type Variable } from './cube.ts';

export { OTHER, type Term, type Variable } from './cube.ts';

/** The number of cubes that a guard may have. */
export const MAX_CUBES = 64;

/** The number of cubes that one operation looks at before it joins them. */
const MAX_PRODUCTS = 128;

/** The work that `coveredBy` may do, in pieces looked at. */
const COVER_BUDGET = 4096;

export class Guard {
  /** Holds in every scenario. */
  static readonly always: Guard = new Guard([FREE], true);
  /** Holds in no scenario. */
  static readonly never: Guard = new Guard([], true);

  readonly #cubes: readonly Cube[];
  /** False when scenarios were dropped on the way here, so that the guard may be too small. */
  readonly exact: boolean;

  private constructor(cubes: readonly Cube[], exact: boolean) {
    this.#cubes = cubes;
    this.exact = exact;
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
    return new Guard(this.#cubes.map((cube) => ({ ...cube, terms: withTerm(cube.terms, term) })), this.exact);
  }

  /** The same scenarios under one name alone, which stands for all that they were built from. */
  renamed(term: Term): Guard {
    if (this.isAlways()) return this;
    return new Guard(this.#cubes.map((cube) => ({ ...cube, terms: [term] })), this.exact);
  }

  /** The same scenarios, marked as ones that only an allowed value which nothing selects leads to. */
  assumed(): Guard {
    return new Guard(this.#cubes.map((cube) => ({ ...cube, assumed: true })), this.exact);
  }

  /** The same scenarios, as ones that the document itself selects: what a condition compares is not assumed. */
  selected(): Guard {
    return this.#cubes.some((cube) => cube.assumed) ? new Guard(reduce(this.#cubes.map((cube) => ({ ...cube, assumed: false }))), this.exact) : this;
  }

  and(other: Guard): Guard {
    if (this.#isFree()) return other.#exactIf(this.exact);
    if (other.#isFree()) return this.#exactIf(other.exact);
    spend(this.#cubes.length * other.#cubes.length);
    const cubes: Cube[] = [];
    let exact = this.exact && other.exact;
    const isMuch = this.#cubes.length * other.#cubes.length > MAX_PRODUCTS;
    const [mine, others] = isMuch ? [defaultFirst(this.#cubes), defaultFirst(other.#cubes)] : [this.#cubes, other.#cubes];
    for (const a of mine) for (const b of others) {
      const both = intersect(a, b);
      if (!both) continue;
      if (cubes.length === MAX_PRODUCTS) exact = false;
      else cubes.push(both);
    }
    return Guard.#reduced(cubes, exact);
  }

  or(other: Guard): Guard {
    if (other.#cubes.length === 0) return this.#exactIf(other.exact);
    if (this.#cubes.length === 0) return other.#exactIf(this.exact);
    // Every scenario is in it already.
    if (this === other || this.#isFree()) return this;
    if (other.#isFree()) return other;
    spend(this.#cubes.length + other.#cubes.length);
    return Guard.#reduced([...this.#cubes, ...other.#cubes], this.exact && other.exact);
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
    return cubes.length === this.#cubes.length ? this : new Guard(cubes, this.exact);
  }

  /** Whether it holds when every parameter has its default. A parameter without default has no value there. */
  holdsByDefault(): boolean {
    return this.#cubes.some(holdsByDefault);
  }

  /** One scenario in words, the default one if it is in the guard. Empty when the guard holds always or never. */
  describe(): readonly Term[] {
    const cube = this.#cubes.find((c) => !c.assumed && holdsByDefault(c)) ?? this.#cubes.find(holdsByDefault)
      ?? this.#cubes.find((c) => !c.assumed) ?? this.#cubes[0];
    if (!cube || this.isAlways()) return [];
    return cube.terms.length > 0 ? cube.terms : parameterTerms(cube);
  }

  /** The variables that it limits. */
  variables(): ReadonlySet<Variable> {
    return new Set(this.#cubes.flatMap((cube) => [...cube.sets.keys()]));
  }

  /** Whether the union of `parts` covers this guard. The answer is exact up to a fixed amount of work; beyond it, no. */
  coveredBy(...parts: readonly Guard[]): boolean {
    // What was dropped may lie anywhere, so only what covers all scenarios covers it.
    let rest: readonly Cube[] = this.exact ? this.#cubes : [FREE];
    let budget = COVER_BUDGET;
    for (const part of parts) for (const cube of part.#cubes) {
      if (rest.length === 0) return true;
      const next: Cube[] = [];
      spend(rest.length);
      for (const left of rest) {
        const pieces = subtract(left, cube);
        budget -= pieces.length + 1;
        if (budget < 0) return false;
        next.push(...pieces);
      }
      rest = next;
    }
    return rest.length === 0;
  }

  /** Whether the scenario, given as value indexes by variable, is in the guard. */
  contains(scenario: ReadonlyMap<Variable, number>): boolean {
    return this.#cubes.some((cube) => [...cube.sets].every(([variable, bits]) => {
      const value = scenario.get(variable);
      return value !== undefined && (bits >> BigInt(value) & 1n) === 1n;
    }));
  }

  #isFree(): boolean {
    return this.isAlways() && !this.#cubes[0]!.assumed;
  }

  #exactIf(exact: boolean): Guard {
    return exact || !this.exact ? this : new Guard(this.#cubes, false);
  }

  static #reduced(cubes: readonly Cube[], exact: boolean): Guard {
    const kept = reduce(cubes);
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
