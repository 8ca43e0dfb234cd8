/**
 * An editor for tests: it speaks the protocol over a pair of streams, keeps its documents and what it was told of them.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  type ConfigurationParams,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeParams,
  type InitializeResult,
  type LogMessageParams,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type RegistrationParams,
  type TextEdit,
  type WorkspaceDiagnosticReport,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { ServerWorld } from '../../../server/src/lsp/engine.ts';
import { startServer, type ServerIdentity } from '../../../server/src/lsp/server.ts';
import { STATUS, type DocumentStatus } from '../../../server/src/lsp/status.ts';
import { languageServer } from '../../kit/programs.ts';

/** What a client says that can do nothing beyond the basics. */
export const PLAIN: ClientCapabilities = {};

/** The abilities that VS Code has, as far as they matter here. */
export const FULL: ClientCapabilities = {
  general: { positionEncodings: ['utf-16', 'utf-8'] },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: { groupsOnLabel: true } },
    diagnostics: { refreshSupport: true },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      versionSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    diagnostic: { relatedDocumentSupport: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    completion: {
      completionItem: {
        snippetSupport: true,
        documentationFormat: ['markdown', 'plaintext'],
        insertTextModeSupport: { valueSet: [1, 2] },
      },
    },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source', 'source.fixAll'] } },
      isPreferredSupport: true,
      disabledSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
};

/** The same without pull diagnostics. */
export const PUSH: ClientCapabilities = { ...FULL, textDocument: withoutPull(FULL.textDocument) };

function withoutPull(
  textDocument: ClientCapabilities['textDocument'],
): NonNullable<ClientCapabilities['textDocument']> {
  const { diagnostic, ...rest } = textDocument ?? {};
  assert.ok(diagnostic);
  return rest;
}

export interface ClientOptions {
  readonly capabilities: ClientCapabilities;
  readonly folders?: readonly { readonly uri: string; readonly name: string }[];
  readonly initializationOptions?: unknown;
  /** The process whose death ends the server; this one when it is not said. */
  readonly processId?: number;
  /** Called by a server in this process. */
  readonly lengthsChanged?: NonNullable<ServerIdentity['lengthsChanged']>;
}

export class TestClient {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess | undefined;
  readonly documents = new Map<string, TextDocument>();
  readonly published: PublishDiagnosticsParams[] = [];
  readonly log: LogMessageParams[] = [];
  readonly statuses: DocumentStatus[] = [];
  readonly registrations: RegistrationParams['registrations'] = [];
  /** The methods of everything that the server sent, in order. */
  readonly received: string[] = [];
  /** What `workspace/configuration` is answered, by scope. */
  settings: (scopeUri: string | undefined) => unknown = () => null;
  readonly requestedConfigurations: (string | undefined)[] = [];
  initialized!: InitializeResult;
  readonly #waiting = new Set<() => void>();

  private constructor(connection: ProtocolConnection, process?: ChildProcess) {
    this.connection = connection;
    this.process = process;
    const hear = (method: string): void => {
      this.received.push(method);
      for (const wake of this.#waiting) wake();
    };
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      hear('textDocument/publishDiagnostics');
    });
    connection.onNotification('window/logMessage', (params: LogMessageParams) => {
      this.log.push(params);
      hear('window/logMessage');
    });
    connection.onNotification(STATUS, (params: DocumentStatus) => {
      this.statuses.push(params);
      hear(STATUS);
    });
    connection.onUnhandledNotification(({ method }) => hear(method));
    connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      this.registrations.push(...registrations);
      hear('client/registerCapability');
      return null;
    });
    connection.onRequest('workspace/configuration', ({ items }: ConfigurationParams) => {
      this.requestedConfigurations.push(...items.map(({ scopeUri }) => scopeUri));
      hear('workspace/configuration');
      return items.map(({ scopeUri }) => this.settings(scopeUri));
    });
    for (const method of [
      'workspace/diagnostic/refresh',
      'window/showMessageRequest',
      'workspace/applyEdit',
      'window/showDocument',
    ]) {
      connection.onRequest(method, () => {
        hear(method);
        return null;
      });
    }
    connection.listen();
  }

  /** A client of a server in this process. */
  static async inProcess(world: ServerWorld, options: ClientOptions): Promise<TestClient> {
    const [up, down] = [new PassThrough(), new PassThrough()];
    startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), world, {
      version: '0.0.0',
      rulePages: 'file:///pages',
      ...(options.lengthsChanged ? { lengthsChanged: options.lengthsChanged } : {}),
    });
    return new TestClient(createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up))).#start(
      options,
      null,
    );
  }

  /** A client of the real server, over standard input and output. */
  static async spawned(
    options: ClientOptions,
    args: readonly string[] = ['--stdio'],
    program = languageServer(),
  ): Promise<TestClient> {
    const child = spawn(process.execPath, [await program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    return new TestClient(
      createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin)),
      child,
    ).#start(options, options.processId ?? process.pid);
  }

  async #start(
    { capabilities, folders, initializationOptions }: ClientOptions,
    processId: number | null,
  ): Promise<TestClient> {
    const params: InitializeParams = {
      processId,
      rootUri: folders?.[0]?.uri ?? null,
      capabilities,
      workspaceFolders: folders ? [...folders] : null,
      initializationOptions,
    };
    this.initialized = await this.connection.sendRequest('initialize', params);
    await this.connection.sendNotification('initialized', {});
    return this;
  }

  async stop(): Promise<void> {
    if (this.process && this.process.exitCode === null) {
      await this.connection.sendRequest('shutdown');
      await this.connection.sendNotification('exit');
      await new Promise((resolve) => this.process!.once('exit', resolve));
    }
    this.connection.dispose();
  }

  async open(uri: string, text: string, languageId = 'yaml', version = 1): Promise<void> {
    this.documents.set(uri, TextDocument.create(uri, languageId, version, text));
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version, text },
    });
  }

  /** Replaces the first occurrence of a text, or everything when it is not given. */
  async edit(uri: string, newText: string, what?: string): Promise<void> {
    const document = this.documents.get(uri)!;
    const version = document.version + 1;
    const contentChanges = [what === undefined ? { text: newText } : { range: this.range(uri, what), text: newText }];
    TextDocument.update(document, contentChanges, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  async close(uri: string): Promise<void> {
    this.documents.delete(uri);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** The range of the first occurrence of a text in a document. */
  range(uri: string, what: string): Range {
    const document = this.documents.get(uri)!;
    const start = document.getText().indexOf(what);
    assert.ok(start >= 0, `${what} is not in ${uri}`);
    return { start: document.positionAt(start), end: document.positionAt(start + what.length) };
  }

  position(uri: string, what: string): Position {
    return this.range(uri, what).start;
  }

  /** Resolves when the condition is true. */
  async until<T>(condition: () => T | undefined | false, what: string): Promise<T> {
    const limit = Date.now() + 20_000;
    for (;;) {
      const met = condition();
      if (met) return met;
      assert.ok(Date.now() < limit, `${what} did not happen`);
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(wake, 20);
        this.#waiting.add(wake);
      });
    }
  }

  /** The last diagnostics that were published for a document, once there are some for its version. */
  async diagnostics(uri: string): Promise<readonly Diagnostic[]> {
    const version = this.documents.get(uri)?.version;
    const last = await this.until(() => {
      const published = this.published.findLast((params) => params.uri === uri);
      return published && (version === undefined || published.version === version) ? published : undefined;
    }, `the publication of version ${version} of ${uri}`);
    return last.diagnostics;
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  }

  /** The diagnostics of a document, asked for. */
  async items(uri: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(uri);
    assert.equal(report.kind, 'full');
    return report.items;
  }

  pullWorkspace(
    previousResultIds: readonly { readonly uri: string; readonly value: string }[] = [],
    tokens: object = {},
  ): Promise<WorkspaceDiagnosticReport> {
    return this.connection.sendRequest('workspace/diagnostic', { previousResultIds, ...tokens });
  }

  async codeActions(uri: string, range: Range, context: Partial<CodeActionContext> = {}): Promise<CodeAction[]> {
    return (
      (await this.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context: { diagnostics: [], ...context },
      })) ?? []
    );
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest('codeAction/resolve', action);
  }

  /** The text of an open document after an edit. An edit for another version is refused, as editors do. */
  after(edit: WorkspaceEdit | undefined, uri: string): string {
    assert.ok(edit, 'there is an edit');
    const document = this.documents.get(uri)!;
    const edits: TextEdit[] = [...(edit.changes?.[uri] ?? [])];
    for (const change of edit.documentChanges ?? []) {
      assert.ok('textDocument' in change);
      if (change.textDocument.uri !== uri) continue;
      assert.equal(change.textDocument.version, document.version);
      edits.push(...(change.edits as TextEdit[]));
    }
    return TextDocument.applyEdits(document, edits);
  }
}
