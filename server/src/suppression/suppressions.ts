/** The suppressions that a document contains, in comments and metadata. */
import { memoize } from '../base/memoize.ts';
import { isToolOutput, type Format } from '../model/format.ts';
import type { Suppression, SuppressionTool } from '../model/suppression.ts';
import type { Tree } from '../syntax/tree.ts';
import { matchesIn } from '../syntax/tree-matches.ts';
import { commentSuppressions } from './comment-suppressions.ts';
import { metadataSuppressions } from './metadata-suppressions.ts';
import { COMMENT_MARKS, peerComments } from './peer-comments.ts';
import { METADATA_MARKS, peerMetadata } from './peer-metadata.ts';

export interface SuppressionOptions {
  readonly format: Format;
  /** The other tools whose suppressions count; our own always do. */
  readonly honored: readonly SuppressionTool[];
}

/**
 * The suppressions in a document in the order of the text, ours and those of other tools. Plans and states have none,
 * because no one edits them.
 */
export function suppressionsIn(tree: Tree, { format, honored }: SuppressionOptions): readonly Suppression[] {
  if (format === 'none' || isToolOutput(format)) return [];
  return allIn(tree, format).filter(({ tool }) => tool === 'stackwarden' || honored.includes(tool));
}

/** What suppressions contain. Most documents are searched for it once and for nothing else. */
const MARKS = new RegExp(['stackwarden', ...new Set([...COMMENT_MARKS, ...METADATA_MARKS])].join('|'), 'gi');

/** Our own name, in any case. */
const OWN = /stackwarden/i;

const allIn = memoize((tree: Tree, format: Format): readonly Suppression[] => {
  const { text } = tree;
  if (matchesIn(tree).of(MARKS).length === 0) return [];
  const found = [
    ...(OWN.test(text) ? [...commentSuppressions(tree), ...metadataSuppressions(tree, format)] : []),
    ...peerComments(tree, format),
    ...peerMetadata(tree, format),
  ];
  return found.toSorted((one, other) => one.at.start - other.at.start);
});
