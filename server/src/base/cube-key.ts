/** Texts by which the cubes of two runs are compared. */
import type { Cube } from './cube.ts';
import { flatMap } from './flat-map.ts';
import { fingerprintOf } from './hash.ts';
import type { Slot } from './slot.ts';

/** A text that is equal for equal cubes of equal variables. */
export function keyOfCube({ slots, allowed, terms, assumed }: Cube): string {
  return JSON.stringify([
    slots.map((slot, i) => `${keyOf(slot)} ${allowed[i]!.toString(36)}`).sort(),
    terms.map(({ kind, name, value }) => [kind, name, value]),
    assumed,
  ]);
}

/** Definitions contain each other in long chains, so the innermost ones come first, and each one is hashed. */
function keyOf(slot: Slot): string {
  const left = [slot];
  for (let one = left.at(-1); one; one = left.at(-1)) {
    const inner = one.key === undefined ? definitionOf(one).filter(({ key }) => key === undefined) : [];
    if (inner.length > 0) left.push(...inner);
    else {
      one.key ??= textOf(one);
      left.pop();
    }
  }
  return slot.key!;
}

/** The variables with definitions of their own in a definition. */
function definitionOf({ variable }: Slot): readonly Slot[] {
  const slots = flatMap(variable.definition ?? [], (cubes) => flatMap(cubes, (cube) => cube.slots));
  return [...new Set(slots)].filter((slot) => slot.variable.definition);
}

function textOf({ variable: { id, domain, preferred, definition } }: Slot): string {
  const text = JSON.stringify([id, domain.length, preferred]);
  return definition
    ? `${text} ${fingerprintOf(JSON.stringify(definition.map((cubes) => cubes.map(keyOfCube))))}`
    : text;
}
