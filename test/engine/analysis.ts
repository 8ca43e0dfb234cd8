/** Whole analyses of documents in memory. */
import type { FileAnswer, Reader } from '../../server/src/base/snapshot.ts';
import type { Uri } from '../../server/src/base/span.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { Analysis, AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { run } from '../../server/src/engine/run.ts';
import type { Finding } from '../../server/src/model/finding.ts';
import { memoryReader } from '../kit/memory-reader.ts';

export const EVERYTHING: AnalysisOptions = {
  profile: 'strict',
  certainty: 'possible',
  configuration: DEFAULT_CONFIGURATION,
};

const FOLDER = 'file:///w/';

/** The uri of a file of a test. */
export function uri(name: string): Uri {
  return FOLDER + name;
}

/** The files of a test by name. */
export type Files = Readonly<Record<string, string>>;

/** Reads the files of a test; those with an answer of their own give that. */
export function readerOf(files: Files, answers: Readonly<Record<string, FileAnswer>> = {}): Reader {
  const reader = memoryReader(new Map(Object.entries(files).map(([name, text]) => [uri(name), text])));
  const own = new Map(Object.entries(answers).map(([name, answer]) => [uri(name), answer]));
  return {
    ...reader,
    file: (doc) => own.get(doc) ?? reader.file(doc),
    folder: (folder) => {
      const listed = reader.folder(folder);
      return typeof listed === 'string' ? listed : [...new Set([...listed, ...own.keys()])].sort();
    },
  };
}

/** Analyses files, of which all are named unless some are. */
export function analysed(
  files: Files,
  options: Partial<AnalysisOptions> = {},
  named: readonly string[] = Object.keys(files),
): Analysis {
  return run(readerOf(files), named.map(uri), { ...EVERYTHING, ...options });
}

export function findingsOf({ documents }: Analysis): readonly Finding[] {
  return documents.flatMap(({ findings }) => findings);
}

/** What is found, a line each, without where it is. */
export function linesOf(analysis: Analysis): readonly string[] {
  return findingsOf(analysis).map(({ rule, certainty, severity, resource, path, when }) =>
    [rule, certainty, severity, resource, path, ...when.map(({ name, value }) => `${name}=${String(value)}`)].join(' '),
  );
}
