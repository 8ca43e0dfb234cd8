/** From an edit to its diagnostics, and how long the server is blocked meanwhile. */
import { performance } from 'node:perf_hooks';
import { DEBOUNCE } from '../../../server/src/lsp/debouncer.ts';
import { documentNamed } from '../documents/catalogue.ts';
import { EditedText } from './edits.ts';
import type { ServerProcess } from './server-process.ts';

export interface EditFigures {
  /** Milliseconds from each edit to its diagnostics, without the debounce time. */
  readonly times: readonly number[];
  /** Milliseconds of processor time of the main thread for each edit; empty if the system does not tell. */
  readonly mainThread: readonly number[];
  /** The blocks of the event loop in milliseconds, of all edits. */
  readonly blocks: readonly number[];
  /** For each edit, the longest block. */
  readonly longest: readonly number[];
  /** The same without the time in which the main thread waited for a processor that other threads or programs used. */
  readonly longestWithoutWaits: readonly number[];
  readonly findings: number;
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The URI of a document in a folder of its own. */
export const uriOf = (name: string, extension: string): string =>
  `file:///bench/${name}/${extension.startsWith('.tf') ? 'main' : name}${extension}`;

/** What an edit took. */
interface EditTimes {
  /** Milliseconds to the diagnostics, without the debounce time. */
  readonly time: number;
  /** Milliseconds of processor time of the main thread, if the system tells. */
  readonly cpu: number | undefined;
  /** The number of findings. */
  readonly count: number;
}

/** A document that is open in a server and edited there. */
export class OpenDocument {
  readonly uri: string;
  readonly #server: ServerProcess;
  readonly #edited: EditedText;
  #version = 1;

  private constructor(server: ServerProcess, uri: string, text: string) {
    this.#server = server;
    this.uri = uri;
    this.#edited = new EditedText(text);
  }

  /** Opens a document, and resolves when its diagnostics arrived. */
  static async opened(server: ServerProcess, name: string): Promise<OpenDocument> {
    const { extension, language, make } = documentNamed(name);
    const document = new OpenDocument(server, uriOf(name, extension), make());
    server.open(document.uri, language, document.#edited.text());
    await server.until(({ uri }) => uri === document.uri);
    return document;
  }

  /** Makes the next edit, and resolves when its diagnostics arrived. */
  async edit(): Promise<EditTimes> {
    const { range, text } = this.#edited.next();
    const wanted = ++this.#version;
    const before = this.#server.mainThreadTime();
    const start = performance.now();
    this.#server.notify('textDocument/didChange', {
      textDocument: { uri: this.uri, version: wanted },
      contentChanges: [{ range, text }],
    });
    const { at, count } = await this.#server.until(({ uri, version }) => uri === this.uri && version === wanted);
    const after = this.#server.mainThreadTime();
    return {
      time: at - start - DEBOUNCE,
      cpu: after === undefined || before === undefined ? undefined : after - before,
      count,
    };
  }

  close(): void {
    this.#server.close(this.uri);
  }
}

/** Opens a document and makes edits, after some that are not counted. */
export async function measureEdits(
  server: ServerProcess,
  name: string,
  { edits, warmUp }: { readonly edits: number; readonly warmUp: number },
): Promise<EditFigures> {
  const document = await OpenDocument.opened(server, name);
  for (let i = 0; i < warmUp; i++) await document.edit();
  const [times, mainThread]: [number[], number[]] = [[], []];
  const [blocks, longest, longestWithoutWaits]: [number[], number[], number[]] = [[], [], []];
  let findings = 0;
  for (let i = 0; i < edits; i++) {
    const { time, cpu, count } = await document.edit();
    times.push(time);
    if (cpu !== undefined) mainThread.push(cpu);
    findings = count;
    await pause(20);
  }
  for (let i = 0; i < edits; i++) {
    await server.ask('watch');
    await document.edit();
    const watched = await server.ask('unwatch');
    blocks.push(...watched.blocks);
    longest.push(watched.longest.wall);
    longestWithoutWaits.push(watched.longest.withoutWaits);
  }
  document.close();
  return { times, mainThread, blocks, longest, longestWithoutWaits, findings };
}
