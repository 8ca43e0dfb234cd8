import { Position, Uri, window, workspace, WorkspaceEdit, type WorkspaceFolder } from 'vscode';

const CONFIGURATION_FILE = '.stackwarden.yaml';

/** The content of a new configuration file, in the extension. */
const NEW_CONFIGURATION = 'client/walkthrough/configuration.yaml';

/** Opens the configuration file of a workspace folder. If there is none, a new one is opened that is not saved yet. */
export async function openConfiguration(extension: Uri): Promise<void> {
  const folder = await chosenFolder();
  if (!folder) return;
  const uri = Uri.joinPath(folder.uri, CONFIGURATION_FILE);
  const existing = await exists(uri);
  const document = await workspace.openTextDocument(existing ? uri : uri.with({ scheme: 'untitled' }));
  await window.showTextDocument(document);
  if (existing || document.getText() !== '') return;
  const content = await workspace.fs.readFile(Uri.joinPath(extension, NEW_CONFIGURATION));
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, new Position(0, 0), new TextDecoder().decode(content));
  await workspace.applyEdit(edit);
}

/** The folder of the active document, or the only one; else the user chooses. */
async function chosenFolder(): Promise<WorkspaceFolder | undefined> {
  const active = window.activeTextEditor?.document.uri;
  const [first, ...others] = workspace.workspaceFolders ?? [];
  if (others.length === 0) return first;
  return (active && workspace.getWorkspaceFolder(active)) ?? window.showWorkspaceFolderPick();
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
