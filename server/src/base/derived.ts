/**
 * Variables that stand for conditions. Conditions that build on each other would have exponentially many cubes, so a
 * complex one becomes a variable, and the cubes of those that build on it remain small. Cubes of such variables can
 * contradict each other: whether one has a scenario is decided by replacing a variable with its definition, only if it
 * is connected with other variables of the cube, and with a fixed amount of work.
 */
import { spend } from './budget.ts';
import { intersect, isAllowed, without, type Cube } from './cube.ts';
import { memoize } from './memoize.ts';
import { areConnected, type Slot } from './slot.ts';

/** The maximum number of definitions that are tried for a cube. */
const MOST_TRIED = 128;

/** The maximum number of memoized answers for a variable. */
const MOST_REMEMBERED = 1024;

/** Whether a cube contains a scenario; undefined if that takes too much work to decide. */
export function isPossible(cube: Cube): boolean | undefined {
  return cube.derived ? isPossibleWithin(cube, { left: MOST_TRIED }) : true;
}

function isPossibleWithin(cube: Cube, budget: { left: number }): boolean | undefined {
  // A definition has only variables that are numbered before it.
  const at = cube.slots.findLastIndex(({ variable }) => variable.definition);
  const slot = cube.slots[at];
  if (!slot) return true;
  const others = without(cube, at);
  if (!others.slots.some((other) => areConnected(slot, other)))
    return hasDefinition(slot, cube) && isPossibleWithin(others, budget);
  const answers = answersOf(slot);
  const key = keyOf(cube);
  let answer = answers.get(key);
  if (answer !== undefined) return answer;
  answer = isOneOf(slot, cube, others, budget);
  if (answer === undefined) return undefined;
  if (answers.size >= MOST_REMEMBERED) answers.clear();
  answers.set(key, answer);
  return answer;
}

/** Whether the other limits of a cube have a scenario in which a variable has an allowed value. */
function isOneOf(slot: Slot, cube: Cube, others: Cube, budget: { left: number }): boolean | undefined {
  let answer: boolean | undefined = false;
  for (const [index, definition] of slot.variable.definition!.entries()) {
    if (!isAllowed(cube, slot, index)) continue;
    for (const one of definition) {
      spend();
      if (budget.left-- <= 0) return undefined;
      const both = intersect(others, one);
      const possible = both !== undefined && isPossibleWithin(both, budget);
      if (possible) return true;
      if (possible === undefined) answer = undefined;
    }
  }
  return answer;
}

function hasDefinition(slot: Slot, cube: Cube): boolean {
  return slot.variable.definition!.some((cubes, index) => cubes.length > 0 && isAllowed(cube, slot, index));
}

const answersOf = memoize((_: Slot) => new Map<string, boolean>());

function keyOf({ slots, allowed }: Cube): string {
  let key = '';
  for (let i = 0; i < slots.length; i++) key += `${slots[i]!.number}=${allowed[i]!} `;
  return key;
}

/** Cubes as a definition: without names, and those first that depend on few other definitions. */
export function definitionOf(cubes: readonly Cube[]): readonly Cube[] {
  const cost = ({ slots }: Cube): number =>
    slots.reduce((sum, { variable }) => sum + (variable.definition ? 100 : 1), 0);
  return cubes.map((cube) => cube.with([], false)).toSorted((a, b) => cost(a) - cost(b));
}
