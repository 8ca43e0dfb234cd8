/**
 * The language server for one connection. Each request has a file, which registers the handler and returns its server
 * capabilities if the client supports it.
 */
import type { Connection, InitializeResult, ServerCapabilities } from 'vscode-languageserver';
import { PositionEncodingKind } from './protocol.ts';
import type { Uri } from '../base/span.ts';
import { checkWorkspace } from './check-workspace.ts';
import { codeAction } from './code-action.ts';
import { completion } from './completion.ts';
import { documentDiagnostic } from './document-diagnostic.ts';
import { followLengths, type DocumentLengths } from './document-lengths.ts';
import { DOCUMENT_SYNC } from './documents.ts';
import type { ServerWorld } from './engine.ts';
import { explainValue } from './explain-value.ts';
import { hover } from './hover.ts';
import { ownership } from './ownership.ts';
import { paths } from './paths.ts';
import { prepareHovers } from './prepare-hovers.ts';
import { publishDiagnostics } from './publish-diagnostics.ts';
import { refreshDiagnostics } from './refresh-diagnostics.ts';
import { PulledReports } from './reports.ts';
import { rules } from './rules.ts';
import { scenarios } from './scenarios.ts';
import { Session } from './session.ts';
import { status } from './status.ts';
import { registerWatchedFiles, watchedFiles } from './watched-files.ts';
import { workspaceDiagnostic } from './workspace-diagnostic.ts';

/** The identity of the server. */
export interface ServerIdentity {
  readonly version: string;
  /** The folder with the rule pages, if it exists. */
  readonly rulePages?: Uri;
  /** Called when the lengths of open documents can have changed, or a first analysis started or ended. */
  readonly lengthsChanged?: (lengths: DocumentLengths) => void;
}

/**
 * Serves one client until its connection ends. The world is loaded once the client has the answer to its first request.
 */
export function startServer(connection: Connection, world: ServerWorld, about: ServerIdentity): void {
  const { version, rulePages, lengthsChanged } = about;
  connection.onInitialize((params): InitializeResult => {
    const session = new Session(connection, params, world, rulePages);
    const reports = new PulledReports(session);
    watchedFiles(session);
    refreshDiagnostics(session, reports);
    status(session);
    explainValue(session);
    ownership(session);
    paths(session);
    scenarios(session);
    rules(session);
    workspaceDiagnostic(session, reports);
    checkWorkspace(session);
    prepareHovers(session);
    if (lengthsChanged) followLengths(session, lengthsChanged);
    const capabilities: ServerCapabilities = {
      textDocumentSync: DOCUMENT_SYNC,
      ...(session.client.positionEncodings ? { positionEncoding: PositionEncodingKind.UTF16 } : {}),
      ...(session.client.workspaceFolders
        ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } }
        : {}),
      ...publishDiagnostics(session),
      ...documentDiagnostic(session, reports),
      ...codeAction(session),
      ...hover(session),
      ...completion(session),
    };
    connection.onInitialized(() => {
      // The client has the answer, which loading would delay.
      Promise.all([world.engine(), world.machine()]).catch((error: unknown) =>
        session.log.failure('load the engine', error),
      );
      Promise.all([session.register(), registerWatchedFiles(session)]).catch((error: unknown) =>
        session.log.failure('register with the client', error),
      );
    });
    return { capabilities, serverInfo: { name: 'stackwarden', version } };
  });
  connection.listen();
}
