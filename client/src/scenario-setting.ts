import { ConfigurationTarget, EventEmitter, workspace, type Event, type Uri } from 'vscode';
import { isEveryScenario, readScenario, type Scenario } from './scenario.ts';

const SECTION = 'stackwarden';
const NAME = 'scenario';

/**
 * The scenario for documents that are in no folder of the workspace. It is gone with the window: a scenario leaves findings out,
 * so it is not to outlive what somebody looked at, in other windows and for good.
 */
let withoutFolder: Scenario = {};
const changed = new EventEmitter<void>();

/** Tells after the scenario of documents without a folder was changed; VS Code tells of the others. */
export const onDidChangeScenario: Event<void> = changed.event;

/** The scenario that is looked at in a document. */
export function scenarioAt(uri: Uri | undefined): Scenario {
  return temporaryScenario(uri) ?? readScenario(workspace.getConfiguration(SECTION, uri).get(NAME));
}

/** The scenario of a document that is in no folder, once somebody chose one. */
export function temporaryScenario(uri: Uri | undefined): Scenario | undefined {
  return !isEveryScenario(withoutFolder) && (!uri || !workspace.getWorkspaceFolder(uri)) ? withoutFolder : undefined;
}

/** Looks at a scenario from now on: in the settings of the folder of a document, or for this window. */
export async function setScenario(uri: Uri, scenario: Scenario): Promise<void> {
  if (!workspace.getWorkspaceFolder(uri)) {
    withoutFolder = scenario;
    changed.fire();
    return;
  }
  const configuration = workspace.getConfiguration(SECTION, uri);
  const ofFolder = (workspace.workspaceFolders?.length ?? 0) > 1 || configuration.inspect(NAME)?.workspaceFolderValue !== undefined;
  await configuration.update(NAME, isEveryScenario(scenario) ? undefined : scenario, ofFolder ? ConfigurationTarget.WorkspaceFolder : ConfigurationTarget.Workspace);
}
