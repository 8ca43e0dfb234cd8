/** Terraform directories, with the modules that they call below the root. */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import type { Uri } from '../../base/span.ts';
import { carriersByType, type PolicyLocations } from '../policy-locations.ts';
import { labeledBlocks } from './bodies.ts';
import { TerraformConfiguration } from './configuration.ts';
import { configurationSyntax, filesOf } from '../terraform-files.ts';
import { downloadedFolder, isRecordOf, manifestIn, manifestOf } from './module-manifest.ts';
import { isLocalSource, moduleCalls, type ModuleCall, type ModuleSource } from './module-source.ts';
import { ReadFiles } from './read-files.ts';
import { makingTerraformStack } from './stack.ts';
import { uriBeside } from '../uri-beside.ts';
import type { Problem } from '../../model/finding.ts';
import { textOf, valueOf, type Tree } from '../../syntax/tree.ts';
import { readData, type DocumentReader, type DocumentUnit, type Incomplete, type LoadedStack } from '../format.ts';
import type { Given } from '../given.ts';
import { refusals } from '../refusals.ts';
import { findingSecrets } from '../secret-places.ts';
import { linksFor } from '../relations/load-links.ts';
import { mappingsFor, servicesOfMappings } from './load-mappings.ts';
import { givenVariables, PARTLY_PARSED, variableFile } from './load-variables.ts';

/** The maximum nesting depth of modules, and the maximum number of directories of a configuration. */
const MOST_DEEP = 10;
const MOST_DIRECTORIES = 100;

/**
 * The stack of a directory, whose files Terraform evaluates together, and of its modules; undefined until all are read.
 * https://developer.hashicorp.com/terraform/language/files
 */
export function loadDirectory(
  { id: folder, format, documents: named }: DocumentUnit,
  documents: DocumentReader,
  given: Given,
): readonly [LoadedStack] | undefined {
  const data = readData<{ index: unknown; locations: PolicyLocations }>(documents, {
    index: 'mappings/index',
    locations: 'iam/locations',
  });
  const loading = new Loading(documents, given);
  const source = loading.directory(folder, named);
  if (!source || !data) return undefined;
  const read = [...loading.read.values()];
  const types = flatMap(read, ({ files }) => flatMap(files.configuration, (tree) => resourceTypes(tree)));
  const mappings = mappingsFor(documents, data.index, types);
  const linksOf = mappings && linksFor(documents, servicesOfMappings(mappings));
  if (!mappings || !linksOf) return undefined;
  const own = loading.documents.get(folder)!;
  const configured = [...own, ...flatMap([...loading.documents], ([other, docs]) => (other === folder ? [] : docs))];
  const files = new ReadFiles(documents, folder, read);
  const variables = givenVariables(documents, source.files, own, given);
  if (files.lacking || !variables) return undefined;
  const all = [...configured, ...files.requested.filter((doc) => files.isDocument(doc) && !configured.includes(doc))];
  return [
    {
      documents: all,
      dependencies: [...loading.requested, ...files.requested, ...variables.dependencies],
      incomplete: [...loading.incomplete, ...variables.incomplete],
      ...(variables.names.length > 0
        ? { inputs: new Map(own.map((doc) => [doc, { deployments: [variables.names.join(' and ')], scenario: [] }])) }
        : {}),
      isGiven: source.files.values.length > 0 || variables.values.length > 0,
      unit: {
        id: folder,
        documents: own,
        within: [
          ...[...loading.documents.keys()].filter((other) => other !== folder),
          ...files.requested.filter((doc) => files.isDocument(doc)),
        ],
        files: files.requested,
      },
      *building() {
        for (const tree of flatMap(read, (one) => one.files.configuration)) yield* findingSecrets(tree);
        const directory = yield* TerraformConfiguration.reading(
          { ...source, files: { ...source.files, values: [...source.files.values, ...variables.values] } },
          files,
          loading.problems,
          documents.known,
        );
        yield;
        const native = yield* directory.readingNative();
        yield;
        const stack = yield* makingTerraformStack(native, {
          format,
          documents: all,
          mappings,
          carriers: carriersByType(data.locations),
          linksOf,
          stated: given.account,
        });
        // Rules evaluate more values, which can add problems.
        return {
          stack,
          problems: directory.problems,
          evaluations: () => directory.evaluations,
          exhausted: () => directory.exhausted,
        };
      },
    },
  ];
}

const resourceTypes = memoize((tree: Tree) => [
  ...new Set(labeledBlocks(tree.roots[0], 'resource').map(({ type }) => type)),
]);

class Loading {
  readonly #documents: DocumentReader;
  readonly #given: Given;
  /** The source of each directory, read once. */
  readonly read = new Map<Uri, ModuleSource>();
  /** The configuration files of each directory. */
  readonly documents = new Map<Uri, readonly Uri[]>();
  /** All requested files and folders. */
  readonly requested = new Set<Uri>();
  readonly incomplete: Incomplete[] = [];
  readonly problems: Problem[] = [];

  constructor(documents: DocumentReader, given: Given) {
    this.#documents = documents;
    this.#given = given;
  }

  /**
   * @param above The folders of the calling modules, the outermost first.
   * @param path The names of the calls that lead to the module.
   */
  directory(
    folder: Uri,
    named: readonly Uri[],
    above: readonly Uri[] = [],
    path: readonly string[] = [],
  ): ModuleSource | undefined {
    const held = this.read.get(folder);
    if (held) return held;
    const listed = this.#documents.folder(folder);
    if (!listed) return undefined;
    this.requested.add(folder);
    const { configuration, values } = filesOf([...new Set([...(listed === 'none' ? [] : listed), ...named])].sort());
    // Variable files apply to the root module only.
    const areApplied = above.length === 0 && !this.#given.withoutOwnFiles;
    const given = areApplied ? values.map((doc) => ({ doc, file: variableFile(this.#documents, doc) })) : [];
    const files = [...configuration, ...given.map(({ doc }) => doc)];
    const trees = configuration.map((doc) => ({
      doc,
      answer: this.#documents.snapshot.file(doc),
      tree: this.#documents.tree(doc, configurationSyntax(doc)?.language),
    }));
    if (trees.some(({ answer }) => !answer) || given.some(({ file }) => !file)) return undefined;
    for (const doc of files) this.requested.add(doc);
    const byDoc = new Map(trees.map(({ doc, tree }) => [doc, tree]));
    const read = (docs: readonly Uri[]): Tree[] => flatMap(docs, (doc) => byDoc.get(doc) ?? []);
    for (const { doc, file } of given)
      if (file !== 'unread' && !file!.complete) this.incomplete.push({ doc, reason: PARTLY_PARSED });
    if (listed === 'none')
      this.incomplete.push({
        doc: folder,
        reason: 'cannot be listed, so other files of the configuration are not read',
      });
    this.incomplete.push(...refusals(this.#documents, files));
    this.documents.set(folder, configuration);
    const modules = new Map<string, ModuleSource>();
    const source: ModuleSource = {
      modules,
      files: {
        folder,
        configuration: read(configuration),
        values: given.map(({ file }) => file!),
        open: listed === 'none' || trees.some(({ tree }) => !tree),
      },
    };
    // Modules that call this one again find this entry, which ends the cycle.
    const calls = new Map(
      flatMap(source.files.configuration, (tree) => moduleCalls(tree).map((call) => [call.name, call] as const)),
    );
    let lacking = false;
    for (const call of calls.values()) {
      const found = this.#module(call, [...above, folder], [...path, call.name]);
      if (found === undefined) lacking = true;
      else if (found) modules.set(call.name, found);
    }
    if (lacking) return undefined;
    this.read.set(folder, source);
    return source;
  }

  /** The module of a call; null if it cannot be read. */
  #module(call: ModuleCall, above: readonly Uri[], path: readonly string[]): ModuleSource | null | undefined {
    const { name, tree, source } = call;
    if (!source) return null;
    const folder = isLocalSource(source.text)
      ? (uriBeside(tree.doc, source.text) ?? null)
      : this.#downloaded(call, source.text, above[0]!, path);
    if (folder === undefined || folder === null) return folder;
    if (above.includes(folder)) {
      this.problems.push({
        at: source.at,
        message: `The module ${name} is part of a cycle of module calls. Remove the cycle.`,
        kind: 'document',
      });
      return null;
    }
    if (above.length > MOST_DEEP || this.documents.size >= MOST_DIRECTORIES) {
      this.incomplete.push({
        doc: tree.doc,
        reason: `exceeds the limit of nested modules, so findings may be missing in ${source.text}`,
      });
      return null;
    }
    const listed = this.#documents.folder(folder);
    if (!listed) return undefined;
    this.requested.add(folder);
    if (listed === 'none') {
      const isOutside = this.#documents.snapshot.folder(folder) === 'outside';
      this.incomplete.push({
        doc: tree.doc,
        reason: isOutside
          ? `calls a module that is not read: ${source.text}. The module source is outside the workspace root.`
          : `calls a module that does not exist: ${source.text}`,
      });
      return null;
    }
    if (filesOf(listed).configuration.length === 0) {
      this.incomplete.push({ doc: tree.doc, reason: `calls a module without configuration files: ${source.text}` });
      return null;
    }
    return this.directory(folder, [], above, path);
  }

  /** The folder of a downloaded module; null if it is not downloaded, or from another source or version. */
  #downloaded({ tree, body }: ModuleCall, source: string, root: Uri, path: readonly string[]): Uri | null | undefined {
    const doc = manifestOf(root);
    const answer = this.#documents.snapshot.file(doc);
    if (!answer) {
      this.#documents.want({ file: doc });
      return undefined;
    }
    this.requested.add(doc);
    if (answer.kind === 'missing') return null;
    const file = this.#documents.tree(doc, 'json');
    const manifest = file && manifestIn(file);
    if (!manifest) {
      this.incomplete.push({ doc, reason: 'cannot be read, so downloaded modules are not checked' });
      return null;
    }
    const record = manifest.get(path.join('.'));
    if (!record || !isRecordOf(record, source, textOf(valueOf(body, 'version')))) {
      this.incomplete.push({
        doc: tree.doc,
        reason: `calls a module that is not downloaded in this version: ${source}. Run terraform init.`,
      });
      return null;
    }
    const folder = downloadedFolder(root, record);
    if (folder === undefined)
      this.incomplete.push({
        doc,
        reason: `names a folder outside .terraform/modules, which is not read: ${record.folder}`,
      });
    return folder ?? null;
  }
}
