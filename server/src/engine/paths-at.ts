/** The paths from outside to the resource at a position, and those that pass it on the way to others. */
import { withinBudget } from '../base/budget.ts';
import { flatMap } from '../base/flat-map.ts';
import { within, type Uri } from '../base/span.ts';
import { onDay } from '../base/today.ts';
import { evaluatedPlace } from '../hover/planned-position.ts';
import { declaredWith, namedAt, resourceAt } from '../hover/target.ts';
import type { Resource, Stack } from '../model/resource.ts';
import type { AccessPath, PathStep } from '../reachability/access-path.ts';
import { pathGraph, type PathGraph } from '../reachability/path-graph.ts';
import { pathsTo } from '../reachability/paths.ts';
import { missingAbout } from '../reachability/unknown-paths.ts';
import type { AnalysisOptions } from './analysis.ts';
import { documentStack, type AnalyzedStacks } from './analyzed-stacks.ts';

/** The number of resources whose paths are computed in a step. */
const PER_STEP = 16;

/** The maximum number of paths through a resource. */
const MOST_THROUGH = 32;

/**
 * The paths to the resource at an offset in UTF-16 code units; without any, those to others that pass it, such as a
 * security group. Undefined if there is no resource. A time limit ends the search for others.
 */
export function* pathsAt(
  stacks: () => AnalyzedStacks,
  doc: Uri,
  offset: number,
  { today, expired }: Pick<AnalysisOptions, 'expired'> & { readonly today: string },
): Generator<void, PathGraph | undefined, undefined> {
  // The day and the budget are module state, which must not be left behind between steps.
  const step = <T>(work: () => T): T | undefined =>
    withinBudget(
      expired,
      () => onDay(today, work),
      () => undefined,
    );
  const found = step(() => placeOf(stacks(), doc, offset));
  if (!found) return undefined;
  const { stack, resource } = found;
  const own = step(() => pathsToDeclared(stack, resource));
  if (!own) return pathGraph(resource, [], { incomplete: true });
  if (own.length > 0)
    return step(() => pathGraph(resource, own)) ?? pathGraph(resource, own.slice(0, 1), { incomplete: true });
  const through: AccessPath[] = [];
  const { resources } = stack;
  for (let start = 0; start < resources.length && through.length <= MOST_THROUGH; start += PER_STEP) {
    const some = step(() => pathsThrough(resource, resources.slice(start, start + PER_STEP), stack));
    if (!some) return pathGraph(resource, through, { leads: 'through', incomplete: true });
    through.push(...some);
    yield;
  }
  if (through.length === 0) return pathGraph(resource, [], { missing: step(() => missingAbout(resource)) ?? [] });
  return pathGraph(resource, through.slice(0, MOST_THROUGH), {
    leads: 'through',
    incomplete: through.length > MOST_THROUGH,
  });
}

function placeOf(
  stacks: AnalyzedStacks,
  doc: Uri,
  offset: number,
): { readonly stack: Stack; readonly resource: Resource } | undefined {
  const found = documentStack(stacks, doc);
  if (!found) return undefined;
  const { stack, tree } = found;
  const { offset: at } = evaluatedPlace(tree, offset);
  const resource = (namedAt(stack, tree, at) ?? resourceAt(stack, doc, at))?.resource;
  return resource && !resource.parts[0]?.isFile ? { stack, resource } : undefined;
}

/** The paths to the resources that a block declares. */
function pathsToDeclared(stack: Stack, resource: Resource): readonly AccessPath[] {
  return flatMap(declaredWith(stack, resource), (declared) => pathsTo(declared, stack));
}

/** The paths to some resources that pass a resource. */
function pathsThrough(resource: Resource, targets: readonly Resource[], stack: Stack): readonly AccessPath[] {
  return flatMap(targets, (target) =>
    pathsTo(target, stack).filter(({ steps }) => steps.some((step) => passes(step, resource))),
  );
}

/**
 * Whether a step is about a resource, or depends on a value in it, such as a route or a separate rule of a security
 * group.
 */
function passes({ resource: passed, at }: PathStep, resource: Resource): boolean {
  const { use } = at.origin;
  return passed === resource || resource.parts.some(({ range }) => range.doc === use.doc && within(use, range));
}
