/** Values in the YAML and JSON files of other tools. */
import { flatMap } from '../base/flat-map.ts';
import { inert } from '../base/inert.ts';
import { LineIndex } from '../base/line-index.ts';
import { memoize } from '../base/memoize.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import { commentLines } from '../suppression/comment-lines.ts';
import { resolved, textOf, valueOf, type Node, type Tree } from '../syntax/tree.ts';

/** A string, with the text of a comment next to it or above it. */
export interface PeerText {
  readonly text: string;
  readonly reason?: string;
}

/** The root of a file. */
export function rootNode({ roots }: Tree): Node | undefined {
  return roots[0];
}

/** The value at a path of keys. */
export function valueAt(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  let found = node;
  for (const key of path) found = valueOf(resolved(found), key);
  return found;
}

/** The strings of a list, or of one string that separates them with commas. */
export function peerTexts(tree: Tree, node: Node | undefined): readonly PeerText[] {
  const value = resolved(node);
  const nodes = value?.kind === 'list' ? value.items.map((item) => item.value) : value ? [value] : [];
  return flatMap(nodes, (one) => {
    const reason = commentOn(tree, one);
    return (textOf(resolved(one)) ?? '')
      .split(',')
      .map((text) => inert(text).trim())
      .filter((text) => text !== '')
      .map((text) => ({ text, ...(reason === undefined ? {} : { reason }) }));
  });
}

/** Whether a value is `true`. */
export function isTrueWord(node: Node | undefined): boolean {
  return textOf(resolved(node))?.toLowerCase() === 'true';
}

/** A severity in any case; undefined for other words. */
export function severityNamed(text: string): Severity | undefined {
  return SEVERITIES.find((one) => one === text.toLowerCase());
}

/**
 * The lowest of some severities, if they are all from it up to critical: a threshold. Tools also allow other sets.
 */
export function thresholdOf(texts: readonly string[]): Severity | undefined {
  const named = new Set(flatMap(texts, (text) => severityNamed(text) ?? []));
  const lowest = SEVERITIES.findLast((one) => named.has(one));
  if (lowest === undefined || named.size < texts.length) return undefined;
  return SEVERITIES.slice(0, SEVERITIES.indexOf(lowest)).every((one) => named.has(one)) ? lowest : undefined;
}

/** The text of the comment at the end of the line of a value, otherwise of the comments above it. */
function commentOn(tree: Tree, node: Node): string | undefined {
  const { lines, byLine, alone } = commentsOf(tree);
  const line = lines.positionAt(node.start).line;
  const own = byLine.get(line);
  if (own !== undefined) return own;
  const above: string[] = [];
  for (let at = line - 1; alone.has(at); at--) above.unshift(byLine.get(at)!);
  return above.length > 0 ? above.join(' ') : undefined;
}

const commentsOf = memoize((tree: Tree) => {
  const lines = new LineIndex(tree.text);
  const byLine = new Map<number, string>();
  const alone = new Set<number>();
  for (const { start, end } of commentLines(tree)) {
    const { line } = lines.positionAt(start);
    byLine.set(line, inert(tree.text.slice(start, end)));
    if (/^[ \t]*(?:#|\/\/)/.test(tree.text.slice(lines.line(tree.text, line).start, end))) alone.add(line);
  }
  return { lines, byLine, alone };
});
