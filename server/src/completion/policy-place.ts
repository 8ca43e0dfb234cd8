/** Whether a place of a template can be in a policy. Most are not, and then the template need not be evaluated. */
import { flatMap } from '../base/flat-map.ts';
import type { Range } from '../base/span.ts';
import { nodesAround, type Tree } from '../syntax/tree.ts';
import { MARK } from './typing.ts';

/**
 * The names of properties that hold a policy or a part of it: `PolicyDocument`, `InlinePolicy`, `CustomStatements`, and
 * `Content` of `AWS::Organizations::Policy`.
 */
const HOLDERS = /polic|statement|^content$/i;

/** An anchor, whose content is also elsewhere. */
export const ANCHOR = /[\s[{,]&\w/;

/** The range of the mark in a tree. */
export function markIn({ text }: Tree): Range | undefined {
  const start = text.indexOf(MARK);
  return start < 0 ? undefined : { start, end: start + MARK.length };
}

/** Whether a place is in a resource of a template, and in none of its properties that can hold a policy. */
export function isOutsidePolicies(tree: Tree, place: Range): boolean {
  const around = nodesAround(tree, place);
  const keys = flatMap(around, (node, index) => {
    if (node.kind !== 'map') return [];
    const inner = around[index + 1];
    return node.pairs.find(({ key, value }) => key === inner || value === inner)?.name ?? [];
  });
  const [section, , ...properties] = keys;
  return section === 'Resources' && !properties.some((name) => HOLDERS.test(name)) && !ANCHOR.test(tree.text);
}
