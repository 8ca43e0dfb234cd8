import { commands, l10n, tasks, window, type ExtensionContext } from 'vscode';
import { runWorkspaceCheck } from './check-workspace.ts';
import { chooseScenario, saveScenario } from './choose-scenario.ts';
import { ChosenScenarios } from './chosen-scenarios.ts';
import { fixActiveDocument } from './fix-all.ts';
import { translateWith } from './l10n.ts';
import { openConfiguration } from './open-configuration.ts';
import { openExample } from './open-example.ts';
import { DocumentationPages, RULE_PAGES } from './pages.ts';
import { PositionPage, type StatedPosition } from './webview/position-page.ts';
import { Server } from './server.ts';
import { showRule } from './show-rule.ts';
import { StatusItem } from './status-item.ts';
import { LintTasks } from './lint-tasks.ts';
import { TASK_TYPE } from './lint-task.ts';

let server: Server | undefined;

/** Called when a document with a supported language is opened, or a command runs. */
export function activate(context: ExtensionContext): void {
  translateWith((message, ...args) => l10n.t(message, ...args));
  const log = window.createOutputChannel('Stackwarden', { log: true });
  const status = new StatusItem();
  const scenarios = new ChosenScenarios(context.workspaceState);
  const running = new Server(context, log, status, scenarios);
  const page = new PositionPage(running);
  server = running;
  context.subscriptions.push(
    log,
    status,
    scenarios,
    running,
    page,
    new DocumentationPages(context.extensionUri).register(),
    commands.registerCommand('stackwarden.checkWorkspace', () => runWorkspaceCheck(running)),
    commands.registerCommand('stackwarden.fixAll', fixActiveDocument),
    commands.registerCommand('stackwarden.explainValue', () => page.explainValue()),
    commands.registerCommand('stackwarden.showOwnership', (stated?: StatedPosition) => page.showOwnership(stated)),
    commands.registerCommand('stackwarden.showPath', (stated?: StatedPosition) => page.showPath(stated)),
    commands.registerCommand('stackwarden.showRule', (rule?: unknown) =>
      showRule(RULE_PAGES, (words, document) => running.rules(words, document), rule),
    ),
    commands.registerCommand('stackwarden.chooseScenario', () =>
      chooseScenario(scenarios, (uri) => running.scenarios(uri)),
    ),
    commands.registerCommand('stackwarden.saveScenario', () => saveScenario(scenarios)),
    commands.registerCommand('stackwarden.openConfiguration', () => openConfiguration(context.extensionUri)),
    commands.registerCommand('stackwarden.openExample', (example?: unknown) =>
      openExample(context.extensionUri, example),
    ),
    commands.registerCommand('stackwarden.restartServer', () => running.restart()),
    commands.registerCommand('stackwarden.showLog', () => log.show()),
    tasks.registerTaskProvider(TASK_TYPE, new LintTasks(context)),
  );
  // Activation does not wait for the server, so that the editor stays responsive; failures are logged.
  void running.restart();
}

/** Stops the server. VS Code calls it before it unloads the extension. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
