/** JSON in a string of Fn::Sub: a policy that refers to a bucket with `${Bucket.Arn}`. */
import type { Span } from '../../base/span.ts';
import { unknown } from '../../model/navigate.ts';
import type { EditPlace, Origin, Value } from '../../model/value.ts';
import { parseEmbedded } from '../../syntax/embedded.ts';
import { readScalar } from '../../syntax/scalar.ts';
import type { Node, ScalarNode, Tree } from '../../syntax/tree.ts';
import { locatedAt, originOf } from '../located.ts';
import { withMarks } from '../json-skeleton.ts';
import { MAX_VALUE_DEPTH } from '../plain.ts';
import { collectionValue } from './collection-value.ts';

/** The value of a string of Fn::Sub with the given origin. */
export type Substitute = (text: string, origin: Origin) => Value;

/** Whether a string looks like JSON: it starts with a bracket, not with a placeholder. */
export function looksLikeJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

/** The JSON in a string of Fn::Sub, with the source range of each value; undefined if it is not JSON. */
export function subDocument(
  tree: Tree,
  text: ScalarNode,
  key: Span | undefined,
  edit: EditPlace,
  substitute: Substitute,
): Value | undefined {
  const inner = parseEmbedded(tree, text, 'json');
  const root = inner?.roots[0];
  if (!inner || !root || root.kind === 'scalar') return undefined;
  // Interpolations in strings do not affect syntax errors around them, so these are reported; interpolations
  // elsewhere can resolve them.
  if ((inner.roots.length > 1 || inner.problems.length > 0) && !isWithinStrings(inner.text)) return undefined;
  return valueOf({ tree: { ...inner, placeholders: 'all' }, edit, substitute }, root, key, 0);
}

/** Whether every placeholder of a string is within a JSON string. */
function isWithinStrings(text: string): boolean {
  const placeholders = [...text.matchAll(/\$\{[^{}]*\}/g)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
  return withMarks({ text, placeholders }, 'x', 'x').within;
}

interface Within {
  readonly tree: Tree;
  readonly edit: EditPlace;
  readonly substitute: Substitute;
}

function valueOf(within: Within, node: Node, key: Span | undefined, depth: number): Value {
  const { tree, edit, substitute } = within;
  const origin = originOf(tree, node, key, edit);
  if (depth > MAX_VALUE_DEPTH) return unknown(origin, 'budget');
  switch (node.kind) {
    case 'scalar':
      return locatedAt(
        node.value.includes('${') ? substitute(node.value, origin) : { state: 'known', origin, ...readScalar(node) },
        tree,
        node,
      );
    case 'map':
    case 'list':
      return locatedAt(
        collectionValue(tree, node, origin, {
          isUnknownKey: (name) => name.includes('${'),
          valueOf: (inner, keyAt) => valueOf(within, inner, keyAt, depth + 1),
        }),
        tree,
        node,
      );
    case 'alias':
      return unknown(origin, 'syntax');
  }
}
