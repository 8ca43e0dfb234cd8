/** Writes suppressions of findings for quick fixes: where a finding is, on its resource, or in its document. */
import type { Range } from '../base/span.ts';
import { beginsLine, lineEnd } from '../fixes/lines.ts';
import { isTemplate, isTerraform, isToolOutput, type Format } from '../model/format.ts';
import { pairOf, resolved, type Node, type Pair, type Tree } from '../syntax/tree.ts';
import type { NewNode, TreeEdit } from '../syntax/tree-edit.ts';
import { memberOf } from './metadata-suppressions.ts';
import { resourceWith } from './resources.ts';
import { REASON_VALUE, writtenEdit, type RefusedSuppression, type SuppressionEdit } from './suppression-edit.ts';
import { commentAbove, commentAtTop, commentInExpression, statementAround } from './write-comment.ts';

/** What a suppression is for: the property, list item or block of a finding, its resource, or its document. */
export type SuppressionTarget = 'line' | 'resource' | 'file';

/**
 * The edit that suppresses a rule for a target around a finding. Comments are written in YAML and HCL, metadata in
 * JSON.
 * @param at The range of the finding in the text of the tree, which is that of the whole document.
 */
export function writeSuppression(
  tree: Tree,
  format: Format,
  at: Range,
  rule: string,
  target: SuppressionTarget,
): SuppressionEdit | RefusedSuppression {
  if (isToolOutput(format)) return { refused: 'Terraform writes this file, so a suppression in it would be lost.' };
  const hasComments = tree.language === 'yaml' || tree.language === 'hcl';
  if (!hasComments && !isTemplate(format) && !isTerraform(format))
    return { refused: 'JSON has no comments, and AWS rejects other elements in a policy.' };
  switch (target) {
    case 'line':
      return hasComments ? onLine(tree, format, at, rule) : { refused: 'JSON has no comments.' };
    case 'resource':
      return onResource(tree, format, at, rule);
    case 'file':
      return hasComments ? commentAtTop(tree, format, rule) : inMetadata(tree, format, rootOf(tree), rule);
  }
}

function onLine(tree: Tree, format: Format, at: Range, rule: string): SuppressionEdit | RefusedSuppression {
  const inside = tree.language === 'hcl' ? commentInExpression(tree, format, at, rule) : undefined;
  if (inside) return inside;
  const statement = statementAround(tree, at);
  if (!statement) return { refused: 'No property, list item or block begins on a line of its own there.' };
  const resource = resourceWith(tree, format, at);
  return resource && statement.start < resource.start
    ? { refused: 'Other resources are on the same line.' }
    : commentAbove(tree, format, statement, rule);
}

function onResource(tree: Tree, format: Format, at: Range, rule: string): SuppressionEdit | RefusedSuppression {
  const pair = resourceWith(tree, format, at);
  if (!pair) return { refused: 'The finding is not in a resource.' };
  // One that shares its line with others has metadata of its own.
  if (tree.language !== 'json' && isOnOwnLines(tree, pair)) return commentAbove(tree, format, pair, rule);
  return tree.language === 'hcl'
    ? { refused: 'The block does not begin on a line of its own.' }
    : inMetadata(tree, format, bodyOf(pair, at), rule);
}

/** Whether a pair begins its line, and nothing else does. */
export function isOnOwnLines({ text }: Tree, { start, end }: Pair): boolean {
  const rest = text.slice(end, Math.max(end, lineEnd(text, start)));
  return beginsLine(text, start) && /^[\s,}\]]*(?:#|$)/.test(rest);
}

/** The body of a resource. In Terraform's JSON syntax it can be in a list. */
export function bodyOf({ value }: Pair, at: Range): Node | undefined {
  return value.kind === 'list'
    ? (value.items.find((item) => item.start <= at.start && at.start <= item.end) ?? value.items[0])?.value
    : value;
}

function rootOf({ roots }: Tree): Node | undefined {
  return roots.length === 1 ? roots[0] : undefined;
}

/** A suppression in the metadata of a body, with a place for the reason. */
function inMetadata(
  tree: Tree,
  format: Format,
  body: Node | undefined,
  rule: string,
): SuppressionEdit | RefusedSuppression {
  const entry: Readonly<Record<string, NewNode>> = isTemplate(format)
    ? { Rule: rule, Reason: REASON_VALUE }
    : { rule, reason: REASON_VALUE };
  const edit = entryBelow(tree, format, body, entry);
  return 'refused' in edit ? edit : writtenEdit(tree, edit);
}

/** The change that adds an entry to the metadata of a body, which is made if it does not exist. */
export function entryBelow(
  tree: Tree,
  format: Format,
  body: Node | undefined,
  entry: Readonly<Record<string, NewNode>>,
): TreeEdit | RefusedSuppression {
  if (body?.kind !== 'map') return { refused: 'The resource is not a mapping, so it has no metadata.' };
  const [first, ...others] = isTemplate(format)
    ? (['Metadata', 'Stackwarden', 'Suppress'] as const)
    : (['//', 'stackwarden', 'suppress'] as const);
  const path: string[] = [first];
  let node = pairOf(body, first)?.value;
  for (const name of others) {
    if (node && !isEmpty(node) && node.kind !== 'map')
      return { refused: `\`${path.at(-1)!}\` already has another value.` };
    const member: Pair | undefined = node && memberOf(node, name.toLowerCase());
    path.push(member?.name ?? name);
    node = member?.value;
  }
  const existing = resolved(node);
  if (existing?.kind === 'list' && existing === node)
    return { tree, op: 'insertItem', list: existing, index: existing.items.length, value: entry };
  if (existing && !isEmpty(existing))
    return existing.kind === 'map' && existing === node
      ? { tree, op: 'addBeside', at: existing, value: entry }
      : { refused: `\`${path.at(-1)!}\` already has another value.` };
  return { tree, op: 'set', at: body, path, value: [entry] };
}

function isEmpty(node: Node): boolean {
  return node.kind === 'scalar' && node.empty;
}
