/** Write-only arguments: https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only */
import { flatMap } from '../../base/flat-map.ts';
import type { TreeEdit } from '../../syntax/tree-edit.ts';
import { pairOf } from '../../syntax/tree.ts';

/** Removes the version of each write-only argument that is removed, because providers reject a version alone. */
export function withoutVersions(edits: readonly TreeEdit[]): readonly TreeEdit[] {
  return flatMap(edits, (edit): readonly TreeEdit[] => {
    const version =
      edit.op === 'removePair' && edit.pair.name.endsWith('_wo')
        ? pairOf(edit.map, `${edit.pair.name}_version`)
        : undefined;
    return edit.op === 'removePair' && version ? [edit, { ...edit, pair: version }] : [edit];
  });
}
