import {
  commands,
  languages,
  LanguageStatusSeverity,
  StatusBarAlignment,
  ThemeColor,
  window,
  workspace,
  type Disposable,
  type LanguageStatusItem,
  type StatusBarItem,
  type Uri,
} from 'vscode';
import { DOCUMENTS } from './documents.ts';
import { l10n } from './l10n.ts';
import { scenarioBarText, scenarioText, statusText, type DocumentStatus } from './status-text.ts';

/** The delay before the busy indicator, in milliseconds, to prevent flickering while the user types. */
const PATIENCE = 300;

/** Context key: whether the active document is checked. */
const CHECKED = 'stackwarden.checked';

/** Context key: whether the active document is a template with scenarios. */
const TEMPLATE = 'stackwarden.template';

/** The state of the server process. */
export type ServerState = 'starting' | 'running' | 'stopped';

/**
 * The language status items: the format of the active document with the reason, and the scenario of a template. The
 * status bar shows a chosen scenario, because findings of others are hidden.
 */
export class StatusItem implements Disposable {
  readonly #item: LanguageStatusItem;
  #scenario: LanguageStatusItem | undefined;
  readonly #bar: StatusBarItem;
  readonly #statuses = new Map<string, DocumentStatus>();
  readonly #disposables: Disposable[];
  #server: ServerState = 'starting';
  #patience: NodeJS.Timeout | undefined;

  constructor() {
    this.#item = languages.createLanguageStatusItem('stackwarden.status', [...DOCUMENTS]);
    this.#item.name = 'Stackwarden';
    this.#bar = window.createStatusBarItem('stackwarden.scenario', StatusBarAlignment.Right, 100);
    this.#bar.name = l10n.t('Stackwarden Scenario');
    this.#bar.command = 'stackwarden.chooseScenario';
    this.#bar.backgroundColor = new ThemeColor('statusBarItem.warningBackground');
    this.#disposables = [
      this.#item,
      this.#bar,
      window.onDidChangeActiveTextEditor(() => this.#show()),
      workspace.onDidCloseTextDocument(({ uri }) => this.#statuses.delete(uri.toString())),
    ];
    this.#show();
  }

  /** Stores the status of a document. */
  set(uri: Uri, status: DocumentStatus): void {
    this.#statuses.set(uri.toString(), status);
    this.#show();
  }

  set server(state: ServerState) {
    this.#server = state;
    if (state !== 'running') this.#statuses.clear();
    this.#show();
  }

  dispose(): void {
    clearTimeout(this.#patience);
    this.#scenario?.dispose();
    for (const each of this.#disposables) each.dispose();
  }

  #show(): void {
    const uri = window.activeTextEditor?.document.uri.toString();
    const status = uri === undefined ? undefined : this.#statuses.get(uri);
    void commands.executeCommand('setContext', CHECKED, status?.known !== undefined && status.known.format !== 'none');
    this.#showScenario(status);
    this.#showBusy(this.#server === 'starting' || (status?.busy ?? false));
    if (this.#server === 'stopped')
      return this.#write(
        l10n.t('Stackwarden stopped'),
        l10n.t('The language server stopped. See the log for details.'),
        LanguageStatusSeverity.Error,
        { title: l10n.t('Restart'), command: 'stackwarden.restartServer' },
      );
    const { text, detail, warns } = statusText(status?.known);
    const command =
      (status?.known?.findings ?? 0) > 0
        ? { title: l10n.t('Show Problems'), command: 'workbench.actions.view.problems' }
        : { title: l10n.t('Show Log'), command: 'stackwarden.showLog' };
    this.#write(text, detail, warns ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information, command);
  }

  /** An item cannot be hidden, only disposed. */
  #showScenario(status: DocumentStatus | undefined): void {
    const scenario = this.#server === 'running' ? scenarioText(status?.known) : undefined;
    void commands.executeCommand('setContext', TEMPLATE, scenario !== undefined);
    this.#showInBar(scenario && scenarioBarText(status?.known));
    if (!scenario) {
      this.#scenario?.dispose();
      this.#scenario = undefined;
      return;
    }
    const item = (this.#scenario ??= languages.createLanguageStatusItem('stackwarden.scenario', [...DOCUMENTS]));
    item.name = l10n.t('Stackwarden Scenario');
    item.text = scenario.text;
    item.detail = scenario.detail;
    item.command = { title: l10n.t('Choose'), command: 'stackwarden.chooseScenario' };
    item.accessibilityInformation = { label: `Stackwarden, ${scenario.text}. ${scenario.detail}` };
  }

  #showInBar(scenario: ReturnType<typeof scenarioBarText>): void {
    if (!scenario) return this.#bar.hide();
    this.#bar.text = scenario.text;
    this.#bar.tooltip = scenario.tooltip;
    this.#bar.accessibilityInformation = { label: scenario.tooltip };
    this.#bar.show();
  }

  #write(text: string, detail: string, severity: LanguageStatusSeverity, command: LanguageStatusItem['command']): void {
    this.#item.text = text;
    this.#item.detail = detail;
    this.#item.severity = severity;
    this.#item.command = command;
    this.#item.accessibilityInformation = { label: `Stackwarden, ${text}. ${detail}` };
  }

  #showBusy(busy: boolean): void {
    if (!busy) {
      clearTimeout(this.#patience);
      this.#patience = undefined;
      this.#item.busy = false;
    } else {
      this.#patience ??= setTimeout(() => {
        this.#item.busy = true;
      }, PATIENCE);
    }
  }
}
