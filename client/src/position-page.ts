import { commands, Position, Range, Uri, ViewColumn, window, type Disposable, type WebviewPanel } from 'vscode';
import { l10n } from './l10n.ts';
import type { Server } from './server.ts';
import { pageHtml, placeOf, plainHtml, ruleOf, withCommands } from './value-page.ts';

/** The result of a request for a page. */
interface Page {
  readonly markdown: string;
}

/** A position in a document, as a link of a hover states it. */
export interface StatedPosition {
  readonly uri: string;
  /** Zero-based. */
  readonly line: number;
  readonly character: number;
}

/** The command of links on the page, and the only command that the page can run. */
const OPEN_LINK = 'stackwarden.openLink';

/**
 * Shows pages about positions of documents in a webview next to the document, which the next page reuses: explanations of
 * values, and responsibilities for resources. The Markdown preview of VS Code cannot be used, because it removes links to
 * files.
 */
export class PositionPage implements Disposable {
  readonly #server: Server;
  readonly #links: Disposable;
  #panel: WebviewPanel | undefined;

  constructor(server: Server) {
    this.#server = server;
    this.#links = commands.registerCommand(OPEN_LINK, openLink);
  }

  /** Explains the value at the cursor, or shows that there is none. */
  async explainValue(): Promise<void> {
    const none = l10n.t('Stackwarden: No value to explain at the cursor.');
    await this.#show('stackwarden/explainValue', l10n.t('Value'), none, undefined);
  }

  /** Shows the responsibilities for the resource at a position, which is that of the cursor without one. */
  async showOwnership(stated?: StatedPosition): Promise<void> {
    const none = l10n.t('Stackwarden: No resource at the cursor.');
    await this.#show('stackwarden/ownership', l10n.t('Ownership'), none, stated);
  }

  async #show(request: string, title: string, none: string, stated: StatedPosition | undefined): Promise<void> {
    const editor = window.activeTextEditor;
    const at = stated
      ? { uri: Uri.parse(stated.uri), position: new Position(stated.line, stated.character) }
      : editor && { uri: editor.document.uri, position: editor.selection.active };
    if (!at) return;
    const page = await this.#server.ask<Page>(request, at.uri, at.position);
    if (!page) {
      window.setStatusBarMessage(none, 5000);
      return;
    }
    const html = pageHtml(await rendered(page.markdown), title);
    // The focus stays in the document, so that the next position can be asked about.
    if (this.#panel) {
      this.#panel.title = title;
      this.#panel.reveal(undefined, true);
    } else {
      this.#panel = window.createWebviewPanel(
        'stackwarden.value',
        title,
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
