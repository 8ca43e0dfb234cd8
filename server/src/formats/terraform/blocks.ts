/** The blocks of a directory by their names in expressions. */
import { flatMap } from '../../base/flat-map.ts';
import { endsStep, memoizeSteps } from '../../base/steps.ts';
import type { Pair, Tree } from '../../syntax/tree.ts';
import { eachLabeledBlock, labelsOf, namedBlocks, under, type LabeledBlock } from './bodies.ts';
import { moduleCalls, type DirectoryFiles } from './module-source.ts';
import type { PlacedBody } from './overrides.ts';

/** All bodies of one block. Bodies that override others come last. */
export interface Block {
  readonly type: string;
  readonly name: string;
  readonly tree: Tree;
  readonly pair: Pair;
  readonly bodies: readonly PlacedBody[];
}

export interface DirectoryBlocks {
  /** By `aws_s3_bucket.b`. */
  readonly resources: ReadonlyMap<string, Block>;
  /** By `data.aws_iam_policy_document.x`. */
  readonly data: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, { readonly tree: Tree; readonly pair: Pair }>;
  readonly outputs: ReadonlyMap<string, Block>;
  readonly modules: ReadonlyMap<string, Block>;
  /** The resources in source order. */
  readonly written: readonly { readonly tree: Tree; readonly block: LabeledBlock }[];
}

/**
 * The blocks in the configuration files of a directory. Blocks with one name, as in override files, are one with
 * several bodies.
 */
export const blocksOf = memoizeSteps(function* ({
  configuration,
}: DirectoryFiles): Generator<void, DirectoryBlocks, undefined> {
  const written = yield* labeled(configuration, 'resource');
  const resources = yield* collecting(written, ({ type, name }) => `${type}.${name}`);
  const data = yield* collecting(yield* labeled(configuration, 'data'), ({ type, name }) => `data.${type}.${name}`);
  return {
    written,
    resources,
    data,
    locals: new Map(
      flatMap(configuration, (tree) =>
        flatMap(under(tree.roots[0], 'locals'), labelsOf).map((pair) => [pair.name, { tree, pair }] as const),
      ),
    ),
    outputs: collected(
      flatMap(configuration, (tree) =>
        namedBlocks(tree.roots[0], 'output').map((block) => [block.name, { ...block, type: 'output', tree }] as const),
      ),
    ),
    modules: collected(
      flatMap(configuration, (tree) =>
        moduleCalls(tree).map((call) => [call.name, { ...call, type: 'module' }] as const),
      ),
    ),
  };
});

type WrittenBlock = DirectoryBlocks['written'][number];

/** The number of blocks of a step. */
const BLOCKS_OF_STEP = 256;

/** The blocks with two labels under a keyword, in steps. */
function* labeled(
  configuration: readonly Tree[],
  keyword: string,
): Generator<void, readonly WrittenBlock[], undefined> {
  const found: WrittenBlock[] = [];
  for (const tree of configuration)
    for (const block of eachLabeledBlock(tree.roots[0], keyword)) {
      if (endsStep(found.length, BLOCKS_OF_STEP)) yield;
      found.push({ tree, block });
    }
  return found;
}

/** Collects the bodies of blocks by their addresses in steps. */
function* collecting(
  written: readonly WrittenBlock[],
  addressOf: (block: LabeledBlock) => string,
): Generator<void, ReadonlyMap<string, Block>, undefined> {
  const blocks: Collected = new Map();
  for (const [index, { tree, block }] of written.entries()) {
    if (endsStep(index, BLOCKS_OF_STEP)) yield;
    collect(blocks, addressOf(block), block, tree);
  }
  return blocks;
}

type Collected = Map<string, Block & { readonly bodies: PlacedBody[] }>;

function collected(
  found: readonly (readonly [address: string, block: LabeledBlock & { readonly tree: Tree }])[],
): ReadonlyMap<string, Block> {
  const blocks: Collected = new Map();
  for (const [address, block] of found) collect(blocks, address, block, block.tree);
  return blocks;
}

function collect(blocks: Collected, address: string, { type, name, pair, body }: LabeledBlock, tree: Tree): void {
  const before = blocks.get(address);
  if (before) before.bodies.push({ tree, body });
  else blocks.set(address, { type, name, tree, pair, bodies: [{ tree, body }] });
}
