import type { Uri } from '../base/span.ts';
import { decoded } from '../base/uri.ts';
import { fitsGlob } from './glob.ts';

/** A pattern of paths with the folder that it counts from. */
export interface PathPattern {
  /** Without a slash at its end. */
  readonly folder: Uri;
  /** `policies/scp/*.json`. One without a slash is about names, in whatever folder. */
  readonly pattern: string;
}

/** Whether a document is one of those that a pattern means. */
export function fitsPattern({ folder, pattern }: PathPattern, doc: Uri): boolean {
  if (!doc.startsWith(`${folder}/`) && pattern.includes('/')) return false;
  const path = pattern.includes('/') ? doc.slice(folder.length + 1) : doc.slice(doc.lastIndexOf('/') + 1);
  return fitsGlob(pattern.replace(/^\.?\//, ''), decoded(path));
}
