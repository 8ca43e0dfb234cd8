import {
  ProcessExecution,
  Task,
  workspace,
  type ExtensionContext,
  type TaskProvider,
  type WorkspaceFolder,
} from 'vscode';
import { l10n } from './l10n.ts';
import { lintArguments, MATCHERS, TASK_TYPE, type LintDefinition } from './lint-task.ts';

/**
 * Offers the task *Stackwarden: lint workspace* for each folder on disk, and completes tasks of `tasks.json`. A task
 * always runs the command line of the extension with the Node.js of the editor; a workspace cannot choose a program.
 */
export class LintTasks implements TaskProvider {
  readonly #commandLine: string;

  constructor(context: ExtensionContext) {
    this.#commandLine = context.asAbsolutePath('dist/cli.cjs');
  }

  provideTasks(): Task[] {
    return (workspace.workspaceFolders ?? []).flatMap(
      (folder) => this.#task({ type: TASK_TYPE, task: 'lint' }, folder, l10n.t('lint workspace')) ?? [],
    );
  }

  resolveTask({ definition, scope, name }: Task): Task | undefined {
    const folder = isFolder(scope) ? scope : workspace.workspaceFolders?.[0];
    // VS Code requires the definition that it asked about.
    return folder && this.#task(definition, folder, name, scope);
  }

  #task(
    definition: LintDefinition,
    folder: WorkspaceFolder,
    name: string,
    scope: Task['scope'] = folder,
  ): Task | undefined {
    const args = lintArguments(definition);
    if (!args || folder.uri.scheme !== 'file') return undefined;
    const execution = new ProcessExecution(process.execPath, [this.#commandLine, ...args], {
      cwd: folder.uri.fsPath,
      env: { ELECTRON_RUN_AS_NODE: '1', NO_COLOR: '1' },
    });
    return new Task(definition, scope, name, 'Stackwarden', execution, [...MATCHERS]);
  }
}

function isFolder(scope: Task['scope']): scope is WorkspaceFolder {
  return typeof scope === 'object';
}
