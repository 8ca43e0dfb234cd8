import { commands, EventEmitter, Uri, window, workspace, type Disposable, type TextDocumentContentProvider } from 'vscode';
import type { Server } from './server.ts';

/** What the server answers to `stackwarden/explainValue`. */
interface ExplainedValue {
  readonly markdown: string;
}

const SCHEME = 'stackwarden-value';

/** The one page on which values are explained. */
const PAGE = Uri.from({ scheme: SCHEME, path: '/Value.md' });

/** Explains the value at the cursor on a page beside the document, which the next explanation takes over. */
export class ValuePage implements TextDocumentContentProvider, Disposable {
  readonly #server: Server;
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration: Disposable;
  readonly onDidChange = this.#changed.event;
  #markdown = '';

  constructor(server: Server) {
    this.#server = server;
    this.#registration = workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  provideTextDocumentContent(): string {
    return this.#markdown;
  }

  /** Shows what is known of the value at the cursor, or says that there is none. */
  async explain(): Promise<void> {
    const editor = window.activeTextEditor;
    if (!editor) return;
    const explained = await this.#server.ask<ExplainedValue>('stackwarden/explainValue', editor.document.uri, editor.selection.active);
    if (!explained) {
      window.setStatusBarMessage('Stackwarden: there is no value here to explain', 5000);
      return;
    }
    this.#markdown = explained.markdown;
    this.#changed.fire(PAGE);
    try {
      await commands.executeCommand('markdown.showPreviewToSide', PAGE);
    } catch {
      // The editor has no preview of Markdown.
      await window.showTextDocument(PAGE, { preview: true });
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
