/** The configuration files of a Terraform plan below the root. */
import { flatMap } from '../../base/flat-map.ts';
import type { Span, Uri } from '../../base/span.ts';
import { folderOf } from '../../base/uri.ts';
import type { DocumentReader } from '../format.ts';
import { spanOf } from '../located.ts';
import { labeledBlocks, namedBlocks } from '../terraform/bodies.ts';
import { isLocalSource } from '../terraform/module-source.ts';
import { withoutKeys } from './addresses.ts';
import { configurationOf, type ConfiguredModule } from './configuration.ts';
import { PlanItems } from './items.ts';
import { uriBeside } from '../uri-beside.ts';
import type { Address } from '../../model/value.ts';
import { valueOf, type MapNode, type Pair, type Tree } from '../../syntax/tree.ts';
import { configurationSyntax, filesOf } from '../terraform-files.ts';

/** The locations of the resources of a plan in its configuration. */
export interface PlanSources {
  /** All files and folders that were requested. */
  readonly dependencies: readonly Uri[];
  /** The location of an argument or block of a resource, otherwise of its name; undefined if no file contains it. */
  find(family: Address, argument: string): Span | undefined;
}

/** The maximum number of parent folders, modules and files to search. */
const MOST_ABOVE = 8;
const MOST_MODULES = 100;
const MOST_FILES = 200;

/**
 * The configuration files of a plan: those of its own folder or a parent folder, whichever has most of its resources,
 * and those of the modules next to them. Undefined until all are read.
 */
export function loadPlanSources(documents: DocumentReader, plan: Tree): PlanSources | undefined {
  const reading = new Reading(documents);
  const candidates = foldersAbove(plan.doc).map((folder) => ({ folder, trees: reading.folder(folder) }));
  if (reading.isLacking()) return undefined;
  // Most plans are in folders without configuration files, and cause no further work.
  if (candidates.every(({ trees }) => trees.length === 0))
    return { dependencies: [...reading.requested], find: () => undefined };
  const configuration = configurationOf(plan.roots[0]);
  const root = configuration.modules.get('')!;
  // A plan without its configuration still has the addresses of its changes.
  const families =
    configuration.resources.size > 0
      ? configuration.resources
      : new Set(new PlanItems(plan).managed.map(({ address }) => withoutKeys(address)));
  const best = candidates.reduce<
    { readonly folder: Uri; readonly trees: readonly Tree[]; readonly has: number } | undefined
  >((before, { folder, trees }) => {
    const has = inCommon(trees, root, families);
    return has > (before?.has ?? 0) ? { folder, trees, has } : before;
  }, undefined);
  const files = new Map<string, readonly Tree[]>(best ? [['', best.trees]] : []);
  if (best) reading.modules(root, best.folder, files);
  if (reading.isLacking()) return undefined;
  let written: ReadonlyMap<Address, Written> | undefined;
  return {
    dependencies: [...reading.requested],
    find: (family, argument) => {
      written ??= writtenIn(files);
      const found = written.get(family);
      if (!found) return undefined;
      const pair = found.body.pairs.find(({ name }) => name === argument) ?? found.pair;
      return spanOf(found.tree, pair.key);
    },
  };
}

class Reading {
  readonly #documents: DocumentReader;
  readonly requested = new Set<Uri>();
  #lacking = false;
  #files = 0;

  constructor(documents: DocumentReader) {
    this.#documents = documents;
  }

  /** Whether a file or folder is not read yet. */
  isLacking(): boolean {
    return this.#lacking;
  }

  /** The configuration files of a folder; none if the folder does not exist or is not read yet. */
  folder(folder: Uri): readonly Tree[] {
    const listed = this.#documents.folder(folder);
    this.requested.add(folder);
    if (listed === undefined) this.#lacking = true;
    if (listed === undefined || listed === 'none') return [];
    return flatMap(filesOf(listed).configuration, (doc): readonly Tree[] => {
      if (this.#files++ >= MOST_FILES) return [];
      this.requested.add(doc);
      const tree = this.#documents.tree(doc, configurationSyntax(doc)?.language);
      if (!tree && !this.#documents.snapshot.file(doc)) this.#lacking = true;
      return tree ? [tree] : [];
    });
  }

  /** The files of modules, by the path of the call. */
  modules(root: ConfiguredModule, folder: Uri, files: Map<string, readonly Tree[]>): void {
    const open = [{ module: root, folder }];
    for (let next = open.pop(); next && files.size <= MOST_MODULES; next = open.pop()) {
      for (const called of next.module.calls.values()) {
        const source = valueOf(called.call, 'source');
        const beside =
          source?.kind === 'scalar' && isLocalSource(source.value)
            ? uriBeside(`${next.folder}/`, source.value)
            : undefined;
        if (beside === undefined) continue;
        files.set(called.path, this.folder(beside));
        open.push({ module: called, folder: beside });
      }
    }
  }
}

/** The folder of a document and its parents, the nearest first. */
function foldersAbove(doc: Uri): readonly Uri[] {
  const folders: Uri[] = [];
  for (
    let folder = folderOf(doc);
    folders.length < MOST_ABOVE && !/^[^/]*:?\/*$/.test(folder);
    folder = folderOf(folder)
  )
    folders.push(folder);
  return folders;
}

/** The number of resources and modules of a plan's root module that some files declare. */
function inCommon(
  trees: readonly Tree[],
  root: ConfiguredModule,
  families: { has(address: Address): boolean },
): number {
  const names = flatMap(trees, (tree) => [
    ...labeledBlocks(tree.roots[0], 'resource').map(({ type, name }) => `${type}.${name}`),
    ...labeledBlocks(tree.roots[0], 'data').map(({ type, name }) => `data.${type}.${name}`),
  ]);
  const modules = flatMap(trees, (tree) => namedBlocks(tree.roots[0], 'module').map(({ name }) => name));
  return (
    [...new Set(names)].filter((name) => families.has(name)).length +
    [...new Set(modules)].filter((name) => root.calls.has(name)).length
  );
}

interface Written {
  readonly tree: Tree;
  readonly pair: Pair;
  readonly body: MapNode;
}

/** The location of each resource by its address without instance keys. Override files are ignored. */
function writtenIn(files: ReadonlyMap<string, readonly Tree[]>): ReadonlyMap<Address, Written> {
  const written = new Map<Address, Written>();
  for (const [path, trees] of files)
    for (const tree of trees)
      for (const { type, name, pair, body } of labeledBlocks(tree.roots[0], 'resource')) {
        const address = `${path}${type}.${name}`;
        if (!written.has(address)) written.set(address, { tree, pair, body });
      }
  return written;
}
