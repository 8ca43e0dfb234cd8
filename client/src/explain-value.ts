import { commands, Range, Uri, ViewColumn, window, type Disposable, type WebviewPanel } from 'vscode';
import type { Server } from './server.ts';
import { pageHtml, placeOf, plainHtml, ruleOf, withCommands } from './value-page.ts';

/** What the server answers to `stackwarden/explainValue`. */
interface ExplainedValue {
  readonly markdown: string;
}

/** What a link of the page does. It is the only command that the page may run. */
const OPEN_LINK = 'stackwarden.openLink';

/**
 * Explains the value at the cursor on a page beside the document, which the next explanation takes over. It is a page of our own, because
 * VS Code's preview of Markdown leaves out links to files, and an explanation has many.
 */
export class ValuePage implements Disposable {
  readonly #server: Server;
  readonly #links: Disposable;
  #panel: WebviewPanel | undefined;

  constructor(server: Server) {
    this.#server = server;
    this.#links = commands.registerCommand(OPEN_LINK, openLink);
  }

  /** Shows what is known of the value at the cursor, or says that there is none. */
  async explain(): Promise<void> {
    const editor = window.activeTextEditor;
    if (!editor) return;
    const explained = await this.#server.ask<ExplainedValue>(
      'stackwarden/explainValue',
      editor.document.uri,
      editor.selection.active,
    );
    if (!explained) {
      window.setStatusBarMessage('Stackwarden: No value to explain at the cursor.', 5000);
      return;
    }
    const html = pageHtml(await rendered(explained.markdown));
    // Whoever explains one value after the other stays where they are.
    if (this.#panel) this.#panel.reveal(undefined, true);
    else {
      this.#panel = window.createWebviewPanel(
        'stackwarden.value',
        'Value',
        { viewColumn: ViewColumn.Beside, preserveFocus: true },
        { enableCommandUris: [OPEN_LINK], localResourceRoots: [], enableFindWidget: true },
      );
      this.#panel.onDidDispose(() => {
        this.#panel = undefined;
      });
    }
    this.#panel.webview.html = html;
  }

  dispose(): void {
    this.#links.dispose();
    this.#panel?.dispose();
  }
}

async function rendered(markdown: string): Promise<string> {
  try {
    return await commands.executeCommand<string>('markdown.api.render', withCommands(markdown, OPEN_LINK));
  } catch {
    // The editor cannot render Markdown.
    return plainHtml(markdown);
  }
}

/** Shows the page of a rule, or the line of a document in the editor in which it is. */
async function openLink(href: string): Promise<void> {
  const rule = ruleOf(href);
  if (rule !== undefined) return commands.executeCommand('stackwarden.showRule', rule);
  const { document, line } = placeOf(href);
  const uri = Uri.parse(document);
  const shown = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  await window.showTextDocument(uri, {
    viewColumn: shown?.viewColumn ?? ViewColumn.One,
    ...(line === undefined ? {} : { selection: new Range(line, 0, line, 0) }),
  });
}
