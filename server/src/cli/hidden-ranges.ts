/** The ranges of secrets, which reports mask. */
import { partitionPoint } from '../base/binary-search.ts';
import { groupedBy } from '../base/groups.ts';
import { once } from '../base/once.ts';
import type { Range, Span, Uri } from '../base/span.ts';

interface Sorted {
  readonly range: Range;
  /** The largest end of this range and those before it. */
  readonly reach: number;
}

/**
 * Ranges by document and offset. A large document has thousands of findings and of secrets, so each finding looks only
 * at those beside it.
 */
export class HiddenRanges {
  readonly #byDocument: () => ReadonlyMap<Uri, readonly Sorted[]>;

  /** @param spans Called on first use. */
  constructor(spans: () => readonly Span[]) {
    this.#byDocument = once(
      () => new Map([...groupedBy(spans(), ({ doc }) => doc)].map(([doc, ranges]) => [doc, sorted(ranges)])),
    );
  }

  /** The ranges of a document that overlap or touch a range. */
  at(doc: Uri, { start, end }: Range): readonly Range[] {
    const ranges = this.#byDocument().get(doc) ?? [];
    const last = partitionPoint(ranges, ({ range }) => range.start <= end) - 1;
    const found: Range[] = [];
    for (let i = last; i >= 0 && ranges[i]!.reach >= start; i--)
      if (ranges[i]!.range.end >= start) found.push(ranges[i]!.range);
    return found;
  }
}

function sorted(ranges: readonly Range[]): readonly Sorted[] {
  let reach = 0;
  return ranges
    .toSorted((a, b) => a.start - b.start)
    .map((range) => ({ range, reach: (reach = Math.max(reach, range.end)) }));
}
