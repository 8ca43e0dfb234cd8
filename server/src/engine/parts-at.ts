import { within, type Span, type Uri } from '../base/span.ts';
import type { ResourcePart, Stack } from '../model/resource.ts';

type PartsOf = (stack: Stack) => readonly ResourcePart[];

/** A range of a document, with the first resource that has it. */
interface Placed {
  readonly part: ResourcePart;
  /** The position in the order of the resources. */
  readonly order: number;
  /** The largest end offset of it and the ranges before it. */
  reach: number;
}

/** An index of native resources by document and offset. */
export class PartsAt {
  readonly #stacks: readonly Stack[];
  readonly #partsOf: PartsOf;
  readonly #byDocument = new Map<Uri, readonly Placed[]>();

  /** @param partsOf Returns the indexed parts, in the order of the stack. */
  constructor(stacks: readonly Stack[], partsOf: PartsOf) {
    this.#stacks = stacks;
    this.#partsOf = partsOf;
  }

  /** The first resource whose text contains a range. */
  at(place: Span): ResourcePart | undefined {
    let placed = this.#byDocument.get(place.doc);
    if (!placed) this.#byDocument.set(place.doc, (placed = placedIn(this.#stacks, this.#partsOf, place.doc)));
    let low = 0;
    let high = placed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (placed[middle]!.part.range.start <= place.start) low = middle + 1;
      else high = middle;
    }
    let found: Placed | undefined;
    for (let i = low - 1; i >= 0 && placed[i]!.reach >= place.end; i--) {
      const one = placed[i]!;
      if (within(place, one.part.range) && (!found || one.order < found.order)) found = one;
    }
    return found?.part;
  }
}

/** The ranges of a document by start offset. Several resources can be created from one range; the first is used. */
function placedIn(stacks: readonly Stack[], partsOf: PartsOf, doc: Uri): readonly Placed[] {
  const first = new Map<string, Placed>();
  let order = 0;
  for (const stack of stacks)
    if (stack.documents.includes(doc))
      for (const part of partsOf(stack)) {
        const { start, end } = part.range;
        const key = `${start} ${end}`;
        if (part.doc === doc && !first.has(key)) first.set(key, { part, order: order++, reach: end });
      }
  const sorted = [...first.values()].sort((a, b) => a.part.range.start - b.part.range.start);
  let reach = 0;
  for (const one of sorted) one.reach = reach = Math.max(reach, one.reach);
  return sorted;
}
