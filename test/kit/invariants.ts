/** Invariants of every analysis. */
import type { Reader } from '../../server/src/base/snapshot.ts';
import type { Range, Uri } from '../../server/src/base/span.ts';
import type { Analysis, AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { fixAll, MAX_PASSES } from '../../server/src/engine/fix-all.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { run } from '../../server/src/engine/run.ts';
import { internalsIn } from './internals-in.ts';
import { applyFix, readBack, type Sample } from './read-back.ts';

export interface Examined {
  /** Undefined when the analysis threw. */
  readonly analysis: Analysis | undefined;
  /** What does not hold, a sentence each. */
  readonly broken: readonly string[];
}

/** How much is examined; everything when left out. */
export interface Examination {
  /**
   * What a broken line means is a guess, and a fix beside it may turn that guess: a fix has to read back only when the
   * documents have no syntax problems.
   */
  readonly soundAlone?: boolean;
  /** When false, the edits of a fix have to fit, and what they come to is not looked at. */
  readonly readsBack?: boolean;
  /** Which fixes are read back. */
  readonly sample?: Sample | undefined;
  /** Leaves out the second analysis, which has to give the same and starts with nothing remembered. */
  readonly once?: boolean;
  /** What is remembered of other inputs, which must not change anything. */
  readonly cache?: ParseCache;
}

/**
 * Analyses documents and tells what does not hold: nothing is thrown, no rule breaks, the same input gives the same
 * output, every range lies in its text, and every fix reads back.
 */
export function examine(
  reader: Reader,
  named: readonly Uri[],
  options: AnalysisOptions,
  { soundAlone = false, readsBack = true, once = false, cache = new ParseCache(), sample }: Examination = {},
): Examined {
  let analysis: Analysis;
  try {
    analysis = run(reader, named, options, cache);
  } catch (error) {
    return { analysis: undefined, broken: [`the analysis threw: ${(error as Error).stack ?? String(error)}`] };
  }
  const broken = [
    ...internalProblems(analysis),
    ...(once ? [] : unstable(reader, named, options, analysis)),
    ...outside(reader, analysis),
    ...internalsShown(reader, analysis),
  ];
  if (soundAlone && analysis.documents.some(({ problems }) => problems.some(({ kind }) => kind === 'syntax')))
    return { analysis, broken };
  try {
    if (readsBack)
      broken.push(
        ...readBack(reader, named, analysis, options, cache, sample).map(
          ({ doc, rule, path, title, reason }) =>
            `${doc}: ${rule} at ${path}: "${title}" does not read back: ${reason}`,
        ),
      );
    else
      for (const { findings } of analysis.documents)
        for (const { fixes } of findings) for (const fix of fixes) applyFix(reader, fix);
    broken.push(...unfixed(reader, named, options, cache));
  } catch (error) {
    broken.push(`a fix threw: ${(error as Error).stack ?? String(error)}`);
  }
  return { analysis, broken };
}

function internalProblems({ documents }: Analysis): readonly string[] {
  return documents.flatMap(({ doc, problems }) =>
    problems.filter(({ kind }) => kind === 'internal').map(({ message }) => `${doc}: ${message}`),
  );
}

function unstable(reader: Reader, named: readonly Uri[], options: AnalysisOptions, first: Analysis): readonly string[] {
  const second = run(reader, named, options);
  return JSON.stringify(first.documents) === JSON.stringify(second.documents)
    ? []
    : ['two analyses of the same input differ'];
}

function outside(reader: Reader, { documents }: Analysis): readonly string[] {
  return documents.flatMap(({ doc, findings, problems }) =>
    [
      ...findings.flatMap((finding) => [
        finding.at,
        ...finding.related.map(({ at }) => at),
        ...finding.fixes.flatMap(({ edits }) => edits.map((edit) => ({ doc: edit.doc, ...edit.range }))),
      ]),
      ...problems.map(({ at }) => at),
    ]
      .filter((at) => !fits(reader, at.doc, at))
      .map((at) => `${doc}: ${at.start}..${at.end} is not a range of ${at.doc}`),
  );
}

/** Words of the insides of the program in what people read. */
export function internalsShown(reader: Reader, { documents, incomplete }: Analysis): readonly string[] {
  const shown = [
    ...documents.flatMap(({ doc, reason, findings, problems }) => [
      { doc, text: reason },
      ...problems.map(({ message }) => ({ doc, text: message })),
      ...findings.flatMap(({ message, path, related, fixes }) =>
        [
          message,
          path,
          ...related.map((one) => one.message),
          ...fixes.flatMap(({ title, edits }) => [title, ...edits.map(({ newText }) => newText)]),
        ].map((text) => ({ doc, text })),
      ),
    ]),
    ...incomplete.map(({ doc, reason }) => ({ doc, text: reason })),
  ];
  return shown.flatMap(({ doc, text }) => {
    const answer = reader.file(doc);
    const found = internalsIn(text, answer.kind === 'text' ? answer.text : '');
    return found === undefined ? [] : [`${doc}: ${found}`];
  });
}

function fits(reader: Reader, doc: Uri, { start, end }: Range): boolean {
  const answer = reader.file(doc);
  return answer.kind === 'text' && start >= 0 && start <= end && end <= answer.text.length;
}

/** Fix-all comes to an end. */
function unfixed(
  reader: Reader,
  named: readonly Uri[],
  options: AnalysisOptions,
  cache: ParseCache,
): readonly string[] {
  return fixAll(reader, named, options, cache).passes < MAX_PASSES
    ? []
    : [`${named.join(', ')}: fix-all was not done after ${MAX_PASSES} passes`];
}
