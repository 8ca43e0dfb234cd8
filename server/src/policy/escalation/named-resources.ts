/** The resources of a stack that the grants of an action name. */
import { memoize } from '../../base/memoize.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { Resource } from '../../model/resource.ts';
import type { Permission } from '../allowance/identity-access.ts';
import type { finderOf } from '../resource/target.ts';

/** A resource with the grants that name it. */
export interface NamedResource {
  readonly resource: Resource;
  by(): readonly Permission[];
}

export class NamedResources {
  readonly #permissions: readonly Permission[];
  readonly #named: (permission: Permission) => ReadonlySet<Resource>;

  constructor(permissions: readonly Permission[], namedBy: ReturnType<typeof finderOf>) {
    this.#permissions = permissions;
    this.#named = memoize(({ statement }: Permission) => {
      const lists = statement ? itemsOf(statement.resources, true).items.map(({ value }) => namedBy(value)) : [];
      // A list is shared by all statements that name the same resources.
      return lists.length === 1 ? setOf(lists[0]!) : new Set(lists.flat());
    });
  }

  /** Each resource once, by grant. The resources of a grant are left out from when on it is done. */
  *each(isDone: (permission: Permission) => boolean): Iterable<NamedResource> {
    const seen = new Set<Resource>();
    for (const permission of this.#permissions) {
      if (isDone(permission)) continue;
      for (const resource of this.#named(permission)) {
        if (seen.has(resource)) continue;
        seen.add(resource);
        yield { resource, by: () => this.#permissions.filter((one) => this.#named(one).has(resource)) };
        if (isDone(permission)) break;
      }
    }
  }
}

const setOf = memoize((resources: readonly Resource[]): ReadonlySet<Resource> => new Set(resources));
