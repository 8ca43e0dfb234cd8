/** The blocks of a configuration as parts of its content. */
import { flatMap } from '../../base/flat-map.ts';
import type { Uri } from '../../base/span.ts';
import { memoize } from '../../base/memoize.ts';
import type { ResourcePart } from '../../model/resource.ts';
import { pairShape } from '../../syntax/shape.ts';
import type { Pair, Tree } from '../../syntax/tree.ts';
import { labelsOf, objectsOf } from './bodies.ts';
import type { ModuleSource } from './module-source.ts';

/** The kinds of blocks that expressions name; `declared` is a variable with all of its arguments. */
export type BlockKind = 'resource' | 'data' | 'local' | 'var' | 'module' | 'output' | 'declared';

/** A part of a file with a name, or a block that nothing names. */
export interface WrittenBlock {
  readonly kind: BlockKind | undefined;
  /** The name by which expressions refer to it; the type of the block if nothing names it. */
  readonly name: string;
  readonly pair: Pair;
}

/** How many labels the blocks of each type have that expressions name. */
const LABELS: ReadonlyMap<string, { readonly kind: BlockKind; readonly labels: number }> = new Map([
  ['resource', { kind: 'resource', labels: 2 }],
  ['data', { kind: 'data', labels: 2 }],
  ['locals', { kind: 'local', labels: 1 }],
  ['variable', { kind: 'var', labels: 1 }],
  ['module', { kind: 'module', labels: 1 }],
  ['output', { kind: 'output', labels: 1 }],
]);

/** The name of the block of a data source: `aws_x.y`. */
export function nameOfSource({ nativeType, address }: Pick<ResourcePart, 'nativeType' | 'address'>): string {
  return `${nativeType}.${address.slice(address.lastIndexOf('.') + 1)}`;
}

/** The blocks of a file in the order of its text. */
export const blocksIn = memoize(({ roots }: Tree): readonly WrittenBlock[] =>
  flatMap(labelsOf(roots[0]), (top): readonly WrittenBlock[] => {
    const found = LABELS.get(top.name);
    if (!found) return [{ kind: undefined, name: top.name, pair: top }];
    const { kind, labels } = found;
    return flatMap(labelsOf(top.value), (first): readonly WrittenBlock[] =>
      labels === 1
        ? [{ kind, name: first.name, pair: first }]
        : labelsOf(first.value).map((pair) => ({ kind, name: `${first.name}.${pair.name}`, pair })),
    );
  }),
);

/** The text of a block with how it was parsed; undefined if the text does not determine it. */
export function textOfBlock(tree: Tree, pair: Pair): { readonly text: string; readonly shape: string } | undefined {
  const shape = pairShape(pair);
  return shape && { text: tree.text.slice(pair.start, shape.end), shape: shape.hash };
}

/** The same for what the values of a variable depend on, which its description is not a part of. */
export function textOfVariable(tree: Tree, pair: Pair): ReturnType<typeof textOfBlock> {
  const texts: string[] = [];
  const shapes: string[] = [];
  for (const body of objectsOf(pair.value))
    for (const argument of body.pairs) {
      if (argument.name === 'description') continue;
      const read = textOfBlock(tree, argument);
      if (!read) return undefined;
      texts.push(read.text);
      shapes.push(read.shape);
    }
  return { text: texts.join('\n'), shape: `${pair.value.kind} ${shapes.join()}` };
}

/** The directories of a configuration, each once, with the keys of the calls of each. */
export function directoriesOf(
  root: ModuleSource,
): readonly {
  readonly source: ModuleSource;
  readonly calls: readonly { readonly from: Uri; readonly name: string }[];
}[] {
  const calls = new Map<Uri, { from: Uri; name: string }[]>();
  const found = new Map<Uri, ModuleSource>([[root.files.folder, root]]);
  for (const [folder, source] of found)
    for (const [name, called] of source.modules) {
      const own = calls.get(called.files.folder) ?? [];
      own.push({ from: folder, name });
      calls.set(called.files.folder, own);
      found.set(called.files.folder, found.get(called.files.folder) ?? called);
    }
  return [...found].map(([folder, source]) => ({ source, calls: calls.get(folder) ?? [] }));
}
