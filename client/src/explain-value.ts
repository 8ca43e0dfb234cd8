import { commands, Range, Uri, ViewColumn, window, type Disposable, type WebviewPanel } from 'vscode';
import { l10n } from './l10n.ts';
import type { Server } from './server.ts';
import { pageHtml, placeOf, plainHtml, ruleOf, withCommands } from './value-page.ts';

/** The result of `stackwarden/explainValue`. */
interface ExplainedValue {
  readonly markdown: string;
}

/** The command of links on the page, and the only command that the page can run. */
const OPEN_LINK = 'stackwarden.openLink';

/**
 * Shows explanations of values in a webview next to the document, which the next explanation reuses. The Markdown
 * preview of VS Code cannot be used, because it removes links to files.
 */
export class ValuePage implements Disposable {
  readonly #server: Server;
  readonly #links: Disposable;
  #panel: WebviewPanel | undefined;

  constructor(server: Server) {
    this.#server = server;
    this.#links = commands.registerCommand(OPEN_LINK, openLink);
  }

  /** Explains the value at the cursor, or shows that there is none. */
  async explain(): Promise<void> {
    const editor = window.activeTextEditor;
    if (!editor) return;
    const explained = await this.#server.ask<ExplainedValue>(
      'stackwarden/explainValue',
      editor.document.uri,
      editor.selection.active,
    );
    if (!explained) {
      window.setStatusBarMessage(l10n.t('Stackwarden: No value to explain at the cursor.'), 5000);
      return;
    }
    const html = pageHtml(await rendered(explained.markdown));
    // The focus stays in the document, so that the next value can be explained.
    if (this.#panel) this.#panel.reveal(undefined, true);
    else {
      this.#panel = window.createWebviewPanel(
        'stackwarden.value',
        l10n.t('Value'),
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

/** Shows the page of a rule, or a line of a document. */
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
