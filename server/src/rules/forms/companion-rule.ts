import { all, among, any, judgement, not, type Judgement } from '../../model/judgement.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { defineRule, type AnyRule, type RuleMetadata } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { metadataOf } from './metadata.ts';
import { meetsAll, meetsAny, pathsIn, type Tests } from './test.ts';
import { messageOf, type Words } from './words.ts';

/** The relation that leads to a companion, and where the companion counts. */
export interface CompanionPlace<Path extends string = string> {
  readonly relation: RelationKind;
  readonly onlyIf?: Tests<Path>;
  readonly unless?: Tests<Path>;
}

/** A related resource that must exist, or must not. */
export type CompanionRule<T extends ResourceType, C extends ResourceType> = RuleMetadata &
  Words & {
    readonly of: { readonly [K in T]: CompanionPlace<ResourcePaths[K]> };
    /** The types of the companion, and the tests that each must meet. */
    readonly companions: { readonly [K in C]: Tests<ResourcePaths[K]> };
    readonly companion: 'must exist' | 'must not exist';
  };

/** Makes a rule from its data. A companion can be outside the documents: where not all are known, the finding is possible. */
export function companionRule<T extends ResourceType, C extends ResourceType>(data: CompanionRule<T, C>): AnyRule {
  const places = new Map(Object.entries<CompanionPlace>(data.of as never));
  const companions = new Map(Object.entries<Tests>(data.companions as never));
  const reads = new Map<string, readonly string[]>();
  for (const [type, { onlyIf, unless }] of places) reads.set(type, pathsIn(onlyIf, unless));
  for (const [type, tests] of companions) reads.set(type, [...(reads.get(type) ?? []), ...pathsIn(tests)]);
  return defineRule<T>({
    ...metadataOf(data),
    on: 'resource',
    reads: Object.fromEntries(reads) as never,
    *check(subject) {
      const resource = subject as Resource;
      const place = places.get(resource.type);
      // The types of companions are read too, but are not checked.
      if (!place) return;
      const get = (path: string): Value => resource.get(path);
      const { edges, complete } = resource.related(place.relation);
      const each = edges.map((edge) => ({
        ...edge,
        is: all(judgement(edge.when), isCompanion(edge.resource, companions)),
      }));
      const there = among(any(...each.map(({ is }) => is)), complete);
      yield {
        violations: [
          {
            wrong: all(
              data.companion === 'must exist' ? not(there) : there,
              meetsAll(get, place.onlyIf),
              not(meetsAny(get, place.unless)),
            ),
            at: resource.self,
          },
        ],
        message: messageOf(resource.displayName, data, ''),
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

function isCompanion(resource: Resource, companions: ReadonlyMap<string, Tests>): Judgement {
  const tests = companions.get(resource.type);
  return tests ? meetsAll((path) => resource.get(path), tests) : any();
}
