/**
 * The edits that remove suppressions: comments with their lines, entries of metadata with the parents that become
 * empty.
 */
import type { Range } from '../base/span.ts';
import { beginsLine, lineAbove, lineEnd, lineStart, nextLine, skipSpaces, skipSpacesBack } from '../fixes/lines.ts';
import { holderOf } from '../fixes/place.ts';
import { writeEdits } from '../fixes/write.ts';
import type { SuppressedRule, Suppression } from '../model/suppression.ts';
import type { Comment, Node, Tree } from '../syntax/tree.ts';
import type { TreeEdit } from '../syntax/tree-edit.ts';
import { isLineSpace, type CommentLine } from './comment-lines.ts';
import { joinedEdit } from './suppression-edit.ts';

/** An edit that removes a suppression or one of its rules; undefined where it cannot be removed. */
export type Removal = ReturnType<NonNullable<Suppression['removal']>>;

/** The removal of a comment, with its lines if nothing else is on them. */
export function withoutComment({ text }: Tree, { start, end }: Comment): Removal {
  const isLast = skipSpaces(text, end) === lineEnd(text, end);
  if (isLast && beginsLine(text, start)) {
    const next = nextLine(text, end);
    // A text that ended without a line end still does.
    return deletion(next === end ? lineAbove(text, start) : lineStart(text, start), next);
  }
  return isLast ? deletion(skipSpacesBack(text, start), end) : deletion(start, skipSpaces(text, end));
}

/** The removal of a part of a comment line, and of the whole comment if nothing remains. */
export function withoutPart(tree: Tree, line: CommentLine, part: Range): Removal {
  const { text } = tree;
  const isAll = part.start <= line.start && part.end >= line.end;
  if (isAll && line.isWhole) return withoutComment(tree, line.comment);
  let { start, end } = part;
  if (end >= line.end) while (start > line.start && isLineSpace(text[start - 1]!)) start--;
  else while (end < line.end && isLineSpace(text[end]!)) end++;
  return deletion(start, end);
}

/**
 * The removal of one of the rules that a comment names between commas; of all that it says if it is the only one, or
 * none is given.
 */
export function withoutRule(tree: Tree, line: CommentLine, rules: readonly Range[], rule?: SuppressedRule): Removal {
  const index = rule && rules.length > 1 ? rules.findIndex(({ start }) => start === rule.at.start) : -1;
  if (index < 0) return withoutPart(tree, line, line);
  const { start, end } = rules[index]!;
  const after = rules[index + 1];
  return after ? deletion(start, after.start) : deletion(rules[index - 1]!.end, end);
}

/** Parents that are removed with their last child. */
const HOLDERS: ReadonlySet<string> = new Set([
  ...['metadata', '//', 'stackwarden', 'suppress', 'suppressions', 'rules'],
  ...['checkov', 'skip', 'cfn_nag', 'cdk_nag', 'rules_to_suppress', 'cfn-lint', 'config', 'ignore_checks'],
  ...['guard', 'suppressedrules'],
]);

/** The removal of an item or of the value of a pair, with the parents that become empty. */
export function withoutNode(tree: Tree, node: Node): Removal {
  let edit: TreeEdit | undefined;
  for (let at: Node | undefined = node; at;) {
    const holder = holderOf(at);
    if (!holder) break;
    const { parent } = holder;
    edit =
      holder.kind === 'item'
        ? { tree, op: 'removeItem', list: holder.parent, index: holder.index }
        : { tree, op: 'removePair', map: holder.parent, pair: holder.pair };
    const isOnly = (parent.kind === 'list' ? parent.items : parent.pairs).length === 1;
    at = isOnly && isHolder(parent) ? parent : undefined;
  }
  return edit && written(tree, edit);
}

function isHolder(node: Node): boolean {
  const holder = holderOf(node);
  return holder?.kind === 'pair' && HOLDERS.has(holder.pair.name.toLowerCase());
}

function written(tree: Tree, edit: TreeEdit): Removal {
  const result = writeEdits([edit]);
  return 'refused' in result || result.edits.length === 0 ? undefined : joinedEdit(tree, result.edits);
}

function deletion(start: number, end: number): Removal {
  return { range: { start, end }, newText: '' };
}
