/** The input of the core. The host fills it; the core never reads anything itself. */
import type { Uri } from './span.ts';

/** The content of one file, or why it is not available. */
export type FileAnswer =
  | { readonly kind: 'text'; readonly text: string; /** Changes with the content. */ readonly version: string }
  | { readonly kind: 'missing' }
  /** It is outside the root, too large, unreadable or not text. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The URIs of the files directly in a folder, sorted, or why they are not available: the folder does not exist, is
 * outside of the root, or cannot be listed.
 */
export type FolderAnswer = readonly Uri[] | 'missing' | 'outside' | 'refused';

export type SnapshotRequest =
  | { readonly file: Uri }
  /** Its first 64 KiB. */
  | { readonly head: Uri }
  | { readonly folder: Uri }
  /** A file of `schemas/` by its name there, without extension: `mappings/s3`, `cloudformation/s3`. */
  | { readonly data: string };

export interface Snapshot {
  /** The documents whose findings are reported; others are only read. */
  readonly named: readonly Uri[];
  /** Undefined if the host has not read it yet: the core then requests it. */
  file(uri: Uri): FileAnswer | undefined;
  /** The first 64 KiB of a file as text, for detection; undefined if the host has not read it yet. */
  head(uri: Uri): FileAnswer | undefined;
  /** Undefined if the host has not read it yet. */
  folder(uri: Uri): FolderAnswer | undefined;
  /** Parsed JSON of `schemas/`; undefined if not loaded yet, null if it does not exist. */
  data(name: string): unknown;
}

/**
 * The host's side of a snapshot: reads the requested files. Open buffers take precedence over files on disk. Nothing
 * outside of `root` is read.
 */
export interface Reader {
  file(uri: Uri): FileAnswer;
  head(uri: Uri): FileAnswer;
  folder(uri: Uri): FolderAnswer;
  data(name: string): unknown;
}
