import { flatMap } from '../base/flat-map.ts';
import { groupedBy } from '../base/groups.ts';
import { memoize, memoizeText } from '../base/memoize.ts';
import { isNoting, note, unnoted } from '../base/reads.ts';
import { ALL_TYPES_QUESTION, asking, typesQuestion } from './question.ts';
import type { Resource, Stack } from './resource.ts';

/**
 * The resources of a stack by type. A rule checks one resource or policy at a time, and must not search all resources
 * for each.
 */
const byType = memoize(({ resources }: Stack): ReadonlyMap<string, readonly Resource[]> =>
  groupedBy(resources, ({ type }) => type),
);

const positions = memoize(
  ({ resources }: Stack): ReadonlyMap<Resource, number> =>
    new Map(resources.map((resource, position) => [resource, position])),
);

/** The resources of some types, in the order of the stack. A result does not depend on the others. */
export function resourcesOfTypes(stack: Stack, types: Iterable<string>): readonly Resource[] {
  const each = new Set(types);
  const names = [...each].join();
  if (isNoting()) note(typesQuestion(names, each));
  return unnoted(() => ofTypes(stack, names));
}

/** Rules ask for the same few types for each of many policies. */
const ofTypes = memoizeText((stack: Stack, names: string): readonly Resource[] => {
  const groups = flatMap(names.split(','), (type) => byType(stack).get(type) ?? []);
  const position = positions(stack);
  return groups.sort((a, b) => position.get(a)! - position.get(b)!);
});

/** The types of the resources of a stack. */
export function resourceTypesIn(stack: Stack): Iterable<string> {
  return asking(
    ALL_TYPES_QUESTION,
    unnoted(() => byType(stack).keys()),
  );
}
