/** The setting in `.stackwarden.yaml` that turns a rule off. */
import { lineEndOf } from '../fixes/lines.ts';
import { writeEdits } from '../fixes/write.ts';
import { resolved, valueOf, type Tree } from '../syntax/tree.ts';
import { joinedEdit, type RefusedSuppression, type SuppressionEdit } from './suppression-edit.ts';

/**
 * The edit that turns a rule off in a configuration file, in its style. For a file that does not exist the tree is that
 * of an empty text.
 */
export function ruleOffEdit(tree: Tree, rule: string): SuppressionEdit | RefusedSuppression {
  const root = tree.roots[0];
  if (!root || (root.kind === 'scalar' && root.empty)) return atEnd(tree, rule);
  if (root.kind !== 'map' || tree.roots.length > 1) return { refused: 'The configuration is not a mapping.' };
  const rules = resolved(valueOf(root, 'rules'));
  if (rules && rules.kind !== 'map' && !(rules.kind === 'scalar' && rules.empty))
    return { refused: 'The rules of the configuration are not a mapping.' };
  const result = writeEdits([{ tree, op: 'set', at: root, path: ['rules', rule], value: 'off' }]);
  return 'refused' in result ? result : joinedEdit(tree, result.edits);
}

/** The first setting of a file, below its comments. */
function atEnd({ text }: Tree, rule: string): SuppressionEdit {
  const end = lineEndOf(text);
  const before = text === '' || /[\r\n]$/.test(text) ? '' : end;
  return { range: { start: text.length, end: text.length }, newText: `${before}rules:${end}  ${rule}: off${end}` };
}
