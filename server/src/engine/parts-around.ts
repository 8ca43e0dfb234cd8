/** The resources and data sources around a position. */
import type { ResourcePart } from '../model/resource.ts';
import type { Address } from '../model/value.ts';
import type { DocumentPosition } from './rule-trace.ts';

export interface PartsAround {
  /** The resources and data sources that the position is in, or that are below the key there. */
  readonly parts: ReadonlySet<Address>;
  /** Whether the position is with all below it inside of one. */
  readonly isInside: boolean;
  /** One that has the position with all below it, or is that. */
  readonly holder: ResourcePart | undefined;
}

/** Those around a position, among all parts of a stack. */
export function partsAround(
  all: readonly ResourcePart[],
  { doc, offset, below }: Pick<DocumentPosition, 'doc' | 'offset' | 'below'>,
): PartsAround {
  const [start, end] = [Math.min(offset, below?.start ?? offset), Math.max(offset, below?.end ?? offset)];
  const parts = new Set<Address>();
  let isInside = false;
  let holder: ResourcePart | undefined;
  for (const part of all)
    if (part.doc === doc && part.range.start <= end && start <= part.range.end) {
      parts.add(part.address);
      if (part.isFile || start < part.range.start || part.range.end < end) continue;
      holder ??= part;
      isInside ||= part.range.start < start && end < part.range.end;
    }
  return { parts, isInside, holder };
}
