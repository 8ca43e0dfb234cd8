/** What the core may look at. The host fills it; the core never reads anything itself. */
import type { Uri } from './span.ts';

/** What is known of one file. */
export type FileAnswer =
  | { readonly kind: 'text'; readonly text: string; /** Changes with the content. */ readonly version: string }
  | { readonly kind: 'missing' }
  /** It is outside the root, too large, unreadable or not text. */
  | { readonly kind: 'refused'; readonly reason: string };

/** The uris of the files directly in a folder, sorted, or why there are none to tell: it is not there, outside the root, or cannot be listed. */
export type FolderAnswer = readonly Uri[] | 'missing' | 'outside' | 'refused';

export type Wanted =
  | { readonly file: Uri }
  /** Its first 64 KiB. */
  | { readonly head: Uri }
  | { readonly folder: Uri }
  /** A file of `schemas/` by its name there, without extension: `mappings/s3`, `cloudformation/s3`. */
  | { readonly data: string };

export interface Snapshot {
  /** The documents whose findings are reported; others are only read. */
  readonly named: readonly Uri[];
  /** Undefined when the host has not looked yet: the core then wants it. */
  file(uri: Uri): FileAnswer | undefined;
  /** The first 64 KiB of a file as text, for detection; undefined if the host has not looked yet. */
  head(uri: Uri): FileAnswer | undefined;
  /** Undefined when the host has not looked yet. */
  folder(uri: Uri): FolderAnswer | undefined;
  /** Parsed JSON of `schemas/`; undefined if not loaded yet, null when there is no such data. */
  data(name: string): unknown;
}

/** A host's side of a snapshot: reads what is wanted. Open buffers come before files on disk. Nothing is read outside `root`. */
export interface Reader {
  file(uri: Uri): FileAnswer;
  head(uri: Uri): FileAnswer;
  folder(uri: Uri): FolderAnswer;
  data(name: string): unknown;
}
