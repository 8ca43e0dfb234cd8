/** What the blocks of a configuration depend on. Whatever is unclear counts as a dependency. */
import { flatMap } from '../../base/flat-map.ts';
import { addTo } from '../../base/groups.ts';
import { ownTexts } from '../../base/own-text.ts';
import type { Span, Uri } from '../../base/span.ts';
import { endsStep } from '../../base/steps.ts';
import type { TextPlace } from '../../model/content.ts';
import type { Address } from '../../model/value.ts';
import type { MapNode } from '../../syntax/tree.ts';
import { objectsOf } from './bodies.ts';
import type { ModuleSource } from './module-source.ts';
import { repeatedArgument } from './repeated-argument.ts';
import { comparedIn } from './variables.ts';
import { blocksIn, directoriesOf, textOfBlock, textOfVariable, type BlockKind } from './content-blocks.ts';
import { numberingBlocks, sameTexts, type ContentGraph, type Written } from './content-graph.ts';
import { blockNamesIn, type MentionedNames } from './content-names.ts';

/** A configuration with the contents of the files that its expressions read. */
export interface ConfigurationSource {
  readonly root: ModuleSource;
  readonly files: () => readonly string[];
  /** Its blocks, if they were compared with those of the last version when it was read. */
  readonly graph?: ContentGraph | undefined;
}

/** The key of the files that expressions read. */
const FILES = 'files';

/** The key of a block. A module call has its arguments under `module`, and what it returns under `returned`. */
export function blockKey(folder: Uri, kind: BlockKind, name: string): string {
  return `${folder}\n${kind} ${name}`;
}

/**
 * The key of the blocks of a directory that nothing names: providers, the settings of Terraform, and unknown blocks.
 */
export function unnamedKey(folder: Uri): string {
  return `${folder}\nunnamed`;
}

/** The key of the block at an address within its module: `aws_x.y`, `data.aws_x.y`, `module.y`. */
export function blockKeyAt(folder: Uri, address: Address): string {
  const [, kind = 'resource', name = address] = /^(data|module)\.(.*)$/s.exec(address) ?? [];
  return blockKey(folder, kind as BlockKind, name);
}

/** Makes the graph of a configuration in steps; undefined if a text does not determine the meaning of its block. */
export function* makingGraph(
  { root, files }: ConfigurationSource,
  before: ContentGraph | undefined,
): Generator<void, ContentGraph | undefined, undefined> {
  const written = new Map<string, Written>([[FILES, { ...NOTHING, own: files() }]]);
  for (const { source, calls } of directoriesOf(root))
    if (!(yield* addingDirectory(written, { source, calls }, before))) return undefined;
  return yield* numberingBlocks(written, before);
}

const NOTHING: Written = { texts: [], places: [], own: [], on: [], names: undefined, named: [], arguments: undefined };

/** What a block consists of. */
interface Parts {
  readonly texts: string[];
  /** Where the texts start, if they are the whole texts of blocks. */
  readonly starts: Pick<Span, 'doc' | 'start'>[];
  readonly own: string[];
  /** The bodies of a resource. */
  readonly bodies: MapNode[];
  arguments: Written['arguments'];
}

function noParts(): Parts {
  return { texts: [], starts: [], own: [], bodies: [], arguments: undefined };
}

/** The number of blocks of a step, whose texts are compared. */
const BLOCKS_OF_STEP = 32;

/** Adds the blocks of a directory in steps, and returns whether their texts determine their meaning. */
function* addingDirectory(
  written: Map<string, Written>,
  { source, calls }: ReturnType<typeof directoriesOf>[number],
  before: ContentGraph | undefined,
): Generator<void, boolean, undefined> {
  const { folder, configuration } = source.files;
  const blocks = new Map<string, Parts>([[unnamedKey(folder), noParts()]]);
  const groups = new Groups(folder);
  let isWhole = true;
  const add = (key: string, doc: Uri, read: ReturnType<typeof textOfBlock>, start?: number): void => {
    const parts = blocks.get(key) ?? noParts();
    blocks.set(key, parts);
    if (!read) isWhole = false;
    parts.texts.push(read?.text ?? '');
    if (start !== undefined) parts.starts.push({ doc, start });
    parts.own.push(doc, read?.shape ?? '');
  };
  let count = 0;
  for (const tree of configuration)
    for (const { kind, name, pair } of blocksIn(tree)) {
      if (endsStep(count++, BLOCKS_OF_STEP)) yield;
      const key = kind ? blockKey(folder, kind, name) : unnamedKey(folder);
      if (kind && !blocks.has(key)) groups.add(kind, name, key);
      if (kind === 'var') add(key, tree.doc, textOfVariable(tree, pair));
      add(kind === 'var' ? blockKey(folder, 'declared', name) : key, tree.doc, textOfBlock(tree, pair), pair.start);
      if (kind === 'resource') blocks.get(key)!.bodies.push(...objectsOf(pair.value));
      if (kind === 'module') {
        const called = source.modules.get(name)?.files.folder;
        blocks.get(key)!.own.push(called ?? '');
        const returned = called === undefined ? [] : [groupKey(called, 'outputs')];
        written.set(returnedKey(folder, name), { ...NOTHING, on: [key, ...returned] });
      }
    }
  yield* comparedIn.steps(source.files);
  for (const [name, inputs] of variableInputs(source)) blocks.get(blockKey(folder, 'var', name))?.own.push(...inputs);
  // Whether names refer to the same as in the last version.
  let namesSame = groups.areIn(before);
  for (const [key, parts] of blocks) {
    if (endsStep(count++, BLOCKS_OF_STEP)) yield;
    const old = before?.nodes.get(key);
    parts.arguments =
      old && sameTexts(old.texts, parts.texts) && sameTexts(old.own, parts.own)
        ? old.arguments
        : argumentsOf(parts.bodies, old?.arguments);
    if (parts.arguments !== old?.arguments) namesSame = false;
  }
  const callers = calls.map(({ from, name }) => blockKey(from, 'module', name));
  for (const [key, { texts, starts, own, arguments: made }] of blocks) {
    if (endsStep(count++, BLOCKS_OF_STEP)) yield;
    const old = before?.nodes.get(key);
    const names = old && sameTexts(old.texts, texts) ? old.names : namesInAll(texts);
    const named = old && namesSame && old.names === names ? old.named : keysNamedBy(names, folder, blocks);
    // Nothing depends on what a module does not have.
    const places = starts.map(({ doc, start }, index) =>
      placeOf(texts[index]!, doc, start, old?.places[index], old?.texts[index]),
    );
    const on = texts.length === 0 ? [] : callers.length === 0 ? named : [...callers, ...named];
    written.set(key, { texts, places, own, names, named, arguments: made, on });
  }
  for (const [key, members] of groups.members) written.set(key, { ...NOTHING, on: members });
  return isWhole;
}

/** The place of a text, which is the same object as in the last version if that has the same text. */
function placeOf(
  written: string,
  doc: Uri,
  start: number,
  old: TextPlace | undefined,
  before: string | undefined,
): TextPlace {
  const text = old && before === written && old.doc === doc ? old.text : {};
  return { text, doc, start, end: start + written.length };
}

/** What `module.NAME` returns: the outputs of the module. */
function returnedKey(folder: Uri, name: string): string {
  return `${folder}\nreturned ${name}`;
}

/**
 * What an attribute of a resource depends on that only AWS knows: that there is the resource. No edit changes it, and
 * without the resource nothing depends on it.
 */
export function computedKey(resource: string): string {
  return `${resource} computed`;
}

/**
 * The arguments and types of blocks of a resource without repetition; undefined for all else.
 * @param before Those of the last version, which are returned if they are the same.
 */
function argumentsOf(bodies: readonly MapNode[], before: Written['arguments']): Written['arguments'] {
  const names = new Set(flatMap(bodies, ({ pairs }) => pairs.map(({ name }) => name)));
  if (bodies.length === 0 || names.has('count') || names.has('for_each')) return undefined;
  return before?.size === names.size && [...names].every((name) => before.has(name))
    ? before
    : new Set(ownTexts(names));
}

/** The type of `resource t.n`. */
function typeIn(resource: string): string {
  return resource.slice('resource '.length, resource.lastIndexOf('.'));
}

/** Whether an attribute of a resource is not an argument of it (`written-attributes.ts`). */
function isComputed(type: string, attribute: string, { arguments: written }: Pick<Written, 'arguments'>): boolean {
  const argument = repeatedArgument(type, attribute) ?? attribute;
  return written !== undefined && !written.has(argument) && !written.has(attribute);
}

/** All blocks that a word can refer to, all outputs, or all blocks of a directory. */
function groupKey(folder: Uri, group: string): string {
  return `${folder}\n* ${group}`;
}

/** The groups of blocks of a directory. */
class Groups {
  readonly members = new Map<string, string[]>();
  readonly #folder: Uri;

  constructor(folder: Uri) {
    this.#folder = folder;
    // A module without outputs returns nothing.
    this.members.set(groupKey(folder, 'outputs'), []);
  }

  /** Whether another version of the directory had the same blocks that can be named in it, in the same order. */
  areIn(before: ContentGraph | undefined): boolean {
    const key = groupKey(this.#folder, 'all');
    return sameTexts(before?.nodes.get(key)?.on ?? [], this.members.get(key) ?? []);
  }

  add(kind: BlockKind, name: string, key: string): void {
    // Outputs are read by callers only.
    const read = kind === 'module' ? returnedKey(this.#folder, name) : key;
    if (kind !== 'output') addTo(this.members, groupKey(this.#folder, 'all'), read);
    if (kind === 'output') addTo(this.members, groupKey(this.#folder, 'outputs'), key);
    else addTo(this.members, groupKey(this.#folder, `word ${kind}`), read);
    if (kind === 'resource' || kind === 'data')
      addTo(this.members, groupKey(this.#folder, `word ${name.split('.')[0]!}`), key);
  }
}

/** The keys of what names in a directory refer to. Names that are not known can refer to all of it. */
export function keysNamedBy(
  names: MentionedNames | undefined,
  folder: Uri,
  blocks: ReadonlyMap<string, Pick<Written, 'arguments'>>,
): readonly string[] {
  if (!names) return [groupKey(folder, 'all'), FILES];
  const { named, attributes, open, readsFiles } = names;
  const found: string[] = readsFiles ? [FILES] : [];
  for (const name of named) {
    const key = `${folder}\n${name}`;
    if (blocks.has(key))
      found.push(name.startsWith('module ') ? returnedKey(folder, name.slice('module '.length)) : key);
  }
  for (const name of attributes) {
    const [resource, attribute] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)];
    const key = `${folder}\n${resource}`;
    const parts = blocks.get(key);
    if (parts) found.push(isComputed(typeIn(resource), attribute, parts) ? computedKey(key) : key);
  }
  for (const word of open) found.push(groupKey(folder, word));
  return found;
}

/** What variables depend on besides their blocks: given values, and what the configuration compares them with. */
function variableInputs({ files }: ModuleSource): ReadonlyMap<string, readonly string[]> {
  const inputs = new Map<string, string[]>();
  for (const [name, texts] of comparedIn(files)) addTo(inputs, name, texts.join('\n'));
  for (const [index, file] of files.values.entries())
    if (file !== 'unread') for (const name of file.values.keys()) addTo(inputs, name, `${index} ${file.written(name)}`);
  return inputs;
}

/** The names in all texts of a block; undefined if some are not known. */
function namesInAll(texts: readonly string[]): MentionedNames | undefined {
  const all: MentionedNames[] = [];
  for (const text of texts) {
    const names = blockNamesIn(text);
    if (!names) return undefined;
    all.push(names);
  }
  if (all.length === 1) return all[0];
  return {
    named: [...new Set(flatMap(all, ({ named }) => named))],
    attributes: [...new Set(flatMap(all, ({ attributes }) => attributes))],
    open: [...new Set(flatMap(all, ({ open }) => open))],
    readsFiles: all.some(({ readsFiles }) => readsFiles),
  };
}
