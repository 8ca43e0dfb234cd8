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
  keyOfCube,
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

/** The maximum number of cubes of a guard. */
export const MAX_CUBES = 64;

/** The maximum number of cubes that an operation considers before it joins them. */
const MAX_PRODUCTS = 128;

/** The maximum number of times that an operation joins them. */
const MAX_ROUNDS = 16;

/** The work limit of `coveredBy`, in considered pieces. */
const COVER_BUDGET = 4096;

/** The minimum number of cube pairs for memoization, and the number of memoized results per guard. */
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
  /**
   * Memoized results with other guards. Templates compare the same few conditions repeatedly, for each resource and
   * rule.
   */
  #outcomes: Map<Guard, Outcomes> | undefined;
  #signatures: readonly Signature[] | undefined;
  /** False if scenarios were dropped, so that the guard can be too small. */
  readonly exact: boolean;

  /** Whether no two cubes can be joined. */
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

  /** The same scenarios under a name that the author knows. */
  named(term: Term): Guard {
    if (this.isAlways()) return this;
    return new Guard(
      this.#cubes.map((cube) => ({ ...cube, terms: withTerm(cube.terms, term) })),
      this.exact,
      this.#isReduced,
    );
  }

  /** The same scenarios under one name only, which replaces the names that they were built from. */
  renamed(term: Term): Guard {
    if (this.isAlways()) return this;
    return new Guard(
      this.#cubes.map((cube) => ({ ...cube, terms: [term] })),
      this.exact,
      this.#isReduced,
    );
  }

  /** The same scenarios, marked as assumed: they require an allowed value that nothing in the document selects. */
  assumed(): Guard {
    // Cubes that differed only in an assumption can be joined now.
    return new Guard(
      this.#cubes.map((cube) => ({ ...cube, assumed: true })),
      this.exact,
      this.#isReduced && (this.#cubes.length < 2 || this.#cubes.every((cube) => !cube.assumed)),
    );
  }

  /** The same scenarios, marked as selected by the document: values that a condition compares are not assumed. */
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
    let cubes: Cube[] = [];
    let rounds = 0;
    for (const a of mine)
      for (const b of others) {
        const both = intersect(a, b);
        if (!both) continue;
        if (cubes.length === MAX_PRODUCTS) {
          // Guards with the same parts have products that contain each other.
          cubes = [...reduce(cubes)];
          spend(MAX_PRODUCTS);
          if (cubes.length > MAX_CUBES || rounds++ === MAX_ROUNDS) return Guard.#kept(cubes, false);
        }
        cubes.push(both);
      }
    return Guard.#kept(reduce(cubes), this.exact && other.exact);
  }

  or(other: Guard): Guard {
    if (other.#cubes.length === 0) return this.#exactIf(other.exact);
    if (this.#cubes.length === 0) return other.#exactIf(this.exact);
    // It contains every scenario already.
    if (this === other || this.#isFree()) return this;
    if (other.#isFree()) return other;
    const outcomes = this.#with(other);
    return (outcomes.or ??= this.#sum(other));
  }

  #sum(other: Guard): Guard {
    spend(this.#cubes.length + other.#cubes.length);
    const exact = this.exact && other.exact;
    if (!this.#isReduced) return Guard.#kept(reduce([...this.#cubes, ...other.#cubes]), exact);
    // Already reduced cubes are compared with new ones only.
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

  /** Whether it contains a scenario. */
  satisfiable(): boolean {
    return this.#cubes.length > 0;
  }

  /**
   * Whether it is known to hold in every scenario. A union that covers everything without joining into one cube is not
   * detected.
   */
  isAlways(): boolean {
    return this.#cubes.length === 1 && this.#cubes[0]!.sets.size === 0;
  }

  /** The part that the document selects: all but assumed values outside of the default scenario. */
  reached(): Guard {
    const cubes = this.#cubes.filter((cube) => !cube.assumed || holdsByDefault(cube));
    return cubes.length === this.#cubes.length ? this : new Guard(cubes, this.exact, this.#isReduced);
  }

  /**
   * Whether it holds if every parameter has its default. A parameter without a default has no value in that scenario.
   */
  holdsByDefault(): boolean {
    return this.#cubes.some(holdsByDefault);
  }

  /** One scenario as terms, the default one if the guard contains it. Empty if the guard holds always or never. */
  describe(): readonly Term[] {
    const cube =
      this.#cubes.find((c) => !c.assumed && holdsByDefault(c)) ??
      this.#cubes.find(holdsByDefault) ??
      this.#cubes.find((c) => !c.assumed) ??
      this.#cubes[0];
    if (!cube || this.isAlways()) return [];
    return cube.terms.length > 0 ? cube.terms : parameterTerms(cube);
  }

  /** A text that is equal for equal guards of equal variables. Guards with equal scenarios can have different ones. */
  key(): string {
    if (this.#cubes.length === 0) return this.exact ? 'never' : 'never?';
    if (this.#isFree() && this.exact && this.#cubes[0]!.terms.length === 0) return 'always';
    return `${this.#cubes.map(keyOfCube).join('|')}${this.exact ? '' : '?'}`;
  }

  /** The variables that it restricts. */
  variables(): ReadonlySet<Variable> {
    return new Set(this.#cubes.flatMap((cube) => [...cube.sets.keys()]));
  }

  /** Whether the union of `parts` covers this guard. Exact up to a fixed amount of work; beyond it, false. */
  coveredBy(...parts: readonly Guard[]): boolean {
    if (parts.length !== 1) return this.#isWithin(parts);
    const outcomes = this.#with(parts[0]!);
    return (outcomes.coveredBy ??= this.#isWithin(parts));
  }

  #isWithin(parts: readonly Guard[]): boolean {
    // Dropped scenarios can be anywhere, so only a guard of all scenarios covers them.
    const all = parts.flatMap((part) => part.#cubes);
    // Depth first: the remainder of one cube is processed before the next; the first piece that nothing covers is the
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

  /** Whether the guard contains a scenario, given as value indexes by variable. */
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

  /** A guard of cubes that cannot be joined further. */
  static #kept(kept: readonly Cube[], exact: boolean): Guard {
    if (kept.length > MAX_CUBES) return new Guard(defaultFirst(kept).slice(0, MAX_CUBES), false);
    return kept.length === 0 && exact ? Guard.never : new Guard(kept, exact);
  }
}

/** If cubes must be dropped, the default scenario is kept, so that its findings are always reported. */
function defaultFirst(cubes: readonly Cube[]): readonly Cube[] {
  return [...cubes.filter(holdsByDefault), ...cubes.filter((cube) => !holdsByDefault(cube))];
}

/**
 * A three-valued truth: the scenarios in which a statement is true and those in which it is false. They never overlap;
 * the statement is unknown in all others.
 */
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
