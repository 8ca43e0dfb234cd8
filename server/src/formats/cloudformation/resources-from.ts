import { addTo } from '../../base/groups.ts';
import { once } from '../../base/once.ts';
import { RangeIndex } from '../../base/range-index.ts';
import type { Range, Uri } from '../../base/span.ts';
import type { Resource } from '../../model/resource.ts';
import { matchesIn } from '../../syntax/tree-matches.ts';
import type { Tree } from '../../syntax/tree.ts';

/** Where YAML can have an anchor, whose node aliases repeat in other places. */
const ANCHOR = /(?<![^\s[{,:])&(?=[^\s,[\]{}&])/g;

interface ResourceRange {
  readonly resource: Resource;
  readonly range: Range;
}

/**
 * Returns `Stack.resourcesFrom` for templates. The text of a resource has no values for other resources, unless aliases
 * repeat it. Which resources have values from other text is not known.
 * @param resources Those of all templates.
 */
export function resourcesFrom(
  resources: readonly Resource[],
  trees: readonly Tree[],
): (doc: Uri, range: Range) => readonly Resource[] | undefined {
  const mayHaveAliases = once(() =>
    trees.some((tree) => tree.language !== 'json' && matchesIn(tree).of(ANCHOR).length > 0),
  );
  const byDocument = once(() => rangesOf(resources));
  return (doc, range) => {
    const found = mayHaveAliases() ? undefined : byDocument().get(doc)?.containing(range);
    return found && found.length > 0 ? found.map(({ resource }) => resource) : undefined;
  };
}

function rangesOf(resources: readonly Resource[]): ReadonlyMap<Uri, RangeIndex<ResourceRange>> {
  const byDocument = new Map<Uri, ResourceRange[]>();
  for (const resource of resources)
    for (const { doc, range } of resource.parts) addTo(byDocument, doc, { resource, range });
  return new Map([...byDocument].map(([doc, ranges]) => [doc, new RangeIndex(ranges)]));
}
