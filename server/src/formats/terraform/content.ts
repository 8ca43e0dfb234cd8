/** The content of a configuration by its resources, with which a later version of it is compared. */
import { flatMap } from '../../base/flat-map.ts';
import type { Truth } from '../../base/guard.ts';
import { once } from '../../base/once.ts';
import { endsStep } from '../../base/steps.ts';
import type { Uri } from '../../base/span.ts';
import type { Content, ResourceContent, StackContent, StackSection, TextPlace } from '../../model/content.ts';
import { stableNameOf } from '../../model/resource.ts';
import { isGeneratedFile } from './cdktf.ts';
import type { ModuleSource } from './module-source.ts';
import type { NativeResource, NativeStack } from './native.ts';
import type { TerraformResource } from './resource.ts';
import { ASSOCIATION, ASSOCIATING } from './main-route-tables.ts';
import { directoriesOf, nameOfSource, type BlockKind } from './content-blocks.ts';
import { blockKey, makingGraph, unnamedKey } from './configuration-graph.ts';
import type { ContentGraph } from './content-graph.ts';

/** The input from which the content of a stack is computed. */
export interface ContentParts {
  readonly native: NativeStack;
  readonly resources: readonly TerraformResource[];
  readonly documents: readonly Uri[];
  readonly account: ReadonlyMap<string, Truth>;
  /** The canonical types whose mappings were read. */
  readonly types: Iterable<string>;
}

/** The content, and the data that the next content is compared with. */
class ConfigurationContent implements StackContent {
  readonly shared: string;
  readonly resources: ReadonlyMap<string, ResourceContent>;
  readonly sections: ReadonlyMap<StackSection, Content>;
  readonly graph: ContentGraph;
  readonly texts: readonly TextPlace[];

  constructor(content: Pick<ConfigurationContent, 'shared' | 'resources' | 'sections' | 'graph'>) {
    this.shared = content.shared;
    this.resources = content.resources;
    this.sections = content.sections;
    this.graph = content.graph;
    this.texts = flatMap([...content.graph.nodes.values()], ({ places }) => places);
  }
}

/**
 * The content of a configuration. A value depends on the block of its resource, on the blocks that this names, directly
 * or through others, and on the calls of its module. Everything depends on providers and the settings of Terraform.
 */
export function* configurationContent(
  parts: ContentParts,
  before?: StackContent,
): Generator<void, StackContent | undefined, undefined> {
  const { native } = parts;
  const { configuration } = native;
  if (!configuration) return undefined;
  const last = before instanceof ConfigurationContent ? before.graph : undefined;
  const graph = configuration.graph ?? (yield* makingGraph(configuration, last));
  yield;
  if (!graph) return undefined;
  const directories = directoriesOf(configuration.root).map(({ source }) => source.files);
  const folders = new Map(flatMap(directories, (files) => files.configuration.map(({ doc }) => [doc, files.folder])));
  const lacking = new Set<string>();
  const numberOf = (doc: Uri, kind: BlockKind, name: string): number => {
    const folder = folders.get(doc);
    const node = folder === undefined ? undefined : graph.nodes.get(blockKey(folder, kind, name));
    if (!node) lacking.add(name);
    return node?.number ?? -1;
  };
  const ofNative: NumberOf = ({ part, type, name }) => numberOf(part.doc, 'resource', `${type}.${name}`);
  const resources = new Map<string, ResourceContent>();
  const add = (name: string, meaning: unknown): void => {
    resources.set(name, { ...EMPTY, meaning: JSON.stringify(meaning) });
  };
  const association = once(() => associating(native, ofNative));
  let count = 0;
  for (const resource of parts.resources) {
    if (endsStep(count++)) yield;
    const meaning = meaningOf(resource.made, ofNative);
    const isImplicit = resource.type === ASSOCIATION && resource.made.item;
    add(stableNameOf(resource), isImplicit ? [meaning, keyOf(resource.when), association()] : meaning);
  }
  for (const source of native.sources ?? []) add(source.address, numberOf(source.doc, 'data', nameOfSource(source)));
  const parameters = native.parameters.map(({ name, declaration }) =>
    numberOf(declaration.origin.use.doc, 'declared', name),
  );
  if (lacking.size > 0) return undefined;
  const shared = [
    'terraform',
    parts.documents,
    native.open,
    [...parts.account].map(([name, truth]) => [name, keyOf(truth)]),
    [...parts.types],
    native.accounts && [[...native.accounts.ids], native.accounts.areAll],
    sharedByBlocks(configuration.root, graph),
  ];
  return new ConfigurationContent({
    shared: JSON.stringify(shared),
    resources,
    sections: new Map([['parameters', { text: '', meaning: parameters.join() }]]),
    graph,
  });
}

/** What all blocks depend on besides each other: the files, providers and the settings of Terraform. */
export function sharedByBlocks(root: ModuleSource, graph: ContentGraph): unknown {
  return directoriesOf(root).map(({ source: { files } }) => [
    files.folder,
    files.open,
    files.values.map((file) => file === 'unread'),
    files.configuration.map((tree) => [tree.doc, isGeneratedFile(tree)]),
    graph.nodes.get(unnamedKey(files.folder))?.number,
  ]);
}

/** The number of the block of a resource. */
type NumberOf = (native: NativeResource) => number;

/** The numbers of blocks stand for their texts. */
const EMPTY = { text: '', words: undefined };

/** The parts of a resource: blocks, and how they belong together. */
function meaningOf(
  { type, item, source, open, native, joined }: TerraformResource['made'],
  ofNative: NumberOf,
): unknown {
  return [
    type,
    item !== undefined,
    source !== undefined,
    open,
    ofNative(native),
    joined.map(({ companion, native: other, when }) => [companion.type, other.address, ofNative(other), keyOf(when)]),
  ];
}

/** What implicit associations depend on: all resources that can associate a subnet. */
function associating({ resources }: NativeStack, ofNative: NumberOf): unknown {
  return resources
    .filter(({ type }) => ASSOCIATING.has(type))
    .map((one) => [one.address, ofNative(one), keyOf(one.when)]);
}

function keyOf({ yes, no }: Truth): string {
  return `${yes.key()}/${no.key()}`;
}
