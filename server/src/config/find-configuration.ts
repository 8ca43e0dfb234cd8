import type { FileAnswer, Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { CONFIGURATION_FILE } from '../base/configuration-file.ts';
import { folderOf } from '../base/uri.ts';

export interface FoundConfiguration {
  readonly doc: Uri;
  readonly answer: Exclude<FileAnswer, { kind: 'missing' }>;
}

/**
 * The configuration file of a document: the nearest one in its folder and parent folders, up to the root. Undefined
 * if there is none. An unreadable file is returned, so that it is reported.
 */
export function findConfiguration(reader: Reader, doc: Uri, root: Uri): FoundConfiguration | undefined {
  const top = root.replace(/\/$/, '');
  for (let folder = folderOf(doc); folder === top || folder.startsWith(`${top}/`); folder = folderOf(folder)) {
    const candidate = `${folder}/${CONFIGURATION_FILE}`;
    const answer = reader.file(candidate);
    if (answer.kind !== 'missing') return { doc: candidate, answer };
    if (folder === top) return undefined;
  }
  return undefined;
}
