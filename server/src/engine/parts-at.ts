import { addTo } from '../base/groups.ts';
import { RangeIndex } from '../base/range-index.ts';
import type { Range, Span, Uri } from '../base/span.ts';
import type { ResourcePart, Stack } from '../model/resource.ts';
import type { Address } from '../model/value.ts';

type PartsOf = (stack: Stack) => readonly ResourcePart[];

/** A range of a document, with the first resource in it. */
interface Placed {
  readonly part: ResourcePart;
  /** The first in each instance of a module, by the address of the instance. */
  readonly inModule: Map<Address, ResourcePart>;
  /** The position in the order of the resources. */
  readonly order: number;
  readonly range: Range;
}

/** An index of native resources by document and offset. */
export class PartsAt {
  /** The stacks of each document, in their order. */
  readonly #stacks = new Map<Uri, Stack[]>();
  readonly #partsOf: PartsOf;
  readonly #byDocument = new Map<Uri, RangeIndex<Placed>>();

  /** @param partsOf Returns the indexed parts, in the order of the stack. */
  constructor(stacks: readonly Stack[], partsOf: PartsOf) {
    for (const stack of stacks) for (const doc of new Set(stack.documents)) addTo(this.#stacks, doc, stack);
    this.#partsOf = partsOf;
  }

  /**
   * The first resource whose text contains a range. Several instances of a module have the same text; with the address
   * of a resource it is that in the instance of the resource, if there is one.
   */
  at(place: Span, beside?: Address): ResourcePart | undefined {
    let found: Placed | undefined;
    for (const one of this.#placedIn(place.doc).containing(place)) if (!found || one.order < found.order) found = one;
    return found && beside !== undefined ? (found.inModule.get(moduleOf(beside)) ?? found.part) : found?.part;
  }

  /** Whether a range has text of a resource, or touches it. */
  overlaps(place: Span): boolean {
    return this.#placedIn(place.doc).touches(place);
  }

  #placedIn(doc: Uri): RangeIndex<Placed> {
    let placed = this.#byDocument.get(doc);
    if (!placed) this.#byDocument.set(doc, (placed = placedIn(this.#stacks.get(doc) ?? [], this.#partsOf, doc)));
    return placed;
  }
}

/**
 * The address of the module instance that a Terraform address begins with: `module.a["b"].`; empty in the root module.
 */
function moduleOf(address: Address): Address {
  return /^(?:module\.[^.[]+(?:\["(?:[^"\\]|\\.)*"\]|\[[^\]"]*\])?\.)*/.exec(address)![0];
}

/**
 * The ranges of a document in its stacks, for search. Several resources can come from one range; the first one is
 * used.
 */
function placedIn(stacks: readonly Stack[], partsOf: PartsOf, doc: Uri): RangeIndex<Placed> {
  const first = new Map<string, Placed>();
  let order = 0;
  for (const stack of stacks)
    for (const part of partsOf(stack)) {
      const { start, end } = part.range;
      const key = `${start} ${end}`;
      if (part.doc !== doc) continue;
      const placed = first.get(key) ?? {
        part,
        inModule: new Map<Address, ResourcePart>(),
        order: order++,
        range: part.range,
      };
      first.set(key, placed);
      const module = moduleOf(part.address);
      if (!placed.inModule.has(module)) placed.inModule.set(module, part);
    }
  return new RangeIndex([...first.values()]);
}
