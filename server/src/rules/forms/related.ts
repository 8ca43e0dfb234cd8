/** Resources related to that with a setting, which decide whether it counts and how much. */
import { flatMap } from '../../base/flat-map.ts';
import { all, among, any, isPresent, judgement, not, type Judgement } from '../../model/judgement.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Resource } from '../../model/resource.ts';
import { publicGrants } from '../../policy/principal/public-grant.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import type { Variant } from './absence.ts';
import { meetsAll, pathsIn, type Tests } from './test.ts';

/** Tests of a related resource of one type. */
export interface RelatedTests<T extends ResourceType = ResourceType> {
  readonly relation: RelationKind;
  readonly type: T;
  readonly meets: Tests<ResourcePaths[T]>;
}

/** A related resource with a policy, and the report where the policy admits known parties only. */
export interface PolicyLimit<T extends ResourceType = ResourceType> extends Variant {
  readonly relation: RelationKind;
  readonly type: T;
  readonly policy: ResourcePaths[T];
}

/** The paths that are read of related resources. */
export function readsOfRelated(
  places: readonly { readonly unlessRelated?: RelatedTests; readonly limitedBy?: PolicyLimit }[],
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    flatMap(
      places,
      ({ unlessRelated: related, limitedBy: limit }): readonly (readonly [string, readonly string[]])[] => [
        ...(related ? [[related.type, pathsIn(related.meets)] as const] : []),
        ...(limit ? [[limit.type, [limit.policy]] as const] : []),
      ],
    ),
  );
}

/** Whether a related resource meets tests. */
export function relatedMeets(resource: Resource, { relation, type, meets: tests }: RelatedTests): Judgement {
  const { edges, complete } = resource.related(relation);
  const each = edges
    .filter((edge) => edge.resource.type === type)
    .map((edge) =>
      all(
        judgement(edge.when),
        meetsAll((path) => edge.resource.get(path), tests),
      ),
    );
  return among(any(...each), complete);
}

/**
 * Whether the policy of a related resource admits known parties only, by their identity, network or VPC endpoint. What
 * is not known of a policy can allow more.
 */
export function isLimitedByPolicy(resource: Resource, { relation, type, policy: path }: PolicyLimit): Judgement {
  const { edges, complete } = resource.related(relation);
  const each = edges
    .filter((edge) => edge.resource.type === type)
    .map(({ resource: holder, when }) => {
      const { documents, complete: isWhole } = holder.policies();
      const open = any(...flatMap(documents, publicGrants).map((grant) => grant.open));
      const isOpen = [isWhole, ...documents.map((one) => one.complete)].reduce(among, open);
      return all(judgement(when), isPresent(holder.get(path)), not(isOpen));
    });
  return among(any(...each), complete);
}
