/** The variables of scenarios, with the numbers and sets of values by which cubes are compared. */
import type { Cube } from './cube.ts';
import { flatMap } from './flat-map.ts';
import { memoize, numbering } from './memoize.ts';

/** A variable of the scenarios. An analysis has one object per ID. */
export interface ScenarioVariable {
  readonly id: string;
  readonly kind: 'parameter' | 'condition' | 'exists' | 'deployment';
  /** The name that the author gave it. */
  readonly name: string;
  /** All its possible values, in a fixed order. Unlisted values are represented by `OTHER`. */
  readonly domain: readonly string[];
  /** The index of its default value, if it has one. */
  readonly preferred?: number;
  /**
   * For a variable that stands for a condition: the scenarios of other variables in which it has each of its values.
   * Such a variable keeps the cubes of conditions that build on each other small. See `derived.ts`.
   */
  readonly definition?: readonly (readonly Cube[])[];
}

/** Represents all values of a domain that the document does not name. */
export const OTHER = '\u0000other';

/** A variable with its number, by which the limits of a cube are sorted. */
export interface Slot {
  readonly variable: ScenarioVariable;
  readonly number: number;
  /** The set of all its values. */
  readonly all: Bits;
  /** The set of its default value; empty without one. */
  readonly preferred: Bits;
  /** Another variable that it is connected with by definitions, if any. */
  connected: Slot | undefined;
  /** The variables without a definition that its definition depends on; undefined if it has none or they are many. */
  readonly inputs: ReadonlySet<Slot> | undefined;
  /** A text that is equal for equal variables, if it is known. See `cube-key.ts`. */
  key: string | undefined;
}

/**
 * A set of values of a variable, as a bit set over its domain's indexes: a number if the domain fits into one, so all
 * sets of a variable have one type.
 */
export type Bits = number | bigint;

/** The maximum domain size of a number. */
const FEW_VALUES = 30;

const nextNumber = numbering<ScenarioVariable>();

/**
 * The slot of a variable, one for each variable object. Making it connects the slot with the variables of its
 * definition.
 */
export const slotOf = memoize((variable: ScenarioVariable): Slot => {
  const { preferred, definition } = variable;
  const slot: Slot = {
    variable,
    number: nextNumber(variable),
    all: bitsOf(variable, allValues(variable)),
    preferred: bitsOf(variable, preferred === undefined ? 0n : 1n << BigInt(preferred)),
    connected: undefined,
    inputs: definition && inputsOf(definition.flat()),
    key: undefined,
  };
  for (const cube of definition?.flat() ?? [])
    for (const other of cube.slots) {
      const last = representative(other);
      if (last !== slot) last.connected = slot;
    }
  return slot;
});

/** The variable that represents all that a variable is connected with. */
function representative(slot: Slot): Slot {
  let last = slot;
  while (last.connected) last = last.connected;
  for (let each = slot; each !== last;) {
    const next: Slot = each.connected!;
    each.connected = last;
    each = next;
  }
  return last;
}

/** The maximum number of inputs that are kept for a variable, so that long chains do not take quadratic memory. */
const MOST_INPUTS = 1024;

/** The variables without a definition that some cubes depend on; undefined if they are too many. */
function inputsOf(cubes: readonly Cube[]): ReadonlySet<Slot> | undefined {
  const slots = new Set(flatMap(cubes, (cube) => cube.slots));
  let inputs: ReadonlySet<Slot> = new Set();
  for (const slot of slots) {
    const more = slot.variable.definition ? slot.inputs : new Set([slot]);
    if (!more) return undefined;
    // Conditions that build on each other mostly depend on the same variables, and share the set.
    const [few, many] = more.size < inputs.size ? [more, inputs] : [inputs, more];
    const missing = [...few].filter((one) => !many.has(one));
    inputs = missing.length === 0 ? many : new Set([...many, ...missing]);
    if (inputs.size > MOST_INPUTS) return undefined;
  }
  return inputs;
}

/** Whether the values of two variables can depend on each other. */
export function areDependent(one: Slot, other: Slot): boolean {
  if (one === other) return true;
  const [mine, others] = [one.variable.definition, other.variable.definition];
  if (!(mine || others) || representative(one) !== representative(other)) return false;
  // Too many inputs can be any.
  if ((mine && !one.inputs) || (others && !other.inputs)) return true;
  if (!mine) return other.inputs!.has(one);
  if (!others) return one.inputs!.has(other);
  const [few, many] = one.inputs!.size < other.inputs!.size ? [one, other] : [other, one];
  for (const input of few.inputs!) if (many.inputs!.has(input)) return true;
  return false;
}

/** A bit set over the indexes of a domain in the type that all sets of this variable have. */
export function bitsOf({ domain }: ScenarioVariable, bits: bigint): Bits {
  return domain.length > FEW_VALUES ? bits : Number(bits);
}

/** Whether a set has no values. */
export const isEmptySet = (bits: Bits): boolean => bits === 0 || bits === 0n;
/** The intersection of two sets of one variable. */
export const both = (a: Bits, b: Bits): Bits => (typeof a === 'number' ? a & (b as number) : a & (b as bigint));
/** The union of two sets of one variable. */
export const unionOf = (a: Bits, b: Bits): Bits => (typeof a === 'number' ? a | (b as number) : a | (b as bigint));
/** The values of the first set that are not in the second, which is of the same variable. */
export const minus = (a: Bits, b: Bits): Bits => (typeof a === 'number' ? a & ~(b as number) : a & ~(b as bigint));
/** Whether two sets of one variable have a value in common. It makes no new set, unlike `both`. */
export const overlap = (a: Bits, b: Bits): boolean =>
  typeof a === 'number' ? (a & (b as number)) !== 0 : (a & (b as bigint)) !== 0n;

/** The set of all values of a variable. */
export function allValues(variable: ScenarioVariable): bigint {
  return (1n << BigInt(variable.domain.length)) - 1n;
}

/**
 * The first index, from another one on, at which a sorted list has a number or a larger one. It does not use
 * `partitionPoint`, because it is the innermost loop of guards: it counts its comparisons and usually ends at once.
 */
export function seek(slots: readonly Slot[], number: number, from: number): number {
  let [low, high] = [from, Math.min(from + FEW_SLOTS, slots.length)];
  for (; low < high; low++) {
    work.comparisons++;
    if (slots[low]!.number >= number) return low;
  }
  for (high = slots.length; low < high;) {
    work.comparisons++;
    const middle = (low + high) >>> 1;
    if (slots[middle]!.number < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The number of variables that are searched one by one, because the next one is usually near. */
const FEW_SLOTS = 4;

/** The work with cubes so far, in compared limits, by which tests detect work that grows faster than a document. */
export const work = { comparisons: 0 };
