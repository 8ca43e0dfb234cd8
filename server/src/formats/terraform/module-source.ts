/** The files of a module, and the modules that it calls. */
import type { Span, Uri } from '../../base/span.ts';
import { valueOf, type MapNode, type Pair, type Tree } from '../../syntax/tree.ts';
import { spanOf } from '../located.ts';
import { namedBlocks } from './bodies.ts';
import type { VariableFile } from './variable-file.ts';

/** The files of one directory as Terraform reads them together. */
export interface DirectoryFiles {
  readonly folder: Uri;
  /** The configuration files, in the order of their names, those that override others last. */
  readonly configuration: readonly Tree[];
  /** The files with values for variables, later ones before earlier ones where they name the same. */
  readonly values: readonly (VariableFile | 'unread')[];
  /** Whether the directory has files that were not read: HCL, files that cannot be read. */
  readonly open: boolean;
}

/** A directory with its called modules, if they are in the root and were read. */
export interface ModuleSource {
  readonly files: DirectoryFiles;
  /** By the name of the call. What is not here comes from a registry, or was not read. */
  readonly modules: ReadonlyMap<string, ModuleSource>;
}

/** A `module` block. */
export interface ModuleCall {
  readonly name: string;
  readonly tree: Tree;
  readonly pair: Pair;
  readonly body: MapNode;
  /** Where the module comes from, as written; Terraform allows no expressions there. */
  readonly source: { readonly text: string; readonly at: Span } | undefined;
}

/** The modules that files call. Of several blocks with one name, as with an override file, each is given. */
export function moduleCalls(tree: Tree): readonly ModuleCall[] {
  return namedBlocks(tree.roots[0], 'module').map(({ name, pair, body }) => {
    const source = valueOf(body, 'source');
    return {
      name,
      tree,
      pair,
      body,
      source: source?.kind === 'scalar' ? { text: source.value, at: spanOf(tree, source) } : undefined,
    };
  });
}

/**
 * Whether a source is a directory beside the one that calls it. https://developer.hashicorp.com/terraform/language/modules/sources#local-paths
 */
export function isLocalSource(source: string): boolean {
  return /^\.\.?(?:\/|$)/.test(source);
}
