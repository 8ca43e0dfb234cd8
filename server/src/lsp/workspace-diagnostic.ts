import { flatMap } from '../base/flat-map.ts';
import type {
  CancellationToken,
  WorkDoneProgressReporter,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Uri } from '../base/span.ts';
import { answer } from './answer.ts';
import { isRecognized, emptyResult, type FileResult } from './file-result.ts';
import type { PulledReports } from './reports.ts';
import type { Session } from './session.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { identity } from './uri.ts';
import { grouped, analyzedGroup } from './workspace-files.ts';

type Items = WorkspaceDocumentDiagnosticReport[];

/** The ids of the client's reports, by document. */
type Previous = ReadonlyMap<Uri, string>;

/**
 * Answers `workspace/diagnostic`: the files of all folders, one group at a time. Clients repeat the request after
 * each answer, so later answers wait for a change.
 */
export function workspaceDiagnostic(session: Session, reports: PulledReports): void {
  const { client, connection, results, log } = session;
  if (!client.pullsDiagnostics) return;
  let answered = false;

  connection.languages.diagnostics.onWorkspace((params, token, progress, partial) =>
    answer(log, token, 'workspace/diagnostic', { items: [] }, async () => {
      const previous: Previous = new Map(params.previousResultIds.map(({ uri, value }) => [identity(uri), value]));
      for (let shown: WorkDoneProgressReporter | undefined = progress; ; shown = undefined) {
        const { generation } = results;
        // Without file watchers, results of closed files can be outdated.
        if (!client.watchesFiles) session.forgetFiles();
        const items: Items = [];
        await checkAll(session, reports, previous, token, shown, (found) => {
          if (partial) partial.report({ items: found });
          items.push(...found);
        });
        if (!answered || !client.watchesFiles || items.some(({ kind }) => kind === 'full')) {
          answered = true;
          return { items: partial ? [] : items };
        }
        await results.changeAfter(generation, token);
      }
    }),
  );
}

/** Checks all groups once and sends the reports of each. */
async function checkAll(
  session: Session,
  reports: PulledReports,
  previous: Previous,
  token: CancellationToken,
  progress: WorkDoneProgressReporter | undefined,
  hand: (items: Items) => void,
): Promise<void> {
  const { documents } = session;
  progress?.begin('Stackwarden', 0, 'Checking the workspace', true);
  try {
    const files = await session.files();
    const groups = grouped(files, session);
    const give = (judged: readonly FileResult[]): void => {
      const items = flatMap(judged, (each) => itemsOf(session, reports, each, previous));
      if (items.length > 0) hand(items);
    };
    for (const [done, group] of groups.entries()) {
      progress?.report(Math.floor((100 * done) / groups.length), `${done} of ${groups.length}`);
      give(await analyzedGroup(session, group, token));
    }
    // A document that is neither in the workspace nor open has an empty report.
    const known = new Set(files);
    give(
      [...previous.keys()]
        .filter((doc) => !known.has(doc) && !documents.has(doc))
        .map((doc) => emptyResult(doc, 'it does not exist', DEFAULT_SETTINGS.profile)),
    );
  } finally {
    progress?.done();
  }
}

/** The report of a document; none for an unsupported one without a previous report. */
function itemsOf({ documents }: Session, reports: PulledReports, judged: FileResult, previous: Previous): Items {
  const { doc } = judged;
  const known = previous.get(doc);
  if (known === undefined && !isRecognized(judged) && judged.problems.length === 0) return [];
  return [
    { uri: documents.clientUri(doc), version: documents.get(doc)?.version ?? null, ...reports.of(judged, known) },
  ];
}
