/** The configured baseline in an editor. */
import type { Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { folderOf, nameOf } from '../base/uri.ts';
import { copyWith } from '../base/copy.ts';
import { flatMap } from '../base/flat-map.ts';
import { EMPTY_BASELINE } from '../baseline/baseline.ts';
import { markKnown } from '../baseline/mark-known.ts';
import { matchBaseline, type BaselineFiles } from '../baseline/match-baseline.ts';
import { readBaseline, type ReadBaseline } from '../baseline/read-baseline.ts';
import { documentAt, relativePath } from '../baseline/relative-path.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Analysis, DocumentAnalysis } from '../engine/analysis.ts';
import { recordingReader } from './reading.ts';
import { identity } from './uri.ts';

/**
 * Marks the findings of runs that are in the configured baseline. The last baseline is kept, because every edit needs
 * it.
 */
export function baselineMarker(): typeof markedByBaseline {
  let last: { readonly doc: Uri; readonly text: string; readonly read: ReadBaseline } | undefined;
  const read = (doc: Uri, text: string): ReadBaseline => {
    if (last?.doc !== doc || last.text !== text) last = { doc, text, read: readBaseline(doc, text) };
    return last.read;
  };
  return (analysis, configuration, reader) => markedByBaseline(analysis, configuration, reader, read);
}

/**
 * An analysis with the findings of the configured baseline marked. The documents depend on the baseline, and on the
 * folders that were searched for renamed files. The result for the baseline file has its problems.
 */
function markedByBaseline(
  analysis: Analysis,
  { baseline: file }: Configuration,
  reader: Reader,
  read = readBaseline,
): Analysis {
  if (!file) return analysis;
  const readByBaseline = new Set<Uri>();
  const disk = recordingReader(reader, readByBaseline);
  const answer = disk.file(file.uri);
  const { baseline, problems } =
    answer.kind === 'text' ? read(file.uri, answer.text) : { baseline: EMPTY_BASELINE, problems: [] };
  const folder = folderOf(identity(file.uri));
  const pathOf = (doc: Uri): string => relativePath(folder, identity(doc));
  const placed = flatMap(analysis.documents, ({ findings }) =>
    findings.map((finding) => ({ path: pathOf(finding.at.doc), finding })),
  );
  const { known } = matchBaseline(baseline, placed, filesOf(analysis, pathOf, folder, disk));
  return {
    ...analysis,
    documents: analysis.documents.map((document) =>
      identity(document.doc) === identity(file.uri)
        ? copyWith<DocumentAnalysis>(document, { reason: 'it is the Stackwarden baseline', problems })
        : markKnown(document, known),
    ),
    dependencies: new Map(
      [...analysis.dependencies].map(([doc, dependencies]) => [doc, new Set([...dependencies, ...readByBaseline])]),
    ),
  };
}

function filesOf(
  { documents, incomplete }: Analysis,
  pathOf: (doc: Uri) => string,
  folder: Uri,
  reader: Reader,
): BaselineFiles {
  const partly = new Set(incomplete.map(({ doc }) => doc));
  const checked = new Set(
    documents
      .filter(({ doc, problems }) => !partly.has(doc) && problems.every(({ kind }) => kind !== 'syntax'))
      .map(({ doc }) => pathOf(doc)),
  );
  return {
    isChecked: (path) => checked.has(path),
    exists: (path) => {
      const doc = documentAt(folder, path);
      const listed = reader.folder(folderOf(doc));
      // What cannot be listed can exist.
      return typeof listed === 'string' ? listed !== 'missing' : listed.some((other) => nameOf(other) === nameOf(doc));
    },
  };
}
