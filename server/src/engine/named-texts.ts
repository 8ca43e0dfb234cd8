import { flatMap } from '../base/flat-map.ts';
import type { NamedText } from '../rules/document-check.ts';
import { childrenOf, type MapNode, type Node, type Tree } from '../syntax/tree.ts';

/** The keys of names and values in lists: environment variables, parameters, tags, headers. */
const NAME = /(?:name|key|variable)$/i;
const VALUE = /(?:value|default)$/i;

/** The strings of a tree that another string of the same object, or the object's key, names. */
export function* namedTexts({ roots }: Tree): Iterable<NamedText> {
  const open: { readonly node: Node; readonly key?: string }[] = roots.map((node) => ({ node }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, key } = next;
    if (node.kind === 'map') {
      yield* namedIn(node, key);
      for (const pair of node.pairs) open.push({ node: pair.value, key: pair.name });
    } else for (const child of childrenOf(node)) open.push({ node: child });
  }
}

function* namedIn(map: MapNode, key: string | undefined): Iterable<NamedText> {
  const texts = map.pairs.filter(({ name, value }) => VALUE.test(name) && value.kind === 'scalar');
  if (texts.length === 0) return;
  const names = flatMap(map.pairs, ({ name, value }) =>
    NAME.test(name) && value.kind === 'scalar' ? [value.value] : [],
  );
  for (const { value } of texts)
    for (const name of [...names, ...(key === undefined ? [] : [key])])
      if (value.kind === 'scalar') yield { name, at: value.content };
}
