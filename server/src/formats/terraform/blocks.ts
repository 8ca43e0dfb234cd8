/** The blocks of a directory by their names in expressions. */
import type { Pair, Tree } from '../../syntax/tree.ts';
import { labeledBlocks, labelsOf, namedBlocks, under, type LabeledBlock } from './bodies.ts';
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
export function blocksOf({ configuration }: DirectoryFiles): DirectoryBlocks {
  const written = configuration.flatMap((tree) =>
    labeledBlocks(tree.roots[0], 'resource').map((block) => ({ tree, block })),
  );
  return {
    written,
    resources: collected(
      written.map(({ tree, block }) => [`${block.type}.${block.name}`, { ...block, tree }] as const),
    ),
    data: collected(
      configuration.flatMap((tree) =>
        labeledBlocks(tree.roots[0], 'data').map(
          (block) => [`data.${block.type}.${block.name}`, { ...block, tree }] as const,
        ),
      ),
    ),
    locals: new Map(
      configuration.flatMap((tree) =>
        under(tree.roots[0], 'locals')
          .flatMap(labelsOf)
          .map((pair) => [pair.name, { tree, pair }] as const),
      ),
    ),
    outputs: collected(
      configuration.flatMap((tree) =>
        namedBlocks(tree.roots[0], 'output').map((block) => [block.name, { ...block, type: 'output', tree }] as const),
      ),
    ),
    modules: collected(
      configuration.flatMap((tree) =>
        moduleCalls(tree).map((call) => [call.name, { ...call, type: 'module' }] as const),
      ),
    ),
  };
}

function collected(
  found: readonly (readonly [address: string, block: LabeledBlock & { readonly tree: Tree }])[],
): ReadonlyMap<string, Block> {
  const blocks = new Map<string, Block & { readonly bodies: PlacedBody[] }>();
  for (const [address, { type, name, tree, pair, body }] of found) {
    const before = blocks.get(address);
    if (before) before.bodies.push({ tree, body });
    else blocks.set(address, { type, name, tree, pair, bodies: [{ tree, body }] });
  }
  return blocks;
}
