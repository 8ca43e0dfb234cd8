/**
 * A cube is a set of scenarios: it limits some variables to some of their values and leaves the rest free.
 */

/** A variable of the scenarios. Within one analysis there is one object for each id. */
export interface Variable {
  readonly id: string;
  readonly kind: 'parameter' | 'condition' | 'exists' | 'deployment';
  /** The name that the author gave it. */
  readonly name: string;
  /** Every value it can take, in a fixed order. What is not listed by name is one of them, as `OTHER`. */
  readonly domain: readonly string[];
  /** The index of the value it has in the default scenario, if it has one there. */
  readonly preferred?: number;
}

/** Stands in a domain for all values that nothing in the document names. */
export const OTHER = '\u0000other';

/** A named circumstance that a guard was built from, for people: `IsProd` is false. */
export interface Term {
  readonly kind: 'condition' | 'parameter' | 'exists' | 'deployment';
  readonly name: string;
  readonly value: boolean | string;
}

export interface Cube {
  /** Allowed values by variable as a set of bits, by the index in its domain. A variable that is not named is free. */
  readonly sets: ReadonlyMap<Variable, bigint>;
  readonly terms: readonly Term[];
  /** Whether a value other than the default was assumed for a parameter, where nothing in the document selects it. */
  readonly assumed: boolean;
}

/** The cube of all scenarios. */
export const FREE: Cube = { sets: new Map(), terms: [], assumed: false };

/** The set of all values of a variable. */
export function allValues(variable: Variable): bigint {
  return (1n << BigInt(variable.domain.length)) - 1n;
}

export function withTerm(terms: readonly Term[], term: Term): readonly Term[] {
  return terms.some((t) => sameTerm(t, term)) ? terms : [...terms, term];
}

/** The scenarios of both, or undefined when there are none. */
export function intersect(a: Cube, b: Cube): Cube | undefined {
  const sets = new Map(a.sets);
  for (const [variable, bits] of b.sets) {
    const mine = sets.get(variable);
    const both = mine === undefined ? bits : mine & bits;
    if (both === 0n) return undefined;
    sets.set(variable, both);
  }
  return { sets, terms: b.terms.reduce(withTerm, a.terms), assumed: a.assumed || b.assumed };
}

/** The parts of `a` outside `b`, disjoint from each other. */
export function subtract(a: Cube, b: Cube): Cube[] {
  if (!intersect(a, b)) return [a];
  const pieces: Cube[] = [];
  const sets = new Map(a.sets);
  for (const [variable, bits] of b.sets) {
    const mine = sets.get(variable) ?? allValues(variable);
    const outside = mine & ~bits;
    if (outside !== 0n) pieces.push({ ...a, sets: new Map(sets).set(variable, outside) });
    sets.set(variable, mine & bits);
  }
  return pieces;
}

/** Whether it holds when every parameter has its default. A parameter without default has no value there. */
export function holdsByDefault(cube: Cube): boolean {
  for (const [variable, bits] of cube.sets) {
    if (variable.preferred === undefined || (bits >> BigInt(variable.preferred) & 1n) === 0n) return false;
  }
  return true;
}

/** Drops cubes that another one includes and joins neighbours, in a fixed order. */
export function reduce(cubes: readonly Cube[]): Cube[] {
  const kept: Cube[] = [];
  for (let cube of cubes) {
    for (let i = 0; i < kept.length;) {
      const joined = join(kept[i]!, cube);
      if (!joined) {
        i++;
        continue;
      }
      // The joined cube may now join with one that was passed already.
      cube = joined;
      kept.splice(i, 1);
      i = 0;
    }
    kept.push(cube);
  }
  return kept;
}

const NUMBERS = new WeakMap<Variable, bigint>();
const LIMITED = new WeakMap<Cube['sets'], bigint>();
let variables = 0n;

/** The variables that a cube limits, a bit for each; a few may share one. Most cubes are told apart by these alone, at no cost. */
function limited(sets: Cube['sets']): bigint {
  let bits = LIMITED.get(sets);
  if (bits !== undefined) return bits;
  bits = 0n;
  for (const variable of sets.keys()) {
    let number = NUMBERS.get(variable);
    if (number === undefined) NUMBERS.set(variable, number = 1n << (variables++ % 4096n));
    bits |= number;
  }
  LIMITED.set(sets, bits);
  return bits;
}

/** The one cube that is the union of two, if there is one. */
function join(a: Cube, b: Cube): Cube | undefined {
  if (includes(a, b)) return a;
  if (includes(b, a)) return b;
  return merge(a, b);
}

/** Whether `outer` has all of `inner`, and does not rest on an assumption where `inner` does not. */
function includes(outer: Cube, inner: Cube): boolean {
  if (outer.assumed && !inner.assumed || (limited(outer.sets) & ~limited(inner.sets)) !== 0n) return false;
  for (const [variable, bits] of outer.sets) {
    const mine = inner.sets.get(variable);
    if (mine === undefined || (mine & ~bits) !== 0n) return false;
  }
  return true;
}

/** Two cubes that differ in one variable alone are one cube. */
function merge(a: Cube, b: Cube): Cube | undefined {
  if (a.assumed !== b.assumed || a.sets.size !== b.sets.size || limited(a.sets) !== limited(b.sets)) return undefined;
  let differing: Variable | undefined;
  for (const [variable, bits] of a.sets) {
    const other = b.sets.get(variable);
    if (other === undefined || (other !== bits && differing)) return undefined;
    if (other !== bits) differing = variable;
  }
  if (!differing) return a;
  const union = a.sets.get(differing)! | b.sets.get(differing)!;
  const sets = new Map(a.sets);
  if (union === allValues(differing)) sets.delete(differing);
  else sets.set(differing, union);
  return { sets, terms: a.terms.filter((t) => b.terms.some((u) => sameTerm(t, u))), assumed: a.assumed };
}

function sameTerm(a: Term, b: Term): boolean {
  return a.kind === b.kind && a.name === b.name && a.value === b.value;
}

/** What a cube without remembered names says of parameters, for people. */
export function parameterTerms(cube: Cube): readonly Term[] {
  const terms: Term[] = [];
  for (const [variable, bits] of cube.sets) {
    if (variable.kind === 'condition' || variable.kind === 'exists') {
      terms.push({ kind: variable.kind, name: variable.name, value: variable.domain.findIndex((_, i) => (bits >> BigInt(i) & 1n) === 1n) === 0 });
      continue;
    }
    const preferred = variable.preferred !== undefined && (bits >> BigInt(variable.preferred) & 1n) === 1n ? variable.preferred : undefined;
    const index = preferred ?? variable.domain.findIndex((_, i) => (bits >> BigInt(i) & 1n) === 1n);
    const value = variable.domain[index]!;
    terms.push({ kind: variable.kind, name: variable.name, value: value === OTHER ? 'another value' : value });
  }
  return terms;
}
