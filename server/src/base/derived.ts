/**
 * Variables that stand for conditions. Conditions that build on each other would have exponentially many cubes, so a
 * complex one becomes a variable, and the cubes of those that build on it remain small. Cubes of such variables can
 * contradict each other: whether one has a scenario is decided by replacing a variable with its definition, and with a
 * fixed amount of work. Only limits that depend on each other are considered together, and of a definition only what
 * the other limits depend on, because everything else has a scenario in any case. So the work does not grow with what
 * a long chain of conditions is made of.
 */
import { spend } from './budget.ts';
import { intersect, isAllowed, selectLimits, reduce, type Cube } from './cube.ts';
import { flatMap } from './flat-map.ts';
import { memoize } from './memoize.ts';
import { areDependent, type ScenarioVariable, type Slot } from './slot.ts';

/** The maximum number of definitions that are tried for a cube. */
const MOST_TRIED = 256;

/** The maximum number of memoized answers, and of memoized definitions, for a variable. */
const MOST_REMEMBERED = 1024;

/** Whether a cube contains a scenario; undefined if that takes too much work to decide. */
export function isPossible(cube: Cube): boolean | undefined {
  return cube.derived ? isPossibleWithin(cube, { left: MOST_TRIED }) : true;
}

function isPossibleWithin(cube: Cube, budget: { left: number }): boolean | undefined {
  let answer: boolean | undefined = true;
  let left = cube;
  // A definition has only variables that are numbered before it.
  for (let at = lastDefined(left); at >= 0; at = lastDefined(left)) {
    const slot = left.slots[at]!;
    const group = dependentOn([slot], left.slots);
    const isAlone = group.every((isWithin, i) => !isWithin || i === at);
    const possible = isAlone ? hasDefinition(slot, left) : isPossibleGroup(slot, selectLimits(left, group), budget);
    if (possible === false) return false;
    answer &&= possible;
    left = selectLimits(
      left,
      group.map((isWithin) => !isWithin),
    );
  }
  return answer;
}

function lastDefined({ slots }: Cube): number {
  return slots.findLastIndex(({ variable }) => variable.definition);
}

/** Which of some variables depend on others, directly or by each other. */
function dependentOn(others: readonly Slot[], slots: readonly Slot[]): readonly boolean[] {
  const isWithin = slots.map(() => false);
  const from = [...others];
  for (const one of from)
    for (let i = 0; i < slots.length; i++) {
      if (isWithin[i] || !areDependent(one, slots[i]!)) continue;
      isWithin[i] = true;
      if (one !== slots[i]) from.push(slots[i]!);
    }
  return isWithin;
}

/** Whether limits that depend on each other have a scenario. The variable is the last one with a definition. */
function isPossibleGroup(slot: Slot, cube: Cube, budget: { left: number }): boolean | undefined {
  const answers = answersOf(slot);
  const key = keyOf(cube);
  let answer = answers.get(key);
  if (answer !== undefined) return answer;
  answer = isOneOf(slot, cube, budget);
  if (answer === undefined) return undefined;
  remember(answers, key, answer);
  return answer;
}

/** Whether the other limits of a cube have a scenario in which a variable has an allowed value. */
function isOneOf(slot: Slot, cube: Cube, budget: { left: number }): boolean | undefined {
  let answer: boolean | undefined = false;
  const others = selectLimits(
    cube,
    cube.slots.map((one) => one !== slot),
  );
  for (const one of definitionWithin(slot, cube, others.slots)) {
    spend();
    if (budget.left-- <= 0) return undefined;
    const both = intersect(others, one);
    const possible = both !== undefined && isPossibleWithin(both, budget);
    if (possible) return true;
    if (possible === undefined) answer = undefined;
  }
  return answer;
}

/** The definition of the allowed values of a variable, without the limits that no other variable depends on. */
function definitionWithin(slot: Slot, cube: Cube, others: readonly Slot[]): readonly Cube[] {
  const definitions = definitionsOf(slot);
  let key = `${cube.allowed[cube.slots.indexOf(slot)]!}`;
  for (const { number } of others) key += ` ${number}`;
  const known = definitions.get(key);
  if (known) return known;
  const cubes = flatMap(slot.variable.definition!, (definition, index) =>
    isAllowed(cube, slot, index) ? definition : [],
  );
  // A cube of a definition has a scenario, so the part of it that nothing else depends on has one, too.
  const definition = inOrder(reduce(cubes.map((one) => selectLimits(one, dependentOn(others, one.slots)))));
  remember(definitions, key, definition);
  return definition;
}

function remember<T>(known: Map<string, T>, key: string, value: T): void {
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, value);
}

const definitionsOf = memoize((_: Slot) => new Map<string, readonly Cube[]>());

function hasDefinition(slot: Slot, cube: Cube): boolean {
  return slot.variable.definition!.some((cubes, index) => cubes.length > 0 && isAllowed(cube, slot, index));
}

const answersOf = memoize((_: Slot) => new Map<string, boolean>());

function keyOf({ slots, allowed }: Cube): string {
  let key = '';
  for (let i = 0; i < slots.length; i++) key += `${slots[i]!.number}=${allowed[i]!} `;
  return key;
}

/**
 * The first variable that was made with the same definition for a condition, so that equal truths share a variable.
 * @param condition Identifies the condition in all versions.
 */
export function lastingVariable(condition: object, made: ScenarioVariable): ScenarioVariable {
  const known = variablesOf(condition);
  const key = (made.definition ?? []).map((cubes) => cubes.map(keyOf).join('|')).join('/');
  const before = known.get(key);
  if (!before) remember(known, key, made);
  return before ?? made;
}

const variablesOf = memoize((_: object) => new Map<string, ScenarioVariable>());

/** Cubes as a definition: without names, and in the order in which they are tried. */
export function definitionOf(cubes: readonly Cube[]): readonly Cube[] {
  return inOrder(cubes.map((cube) => cube.with([], false)));
}

/** Those first that depend on few other definitions. */
function inOrder(cubes: readonly Cube[]): readonly Cube[] {
  const cost = ({ slots }: Cube): number =>
    slots.reduce((sum, { variable }) => sum + (variable.definition ? 100 : 1), 0);
  return cubes.toSorted((a, b) => cost(a) - cost(b));
}
