/**
 * Guards: the scenarios in which something holds. A scenario assigns every variable (a parameter of a template, a
 * Terraform variable, whether a counted resource exists) one value of its finite domain. A guard is a union of cubes.
 * Every operation has bounded cost, and where the bound is reached scenarios are dropped, never added, so that a guard
 * is at worst too small. There is no complement, because the complement of a guard that is too small would be too
 * large: code that needs both sides carries both (see `Truth`).
 */
import { spend } from './budget.ts';
import {
  cubeOf,
  FREE,
  intersect,
  lastingTerm,
  parameterTerms,
  reduce,
  reduceOnto,
  subtract,
  unionOfOne,
  withTerm,
  type Cube,
  type Term,
} from './cube.ts';
import { keyOfCube } from './cube-key.ts';
import { definitionOf, isPossible } from './derived.ts';
import { allValues, OTHER, type ScenarioVariable } from './slot.ts';

export type { Term } from './cube.ts';
import { flatMap } from './flat-map.ts';
export { OTHER, type ScenarioVariable } from './slot.ts';

/** The maximum number of cubes of a guard. */
export const MAX_CUBES = 64;

/** The maximum number of limits of all cubes of a guard, so that long cubes do not take more work than many. */
const MAX_LIMITS = 2048;

/** The number of cubes from which a condition becomes a variable: the products of two smaller ones fit into a guard. */
const COMPLEX = 8;

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
  static of(variable: ScenarioVariable, indexes: Iterable<number>): Guard {
    let bits = 0n;
    for (const index of indexes) if (index >= 0 && index < variable.domain.length) bits |= 1n << BigInt(index);
    if (bits === 0n) return Guard.never;
    if (bits === allValues(variable)) return Guard.always;
    return new Guard([cubeOf([[variable, bits]])], true);
  }

  /** Whether it has so many parts that conditions that build on it should not repeat them. */
  isComplex(): boolean {
    return this.#cubes.length > COMPLEX;
  }

  /** The same scenarios under a name that the author knows. */
  named(term: Term): Guard {
    if (this.isAlways()) return this;
    const lasting = lastingTerm(term);
    return new Guard(
      this.#cubes.map((cube) => cube.with(withTerm(cube.terms, lasting))),
      this.exact,
      this.#isReduced,
    );
  }

  /** The same scenarios under one name only, which replaces the names that they were built from. */
  renamed(term: Term): Guard {
    if (this.isAlways()) return this;
    const terms = [lastingTerm(term)];
    return new Guard(
      this.#cubes.map((cube) => cube.with(terms)),
      this.exact,
      this.#isReduced,
    );
  }

  /** The same scenarios, marked as assumed: they require an allowed value that nothing in the document selects. */
  assumed(): Guard {
    // Cubes that differed only in an assumption can be joined now.
    return new Guard(
      this.#cubes.map((cube) => cube.with(cube.terms, true)),
      this.exact,
      this.#isReduced && (this.#cubes.length < 2 || this.#cubes.every((cube) => !cube.assumed)),
    );
  }

  /** The same scenarios, marked as selected by the document: values that a condition compares are not assumed. */
  selected(): Guard {
    return this.#cubes.some((cube) => cube.assumed)
      ? new Guard(reduce(this.#cubes.map((cube) => cube.with(cube.terms, false))), this.exact)
      : this;
  }

  and(other: Guard): Guard {
    if (this.#isFree()) return other.#exactIf(this.exact);
    if (this === other || other.#isFree()) return this.#exactIf(other.exact);
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
    let exact = this.exact && other.exact;
    for (const a of mine)
      for (const b of others) {
        const both = intersect(a, b);
        if (!both) continue;
        if (both.derived && both !== a && both !== b) {
          const possible = isPossible(both);
          exact &&= possible !== undefined;
          if (!possible) continue;
        }
        if (cubes.length === MAX_PRODUCTS) {
          // Guards with the same parts have products that contain each other.
          cubes = [...reduce(cubes)];
          spend(MAX_PRODUCTS);
          if (cubes.length > MAX_CUBES || rounds++ === MAX_ROUNDS) return Guard.#kept(cubes, false);
        }
        cubes.push(both);
      }
    return Guard.#kept(reduce(cubes), exact);
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

  /** The scenarios of any of some guards. Those of a variable with many values are joined at once. */
  static union(guards: readonly Guard[]): Guard {
    const joined =
      guards.length > 2 && guards.every((guard) => guard.exact && guard.#cubes.length === 1)
        ? unionOfOne(guards.map((guard) => guard.#cubes[0]!))
        : undefined;
    if (joined) return joined.size === 0 && !joined.assumed ? Guard.always : new Guard([joined], true);
    return guards.reduce<Guard>((sum, guard) => sum.or(guard), Guard.never);
  }

  #sum(other: Guard): Guard {
    spend(this.#cubes.length + other.#cubes.length);
    const exact = this.exact && other.exact;
    if (!this.#isReduced) return Guard.#kept(reduce([...this.#cubes, ...other.#cubes]), exact);
    // Already reduced cubes are compared with new ones only.
    return Guard.#kept(reduceOnto(this.#cubes, other.#cubes), exact);
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
    return this.#cubes.length === 1 && this.#cubes[0]!.size === 0;
  }

  /** Whether it is the same in all versions of a stack, because it has no variables. */
  isUnconditional(): boolean {
    return this.#cubes.every(({ size }) => size === 0);
  }

  /** The part that the document selects: all but assumed values outside of the default scenario. */
  reached(): Guard {
    const cubes = this.#cubes.filter((cube) => !cube.assumed || cube.byDefault);
    return cubes.length === this.#cubes.length ? this : new Guard(cubes, this.exact, this.#isReduced);
  }

  /**
   * Whether it holds if every parameter has its default. A parameter without a default has no value in that scenario.
   */
  holdsByDefault(): boolean {
    return this.#cubes.some(({ byDefault }) => byDefault);
  }

  /** One scenario as terms, the default one if the guard contains it. Empty if the guard holds always or never. */
  describe(): readonly Term[] {
    const cube =
      this.#cubes.find((c) => !c.assumed && c.byDefault) ??
      this.#cubes.find((c) => c.byDefault) ??
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

  /** The variables that it restricts, by their definitions. */
  variables(): ReadonlySet<ScenarioVariable> {
    const found = new Set<ScenarioVariable>();
    const seen = new Set(flatMap(this.#cubes, ({ slots }) => slots.map(({ variable }) => variable)));
    for (const variable of seen) {
      if (!variable.definition) found.add(variable);
      for (const cube of variable.definition?.flat() ?? []) for (const slot of cube.slots) seen.add(slot.variable);
    }
    return found;
  }

  /** Whether the union of `parts` covers this guard. Exact up to a fixed amount of work; beyond it, false. */
  coveredBy(...parts: readonly Guard[]): boolean {
    if (parts.length !== 1) return this.#isWithin(parts);
    const outcomes = this.#with(parts[0]!);
    return (outcomes.coveredBy ??= this.#isWithin(parts));
  }

  #isWithin(parts: readonly Guard[]): boolean {
    // Dropped scenarios can be anywhere, so only a guard of all scenarios covers them.
    const all = flatMap(parts, (part) => part.#cubes);
    // Depth first: the remainder of one cube is processed before the next; the first piece that nothing covers is the
    // answer.
    const left = (this.exact ? this.#cubes : [FREE]).map((cube) => ({ cube, of: cube, next: 0 })).reverse();
    for (let budget = COVER_BUDGET, piece = left.pop(); piece; piece = left.pop()) {
      if (piece.next === all.length) {
        // A cube of a guard has a scenario.
        if (piece.cube !== piece.of && isPossible(piece.cube) === false) continue;
        return false;
      }
      spend();
      const pieces = subtract(piece.cube, all[piece.next]!);
      budget -= pieces.length + 1;
      if (budget < 0) return false;
      for (let i = pieces.length - 1; i >= 0; i--) left.push({ cube: pieces[i]!, of: piece.of, next: piece.next + 1 });
    }
    return true;
  }

  /** Whether the guard contains a scenario, given as value indexes by variable. */
  contains(scenario: ReadonlyMap<ScenarioVariable, number>): boolean {
    return this.#cubes.some((cube) => cube.contains(scenario));
  }

  #isFree(): boolean {
    return this.isAlways() && !this.#cubes[0]!.assumed;
  }

  #exactIf(exact: boolean): Guard {
    return exact || !this.exact ? this : new Guard(this.#cubes, false, this.#isReduced);
  }

  /** A variable that is true in the scenarios of one guard, and false in those of another. */
  static #variableFor({ yes, no }: Truth, id: string, name: string): ScenarioVariable {
    // In what remains, if anything does, it is neither.
    const isDecided = yes.exact && no.exact && Guard.always.coveredBy(yes, no);
    const byDefault = [yes, no].findIndex((guard) => guard.holdsByDefault());
    return {
      id,
      kind: 'condition',
      name,
      domain: isDecided ? ['true', 'false'] : ['true', 'false', OTHER],
      definition: [definitionOf(yes.#cubes), definitionOf(no.#cubes), ...(isDecided ? [] : [[FREE]])],
      ...(byDefault < 0 ? {} : { preferred: byDefault }),
    };
  }

  /** The truth of a condition, by a variable if it is complex. `lasting` returns that of an equal definition. */
  static condensed(truth: Truth, id: string, name: string, lasting = (made: ScenarioVariable) => made): Truth {
    const { yes, no } = truth;
    if (!yes.isComplex() && !no.isComplex()) return truth;
    const variable = lasting(Guard.#variableFor(truth, id, name));
    return {
      yes: yes.satisfiable() ? Guard.of(variable, [0]).#exactIf(yes.exact) : yes,
      no: no.satisfiable() ? Guard.of(variable, [1]).#exactIf(no.exact) : no,
    };
  }

  /** A guard of cubes that cannot be joined further. */
  static #kept(kept: readonly Cube[], exact: boolean): Guard {
    if (!isFitting(kept)) return new Guard(fittingOf(defaultFirst(kept)), false);
    return kept.length === 0 && exact ? Guard.never : new Guard(kept, exact);
  }
}

/** If cubes must be dropped, the default scenario is kept, so that its findings are always reported. */
function defaultFirst(cubes: readonly Cube[]): readonly Cube[] {
  return [...cubes.filter(({ byDefault }) => byDefault), ...cubes.filter(({ byDefault }) => !byDefault)];
}

/** Whether cubes are not too many for a guard. A single one always fits. */
function isFitting(cubes: readonly Cube[]): boolean {
  if (cubes.length > MAX_CUBES) return false;
  return cubes.length < 2 || cubes.reduce((sum, { size }) => sum + size, 0) <= MAX_LIMITS;
}

/** The first cubes that fit into a guard. */
function fittingOf(cubes: readonly Cube[]): readonly Cube[] {
  let limits = 0;
  return cubes.slice(0, MAX_CUBES).filter(({ size }, i) => (limits += size) <= MAX_LIMITS || i === 0);
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

/** A guard as every scenario, if its parts are that together. So the product of many such guards remains small. */
export function whole(guard: Guard): Guard {
  return Guard.always.coveredBy(guard) ? Guard.always : guard;
}

/** The negation of a truth: its sides swapped. Exact, and unknown in the same scenarios. */
export function notTruth(truth: Truth): Truth {
  return { yes: truth.no, no: truth.yes };
}

/** The conjunction: true where both are, false where at least one is. */
export function bothTruths(a: Truth, b: Truth): Truth {
  if (a === TRUE && b === TRUE) return TRUE;
  return truthOf(a.yes.and(b.yes), a.no.or(b.no));
}

/** The disjunction: true where at least one is, false where both are. */
export function eitherTruth(a: Truth, b: Truth): Truth {
  return truthOf(a.yes.or(b.yes), a.no.and(b.no));
}

/** A truth; the shared `TRUE` if it always holds, because most do, and comparing with it is fast. */
function truthOf(yes: Guard, no: Guard): Truth {
  return yes === Guard.always && no === Guard.never ? TRUE : { yes, no };
}
