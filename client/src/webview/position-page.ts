import { commands, Position, Range, Uri, ViewColumn, window, type Disposable, type WebviewPanel } from 'vscode';
import { l10n, translation } from '../l10n.ts';
import type { PathGraph, DocumentRange } from '../path/graph.ts';
import type { Server } from '../server.ts';
import { commandLink, pageHtml, linkTarget, plainHtml, ruleOf, withCommands } from '../value-page.ts';

/** The result of a request for a page as Markdown. */
interface MarkdownPage {
  readonly markdown: string;
}

/** A page about a position. */
interface PageKind<Answer> {
  readonly request: string;
  readonly title: string;
  /** The message without an answer. */
  readonly none: string;
  html(answer: Answer, title: string): Promise<string>;
  /** Whether it has a script. */
  readonly hasScript?: boolean;
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
 * Shows pages about positions of documents in a webview next to the document, which the next page reuses: explanations
 * of values, responsibilities for resources, and paths to them. The Markdown preview of VS Code cannot be used, because
 * it removes links to files.
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
    await this.#show<MarkdownPage>({
      request: 'stackwarden/explainValue',
      title: l10n.t('Value'),
      none: l10n.t('Stackwarden: No value to explain at the cursor.'),
      html: markdownHtml,
    });
  }

  /** Shows the responsibilities for the resource at a position, which is that of the cursor without one. */
  async showOwnership(stated?: StatedPosition): Promise<void> {
    await this.#show<MarkdownPage>(
      {
        request: 'stackwarden/ownership',
        title: l10n.t('Shared Responsibility'),
        none: l10n.t('Stackwarden: No resource at the cursor.'),
        html: markdownHtml,
      },
      stated,
    );
  }

  /** Draws the paths from outside to the resource at a position, which is that of the cursor without one. */
  async showPath(stated?: StatedPosition): Promise<void> {
    await this.#show<PathGraph>(
      {
        request: 'stackwarden/paths',
        title: l10n.t('Path'),
        none: l10n.t('Stackwarden: No resource at the cursor.'),
        html: pathHtml,
        hasScript: true,
      },
      stated,
    );
  }

  async #show<Answer>(
    { request, title, none, html, hasScript = false }: PageKind<Answer>,
    stated?: StatedPosition,
  ): Promise<void> {
    const editor = window.activeTextEditor;
    const at = stated
      ? { uri: Uri.parse(stated.uri), position: new Position(stated.line, stated.character) }
      : editor && { uri: editor.document.uri, position: editor.selection.active };
    if (!at) return;
    const answer = await this.#server.ask<Answer>(request, at.uri, at.position);
    if (!answer) {
      window.setStatusBarMessage(none, 5000);
      return;
    }
    const page = await html(answer, title);
    // The focus stays in the document, so that the user can move to the next position.
    if (this.#panel) {
      this.#panel.title = title;
      this.#panel.reveal(undefined, true);
    } else {
      this.#panel = window.createWebviewPanel(
        'stackwarden.value',
        title,
        { viewColumn: ViewColumn.Beside, preserveFocus: true },
        { enableFindWidget: true },
      );
      this.#panel.onDidDispose(() => {
        this.#panel = undefined;
      });
    }
    const { webview } = this.#panel;
    webview.options = { enableCommandUris: [OPEN_LINK], enableScripts: hasScript, localResourceRoots: [] };
    webview.html = page;
  }

  dispose(): void {
    this.#links.dispose();
    this.#panel?.dispose();
  }
}

async function markdownHtml({ markdown }: MarkdownPage, title: string): Promise<string> {
  return pageHtml(await rendered(markdown), title);
}

/** The drawing is loaded when it is needed for the first time. */
async function pathHtml(graph: PathGraph): Promise<string> {
  const { pathPage, translateWith } = await import('../path/path-page.ts');
  translateWith(translation());
  return pathPage(graph, linkTo, crypto.randomUUID());
}

/** The link to the beginning of a place. */
function linkTo({ uri, range: { start } }: DocumentRange): string {
  return commandLink(OPEN_LINK, `${uri}#L${start.line + 1},${start.character + 1}`);
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
  const { document, line, character = 0 } = linkTarget(href);
  const uri = Uri.parse(document);
  const shown = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  await window.showTextDocument(uri, {
    viewColumn: shown?.viewColumn ?? ViewColumn.One,
    ...(line === undefined ? {} : { selection: new Range(line, character, line, character) }),
  });
}
