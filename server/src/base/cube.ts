/** A cube is a set of scenarios: it restricts some variables to some of their values and leaves the others free. */
import { ownText } from './own-text.ts';
import {
  bitsOf,
  both,
  unionOf,
  isEmptySet,
  minus,
  OTHER,
  overlap,
  seek,
  slotOf,
  work,
  type Bits,
  type Slot,
  type ScenarioVariable,
} from './slot.ts';

/** A named condition that a guard was built from, for messages: `IsProd` is false. */
export interface Term {
  readonly kind: 'condition' | 'parameter' | 'exists' | 'deployment';
  readonly name: string;
  readonly value: boolean | string;
}

/**
 * The limits of a cube are sorted by variable, so that two cubes are compared in one pass. Hashes of what they exclude
 * distinguish most cubes before that: a cube that contains another one excludes no more.
 */
export class Cube {
  /** The restricted variables; all others are free. */
  readonly slots: readonly Slot[];
  /** The allowed values of each of them. */
  readonly allowed: readonly Bits[];
  readonly terms: readonly Term[];
  /** Whether a non-default value was assumed for a parameter that nothing in the document selects. */
  readonly assumed: boolean;
  /**
   * Whether it holds if every parameter has its default. A parameter without a default has no value in that scenario.
   */
  readonly byDefault: boolean;
  /** A bit for each restricted variable. */
  readonly mask: number;
  /** Bits for the excluded values. */
  readonly excluded: number;
  readonly alsoExcluded: number;
  /** Whether it restricts a variable with a definition. */
  readonly derived: boolean;

  constructor(
    slots: readonly Slot[],
    allowed: readonly Bits[],
    terms: readonly Term[],
    assumed: boolean,
    byDefault: boolean,
    mask: number,
    excluded: number,
    alsoExcluded: number,
    derived: boolean,
  ) {
    this.slots = slots;
    this.allowed = allowed;
    this.terms = terms;
    this.assumed = assumed;
    this.byDefault = byDefault;
    this.mask = mask;
    this.excluded = excluded;
    this.alsoExcluded = alsoExcluded;
    this.derived = derived;
  }

  /** The same scenarios, under other names or with another mark. */
  with(terms: readonly Term[], assumed = this.assumed): Cube {
    return new Cube(
      this.slots,
      this.allowed,
      terms,
      assumed,
      this.byDefault,
      this.mask,
      this.excluded,
      this.alsoExcluded,
      this.derived,
    );
  }

  /** The number of restricted variables. */
  get size(): number {
    return this.slots.length;
  }

  /** Whether it contains a scenario, given as value indexes by variable. */
  contains(scenario: ReadonlyMap<ScenarioVariable, number>): boolean {
    return this.slots.every((slot) => {
      const { variable } = slot;
      const value = scenario.get(variable);
      return value === undefined
        ? variable.definition?.some(
            (cubes, index) => isAllowed(this, slot, index) && cubes.some((cube) => cube.contains(scenario)),
          ) === true
        : isAllowed(this, slot, value);
    });
  }
}

/** Whether a cube allows the value of a variable at an index of its domain. */
export function isAllowed({ slots, allowed }: Cube, slot: Slot, index: number): boolean {
  const at = slots.indexOf(slot);
  return at < 0 || overlap(allowed[at]!, bitsOf(slot.variable, 1n << BigInt(index)));
}

/** The cube with selected limits only, and without names. */
export function selectLimits({ slots, allowed }: Cube, isKept: readonly boolean[]): Cube {
  return limited(
    slots.filter((_, i) => isKept[i]),
    allowed.filter((_, i) => isKept[i]),
    [],
    false,
  );
}

/** The cube of some limits. */
function limited(slots: readonly Slot[], allowed: readonly Bits[], terms: readonly Term[], assumed: boolean): Cube {
  let byDefault = true;
  let mask = 0;
  let excluded = 0;
  let alsoExcluded = 0;
  let derived = false;
  for (let i = 0; i < slots.length; i++) {
    const { number, variable, preferred } = slots[i]!;
    const bits = allowed[i]!;
    byDefault &&= overlap(bits, preferred);
    derived ||= variable.definition !== undefined;
    mask |= 1 << (number & 31);
    if (typeof bits !== 'number') excluded |= 1 << ((number * 5) & 31);
    else
      for (let value = 0; value < variable.domain.length; value++) {
        if ((bits >> value) & 1) continue;
        const slot = number * 5 + value;
        if (slot & 32) alsoExcluded |= 1 << (slot & 31);
        else excluded |= 1 << (slot & 31);
      }
  }
  return new Cube(slots, allowed, terms, assumed, byDefault, mask, excluded, alsoExcluded, derived);
}

/** The cube of all scenarios. */
export const FREE: Cube = limited([], [], [], false);

/** The cube in which some variables have some of their values: of the bit set, not none and not all. */
export function cubeOf(
  limits: Iterable<readonly [ScenarioVariable, bigint]>,
  terms: readonly Term[] = [],
  assumed = false,
): Cube {
  const sorted = [...limits]
    .map(([variable, bits]) => ({ slot: slotOf(variable), bits: bitsOf(variable, bits) }))
    .sort((a, b) => a.slot.number - b.slot.number);
  return limited(
    sorted.map(({ slot }) => slot),
    sorted.map(({ bits }) => bits),
    terms,
    assumed,
  );
}

/** The same term. Guards are known in later versions of a document, so it must not keep the text of this one. */
export function lastingTerm({ kind, name, value }: Term): Term {
  return { kind, name: ownText(name), value: typeof value === 'string' ? ownText(value) : value };
}

/** The same terms with one more at the end, unless an equal one is among them. */
export function withTerm(terms: readonly Term[], term: Term): readonly Term[] {
  return terms.some((t) => sameTerm(t, term)) ? terms : [...terms, term];
}

/** The number of pairs of names up to which they are compared one by one. */
const FEW_PAIRS = 32;

function withTerms(terms: readonly Term[], more: readonly Term[]): readonly Term[] {
  if (terms === more || more.length === 0) return terms;
  if (terms.length === 0) return more;
  if (terms.length * more.length <= FEW_PAIRS) return more.reduce(withTerm, terms);
  const known = new Set(terms.map(textOfTerm));
  const added = more.filter((term) => !known.has(textOfTerm(term)));
  return added.length === 0 ? terms : [...terms, ...added];
}

/** The names that two cubes have in common. */
function commonTerms(terms: readonly Term[], others: readonly Term[]): readonly Term[] {
  if (terms.length * others.length <= FEW_PAIRS) return terms.filter((t) => others.some((u) => sameTerm(t, u)));
  const known = new Set(others.map(textOfTerm));
  return terms.filter((term) => known.has(textOfTerm(term)));
}

/** A text that is equal for equal names. */
function textOfTerm({ kind, name, value }: Term): string {
  return `${kind} ${typeof value} ${value} ${name}`;
}

/** The intersection of two cubes, or undefined if it is empty. */
export function intersect(a: Cube, b: Cube): Cube | undefined {
  if (areDisjoint(a, b)) return undefined;
  const terms = withTerms(a.terms, b.terms);
  const assumed = a.assumed || b.assumed;
  // If one restricts nothing more than the other, their data is shared.
  if (includes(b, a)) return terms === a.terms && assumed === a.assumed ? a : a.with(terms, assumed);
  if (includes(a, b)) return terms === b.terms && assumed === b.assumed ? b : b.with(terms, assumed);
  const slots: Slot[] = [];
  const allowed: Bits[] = [];
  let i = 0;
  let j = 0;
  while (i < a.slots.length || j < b.slots.length) {
    const [mine, other] = [a.slots[i], b.slots[j]];
    const order = !mine ? 1 : !other ? -1 : mine.number - other.number;
    slots.push(order > 0 ? other! : mine!);
    allowed.push(order === 0 ? both(a.allowed[i]!, b.allowed[j]!) : order > 0 ? b.allowed[j]! : a.allowed[i]!);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return new Cube(
    slots,
    allowed,
    terms,
    assumed,
    a.byDefault && b.byDefault,
    a.mask | b.mask,
    a.excluded | b.excluded,
    a.alsoExcluded | b.alsoExcluded,
    a.derived || b.derived,
  );
}

/** Whether two cubes are disjoint. */
function areDisjoint(a: Cube, b: Cube): boolean {
  if ((a.mask & b.mask) === 0) return false;
  const [few, many] = a.slots.length < b.slots.length ? [a, b] : [b, a];
  for (let i = 0, at = 0; i < few.slots.length; i++) {
    work.comparisons++;
    at = seek(many.slots, few.slots[i]!.number, at);
    if (many.slots[at] === few.slots[i] && !overlap(few.allowed[i]!, many.allowed[at]!)) return true;
  }
  return false;
}

/** The parts of `a` outside `b`, disjoint from each other. */
export function subtract(a: Cube, b: Cube): Cube[] {
  if (areDisjoint(a, b)) return [a];
  const pieces: Cube[] = [];
  let [slots, allowed] = [a.slots, a.allowed];
  for (let j = 0, i = 0; j < b.slots.length; j++) {
    const slot = b.slots[j]!;
    while (i < slots.length && slots[i]!.number < slot.number) i++;
    const isLimited = slots[i] === slot;
    const mine = isLimited ? allowed[i]! : slot.all;
    const outside = minus(mine, b.allowed[j]!);
    const at = (bits: Bits): readonly Bits[] => allowed.toSpliced(i, isLimited ? 1 : 0, bits);
    const inner = isLimited ? slots : slots.toSpliced(i, 0, slot);
    if (!isEmptySet(outside)) pieces.push(limited(inner, at(outside), a.terms, a.assumed));
    allowed = at(both(mine, b.allowed[j]!));
    slots = inner;
  }
  return pieces;
}

/** Removes cubes that another one contains and joins adjacent cubes, in a fixed order. */
export function reduce(cubes: readonly Cube[]): readonly Cube[] {
  return cubes.length < 2 ? cubes : reduceOnto([], cubes);
}

/** Reduces already reduced cubes together with new ones. */
export function reduceOnto(before: readonly Cube[], cubes: readonly Cube[]): readonly Cube[] {
  const kept = [...before];
  for (let cube of cubes) {
    for (let i = 0; i < kept.length;) {
      const joined = join(kept[i]!, cube);
      if (!joined) {
        i++;
        continue;
      }
      const isKept = joined === kept[i];
      const isMerged = !isKept && joined !== cube;
      cube = joined;
      kept.splice(i, 1);
      // Kept cubes cannot be joined with each other. A cube that has grown can be joined with earlier ones.
      if (isKept) break;
      if (isMerged) i = 0;
    }
    kept.push(cube);
  }
  return kept;
}

/** The cube that is the union of two, if it is a cube. */
function join(a: Cube, b: Cube): Cube | undefined {
  const [few, many] = [a.slots.length, b.slots.length];
  if (few <= many && !(a.assumed && !b.assumed) && includes(a, b)) return a;
  if (many <= few && !(b.assumed && !a.assumed) && includes(b, a)) return b;
  return few === many && a.mask === b.mask && a.assumed === b.assumed ? merge(a, b) : undefined;
}

/** Whether `outer` contains `inner`. */
function includes(outer: Cube, inner: Cube): boolean {
  if (
    (outer.excluded & ~inner.excluded) !== 0 ||
    (outer.alsoExcluded & ~inner.alsoExcluded) !== 0 ||
    (outer.mask & ~inner.mask) !== 0
  )
    return false;
  for (let i = 0, at = 0; i < outer.slots.length; i++) {
    work.comparisons++;
    at = seek(inner.slots, outer.slots[i]!.number, at);
    if (inner.slots[at] !== outer.slots[i] || !isEmptySet(minus(inner.allowed[at]!, outer.allowed[i]!))) return false;
  }
  return true;
}

/** The union of cubes that restrict one and the same variable, without names; undefined for other cubes. */
export function unionOfOne(cubes: readonly Cube[]): Cube | undefined {
  const [first] = cubes;
  const slot = first?.slots[0];
  if (!first || !slot) return undefined;
  let bits: Bits = first.allowed[0]!;
  for (const { slots, allowed, terms, assumed } of cubes) {
    if (slots.length !== 1 || slots[0] !== slot || terms.length > 0 || assumed !== first.assumed) return undefined;
    bits = unionOf(bits, allowed[0]!);
  }
  return bits === slot.all ? limited([], [], [], first.assumed) : limited([slot], [bits], [], first.assumed);
}

/** Two cubes that restrict the same variables, and all but one of them equally, join into one. */
function merge(a: Cube, b: Cube): Cube | undefined {
  let differing = -1;
  // From the end, because cubes with a common origin differ in what has been added last.
  for (let i = a.slots.length - 1; i >= 0; i--) {
    work.comparisons++;
    if (a.slots[i] !== b.slots[i]) return undefined;
    if (a.allowed[i] === b.allowed[i]) continue;
    if (differing >= 0) return undefined;
    differing = i;
  }
  if (differing < 0) return a;
  const union = unionOf(a.allowed[differing]!, b.allowed[differing]!);
  const isFree = union === a.slots[differing]!.all;
  return limited(
    isFree ? a.slots.toSpliced(differing, 1) : a.slots,
    isFree ? a.allowed.toSpliced(differing, 1) : a.allowed.with(differing, union),
    commonTerms(a.terms, b.terms),
    a.assumed,
  );
}

function sameTerm(a: Term, b: Term): boolean {
  return a === b || (a.kind === b.kind && a.name === b.name && a.value === b.value);
}

/** The parameter terms of a cube without names, for messages. */
export function parameterTerms(cube: Cube): readonly Term[] {
  const terms: Term[] = [];
  for (const [i, { variable }] of cube.slots.entries()) {
    const bits = BigInt(cube.allowed[i]!);
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
