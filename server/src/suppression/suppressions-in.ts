import type { Format } from '../model/format.ts';
import type { Suppression, SuppressionTool } from '../model/suppression.ts';
import type { Tree } from '../syntax/tree.ts';

/** The suppressions that are written in a document. */
export function suppressionsIn(
  _tree: Tree,
  _options: { readonly format: Format; readonly honored: readonly SuppressionTool[] },
): readonly Suppression[] {
  return [];
}
