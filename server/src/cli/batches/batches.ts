/** Splits the files of a run into batches, so that several threads can check them and few trees are held at a time. */
import { flatMap } from '../../base/flat-map.ts';
import type { Uri } from '../../base/span.ts';
import { folderOf } from '../../base/uri.ts';
import { UnionFind } from './union-find.ts';

/** A file with the facts that determine its batch. */
export interface BatchFile {
  readonly uri: Uri;
  /** In bytes. */
  readonly size: number;
  /** The text, if it is to be searched for the names of other files. */
  readonly text: () => string;
}

/** A batch: indexes of files, in their order. */
export type Batch = readonly number[];

/** The number of files at which a batch is full. */
const FULL_FILES = 32;

/** The number of bytes at which a batch is full, by the number that is not in an earlier one. */
export type FullBytes = (left: number) => number;

/**
 * Batches for a number of threads: half of what each has left, within limits. The files of a batch are read, then
 * evaluated, then checked, so a large batch takes less time than small ones. But when there is no batch left, threads
 * wait for the one that still has one, so the last batches of several threads are small.
 */
export function shrinkingBatches(threads: number): FullBytes {
  if (threads === 1) return () => MOST_BYTES;
  return (left) => Math.max(LEAST_BYTES, Math.min(left / threads / 2, MOST_BYTES));
}

const LEAST_BYTES = 16 * 1024;
const MOST_BYTES = 512 * 1024;

/** The largest file that is searched for names. Larger ones are plans and states, which name no files. */
const MOST_SEARCHED = 1024 * 1024;

/** The end of a name of a document. Few of a text are one, so they are searched first. */
const DOCUMENT_ENDING = /\.(?:ya?ml|json|template)(?![\w-])/g;

/** The local source of a Terraform module. */
const MODULE_SOURCE = /\bsource"?\s*[=:]\s*"(\.{1,2}\/[^"\s]*)"/g;

/**
 * The batches of files. Files that seem to belong together are in one batch: those of a Terraform directory and of the
 * modules that it calls, and templates that name each other. Whether they do is known only after they are analyzed;
 * `linkedBatches` corrects it.
 */
export function batchesOf(files: readonly BatchFile[], fullBytes: FullBytes): readonly Batch[] {
  const units = new UnionFind(files.length);
  const byUri = new Map(files.map(({ uri }, index) => [uri, index]));
  const firstIn = new Map<Uri, number>();
  for (const [index, { uri }] of files.entries()) {
    if (!isTerraform(uri)) continue;
    const folder = folderOf(uri);
    const first = firstIn.get(folder);
    if (first === undefined) firstIn.set(folder, index);
    else units.unite(first, index);
  }
  for (const [index, { uri, size, text }] of files.entries()) {
    if (size > MOST_SEARCHED) continue;
    for (const named of namedIn(uri, text())) {
      const other = byUri.get(named) ?? firstIn.get(named);
      if (other !== undefined) units.unite(index, other);
    }
  }
  return filled(units.groups(), files, fullBytes);
}

/** Puts units into batches, in their order, until each is full. */
function filled(units: readonly Batch[], files: readonly BatchFile[], fullBytes: FullBytes): readonly Batch[] {
  const batches: number[][] = [];
  let left = files.reduce((sum, { size }) => sum + size, 0);
  let room = 0;
  for (const unit of units) {
    const size = unit.reduce((sum, index) => sum + files[index]!.size, 0);
    const last = batches.at(-1);
    if (last && size <= room && last.length + unit.length <= FULL_FILES) {
      last.push(...unit);
    } else {
      batches.push([...unit]);
      room = fullBytes(left);
    }
    room -= size;
    left -= size;
  }
  return batches.map((batch) => batch.sort((a, b) => a - b));
}

/**
 * The batches whose files depend on each other, united; none if no file depends on one of another batch. `linked` has
 * pairs of files; the first of each pair depends on the second.
 */
export function linkedBatches(
  batches: readonly Batch[],
  linked: Iterable<readonly [from: number, to: number]>,
): readonly { readonly parts: readonly Batch[]; readonly whole: Batch }[] {
  const batchOf = new Map(flatMap(batches, (batch, index) => batch.map((file) => [file, index] as const)));
  const units = new UnionFind(batches.length);
  for (const [from, to] of linked) units.unite(batchOf.get(from)!, batchOf.get(to)!);
  return units
    .groups()
    .filter((group) => group.length > 1)
    .map((group) => {
      const parts = group.map((index) => batches[index]!);
      return { parts, whole: parts.flat().sort((a, b) => a - b) };
    });
}

function isTerraform(uri: Uri): boolean {
  return /\.(?:tf|tofu|tfvars)(?:\.json)?$/.test(uri);
}

/** The documents and folders that a text may name. */
function namedIn(from: Uri, text: string): Iterable<Uri> {
  const names = [
    ...documentNames(text),
    ...(isTerraform(from) ? [...text.matchAll(MODULE_SOURCE)].map(([, source]) => source!) : []),
  ];
  const folder = folderOf(from);
  return new Set(names.map((name) => beside(folder, name)));
}

/**
 * The names of documents, as a template or a Terraform configuration refers to them: of characters of paths, up to the
 * last ending of a document.
 */
export function documentNames(text: string): readonly string[] {
  const names: string[] = [];
  let start = 0;
  let end = 0;
  let isNamed = false;
  for (const { index, 0: ending } of text.matchAll(DOCUMENT_ENDING)) {
    let first = index;
    while (first > end && isOfPath(text.charCodeAt(first - 1))) first--;
    // A name can have several endings, as in `a.json/b.json`.
    if (first > end || end === 0) start = first;
    else if (isNamed) names.pop();
    end = index + ending.length;
    isNamed = start < index;
    if (isNamed) names.push(text.slice(start, end));
  }
  return names;
}

/** Whether a character is a letter, a digit or one of `_@./-`. */
function isOfPath(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 45 && code <= 57) || (code >= 64 && code <= 90) || code === 95;
}

/** The document or folder at a path relative to a folder. */
function beside(folder: Uri, path: string): Uri {
  const parts = folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
