import {
  ConfigurationTarget,
  EventEmitter,
  workspace,
  type Disposable,
  type Event,
  type Memento,
  type Uri,
} from 'vscode';
import { isEveryScenario, parseScenario, type Scenario } from './scenario.ts';

const SECTION = 'stackwarden';
const NAME = 'scenario';
/** The key of the stored choices, which are keyed by folder URI. */
const KEY = 'scenarios';

/**
 * The scenarios that a user chose. They are stored in the workspace state and not in settings, which can be shared.
 * For documents outside a folder they last until the window closes.
 */
export class ChosenScenarios implements Disposable {
  readonly #kept: Memento;
  readonly #changed = new EventEmitter<void>();
  #withoutFolder: Scenario | undefined;

  constructor(kept: Memento) {
    this.#kept = kept;
  }

  /** Fires after a scenario was chosen. */
  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  /** The scenario of a document: the chosen one, else the one in the settings. */
  of(uri: Uri | undefined): Scenario {
    return this.chosen(uri) ?? settingOf(uri);
  }

  /** The chosen scenario; all scenarios can be chosen instead of the one in the settings. */
  chosen(uri: Uri | undefined): Scenario | undefined {
    const folder = folderOf(uri);
    if (folder === undefined) return this.#withoutFolder;
    const kept = this.#all();
    return Object.hasOwn(kept, folder) ? parseScenario(kept[folder]) : undefined;
  }

  async choose(uri: Uri, scenario: Scenario): Promise<void> {
    // A choice that equals the settings is not stored.
    const chosen = isEveryScenario(scenario) && isEveryScenario(settingOf(uri)) ? undefined : scenario;
    await this.#keep(folderOf(uri), chosen);
  }

  /**
   * Writes the scenario of a document to the settings of its folder, or of a workspace with one folder. Returns
   * whether there is a folder.
   */
  async save(uri: Uri): Promise<boolean> {
    const folder = folderOf(uri);
    if (folder === undefined) return false;
    const scenario = this.of(uri);
    const configuration = workspace.getConfiguration(SECTION, uri);
    const ofFolder =
      (workspace.workspaceFolders?.length ?? 0) > 1 || configuration.inspect(NAME)?.workspaceFolderValue !== undefined;
    await configuration.update(
      NAME,
      isEveryScenario(scenario) ? undefined : scenario,
      ofFolder ? ConfigurationTarget.WorkspaceFolder : ConfigurationTarget.Workspace,
    );
    await this.#keep(folder, undefined);
    return true;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #all(): Readonly<Record<string, unknown>> {
    return this.#kept.get<Readonly<Record<string, unknown>>>(KEY) ?? {};
  }

  async #keep(folder: string | undefined, scenario: Scenario | undefined): Promise<void> {
    if (folder === undefined) {
      this.#withoutFolder = scenario;
    } else {
      const others = Object.entries(this.#all()).filter(([other]) => other !== folder);
      await this.#kept.update(
        KEY,
        Object.fromEntries([...others, ...(scenario === undefined ? [] : [[folder, scenario] as const])]),
      );
    }
    this.#changed.fire();
  }
}

function folderOf(uri: Uri | undefined): string | undefined {
  return uri && workspace.getWorkspaceFolder(uri)?.uri.toString();
}

function settingOf(uri: Uri | undefined): Scenario {
  return parseScenario(workspace.getConfiguration(SECTION, uri).get(NAME));
}
