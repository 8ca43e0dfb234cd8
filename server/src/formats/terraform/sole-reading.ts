/**
 * Proves that only one block uses a value that is written elsewhere, so that a change of the value changes nothing
 * else: each name on the way from the value to the block is read in one place, which passes the value on.
 */
import type { Uri } from '../../base/span.ts';
import { folderOf, nameOf } from '../../base/uri.ts';
import { valueOf, type Tree } from '../../syntax/tree.ts';
import { inFile, type Located } from '../located.ts';
import { refusal, type Refusal } from '../lowering.ts';
import { namedBlocks } from './bodies.ts';
import { isGeneratedFile } from './cdktf.ts';
import { isLoaded } from '../terraform-files.ts';
import { blockPath, shownName, stepsTo, type Definition, type NodeStep } from './definition.ts';
import type { DirectoryFiles, ModuleSource } from './module-source.ts';
import { hidesReadings, isSetOf, passesOn, readingsIn, readingsOfPart, type Reading } from './readings.ts';

/** The maximum number of names on the way from a value to the block that uses it. */
const MOST_NAMES = 20;

/** Arguments of a module call that are not passed to the module. */
const META: ReadonlySet<string> = new Set(
  ['source', 'version', 'count', 'for_each', 'providers', 'depends_on'].map((name) => `var.${name}`),
);

/** A name of a module, with the part of its value in question; `any` for all of its parts. */
interface Part {
  readonly source: ModuleSource;
  readonly name: string;
  readonly path: readonly NodeStep[] | 'any';
}

export class SoleReadings {
  readonly #root: ModuleSource;
  readonly #readings = new Map<Uri, ReadonlyMap<string, readonly Reading[]>>();
  #sources: ReadonlyMap<Tree, ModuleSource> | undefined;

  /** `root` is the configuration with the modules that it calls. */
  constructor(root: ModuleSource) {
    this.#root = root;
  }

  /**
   * The only place in a resource where a value is read, in its block or in a data source behind it; otherwise the
   * reason why the value cannot be changed for it alone.
   * @param path The steps to the value, or to the list from which an item is removed or to which one is added; `any` if
   * nothing else can read the name, because Terraform orders the uses of a name and not of its parts.
   */
  of({ kind, name, call }: Definition, path: Part['path'], located: Located): Reading | Refusal {
    const { tree } = inFile(located);
    if (isGeneratedFile(tree)) return refusal('the file is generated; change its source');
    const source = kind === 'file' ? this.#root : (this.#sources ??= sourcesIn(this.#root)).get(tree);
    const obstacle = kind === 'file' ? this.#obstacleOfFile(name, tree) : undefined;
    if (!source || obstacle) return obstacle ?? refusal('the value is set in another configuration');
    if (kind === 'default' && source !== this.#root)
      return refusal(`other calls of the module can use the default of ${name}`);
    return call === undefined
      ? (validated(source.files, name) ?? this.#reading({ source, name, path }, MOST_NAMES))
      : this.#passed(source, call, { name, path }, MOST_NAMES);
  }

  /** Why a variable file is not the only source of a variable in this configuration alone. */
  #obstacleOfFile(name: string, { doc }: Tree): Refusal | undefined {
    const { values, folder } = this.#root.files;
    const setting = values.filter((file) => file === 'unread' || file.values.has(name.slice('var.'.length)));
    if (setting.length > 1) return refusal(`${setting.length} files can set ${name}`);
    return folderOf(doc) === folder && isLoaded(doc)
      ? undefined
      : refusal(`other configurations can use ${nameOf(doc)}`);
  }

  /** The reading of an argument in the module that a call passes it to. */
  #passed(
    source: ModuleSource,
    call: string,
    { name, path }: Pick<Part, 'name' | 'path'>,
    left: number,
  ): Reading | Refusal {
    const called = source.modules.get(call);
    if (!called) return refusal(`module.${call} is not read, so other uses of ${name} are not known`);
    if (META.has(name)) return refusal(`module.${call} does not pass the value on`);
    return validated(called.files, name) ?? this.#reading({ source: called, name, path }, left);
  }

  #reading({ source, name, path }: Part, left: number): Reading | Refusal {
    const steps = path === 'any' ? [] : path;
    const shown = shownName(name, steps);
    if (left === 0) return refusal(`too many names refer to ${shown}`);
    const { files } = source;
    if (files.open) return refusal(`files that are not read can use ${shown} too`);
    if (files.configuration.some(hidesReadings)) return refusal(`syntax errors can hide other uses of ${shown}`);
    const all = readingsOfPart(this.#readingsIn(source).get(name) ?? [], steps);
    const [only, ...others] = all;
    if (others.length > 0) return refusal(`${shown} is used in ${all.length} places`);
    if (!only) return refusal(`no use of ${shown} is found`);
    const { reading, rest } = only;
    // The policy is an attribute of the data source.
    const deeper = path !== 'any' && reading.steps.length > steps.length && !name.startsWith('data.');
    if (!passesOn(reading) || deeper) return refusal(`an expression computes it from ${shown}`);
    const { section, labels, path: within } = blockPath(stepsTo(reading.node));
    const [first, ...inner] = within;
    const onward = path === 'any' ? path : [...inner, ...(rest ?? [])];
    if (within.at(-1) === 'for_each' && isSetOf(reading) && within.length === 1)
      return refusal(`the items of ${shownName(name, [])} are keys of instances, which a change would replace`);
    if (within.at(-1) === 'for_each' || within.at(-1) === 'count') return refusal(`a block is repeated over ${shown}`);
    switch (section) {
      case 'resource':
        return reading;
      case 'locals':
        return this.#reading({ source, name: `local.${first}`, path: onward }, left - 1);
      case 'module':
        return this.#passed(source, labels[0]!, { name: `var.${first}`, path: onward }, left - 1);
      case 'data':
        return labels[0] === 'aws_iam_policy_document'
          ? this.#reading({ source, name: `data.${labels.join('.')}`, path: path === 'any' ? path : [] }, left - 1)
          : refusal(`a data source computes the value from ${shown}`);
      default:
        return refusal(`${section === 'output' ? 'an output' : 'another block'} uses ${shown}`);
    }
  }

  #readingsIn({ files }: ModuleSource): ReadonlyMap<string, readonly Reading[]> {
    const held = this.#readings.get(files.folder);
    if (held) return held;
    const found = readingsIn(files.configuration);
    this.#readings.set(files.folder, found);
    return found;
  }
}

/** Why a variable cannot have any other value. */
function validated({ configuration }: DirectoryFiles, name: string): Refusal | undefined {
  const isValidated = configuration.some((tree) =>
    namedBlocks(tree.roots[0], 'variable').some(
      (block) => `var.${block.name}` === name && valueOf(block.body, 'validation') !== undefined,
    ),
  );
  return isValidated ? refusal(`${name} has a validation rule; set a value that it accepts`) : undefined;
}

/** The directory of each file of a configuration. */
function sourcesIn(root: ModuleSource): ReadonlyMap<Tree, ModuleSource> {
  const found = new Map<Tree, ModuleSource>();
  const seen = new Set<ModuleSource>();
  const open = [root];
  for (let source = open.pop(); source; source = open.pop()) {
    if (seen.has(source)) continue;
    seen.add(source);
    for (const tree of source.files.configuration) found.set(tree, source);
    open.push(...source.modules.values());
  }
  return found;
}
