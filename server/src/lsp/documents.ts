import type { Connection, Disposable, Event, TextDocumentSyncOptions } from 'vscode-languageserver';
import { Emitter, TextDocumentSyncKind } from './protocol.ts';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineIndex } from '../base/line-index.ts';
import type { Uri } from '../base/span.ts';
import { identity } from './uri.ts';

/** A document that is open in the editor. */
export interface OpenDocument {
  readonly doc: Uri;
  /** The URI in the client's spelling. */
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  /** The lines of the text, which requests about it share. */
  readonly lines: LineIndex;
  /** Unique for each text, also after a document is closed and opened again. */
  readonly stamp: string;
}

export interface DocumentEvent {
  readonly doc: Uri;
  readonly what: 'opened' | 'edited' | 'closed';
  /** The text after the event; for a closed document, its last text. */
  readonly text: string;
}

export const DOCUMENT_SYNC: TextDocumentSyncOptions = { openClose: true, change: TextDocumentSyncKind.Incremental };

/** A document in one version. */
interface Held {
  readonly buffer: TextDocument;
  readonly stamp: number;
  /** Made on demand. */
  lines?: LineIndex;
}

/** The open documents, synchronized with the editor. */
export class OpenDocuments {
  readonly #open = new Map<Uri, Held>();
  readonly #changed = new Emitter<DocumentEvent>();
  /** Counts texts. Versions do not identify them: a client can count wrongly, or restart. */
  #stamps = 0;

  /** Fires after a document was opened, edited or closed. */
  get onDidChange(): Event<DocumentEvent> {
    return this.#changed.event;
  }

  listen(connection: Connection): Disposable[] {
    return [
      connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
        const doc = identity(uri);
        this.#open.set(doc, { buffer: TextDocument.create(uri, languageId, version, text), stamp: ++this.#stamps });
        this.#changed.fire({ doc, what: 'opened', text });
      }),
      connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
        const doc = identity(uri);
        const held = this.#open.get(doc);
        if (!held) return;
        const buffer = TextDocument.update(held.buffer, contentChanges, version);
        this.#open.set(doc, { buffer, stamp: ++this.#stamps });
        const text = buffer.getText();
        this.#changed.fire({ doc, what: 'edited', text });
      }),
      connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
        const doc = identity(uri);
        const held = this.#open.get(doc);
        if (!held) return;
        this.#open.delete(doc);
        this.#changed.fire({ doc, what: 'closed', text: held.buffer.getText() });
      }),
    ];
  }

  get(doc: Uri): OpenDocument | undefined {
    const held = this.#open.get(doc);
    if (!held) return undefined;
    const { buffer, stamp } = held;
    const text = buffer.getText();
    return {
      doc,
      uri: buffer.uri,
      version: buffer.version,
      text,
      stamp: `open ${stamp}`,
      get lines() {
        return (held.lines ??= new LineIndex(text));
      },
    };
  }

  has(doc: Uri): boolean {
    return this.#open.has(doc);
  }

  all(): readonly Uri[] {
    return [...this.#open.keys()];
  }

  /** The length of the largest open document, in UTF-16 code units. */
  largest(): number {
    let largest = 0;
    for (const { buffer } of this.#open.values()) largest = Math.max(largest, buffer.getText().length);
    return largest;
  }

  /** The URI of a document in the client's spelling. */
  clientUri(doc: Uri): string {
    return this.#open.get(doc)?.buffer.uri ?? doc;
  }
}
