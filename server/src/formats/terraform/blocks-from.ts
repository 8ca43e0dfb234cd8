/** The blocks of a configuration that can have values from a place in it. */
import { once } from '../../base/once.ts';
import type { Range, Uri } from '../../base/span.ts';
import { blockKey, type ConfigurationSource } from './configuration-graph.ts';
import { blocksIn, directoriesOf, type BlockKind } from './content-blocks.ts';
import { usersOf } from './content-graph.ts';

/** The blocks that can have values from a place. */
export interface FromBlocks {
  /** Identifies the blocks around the place. Places in the same ones have the same answers. */
  readonly blocks: string;
  /** Whether a block can have values from it, by a document of the directory of the block. */
  isFrom(doc: Uri, kind: BlockKind, name: string): boolean;
}

/**
 * The blocks that can have values from a range of a document: the block around it, and those that depend on it.
 * Undefined if it is in no block that something can name, or if nothing is known of the blocks.
 */
export function blocksFrom({ root, graph }: ConfigurationSource, doc: Uri, range: Range): FromBlocks | undefined {
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
  const users = once(() => usersOf(graph, around));
  return {
    blocks: around.join('\n'),
    isFrom: (other, kind, name) => {
      const folder = folders.get(other);
      return folder === undefined || users().has(blockKey(folder, kind, name));
    },
  };
}
