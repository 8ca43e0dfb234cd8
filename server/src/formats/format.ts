/**
 * What each format implements: how its documents are recognized, and how stacks are made from them.
 * `formats/readers/readers.ts` lists the formats.
 */
import type { Snapshot, SnapshotRequest } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import type { Problem } from '../model/finding.ts';
import type { Format } from '../model/format.ts';
import type { Stack } from '../model/resource.ts';
import type { Language, MapNode, Tree } from '../syntax/tree.ts';
import type { ScenarioTerm } from '../model/scenario.ts';
import type { Given } from './given.ts';

export interface FormatReader {
  /** How its documents are recognized. */
  readonly recognition: Recognition;
  /** The stacks of a unit, none if there is nothing to check; undefined until everything is read. */
  load(unit: DocumentUnit, documents: DocumentReader, given: Given): readonly LoadedStack[] | undefined;
}

/** How the documents of a format are recognized, and those of the same tools that are not checked. */
export interface Recognition {
  /** File names that are sufficient, regardless of the content. The first match applies. */
  readonly names?: readonly NamePattern[];
  /** The format of a document by its top-level keys; undefined if it has another format. */
  byKeys?(top: TopKeys): Recognized | undefined;
}

/** File names of documents of a format, or of documents that are not checked. */
export interface NamePattern extends Pick<Detection, 'format' | 'reason'> {
  readonly pattern: RegExp;
  readonly language?: Language;
}

export type Recognized = Pick<Detection, 'format' | 'reason' | 'more'>;

/** The beginning of a document with top-level keys. */
export interface TopKeys {
  /** The file name. */
  readonly name: string;
  readonly text: string;
  /** The map at the top of a JSON document. YAML is recognized without being parsed. */
  readonly root: MapNode | undefined;
  has(key: string): boolean;
}

/** The format of a document. */
export interface Detection {
  /** `none` if it is not checked. */
  readonly format: Format;
  /** The reason as a clause. */
  readonly reason: string;
  /** The syntax of the document; undefined if it is determined from its text. */
  readonly language: Language | undefined;
  /** Set for a document without a format that contains parameter values of a template. */
  readonly parameterFile?: true;
  /** Set if the rest of the document can change the result, such as whether it is a template, or a SAM template. */
  readonly more?: true;
}

/** The documents that form one stack together. */
export interface DocumentUnit {
  readonly format: Format;
  /** The document, or the folder of a directory. */
  readonly id: Uri;
  /** The document. For a directory, its checked documents; one of them may be missing in the listing. */
  readonly documents: readonly [Uri, ...Uri[]];
  /** The syntax of the document; undefined if it is determined from its text. */
  readonly language: Detection['language'];
}

/**
 * The documents of a snapshot. Undefined means not read yet: the document is then requested, and the caller tries again
 * after it is read.
 */
export interface DocumentReader {
  readonly snapshot: Snapshot;
  want(wanted: SnapshotRequest): void;
  /** The format of a document. An unreadable document has a reason. */
  detection(doc: Uri): Detection | undefined;
  /** Undefined until the document is read, or if it cannot be read. */
  tree(doc: Uri, language?: Language): Tree | undefined;
  /** The files of a folder; 'none' if it cannot be listed. */
  folder(uri: Uri): readonly Uri[] | 'none' | undefined;
  /** Data of `schemas/`; null if there is none. */
  data<T>(name: string): T | null | undefined;
  /** What is known of the last versions of units; undefined if documents are analyzed once. */
  readonly known?: KnownUnits | undefined;
}

/** What formats keep of the last version of each unit, by its id. The least recently kept are dropped. */
export interface KnownUnits {
  get(id: Uri): object | undefined;
  keep(id: Uri, known: object): void;
}

/** A stack whose files are read. It is built when its rules run. */
export interface LoadedStack {
  /** The documents of the stack. */
  readonly documents: readonly Uri[];
  /** Documents and folders that the findings may depend on. */
  readonly dependencies: readonly Uri[];
  /** Parts of the stack that were not read. */
  readonly incomplete: readonly Incomplete[];
  /** For a template, a directory or a policy: a unit that other units can contain. */
  readonly unit?: Unit;
  /** The external inputs of a template and its nested templates. */
  readonly inputs?: ReadonlyMap<Uri, SeenInputs>;
  /** Whether files, the configuration or a scenario set values of its parameters or variables. */
  readonly isGiven?: boolean;
  /** If they do, the same documents without these values; undefined if more would have to be read. */
  general?(): LoadedStack | undefined;
  /** The prefixes of the services whose actions it may allow without naming them. */
  services?(): ReadonlySet<string>;
  /**
   * Set if its problems do not depend on what rules evaluate, so that it can be built again for a part of the rules.
   */
  readonly isDivisible?: true;
  /** Builds it in steps. */
  building(): Generator<void, BuiltStack, undefined>;
}

/** A template with its nested templates, or a Terraform directory with its modules and the files that it reads. */
export interface Unit {
  /** The template, or the folder. */
  readonly id: Uri;
  readonly documents: readonly Uri[];
  /** The ids of the units that it contains. */
  readonly within: readonly Uri[];
  /** The files that its expressions read, which can also be checked as documents. */
  readonly files?: readonly Uri[];
}

export interface BuiltStack {
  readonly stack: Stack;
  /** Complete after the rules ran, which evaluate more values. They are computed on first use. */
  readonly problems: readonly Problem[];
  /** Finds the problems in steps, where that takes long. */
  findingProblems?(): Generator<void, unknown, undefined>;
  /** The number of evaluated nodes and expressions. */
  evaluations(): number;
  /** Whether the evaluation exceeded a limit. */
  exhausted(): boolean;
}

export interface Incomplete {
  readonly doc: Uri;
  readonly reason: string;
}

/** The external inputs with which a template was checked. */
export interface SeenInputs {
  /** The sources of parameter values, for users: names of parameter files; empty if all allowed values are possible. */
  readonly deployments: readonly string[];
  /** The terms of the chosen scenario that the template has. Values of secret parameters are hidden. */
  readonly scenario: readonly Required<ScenarioTerm>[];
}

/** A built stack without problems, whose evaluation has no limit. */
export function builtStack(stack: Stack, evaluations = 0): BuiltStack {
  return { stack, problems: [], evaluations: () => evaluations, exhausted: () => false };
}

/** A document with the data that its format needs. */
export interface ReadDocument<Data> {
  readonly tree: Tree;
  /** Null if the data does not exist. */
  readonly data: { readonly [Name in keyof Data]: Data[Name] | null };
}

/**
 * Reads a document together with data of `schemas/`, so that both are requested at once; undefined until everything is
 * read.
 * @param names The name of each piece of data in `schemas/`.
 */
export function readDocument<Data>(
  documents: DocumentReader,
  { doc, language }: { readonly doc: Uri; readonly language: Detection['language'] },
  names: { readonly [Name in keyof Data]: string },
): ReadDocument<Data> | 'unreadable' | undefined {
  const answer = documents.snapshot.file(doc);
  const tree = documents.tree(doc, language);
  const data = readData<Data>(documents, names);
  if (!answer || !data) return undefined;
  return tree ? { tree, data } : 'unreadable';
}

/** Reads data of `schemas/`; undefined until all of it is loaded. */
export function readData<Data>(
  documents: DocumentReader,
  names: { readonly [Name in keyof Data]: string },
): ReadDocument<Data>['data'] | undefined {
  const loaded = Object.entries<string>(names).map(([key, name]) => [key, documents.data(name)] as const);
  return loaded.some(([, data]) => data === undefined)
    ? undefined
    : (Object.fromEntries(loaded) as ReadDocument<Data>['data']);
}
