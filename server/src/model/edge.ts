import type { Truth } from '../base/guard.ts';
import type { Edge, Resource } from './resource.ts';
import type { Value } from './value.ts';

/** An edge whose value is evaluated on first use. A copy of the object has the value too. */
export function edgeTo(resource: Resource, when: Truth, via: () => Value): Edge {
  return {
    resource,
    when,
    get via() {
      return via();
    },
  };
}
