import type { FileAnswer, Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { CONFIGURATION_FILE } from '../base/configuration-file.ts';
import { folderOf } from '../base/uri.ts';

export interface FoundConfiguration {
  readonly doc: Uri;
  readonly answer: Exclude<FileAnswer, { kind: 'missing' }>;
}

/**
 * The configuration file that counts for a document: the nearest one in its folder and the folders above, up to the root.
 * Undefined when there is none. One that cannot be read is found all the same, so that it is not passed over in silence.
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
