import { isConfigurationFile } from '../base/configuration-file.ts';
import { flatMap } from '../base/flat-map.ts';
import { LineIndex } from '../base/line-index.ts';
import type { Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { nameOf } from '../base/uri.ts';
import { Cancelled } from '../engine/analysis.ts';
import { ANSWER_WITHIN, deadline } from './deadline.ts';
import type { Engine } from './engine.ts';
import type { Problem } from '../model/finding.ts';
import {
  fileProblem,
  fileResults,
  fixableFindings,
  emptyResult,
  shownFindings,
  type FileResult,
} from './file-result.ts';
import type { Log } from './log.ts';
import { MessagePause } from './debouncer.ts';
import type { FileFixes } from './recent-fixes.ts';
import type { Run } from './run.ts';
import type { Settings } from './settings.ts';

export interface AnalysisInput {
  readonly engine: Engine;
  readonly reader: Reader;
  readonly root: Uri;
  readonly settings: Settings;
  readonly log: Log;
  /** Receives the fixes of each result. */
  keepFixes(judged: FileResult, fixes: FileFixes): void;
  isOpen(doc: Uri): boolean;
  /** The documents that depended on another one in the last analysis. */
  dependants(of: Uri): readonly Uri[];
}

/** Analyzes documents of one folder. If the engine throws, there are no results and the log has the failure. */
export async function analyzeDocuments(
  named: readonly Uri[],
  run: Run,
  { engine, reader: disk, root, settings, log, keepFixes, isOpen, dependants }: AnalysisInput,
): Promise<readonly FileResult[]> {
  const reader = run.reading(disk);
  const messages = new MessagePause();
  try {
    const { options, problems, findings, unread, excludes } = engine.configuration(reader, named[0]!, root, settings);
    if (unread !== undefined) log.note(unread);
    const configured = new Set(run.dependencies);
    const reported = ({ kind, within }: Problem): boolean =>
      settings.syntaxProblems || kind !== 'syntax' || within === 'text';
    const [doc] = named;
    if (named.length === 1 && isConfigurationFile(nameOf(doc!))) {
      const lines = new LineIndex(reader.text(doc!));
      const own = shownFindings(findings, settings.suppressedFindings).filter(({ at }) => at.doc === doc);
      const fixable = fixableFindings(own, () => lines);
      const judged: FileResult = {
        ...emptyResult(doc!, 'it is a Stackwarden configuration file', options.profile, configured),
        problems: problems
          .filter((problem) => problem.at.doc === doc && reported(problem))
          .map((problem) => fileProblem(problem, () => lines)),
        findings: [...fixable.keys()],
      };
      keepFixes(judged, fixable);
      return [judged];
    }
    const excluded = named
      .filter(excludes)
      .map((doc) => emptyResult(doc, 'the configuration excludes it', options.profile, configured));
    const checked = named.filter((doc) => !excludes(doc));
    if (checked.length === 0) return excluded;
    const leading = [...new Set(flatMap(checked, dependants))].filter((doc) => !checked.includes(doc));
    const analysis = await engine.analyze(
      reader,
      checked,
      {
        ...options,
        leading,
        cancelled: () => run.ended,
        expired: deadline(ANSWER_WITHIN.diagnostics),
        built: () => run.built(),
      },
      async () => {
        await messages.pause();
        run.check();
      },
      checked.filter(isOpen),
    );
    for (const problem of flatMap(analysis.documents, (document) => document.problems))
      if (problem.kind === 'internal') log.error(problem.message);
    for (const { doc, reason } of analysis.incomplete) log.note(`${doc} ${reason}`);
    await messages.pause();
    run.check();
    const results = fileResults(analysis, {
      text: (doc) => reader.text(doc),
      profile: options.profile,
      reported,
      suppressedFindings: settings.suppressedFindings,
      dependencies: configured,
      leading: new Set([...checked, ...leading]),
      keepFixes,
    });
    return [...excluded, ...results];
  } catch (error) {
    if (run.ended || error instanceof Cancelled) throw error;
    log.failure(`check ${named.join(' ')}`, error);
    return named.map((doc) => emptyResult(doc, 'checking it failed; see the log', settings.profile, run.dependencies));
  }
}
