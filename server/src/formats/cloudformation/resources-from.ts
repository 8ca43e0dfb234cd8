import { partitionPoint } from '../../base/binary-search.ts';
import { addTo } from '../../base/groups.ts';
import { once } from '../../base/once.ts';
import { within, type Range, type Uri } from '../../base/span.ts';
import type { Resource } from '../../model/resource.ts';
import { matchesIn } from '../../syntax/tree-matches.ts';
import type { Tree } from '../../syntax/tree.ts';

/** Where YAML can have an anchor, whose node aliases repeat in other places. */
const ANCHOR = /(?<![^\s[{,:])&(?=[^\s,[\]{}&])/g;

interface Written {
  readonly resource: Resource;
  readonly range: Range;
}

/** The ranges of a document by start offset, and for each the largest end offset up to it. */
interface Ranges {
  readonly written: readonly Written[];
  readonly reach: readonly number[];
}

/**
 * Returns `Stack.resourcesFrom` for templates. Only the resource has the text of a resource, except for aliases. Where
 * text outside of resources is used is not known.
 * @param resources Those of all templates.
 */
export function resourcesFrom(
  resources: readonly Resource[],
  trees: readonly Tree[],
): (doc: Uri, range: Range) => readonly Resource[] | undefined {
  const haveAliases = once(() =>
    trees.some((tree) => tree.language !== 'json' && matchesIn(tree).of(ANCHOR).length > 0),
  );
  const byDocument = once(() => rangesOf(resources));
  return (doc, range) => {
    const ranges = haveAliases() ? undefined : byDocument().get(doc);
    if (!ranges) return undefined;
    const { written, reach } = ranges;
    const found: Resource[] = [];
    const before = partitionPoint(written, (one) => one.range.start <= range.start);
    for (let index = before - 1; index >= 0 && reach[index]! >= range.end; index--) {
      const one = written[index]!;
      if (within(range, one.range)) found.push(one.resource);
    }
    return found.length > 0 ? found.reverse() : undefined;
  };
}

function rangesOf(resources: readonly Resource[]): ReadonlyMap<Uri, Ranges> {
  const byDocument = new Map<Uri, Written[]>();
  for (const resource of resources)
    for (const { doc, range } of resource.parts) addTo(byDocument, doc, { resource, range });
  return new Map([...byDocument].map(([doc, written]) => [doc, sorted(written)]));
}

function sorted(ranges: Written[]): Ranges {
  // Equal ranges, as of the iterations of a loop, keep their order.
  const written = ranges.sort((a, b) => a.range.start - b.range.start);
  let reach = 0;
  return { written, reach: written.map(({ range }) => (reach = Math.max(reach, range.end))) };
}
