/** The blocks of a configuration that can have values from a place in it. */
import type { Range, Uri } from '../../base/span.ts';
import { blockKey, type ConfigurationSource } from './configuration-graph.ts';
import { blocksIn, directoriesOf, type BlockKind } from './content-blocks.ts';
import { usersOf } from './content-graph.ts';

/** Whether a block can have values from a place, by a document of its directory. */
export type IsFrom = (doc: Uri, kind: BlockKind, name: string) => boolean;

/**
 * Whether blocks can have values from a range of a document: the block around it, and those that depend on it.
 * Undefined if it is in no block that something can name, or if nothing is known of the blocks.
 */
export function blocksFrom({ root, graph }: ConfigurationSource, doc: Uri, range: Range): IsFrom | undefined {
  const folders = new Map<Uri, Uri>();
  const around: string[] = [];
  for (const { source } of directoriesOf(root))
    for (const tree of source.files.configuration) {
      const { folder } = source.files;
      folders.set(tree.doc, folder);
      if (tree.doc !== doc) continue;
      for (const { kind, name, pair } of blocksIn(tree)) {
        if (range.start < pair.start || pair.end < range.end) continue;
        if (!kind) return undefined;
        around.push(blockKey(folder, kind, name), blockKey(folder, kind === 'var' ? 'declared' : kind, name));
      }
    }
  if (!graph || around.length === 0) return undefined;
  const users = usersOf(graph, around);
  return (other, kind, name) => {
    const folder = folders.get(other);
    return folder === undefined || users.has(blockKey(folder, kind, name));
  };
}
