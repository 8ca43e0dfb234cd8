import { CONFIGURATION_FILE } from '../base/configuration-file.ts';
import { LineIndex } from '../base/line-index.ts';
import type { Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { Cancelled } from '../engine/analysis.ts';
import { ANSWER_WITHIN, deadline } from './deadline.ts';
import type { Engine } from './engine.ts';
import type { Problem } from '../model/finding.ts';
import { fileResults, fileProblem, nothingOn, type FileResult } from './file-result.ts';
import type { Log } from './log.ts';
import { Breath } from './quiet.ts';
import type { Run } from './run.ts';
import type { Settings } from './settings.ts';

export interface Judging {
  readonly engine: Engine;
  readonly reader: Reader;
  readonly root: Uri;
  readonly settings: Settings;
  readonly log: Log;
  isOpen(doc: Uri): boolean;
  /** The documents that depended on another one in the last analysis. */
  dependants(of: Uri): readonly Uri[];
}

/** Analyzes documents of one folder. If the engine throws, there are no results and the log has the failure. */
export async function judge(
  named: readonly Uri[],
  run: Run,
  { engine, reader: disk, root, settings, log, isOpen, dependants }: Judging,
): Promise<readonly FileResult[]> {
  const reader = run.reading(disk);
  const breath = new Breath();
  try {
    const { configuration, problems, unread } = engine.configuration(reader, named[0]!, root);
    if (unread !== undefined) log.note(unread);
    const configured = new Set(run.looked);
    const reported = ({ kind, within }: Problem): boolean =>
      settings.syntaxProblems || kind !== 'syntax' || within === 'text';
    if (named.length === 1 && isConfiguration(named[0]!)) {
      const lines = new LineIndex(reader.text(named[0]!));
      return [
        {
          ...nothingOn(named[0]!, 'it is the Stackwarden configuration file', settings.profile, configured),
          problems: problems.filter(reported).map((problem) => fileProblem(problem, () => lines)),
        },
      ];
    }
    const { profile, certainty, scenario } = settings;
    const leading = named.flatMap(dependants);
    const analysis = await engine.analyse(
      reader,
      named,
      {
        profile,
        certainty,
        configuration,
        scenario,
        leading,
        cancelled: () => run.ended,
        expired: deadline(ANSWER_WITHIN.diagnostics),
      },
      async () => {
        await breath.pause();
        run.check();
      },
    );
    for (const problem of analysis.documents.flatMap((document) => document.problems))
      if (problem.kind === 'internal') log.error(problem.message);
    for (const { doc, reason } of analysis.incomplete) log.note(`${doc} ${reason}`);
    return fileResults(analysis, {
      text: (doc) => reader.text(doc),
      profile,
      reported,
      dependencies: configured,
      leading: new Set([...named, ...leading]),
      fixable: isOpen,
    });
  } catch (error) {
    if (run.ended || error instanceof Cancelled) throw error;
    log.failure(`check ${named.join(' ')}`, error);
    return named.map((doc) => nothingOn(doc, 'checking it failed; see the log', settings.profile, run.looked));
  }
}

function isConfiguration(doc: Uri): boolean {
  return doc.endsWith(`/${CONFIGURATION_FILE}`);
}
