import { all, among, any, judgement, not, type Judgement } from '../../model/judgement.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Edge, Resource } from '../../model/resource.ts';
import { defineRule, type AnyRule } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { metadataOf, type FormFacts } from './metadata.ts';
import { countsIn, scopePaths, type PlaceScope } from './place.ts';
import { meetsAll, pathsIn, type Tests } from './test.ts';
import { sentences, withProblem, type TitledWords } from './words.ts';

/** The relation that leads to a companion, and where the companion counts. */
export interface CompanionPlace<Path extends string = string> extends PlaceScope<Path> {
  readonly relation: RelationKind;
  /** A type of related resources whose companions also count. */
  readonly through?: ResourceType;
}

/** A related resource that must exist, or must not. It has no fix. */
export type CompanionRule<T extends ResourceType, C extends ResourceType> = Omit<FormFacts, 'fix'> &
  TitledWords & {
    /** What to do: `Add an AWS::EC2::FlowLog resource.` */
    readonly advice: string;
    readonly of: { readonly [K in T]: CompanionPlace<ResourcePaths[K]> };
    /** The types of the companion, and the tests that each must meet. */
    readonly companions: { readonly [K in C]: Tests<ResourcePaths[K]> };
    readonly companion: 'must exist' | 'must not exist';
  };

/**
 * Makes a rule from its data. A companion can be outside the documents: where not all are known, the finding is
 * possible.
 */
export function companionRule<T extends ResourceType, C extends ResourceType>(written: CompanionRule<T, C>): AnyRule {
  const data = withProblem(written);
  const places = new Map(Object.entries<CompanionPlace>(data.of as never));
  const companions = new Map(Object.entries<Tests>(data.companions as never));
  const reads = new Map<string, readonly string[]>();
  for (const [type, place] of places) reads.set(type, scopePaths(place));
  for (const [type, tests] of companions) reads.set(type, [...(reads.get(type) ?? []), ...pathsIn(tests)]);
  return defineRule<T>({
    ...metadataOf(data, { advice: data.advice, fixable: false }),
    on: 'resource',
    reads: Object.fromEntries(reads) as never,
    *check(subject) {
      const resource = subject as Resource;
      const place = places.get(resource.type);
      // The types of companions are read too, but are not checked.
      if (!place) return;
      const { each, there } = companionsOf(resource, place, companions);
      const isWrong = data.companion === 'must exist' ? not(there) : there;
      yield {
        violations: [
          {
            wrong: all(
              isWrong,
              countsIn((path) => resource.get(path), place),
            ),
            at: resource.self,
          },
        ],
        message: sentences(resource.displayName, data, ''),
        related:
          data.companion === 'must exist'
            ? []
            : each.map((edge) => ({
                value: edge.resource.self,
                when: edge.is,
                message: `${edge.resource.displayName} is defined here.`,
              })),
      };
    },
  });
}

/** The related resources, with the scenarios in which each is a companion, and whether there is one. */
export function companionsOf(
  resource: Resource,
  { relation, through }: Pick<CompanionPlace, 'relation' | 'through'>,
  companions: ReadonlyMap<string, Tests>,
): { readonly each: readonly (Edge & { readonly is: Judgement })[]; readonly there: Judgement } {
  const { edges, complete } = resource.related(relation);
  const each = edges.map((edge) => {
    const behind = edge.resource.type === through ? companionsOf(edge.resource, { relation }, companions).there : any();
    return {
      ...edge,
      via: edge.via,
      is: all(judgement(edge.when), any(isCompanion(edge.resource, companions), behind)),
    };
  });
  return { each, there: among(any(...each.map(({ is }) => is)), complete) };
}

function isCompanion(resource: Resource, companions: ReadonlyMap<string, Tests>): Judgement {
  const tests = companions.get(resource.type);
  return tests ? meetsAll((path) => resource.get(path), tests) : any();
}
