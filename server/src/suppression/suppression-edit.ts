/** Edits that write suppressions. */
import type { Range } from '../base/span.ts';
import { writeEdits } from '../fixes/write.ts';
import type { TextEdit } from '../model/finding.ts';
import type { Tree } from '../syntax/tree.ts';
import type { NewNode, TreeEdit } from '../syntax/tree-edit.ts';

/** An edit that writes a suppression, with the place for the reason. */
export interface SuppressionEdit {
  readonly range: Range;
  readonly newText: string;
  /**
   * The range in `newText` of the placeholder for the reason; undefined if the reason of an existing suppression
   * counts.
   */
  readonly reason?: Range;
}

/** Why a suppression cannot be written: a sentence for users. */
export interface RefusedSuppression {
  readonly refused: string;
}

/** The placeholder for the reason, until a user has written it. */
export const REASON = 'reason';

/** A word that no document contains, so that it can be found in the written text. */
const MARK = 'stackwardenreasonplaceholder';

/** The value of the reason in a change of a tree. */
export const REASON_VALUE: NewNode = MARK;

/** One edit for a change of a tree that writes a reason. */
export function writtenEdit(tree: Tree, edit: TreeEdit): SuppressionEdit | RefusedSuppression {
  const result = writeEdits([edit]);
  if ('refused' in result) return result;
  const { range, newText } = joinedEdit(tree, result.edits);
  const at = newText.indexOf(MARK);
  return {
    range,
    newText: newText.slice(0, at) + REASON + newText.slice(at + MARK.length),
    reason: { start: at, end: at + REASON.length },
  };
}

/** One edit for several of one document, with the text between them. */
export function joinedEdit(
  { text }: Tree,
  edits: readonly TextEdit[],
): { readonly range: Range; readonly newText: string } {
  const start = edits[0]!.range.start;
  let newText = '';
  let at = start;
  for (const edit of edits) {
    newText += text.slice(at, edit.range.start) + edit.newText;
    at = edit.range.end;
  }
  return { range: { start, end: at }, newText };
}
