import {
  window,
  workspace,
  type CancellationToken,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  type Position,
  type Uri,
} from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
  WorkDoneProgress,
  type LanguageClientOptions,
  type ServerOptions,
  type StaticFeature,
} from 'vscode-languageclient/node';
import type { CheckedWorkspace, WorkDoneProgressValue } from './check-workspace.ts';
import { DOCUMENTS } from './documents.ts';
import { linkRulesOf } from './hover-links.ts';
import { l10n } from './l10n.ts';
import { Restarts } from './restarts.ts';
import type { ChosenScenarios } from './chosen-scenarios.ts';
import { SERVER_OPTIONS, SERVER_VARIABLES } from './node-options.ts';
import { RULE_PAGES } from './pages.ts';
import type { FoundRules } from './rule-picks.ts';
import type { ScenarioChoices } from './scenario.ts';
import { onDidChangeEnvironment, SECTION, settingsFor } from './settings.ts';
import type { StatusItem } from './status-item.ts';
import type { DocumentStatus } from './status-text.ts';

/** The language server process: starts it, restarts it after crashes, and stops after too many crashes. */
export class Server implements Disposable {
  readonly #context: ExtensionContext;
  readonly #log: LogOutputChannel;
  readonly #status: StatusItem;
  readonly #scenarios: ChosenScenarios;
  readonly #restarts = new Restarts();
  readonly #disposables: readonly Disposable[];
  #client: QuietClient | undefined;
  /** The number of checks of the workspace, for the token of the next one. */
  #checks = 0;
  /** The last operation of the queue of starts and stops. */
  #last: Promise<void> = Promise.resolve();

  constructor(context: ExtensionContext, log: LogOutputChannel, status: StatusItem, scenarios: ChosenScenarios) {
    this.#context = context;
    this.#log = log;
    this.#status = status;
    this.#scenarios = scenarios;
    this.#disposables = [
      ...onDidChangeEnvironment(scenarios, () => this.#settingsChanged()),
      workspace.onDidChangeConfiguration((event) => {
        // This setting is sent at initialization, because server capabilities depend on it.
        if (event.affectsConfiguration(`${SECTION}.workspaceDiagnostics`)) void this.restart();
      }),
    ];
  }

  /** Starts or restarts the server. Resolves when it runs or has failed; never rejects. */
  restart(): Promise<void> {
    this.#restarts.forget();
    return this.#next(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  /** Stops the server permanently. */
  stop(): Promise<void> {
    return this.#next(() => this.#stop());
  }

  /** The conditions and parameters of a template; null for other documents or without an answer. */
  async scenarios(uri: Uri): Promise<ScenarioChoices | null> {
    const client = this.#client;
    try {
      return (
        (await client?.sendRequest<ScenarioChoices | null>('stackwarden/scenarios', {
          textDocument: { uri: client.code2ProtocolConverter.asUri(uri) },
        })) ?? null
      );
    } catch (error) {
      this.#log.error('Failed to get the scenarios of a document.', error);
      return null;
    }
  }

  /**
   * The rules that match a search, or all of them, as they are configured for a document; undefined without an answer,
   * or a server.
   */
  async rules(search: string, document: Uri | undefined): Promise<FoundRules | undefined> {
    const client = this.#client;
    if (!client?.isRunning()) return undefined;
    try {
      return await client.sendRequest<FoundRules>('stackwarden/rules', {
        search,
        ...(document && { textDocument: { uri: client.code2ProtocolConverter.asUri(document) } }),
      });
    } catch (error) {
      this.#log.error('Failed to search rules.', error);
      return undefined;
    }
  }

  /** Checks all files of the workspace. Undefined without a server, or when it is cancelled. */
  async checkWorkspace(
    progress: (value: WorkDoneProgressValue) => void,
    token: CancellationToken,
  ): Promise<CheckedWorkspace | undefined> {
    // The command can start the extension.
    await this.#last;
    const client = this.#client;
    if (!client?.isRunning()) return undefined;
    const workDoneToken = `check workspace ${++this.#checks}`;
    const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, progress);
    try {
      return await client.sendRequest<CheckedWorkspace>('stackwarden/checkWorkspace', { workDoneToken }, token);
    } catch (error) {
      if (!token.isCancellationRequested) this.#log.error('Failed to check the workspace.', error);
      return undefined;
    } finally {
      listening.dispose();
    }
  }

  /** Sends a request about a position of a document. Undefined without a server or an answer. */
  async ask<T>(request: string, document: Uri, position: Position): Promise<T | undefined> {
    const client = this.#client;
    if (!client?.isRunning()) return undefined;
    try {
      const { code2ProtocolConverter: to } = client;
      return (
        (await client.sendRequest<T | null>(request, {
          textDocument: { uri: to.asUri(document) },
          position: to.asPosition(position),
        })) ?? undefined
      );
    } catch (error) {
      this.#log.error(`The request ${request} failed.`, error);
      return undefined;
    }
  }

  dispose(): void {
    for (const each of this.#disposables) each.dispose();
  }

  async #next(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work, work);
    await this.#last;
  }

  async #start(): Promise<void> {
    this.#status.server = 'starting';
    const server: ServerOptions = {
      module: this.#context.asAbsolutePath('dist/server.cjs'),
      transport: TransportKind.ipc,
      // Variables that are set already stay as they are.
      options: { execArgv: [...SERVER_OPTIONS], env: { ...SERVER_VARIABLES, ...process.env } },
    };
    const client = new QuietClient(
      'stackwarden',
      'Stackwarden',
      server,
      this.#options(() => this.#ended(client)),
    );
    this.#client = client;
    client.registerFeature(SHOWS_STATUS);
    client.onNotification('stackwarden/status', (status: DocumentStatus) =>
      this.#status.set(client.protocol2CodeConverter.asUri(status.uri), status),
    );
    try {
      await client.start();
      if (this.#client !== client) return;
      this.#status.server = 'running';
      this.#log.info(`Server started, version ${client.initializeResult?.serverInfo?.version ?? 'unknown'}.`);
    } catch (error) {
      this.#log.error('Failed to start the server.', error);
      this.#ended(client);
    }
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    try {
      await client?.dispose();
    } catch {
      // It had ended already.
    }
  }

  #options(ended: () => void): LanguageClientOptions {
    return {
      documentSelector: DOCUMENTS.map(({ language, pattern }) =>
        language !== undefined ? { language } : { pattern: pattern as string },
      ),
      outputChannel: this.#log,
      traceOutputChannel: this.#log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: {
        workspaceDiagnostics: workspace.getConfiguration(SECTION).get('workspaceDiagnostics') === true,
        rulePages: RULE_PAGES.toString(),
      },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        // A client is used for one start, because a failed client cannot be started again.
        closed: () => {
          ended();
          return { action: CloseAction.DoNotRestart, handled: true, message: 'The server stopped unexpectedly.' };
        },
      },
      middleware: {
        provideHover: async (document, position, token, next) => linkRulesOf(await next(document, position, token)),
        workspace: {
          configuration: ({ items }) =>
            items.map(({ section, scopeUri }) => (section === SECTION ? settingsFor(scopeUri, this.#scenarios) : null)),
        },
      },
    };
  }

  /** Called when the server stopped unexpectedly. */
  #ended(client: LanguageClient): void {
    if (this.#client !== client) return;
    if (this.#restarts.allow(Date.now())) {
      void this.#next(async () => {
        if (this.#client !== client) return;
        await this.#stop();
        await this.#start();
      });
    } else {
      this.#client = undefined;
      this.#givenUp();
    }
  }

  /** The only notification that appears without a user action. */
  #givenUp(): void {
    this.#status.server = 'stopped';
    this.#log.error('The server stopped too often and will not be restarted.');
    const [restart, showLog] = [l10n.t('Restart'), l10n.t('Show Log')];
    window
      .showErrorMessage(l10n.t('The Stackwarden server stopped too often and will not be restarted.'), restart, showLog)
      .then(
        (chosen) => {
          if (chosen === restart) void this.restart();
          if (chosen === showLog) this.#log.show();
        },
        () => undefined,
      );
  }

  #settingsChanged(): void {
    void this.#client?.sendNotification('workspace/didChangeConfiguration', { settings: null }).catch(() => undefined);
  }
}

/** A client that logs failures instead of showing them. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** Declares the capability to show status notifications. */
const SHOWS_STATUS: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), stackwarden: { status: true } };
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};
