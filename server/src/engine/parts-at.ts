import { partitionPoint } from '../base/binary-search.ts';
import { addTo } from '../base/groups.ts';
import { within, type Span, type Uri } from '../base/span.ts';
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
  /** The largest end offset of this range and the ranges before it. */
  reach: number;
}

/** An index of native resources by document and offset. */
export class PartsAt {
  /** The stacks of each document, in their order. */
  readonly #stacks = new Map<Uri, Stack[]>();
  readonly #partsOf: PartsOf;
  readonly #byDocument = new Map<Uri, readonly Placed[]>();

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
    const placed = this.#placedIn(place.doc);
    let found: Placed | undefined;
    for (let i = countUpTo(place.start, placed) - 1; i >= 0 && placed[i]!.reach >= place.end; i--) {
      const one = placed[i]!;
      if (within(place, one.part.range) && (!found || one.order < found.order)) found = one;
    }
    return found && beside !== undefined ? (found.inModule.get(moduleOf(beside)) ?? found.part) : found?.part;
  }

  /** Whether a range has text of a resource, or touches it. */
  overlaps({ doc, start, end }: Span): boolean {
    const placed = this.#placedIn(doc);
    const last = placed[countUpTo(end, placed) - 1];
    return last !== undefined && last.reach >= start;
  }

  #placedIn(doc: Uri): readonly Placed[] {
    let placed = this.#byDocument.get(doc);
    if (!placed) this.#byDocument.set(doc, (placed = placedIn(this.#stacks.get(doc) ?? [], this.#partsOf, doc)));
    return placed;
  }
}

/** The number of ranges that start up to an offset. */
function countUpTo(offset: number, placed: readonly Placed[]): number {
  return partitionPoint(placed, ({ part }) => part.range.start <= offset);
}

/**
 * The address of the module instance that a Terraform address begins with: `module.a["b"].`; empty in the root module.
 */
function moduleOf(address: Address): Address {
  return /^(?:module\.[^.[]+(?:\["(?:[^"\\]|\\.)*"\]|\[[^\]"]*\])?\.)*/.exec(address)![0];
}

/**
 * The ranges of a document in its stacks, by start offset. Several resources can come from one range; the first one is
 * used.
 */
function placedIn(stacks: readonly Stack[], partsOf: PartsOf, doc: Uri): readonly Placed[] {
  const first = new Map<string, Placed>();
  let order = 0;
  for (const stack of stacks)
    for (const part of partsOf(stack)) {
      const { start, end } = part.range;
      const key = `${start} ${end}`;
      if (part.doc !== doc) continue;
      const placed = first.get(key) ?? { part, inModule: new Map<Address, ResourcePart>(), order: order++, reach: end };
      first.set(key, placed);
      const module = moduleOf(part.address);
      if (!placed.inModule.has(module)) placed.inModule.set(module, part);
    }
  const sorted = [...first.values()].sort((a, b) => a.part.range.start - b.part.range.start);
  let reach = 0;
  for (const one of sorted) one.reach = reach = Math.max(reach, one.reach);
  return sorted;
}
