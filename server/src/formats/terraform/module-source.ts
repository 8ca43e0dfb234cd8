/** The files of a module, and the modules that it calls. */
import type { Span, Uri } from '../../base/span.ts';
import { valueOf, type MapNode, type Pair, type Tree } from '../../syntax/tree.ts';
import { spanOf } from '../located.ts';
import { namedBlocks } from './bodies.ts';
import { needsEvaluation } from './expression/template.ts';
import type { VariableFile } from './variable-file.ts';

/** The files of one directory, which Terraform reads together. */
export interface DirectoryFiles {
  readonly folder: Uri;
  /** The configuration files, sorted by name. Override files are last. */
  readonly configuration: readonly Tree[];
  /** The variable files. Earlier files override later ones. */
  readonly values: readonly (VariableFile | 'unread')[];
  /** Whether the directory has unread files: HCL, or files that cannot be read. */
  readonly open: boolean;
}

/** A directory with its called modules, if they are within the root and were read. */
export interface ModuleSource {
  readonly files: DirectoryFiles;
  /** By the name of the call. Other modules come from a registry, or were not read. */
  readonly modules: ReadonlyMap<string, ModuleSource>;
}

/** A `module` block. */
export interface ModuleCall {
  readonly name: string;
  readonly tree: Tree;
  readonly pair: Pair;
  readonly body: MapNode;
  /** The source of the module. Terraform allows no expressions in it. */
  readonly source: { readonly text: string; readonly at: Span } | undefined;
}

/**
 * The module calls in files. If several blocks have the same name, for example because of an override file, all are
 * returned.
 */
export function moduleCalls(tree: Tree): readonly ModuleCall[] {
  return namedBlocks(tree.roots[0], 'module').map(({ name, pair, body }) => {
    const source = valueOf(body, 'source');
    return {
      name,
      tree,
      pair,
      body,
      source:
        source?.kind === 'scalar' && !needsEvaluation(source)
          ? { text: source.value, at: spanOf(tree, source) }
          : undefined,
    };
  });
}

/**
 * Whether a source is a local directory. https://developer.hashicorp.com/terraform/language/modules/sources#local-paths
 */
export function isLocalSource(source: string): boolean {
  return /^\.\.?(?:\/|$)/.test(source);
}
