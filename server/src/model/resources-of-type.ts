import { groupedBy } from '../base/groups.ts';
import { memoize } from '../base/memoize.ts';
import type { Resource, Stack } from './resource.ts';

/**
 * The resources of a stack by type. A rule looks at one resource or policy at a time, and must not go through all
 * resources for each.
 */
const byType = memoize(({ resources }: Stack): ReadonlyMap<string, readonly Resource[]> =>
  groupedBy(resources, ({ type }) => type),
);

const positions = memoize(
  ({ resources }: Stack): ReadonlyMap<Resource, number> =>
    new Map(resources.map((resource, position) => [resource, position])),
);

/** The resources of some types, in the order of the stack. */
export function resourcesOfTypes(stack: Stack, types: Iterable<string>): readonly Resource[] {
  const groups = [...new Set(types)].flatMap((type) => byType(stack).get(type) ?? []);
  const position = positions(stack);
  return groups.sort((a, b) => position.get(a)! - position.get(b)!);
}

/** The types of the resources of a stack. */
export function resourceTypesIn(stack: Stack): Iterable<string> {
  return byType(stack).keys();
}
