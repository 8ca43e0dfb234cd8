/**
 * The blocks that the policies at a place of a configuration do not depend on, by the graph of its last
 * version. In a large file most of the work for a place is to read them.
 */
import { flatMap } from '../../base/flat-map.ts';
import { addTo } from '../../base/groups.ts';
import { memoize } from '../../base/memoize.ts';
import { offsetBefore, rangeNow, shiftBetween } from '../../base/shift.ts';
import type { Reader } from '../../base/snapshot.ts';
import type { Range, Uri } from '../../base/span.ts';
import type { Tree } from '../../syntax/tree.ts';
import { filesOf } from '../terraform-files.ts';
import { BlockFacts } from './block-facts.ts';
import { labelsOf, objectsOf } from './bodies.ts';
import { blockKey, computedKey, keysNamedBy, unnamedKey } from './configuration-graph.ts';
import { blocksIn, textOfBlock, type BlockKind, type WrittenBlock } from './content-blocks.ts';
import { usersOf, withDependencies } from './content-graph.ts';
import { blockNamesIn } from './content-names.ts';
import type { DirectoryFiles } from './module-source.ts';

/** What can be left out of a text. */
export interface Unneeded {
  /** Parts of it in the order of the text, each with a shorter text. */
  readonly parts: readonly (Range & { readonly by: string })[];
  /** The start of the block around the place. */
  readonly start: number;
  /** Whether a text without them has the blocks that the graph knows, which an edit can change. */
  fits(tree: Tree): boolean;
}

/**
 * What can be left out of a document with an offset in a policy; undefined if its last version is not known.
 * @param known What is known of the last version of its directory.
 * @param named The types of resources and data sources whose addresses are needed.
 */
export function unneededBlocks(
  known: object | undefined,
  { doc, text, offset }: { readonly doc: Uri; readonly text: string; readonly offset: number },
  reader: Reader,
  named: ReadonlySet<string>,
): Unneeded | undefined {
  if (!(known instanceof BlockFacts)) return undefined;
  const { graph } = known;
  const { files } = known.root;
  const before = files.configuration.find((tree) => tree.doc === doc);
  if (!before || !isCurrent(files, doc, reader)) return undefined;
  const blocks = blocksIn(before);
  const shift = shiftBetween(before.text, text);
  const at = offsetBefore(shift, offset) ?? shift.start;
  const starts = startsOf(before);
  const own = starts.findLastIndex((start) => start <= at);
  const startOf = (index: number): number => starts[index] ?? before.text.length;
  // What stands behind a block up to the next one can be a part of it after the change.
  const isKept = (index: number): boolean =>
    index === own || (startOf(index) <= shift.before + 1 && shift.start <= startOf(index + 1) + 1);
  const kept = [...blocks.keys()].filter(isKept);
  // What an error makes of other blocks depends on the whole text.
  const isPlain = ({ start }: Range): boolean =>
    !kept.some((index) => startOf(index) <= start && start < startOf(index + 1));
  if (before.problems.some(isPlain)) return undefined;
  const texts = [
    // An edit can add names that the last version does not have.
    ...kept.map((index) => {
      const now = rangeNow(shift, { start: startOf(index), end: startOf(index + 1) });
      return text.slice(now.start, now.end);
    }),
    ...blocks.map((block) => repetitionOf(before, block)?.join('\n') ?? ''),
  ];
  const mentioned = flatMap(texts, (one) =>
    one === '' ? [] : keysNamedBy(blockNamesIn(one), files.folder, graph.nodes),
  );
  const keys = flatMap(kept, (index) => keysOf(blocks[index]!, files.folder));
  // Groups of blocks are needed only by the blocks that depend on all of them.
  const users = [...usersOf(graph, keys)].filter((key) => graph.nodes.get(key)?.texts.length !== 0);
  const needed = withDependencies(graph, [...users, ...mentioned]);
  const isNamed = ({ kind, name }: WrittenBlock): boolean => kind !== 'output' && named.has(name.split('.')[0]!);
  const behind = commentsBehind(before);
  const [parts, left]: [(Range & { readonly by: string })[], WrittenBlock[]] = [[], []];
  for (const [index, block] of blocks.entries()) {
    const ownKeys = keysOf(block, files.folder);
    const part =
      isKept(index) || ownKeys.some((key) => needed.has(key))
        ? undefined
        : shortened(before, block, isNamed(block) || ownKeys.some((key) => needed.has(computedKey(key))));
    if (part?.by !== '') left.push(block);
    if (part) parts.push(part);
    if (!isKept(index)) parts.push(...(behind.get(index) ?? []));
  }
  return {
    start: own < 0 ? 0 : rangeNow(shift, { start: startOf(own), end: startOf(own) }).start,
    parts: parts.map((part) => ({ ...part, ...rangeNow(shift, part) })),
    fits: (tree) => {
      const now = blocksIn(tree);
      return (
        now.length === left.length &&
        now.every(({ kind, name }, index) => kind === left[index]!.kind && name === left[index]!.name)
      );
    },
  };
}

/** Whether a directory consists of the same files as in its last version, except for a document that changed. */
function isCurrent({ folder, configuration }: DirectoryFiles, doc: Uri, reader: Reader): boolean {
  const listed = reader.folder(folder);
  const docs = filesOf([...new Set([...(typeof listed === 'string' ? [] : listed), doc])].sort()).configuration;
  return (
    docs.length === configuration.length &&
    configuration.every((tree, index) => {
      if (docs[index] !== tree.doc) return false;
      const answer = tree.doc === doc ? undefined : reader.file(tree.doc);
      return !answer || (answer.kind === 'text' && answer.text === tree.text);
    })
  );
}

/** The keys of a block in a graph. */
function keysOf({ kind, name }: WrittenBlock, folder: Uri): readonly string[] {
  if (!kind) return [unnamedKey(folder)];
  return kind === 'var'
    ? [blockKey(folder, 'var', name), blockKey(folder, 'declared', name)]
    : [blockKey(folder, kind, name)];
}

/** Blocks that can be many. */
const SHORTENED: ReadonlySet<BlockKind> = new Set(['resource', 'data', 'output']);

/** A block without what does not decide the addresses of its instances; nothing of it if they are not needed. */
function shortened(tree: Tree, block: WrittenBlock, isNeeded: boolean): Unneeded['parts'][number] | undefined {
  const repetition = repetitionOf(tree, block);
  if (!repetition) return undefined;
  const whole = isNeeded ? undefined : wholeBlocks(tree).get(block);
  if (whole) return { start: whole.start, end: whole.end, by: '' };
  const { start, end } = block.pair.value;
  // The indentation shows where a block ends if there is an error before it.
  const [open, separator, close] = tree.language === 'json' ? ['{', ',', '}'] : ['{\n  ', '\n  ', '\n}'];
  const by = repetition.length === 0 ? '{}' : open + repetition.join(separator) + close;
  return by.length < end - start ? { start, end, by } : undefined;
}

/** The blocks of HCL with their labels. In JSON, what has the same first label can be in one object. */
const wholeBlocks = memoize((tree: Tree): ReadonlyMap<WrittenBlock, Range> => {
  const found = new Map<WrittenBlock, Range>();
  if (tree.language === 'json') return found;
  const tops = labelsOf(tree.roots[0])[Symbol.iterator]();
  let top = tops.next().value;
  for (const block of blocksIn(tree)) {
    while (top && top.end <= block.pair.start) top = tops.next().value;
    if (top) found.set(block, top);
  }
  return found;
});

/**
 * The arguments that decide which instances a resource or a data source has; undefined for other blocks, and if the
 * body has no text of its own.
 */
const repetitionsOf = memoize(
  (tree: Tree) => new Map(blocksIn(tree).map((block) => [block, repetitionIn(tree, block)])),
);

function repetitionOf(tree: Tree, block: WrittenBlock): readonly string[] | undefined {
  return repetitionsOf(tree).get(block);
}

function repetitionIn(tree: Tree, { kind, pair }: WrittenBlock): readonly string[] | undefined {
  if (!kind || !SHORTENED.has(kind) || pair.value.kind !== 'map') return undefined;
  const texts = flatMap(objectsOf(pair.value), ({ pairs }) =>
    pairs.filter(({ name }) => name === 'count' || name === 'for_each'),
  ).map((argument) => textOfBlock(tree, argument)?.text);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/** Where each block starts with its labels. */
const startsOf = memoize((tree: Tree): readonly number[] => {
  const whole = wholeBlocks(tree);
  return blocksIn(tree).map((block, index, all) => {
    const around = whole.get(block);
    return around && around !== whole.get(all[index - 1]!) ? around.start : block.pair.start;
  });
});

/** A comment that counts as a use of a policy document (`unused-policies.ts`). */
const USE = 'aws_iam_policy_document';

/** The comments behind each block, by its index. */
const commentsBehind = memoize((tree: Tree): ReadonlyMap<number, Unneeded['parts']> => {
  const blocks = blocksIn(tree);
  const found = new Map<number, (Range & { readonly by: string })[]>();
  let index = -1;
  for (const { start, end } of tree.comments) {
    while (index + 1 < blocks.length && blocks[index + 1]!.pair.start <= start) index++;
    const isBehind = index >= 0 && blocks[index]!.pair.end <= start;
    if (isBehind && !tree.text.slice(start, end).includes(USE)) addTo(found, index, { start, end, by: '' });
  }
  return found;
});
