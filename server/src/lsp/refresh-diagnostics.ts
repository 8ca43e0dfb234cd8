import type { Uri } from '../base/span.ts';
import { DEBOUNCE } from './debouncer.ts';
import type { PulledReports } from './reports.ts';
import type { Session } from './session.ts';

/**
 * Asks a pulling client to refresh when a change elsewhere made reports stale. The client pulls the document that it
 * changed, and often others, so the refresh is delayed.
 */
export function refreshDiagnostics(
  { client, connection, documents, results, log }: Session,
  reports: PulledReports,
): void {
  if (!client.pullsDiagnostics || !client.refreshesDiagnostics) return;
  const stale = new Set<Uri>();
  let timer: NodeJS.Timeout | undefined;

  const refresh = (): void => {
    timer = undefined;
    const outdated = [...stale].some((doc) => !reports.isCurrent(doc) && reports.last(doc) !== undefined);
    stale.clear();
    if (outdated)
      connection.languages.diagnostics
        .refresh()
        .catch((error: unknown) => log.failure('refresh the diagnostics', error));
  };

  documents.onDidChange(({ doc, what }) => {
    // The client drops the report of a closed document; workspace reports are pulled anyway.
    if (what === 'closed') reports.forget(doc);
  });
  results.onDidStale(({ docs, because }) => {
    for (const doc of docs) {
      const edited = doc === because && documents.has(doc);
      if (!edited && reports.last(doc) !== undefined) stale.add(doc);
    }
    if (stale.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, 2 * DEBOUNCE);
  });
}
