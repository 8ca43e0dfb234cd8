import type { Uri } from '../base/span.ts';
import { decoded } from '../base/uri.ts';
import { fitsGlob } from './glob.ts';

/** A path pattern with its base folder. */
export interface PathPattern {
  /** Without trailing slash. */
  readonly folder: Uri;
  /** `policies/scp/*.json`. One without a slash matches file names in all folders. */
  readonly pattern: string;
}

/** Whether a document matches a pattern. */
export function matchesPath({ folder, pattern }: PathPattern, doc: Uri): boolean {
  if (!doc.startsWith(`${folder}/`) && pattern.includes('/')) return false;
  const path = pattern.includes('/') ? doc.slice(folder.length + 1) : doc.slice(doc.lastIndexOf('/') + 1);
  return fitsGlob(pattern.replace(/^\.?\//, ''), decoded(path));
}
