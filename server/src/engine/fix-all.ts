import type { FileAnswer, Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { applyEdits, mergePatches } from '../fixes/merge.ts';
import type { AnalysisOptions } from './analysis.ts';
import { ParseCache } from './parse-cache.ts';
import { run } from './run.ts';

/** The number of times that documents are fixed and looked at again. */
export const MAX_PASSES = 10;

export interface FixedDocuments {
  /** The new text of each document that changed. */
  readonly texts: ReadonlyMap<Uri, string>;
  readonly passes: number;
  /** How many findings were fixed, by the document that they were in. */
  readonly fixed: ReadonlyMap<Uri, number>;
}

/**
 * Carries out the safe fixes of the certain findings of the named documents, and looks at the result again until nothing is
 * left to fix. Fixes that meet each other wait for the next pass. Documents that are not named are changed too where a fix
 * belongs there; a text that a fix would not change for good is left after a fixed number of passes.
 */
export function fixAll(
  reader: Reader,
  named: readonly Uri[],
  options: AnalysisOptions,
  cache = new ParseCache(),
): FixedDocuments {
  const texts = new Map<Uri, string>();
  const fixed = new Map<Uri, number>();
  let passes = 0;
  while (passes < MAX_PASSES) {
    const { documents } = run(overlaid(reader, texts), named, { ...options, certainty: 'certain' }, cache);
    const patches = documents.flatMap(({ doc, findings }) =>
      findings.flatMap((finding) => {
        const fix = finding.fixes.find((candidate) => candidate.safe);
        return fix ? [{ ...fix, doc }] : [];
      }),
    );
    if (patches.length === 0) break;
    const { edits, accepted } = mergePatches(patches, (doc) => texts.get(doc) ?? textOf(reader.file(doc)));
    const before = new Map(edits.map(({ doc }) => [doc, texts.get(doc) ?? textOf(reader.file(doc))]));
    if ([...before.values()].includes(undefined)) break;
    passes++;
    for (const [doc, text] of before)
      texts.set(
        doc,
        applyEdits(
          text!,
          edits.filter((edit) => edit.doc === doc),
        ),
      );
    for (const { doc } of accepted) fixed.set(doc, (fixed.get(doc) ?? 0) + 1);
  }
  return { texts, passes, fixed };
}

function textOf(answer: FileAnswer): string | undefined {
  return answer.kind === 'text' ? answer.text : undefined;
}

/** The same files, with some texts in place of what is there. */
function overlaid(reader: Reader, texts: ReadonlyMap<Uri, string>): Reader {
  const file = (uri: Uri): FileAnswer => {
    const text = texts.get(uri);
    return text === undefined ? reader.file(uri) : { kind: 'text', text, version: `fixed ${text}` };
  };
  return {
    file,
    head: (uri) => (texts.has(uri) ? file(uri) : reader.head(uri)),
    folder: (uri) => reader.folder(uri),
    data: (name) => reader.data(name),
  };
}
