import type { Truth } from '../base/guard.ts';
import type { Edge, Resource } from './resource.ts';
import type { Value } from './value.ts';

/** An edge whose value is evaluated on first use. */
export function edgeTo(resource: Resource, when: Truth, via: () => Value): Edge {
  return new LazyEdge(resource, when, via);
}

/** A class, because each object literal with a getter has a hidden class of its own: it is large and slow to read. */
class LazyEdge implements Edge {
  readonly resource: Resource;
  readonly when: Truth;
  readonly #via: () => Value;

  constructor(resource: Resource, when: Truth, via: () => Value) {
    this.resource = resource;
    this.when = when;
    this.#via = via;
  }

  get via(): Value {
    return this.#via();
  }
}
