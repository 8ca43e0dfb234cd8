/** A cube is a set of scenarios: it restricts some variables to some of their values and leaves the others free. */
import { numbering } from './memoize.ts';

/** A variable of the scenarios. An analysis has one object per ID. */
export interface Variable {
  readonly id: string;
  readonly kind: 'parameter' | 'condition' | 'exists' | 'deployment';
  /** The name that the author gave it. */
  readonly name: string;
  /** All its possible values, in a fixed order. Unlisted values are represented by `OTHER`. */
  readonly domain: readonly string[];
  /** The index of its default value, if it has one. */
  readonly preferred?: number;
}

/** Represents all values of a domain that the document does not name. */
export const OTHER = '\u0000other';

/** A named condition that a guard was built from, for messages: `IsProd` is false. */
export interface Term {
  readonly kind: 'condition' | 'parameter' | 'exists' | 'deployment';
  readonly name: string;
  readonly value: boolean | string;
}

export interface Cube {
  /** The allowed values by variable, as bit sets over the domain's indexes. Variables that are not listed are free. */
  readonly sets: ReadonlyMap<Variable, bigint>;
  readonly terms: readonly Term[];
  /** Whether a non-default value was assumed for a parameter that nothing in the document selects. */
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

/** A text that is equal for equal cubes of equal variables. */
export function keyOfCube({ sets, terms, assumed }: Cube): string {
  return JSON.stringify([
    [...sets].map(([{ id, domain, preferred }, bits]) => [id, domain.length, preferred, bits.toString(36)]),
    terms.map(({ kind, name, value }) => [kind, name, value]),
    assumed,
  ]);
}

/** The intersection of two cubes, or undefined if it is empty. */
export function intersect(a: Cube, b: Cube): Cube | undefined {
  if (areDisjoint(a, b)) return undefined;
  // If one restricts nothing more than the other, their data is shared.
  let sets: Map<Variable, bigint> | undefined;
  for (const [variable, bits] of b.sets) {
    const mine = a.sets.get(variable);
    const both = mine === undefined ? bits : mine & bits;
    if (both !== mine) (sets ??= new Map(a.sets)).set(variable, both);
  }
  return { sets: sets ?? a.sets, terms: b.terms.reduce(withTerm, a.terms), assumed: a.assumed || b.assumed };
}

/** Whether two cubes are disjoint. Most disjoint cubes differ early, so nothing is allocated for them. */
function areDisjoint(a: Cube, b: Cube): boolean {
  const [few, many] = a.sets.size < b.sets.size ? [a.sets, b.sets] : [b.sets, a.sets];
  for (const [variable, bits] of few) {
    const other = many.get(variable);
    if (other !== undefined && (other & bits) === 0n) return true;
  }
  return false;
}

/** The parts of `a` outside `b`, disjoint from each other. */
export function subtract(a: Cube, b: Cube): Cube[] {
  if (areDisjoint(a, b)) return [a];
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

/** Whether it holds if every parameter has its default. A parameter without a default has no value in that scenario. */
export function holdsByDefault(cube: Cube): boolean {
  for (const [variable, bits] of cube.sets) {
    if (variable.preferred === undefined || ((bits >> BigInt(variable.preferred)) & 1n) === 0n) return false;
  }
  return true;
}

/** Cubes that cannot be joined further, and the data to compare them. */
export interface Reduced {
  readonly cubes: readonly Cube[];
  readonly signatures: readonly Signature[];
}

/** Removes cubes that another one contains and joins adjacent cubes, in a fixed order. */
export function reduce(cubes: readonly Cube[]): readonly Cube[] {
  return cubes.length < 2 ? cubes : reduceOnto({ cubes: [], signatures: [] }, cubes).cubes;
}

/** Reduces already reduced cubes together with new ones. */
export function reduceOnto(before: Reduced, cubes: readonly Cube[]): Reduced {
  const kept = [...before.cubes];
  const signatures = [...before.signatures];
  for (let cube of cubes) {
    let signature = signatureOf(cube);
    for (let i = 0; i < kept.length;) {
      const joined = join(kept[i]!, cube, signatures[i]!, signature);
      if (!joined) {
        i++;
        continue;
      }
      const isKept = joined === kept[i];
      const isMerged = !isKept && joined !== cube;
      cube = joined;
      if (isKept) signature = signatures[i]!;
      kept.splice(i, 1);
      signatures.splice(i, 1);
      // Kept cubes cannot be joined with each other. A cube that has grown can be joined with earlier ones.
      if (isKept) break;
      if (!isMerged) continue;
      signature = signatureOf(cube);
      i = 0;
    }
    kept.push(cube);
    signatures.push(signature);
  }
  return { cubes: kept, signatures };
}

/**
 * A cube as numbers, for fast comparison. Exclusions are hashed to bits: a cube that contains another one has a subset
 * of its exclusion bits, so most cubes are distinguished by these.
 */
export interface Signature {
  readonly excluded: Int32Array;
  /** The numbers of the restricted variables, in order. */
  readonly variables: readonly number[];
  /** The allowed values of each of them, `MANY` if they do not fit. */
  readonly allowed: readonly number[];
  readonly bits: readonly bigint[];
}

/** The number of 32-bit words for the exclusions. */
const WORDS = 8;

/** The maximum domain size with one bit per value. A larger domain has one bit in total. */
const FEW_VALUES = 16;

/** Represents the allowed values of a large domain. */
const MANY = -1;

const numberOf = numbering<Variable>();

export function signatureOf({ sets }: Cube): Signature {
  const limits = [...sets].sort(([a], [b]) => numberOf(a) - numberOf(b));
  const variables = limits.map(([variable]) => numberOf(variable));
  const allowed = limits.map(([{ domain }, bits]) => (domain.length > FEW_VALUES ? MANY : Number(bits)));
  const excluded = new Int32Array(WORDS);
  const exclude = (slot: number): void => {
    excluded[(slot >>> 5) % WORDS]! |= 1 << (slot & 31);
  };
  for (const [i, number] of variables.entries()) {
    const few = allowed[i]!;
    const { length } = limits[i]![0].domain;
    if (few === MANY) exclude(number * 5);
    else for (let value = 0; value < length; value++) if (((few >> value) & 1) === 0) exclude(number * 5 + value);
  }
  return { excluded, variables, allowed, bits: limits.map(([, bits]) => bits) };
}

/** The cube that is the union of two, if it is a cube. */
function join(a: Cube, b: Cube, one: Signature, other: Signature): Cube | undefined {
  const [few, many] = [one.variables.length, other.variables.length];
  if (few <= many && !(a.assumed && !b.assumed) && includes(one, other)) return a;
  if (many <= few && !(b.assumed && !a.assumed) && includes(other, one)) return b;
  return few === many && a.assumed === b.assumed && mayMerge(one, other) ? merge(a, b) : undefined;
}

/** Whether `outer` contains `inner`. */
function includes(outer: Signature, inner: Signature): boolean {
  for (let word = 0; word < WORDS; word++) if ((outer.excluded[word]! & ~inner.excluded[word]!) !== 0) return false;
  let at = 0;
  for (let i = 0; i < outer.variables.length; i++) {
    while (at < inner.variables.length && inner.variables[at]! < outer.variables[i]!) at++;
    if (inner.variables[at] !== outer.variables[i] || !isSubset(inner, at, outer, i)) return false;
  }
  return true;
}

function isSubset(inner: Signature, at: number, outer: Signature, i: number): boolean {
  const few = outer.allowed[i]!;
  return few === MANY ? (inner.bits[at]! & ~outer.bits[i]!) === 0n : (inner.allowed[at]! & ~few) === 0;
}

/** Whether two cubes restrict the same variables, and all but one of them equally. */
function mayMerge(a: Signature, b: Signature): boolean {
  for (let i = 0; i < a.variables.length; i++) if (a.variables[i] !== b.variables[i]) return false;
  let differing = 0;
  for (let i = 0; i < a.variables.length && differing < 2; i++)
    if (a.allowed[i] === MANY ? a.bits[i] !== b.bits[i] : a.allowed[i] !== b.allowed[i]) differing++;
  return differing < 2;
}

/** Two cubes that differ in only one variable join into one. */
function merge(a: Cube, b: Cube): Cube | undefined {
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

/** The parameter terms of a cube without names, for messages. */
export function parameterTerms(cube: Cube): readonly Term[] {
  const terms: Term[] = [];
  for (const [variable, bits] of cube.sets) {
    if (variable.kind === 'condition' || variable.kind === 'exists') {
      terms.push({
        kind: variable.kind,
        name: variable.name,
        value: variable.domain.findIndex((_, i) => ((bits >> BigInt(i)) & 1n) === 1n) === 0,
      });
      continue;
    }
    const preferred =
      variable.preferred !== undefined && ((bits >> BigInt(variable.preferred)) & 1n) === 1n
        ? variable.preferred
        : undefined;
    const index = preferred ?? variable.domain.findIndex((_, i) => ((bits >> BigInt(i)) & 1n) === 1n);
    const value = variable.domain[index]!;
    terms.push({ kind: variable.kind, name: variable.name, value: value === OTHER ? 'another value' : value });
  }
  return terms;
}
