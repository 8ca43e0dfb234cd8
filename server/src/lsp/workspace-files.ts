import type { CancellationToken } from 'vscode-languageserver';
import { groupedBy } from '../base/groups.ts';
import type { Uri } from '../base/span.ts';
import { folderOf } from '../base/uri.ts';
import { configurationSyntax } from '../formats/terraform-files.ts';
import type { FileResult } from './file-result.ts';
import { Superseded } from './run.ts';
import type { Session } from './session.ts';

/** Files that are checked together. */
export type FileGroup = readonly Uri[];

/**
 * The files of a Terraform directory are checked together, because they depend on each other; other files
 * individually.
 */
export function grouped(files: readonly Uri[], { documents }: Pick<Session, 'documents'>): readonly FileGroup[] {
  // Open documents have their own settings.
  return [
    ...groupedBy(files, (file) => (configurationSyntax(file) && !documents.has(file) ? folderOf(file) : file)).values(),
  ];
}

/** The other files of a Terraform directory among some documents; their findings follow from one analysis. */
export function directoryCompanions(doc: Uri, among: readonly Uri[]): readonly Uri[] {
  if (!configurationSyntax(doc)) return [];
  const folder = folderOf(doc);
  return among.filter((other) => other !== doc && configurationSyntax(other) && folderOf(other) === folder);
}

/** The results of a group, which is checked again if it changed during the check. */
export async function analyzedGroup(
  { results }: Pick<Session, 'results'>,
  group: FileGroup,
  token?: CancellationToken,
): Promise<readonly FileResult[]> {
  for (;;) {
    try {
      return [...(await results.ofAll(group, token)).values()];
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
  }
}
