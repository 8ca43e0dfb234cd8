/**
 * What the tests ask of VS Code through its API. This runs in the extension host, beside the extension under test: VS
 * Code asks its providers exactly as it does for a user. Everything that goes in and out is plain data.
 */
import * as vscode from 'vscode';

/** What is in a text, by line and character: `[line, character, line, character]`. */
export type PlainRange = readonly [number, number, number, number];

export interface PlainDiagnostic {
  readonly range: PlainRange;
  readonly severity: string;
  /** `Unnecessary` and `Deprecated`. */
  readonly tags: readonly string[];
  readonly message: string;
  readonly source: string | undefined;
  readonly code: string | undefined;
  /** Where the code leads to. */
  readonly link: string | undefined;
  readonly related: readonly { readonly uri: string; readonly range: PlainRange; readonly message: string }[];
}

interface PlainCodeAction {
  readonly title: string;
  readonly kind: string | undefined;
  readonly isPreferred: boolean;
}

let watcher: vscode.FileSystemWatcher | undefined;
let changes = 0;

export const operations = {
  /** Opens a document in an editor and gives its uri, as VS Code writes it. */
  open: async (uri: string): Promise<string> => show(await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))),

  /** Opens a document that is not a file. */
  openUntitled: async (language: string, content: string): Promise<string> =>
    show(await vscode.workspace.openTextDocument({ language, content })),

  setLanguage: async (uri: string, language: string): Promise<void> => {
    await vscode.languages.setTextDocumentLanguage(document(uri), language);
  },

  language: async (uri: string): Promise<string> => document(uri).languageId,

  text: async (uri: string): Promise<string> => document(uri).getText(),

  /** Replaces the only occurrence of a text, as a user who types. */
  replace: async (uri: string, what: string, by: string): Promise<void> => {
    const doc = document(uri);
    const start = doc.getText().indexOf(what);
    if (start < 0) throw new Error(`${JSON.stringify(what)} is not in ${uri}`);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(doc.uri, new vscode.Range(doc.positionAt(start), doc.positionAt(start + what.length)), by);
    if (!(await vscode.workspace.applyEdit(edit))) throw new Error('VS Code refused the edit');
  },

  save: async (uri: string): Promise<boolean> => document(uri).save(),

  diagnostics: async (uri: string): Promise<readonly PlainDiagnostic[]> =>
    vscode.languages.getDiagnostics(vscode.Uri.parse(uri)).map(plainDiagnostic),

  /** What the light bulb offers in a range. */
  codeActions: async (uri: string, range: PlainRange, kind?: string): Promise<readonly PlainCodeAction[]> =>
    (await codeActions(uri, range, kind)).map((action) => ({
      title: action.title,
      kind: action.kind?.value,
      isPreferred: action.isPreferred ?? false,
    })),

  /** Applies the code action with a title, resolved as when a user chooses it. */
  applyCodeAction: async (uri: string, range: PlainRange, title: string, kind?: string): Promise<void> => {
    const action = (await codeActions(uri, range, kind)).find((each) => each.title === title);
    if (!action?.edit) throw new Error(`${JSON.stringify(title)} is not offered, or has no edit`);
    if (!(await vscode.workspace.applyEdit(action.edit))) throw new Error('VS Code refused the edit');
  },

  /** All that a hover shows at a position, of every provider. */
  hover: async (uri: string, line: number, character: number): Promise<readonly string[]> => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      vscode.Uri.parse(uri),
      new vscode.Position(line, character),
    );
    return hovers.flatMap(({ contents }) =>
      contents.map((content) => (typeof content === 'string' ? content : content.value)),
    );
  },

  /** The labels of what is offered at a position, in the order of the list, and the text that each inserts. */
  completions: async (
    uri: string,
    line: number,
    character: number,
  ): Promise<readonly { readonly label: string; readonly inserts: string }[]> => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      vscode.Uri.parse(uri),
      new vscode.Position(line, character),
    );
    const labelled = items.map(({ label, insertText, sortText }) => ({
      label: typeof label === 'string' ? label : label.label,
      inserts: typeof insertText === 'string' ? insertText : (insertText?.value ?? ''),
      sortText,
    }));
    return labelled
      .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
      .map(({ label, inserts }) => ({ label, inserts }));
  },

  /** Runs a command by its id. */
  command: async (id: string, ...args: readonly unknown[]): Promise<void> => {
    await vscode.commands.executeCommand(id, ...args);
  },

  /** The commands whose ids begin so. */
  commands: async (prefix: string): Promise<readonly string[]> =>
    (await vscode.commands.getCommands(true)).filter((id) => id.startsWith(prefix)).sort(),

  /** Changes a setting of the user, or takes it away. */
  setting: async (name: string, value: unknown): Promise<void> => {
    await vscode.workspace.getConfiguration().update(name, value ?? undefined, vscode.ConfigurationTarget.Global);
  },

  /** How many changes on disk VS Code has told of since this was first asked. */
  changesOnDisk: async (): Promise<number> => {
    if (!watcher) {
      watcher = vscode.workspace.createFileSystemWatcher('**/*');
      watcher.onDidCreate(() => {
        changes++;
      });
      watcher.onDidChange(() => {
        changes++;
      });
    }
    return changes;
  },

  /** The steps of the first walkthrough of an extension, in the language of the editor. */
  walkthrough: async (id: string): Promise<readonly string[]> => {
    const manifest = vscode.extensions.getExtension(id)?.packageJSON as
      | {
          readonly contributes?: {
            readonly walkthroughs?: readonly { readonly steps: readonly { readonly title: string }[] }[];
          };
        }
      | undefined;
    return manifest?.contributes?.walkthroughs?.[0]?.steps.map(({ title }) => title) ?? [];
  },

  /** The names of the tasks of a type. */
  tasks: async (type: string): Promise<readonly string[]> =>
    (await vscode.tasks.fetchTasks({ type })).map(({ name, source }) => `${source}: ${name}`),

  /** Whether an extension is there and runs. */
  extension: async (id: string): Promise<'missing' | 'inactive' | 'active'> => {
    const extension = vscode.extensions.getExtension(id);
    return extension === undefined ? 'missing' : extension.isActive ? 'active' : 'inactive';
  },

  /** The titles of all tabs, those of one group after those of another. */
  tabs: async (): Promise<readonly string[]> =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),

  /** Closes the editors of one document, which has no changes or loses them. */
  close: async (uri: string): Promise<void> => {
    await vscode.window.showTextDocument(document(uri));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  },

  /** Closes all editors and discards unsaved changes without a prompt. */
  closeAll: async (): Promise<void> => {
    while (vscode.window.activeTextEditor)
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  },
};

export type Operations = typeof operations;

async function show(doc: vscode.TextDocument): Promise<string> {
  await vscode.window.showTextDocument(doc, { preview: false });
  return doc.uri.toString();
}

function document(uri: string): vscode.TextDocument {
  const open = vscode.workspace.textDocuments.find((doc) => doc.uri.toString() === vscode.Uri.parse(uri).toString());
  if (!open) throw new Error(`${uri} is not open`);
  return open;
}

function codeActions(uri: string, range: PlainRange, kind: string | undefined): Thenable<vscode.CodeAction[]> {
  // The number lets VS Code ask for the edits of that many actions.
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    vscode.Uri.parse(uri),
    new vscode.Range(...range),
    kind,
    100,
  );
}

function plainDiagnostic({
  range,
  severity,
  message,
  source,
  code,
  relatedInformation = [],
  tags = [],
}: vscode.Diagnostic): PlainDiagnostic {
  return {
    range: plainRange(range),
    severity: vscode.DiagnosticSeverity[severity],
    tags: tags.map((tag) => vscode.DiagnosticTag[tag]),
    message,
    source,
    code: plainCode(code),
    link: typeof code === 'object' ? code.target.toString(true) : undefined,
    related: relatedInformation.map(({ location, message }) => ({
      uri: location.uri.toString(),
      range: plainRange(location.range),
      message,
    })),
  };
}

function plainCode(code: vscode.Diagnostic['code']): string | undefined {
  return code === undefined ? undefined : String(typeof code === 'object' ? code.value : code);
}

function plainRange({ start, end }: vscode.Range): PlainRange {
  return [start.line, start.character, end.line, end.character];
}
