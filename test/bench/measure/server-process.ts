/** A built server as a process, spoken to as editors do, with the time at which each message arrived. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { SERVER_OPTIONS, SERVER_VARIABLES } from '../../../client/src/node-options.ts';

const PRELOAD = fileURLToPath(new URL('preload.cjs', import.meta.url));

export interface Published {
  readonly uri: string;
  readonly version: number | undefined;
  readonly count: number;
  /** When it arrived. */
  readonly at: number;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** What a client says that can do what VS Code does, but gets its diagnostics pushed. */
export const CAPABILITIES = {
  general: { positionEncodings: ['utf-16'] },
  workspace: { workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true } },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      versionSupport: true,
    },
    hover: { contentFormat: ['markdown'] },
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
  },
};

/** The arguments of Node.js with which the extension starts the server of a build. */
export function serverOf(dist: string): readonly string[] {
  return [...SERVER_OPTIONS, `${dist}/server.cjs`, '--stdio'];
}

export interface ServerOptions {
  /** The folder that is open, as a URI. */
  readonly folder?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export class ServerProcess {
  readonly published: Published[] = [];
  readonly spawnedAt = performance.now();
  readonly #child: ChildProcess;
  readonly #replies = new Map<number, (message: Message) => void>();
  /** Why the server answers no more; undefined while it runs. */
  #ended: Error | undefined;
  #waiting: (() => void) | undefined;
  #nextId = 1;
  #input: Buffer = Buffer.alloc(0);

  /** @param node The Node.js executable. */
  constructor(args: readonly string[], node = process.execPath) {
    const env = { ...process.env, ...SERVER_VARIABLES };
    this.#child = spawn(node, ['--require', PRELOAD, ...args], { stdio: ['pipe', 'pipe', 'ignore', 'ipc'], env });
    this.#child.stdout!.on('data', (chunk: Buffer) => this.#hear(chunk));
    this.#child.stdin!.on('error', () => undefined);
    this.#child.on('error', (error) => this.#end(error));
    this.#child.on('exit', (code, signal) =>
      this.#end(new Error(`${args.join(' ')} ended with ${String(code ?? signal)}.`)),
    );
  }

  /** Starts a server and initializes it. */
  static async started(args: readonly string[], { folder, settings = {} }: ServerOptions = {}): Promise<ServerProcess> {
    const server = new ServerProcess(args);
    await server.initialize(folder, settings);
    return server;
  }

  /** Resolves when the server has answered. */
  async initialize(folder?: string, settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.request('initialize', {
      processId: process.pid,
      rootUri: folder ?? null,
      workspaceFolders: folder === undefined ? null : [{ uri: folder, name: 'bench' }],
      capabilities: CAPABILITIES,
      initializationOptions: settings,
    });
    this.notify('initialized', {});
  }

  request(method: string, params: unknown): Promise<unknown> {
    const id = this.#nextId++;
    this.#send({ id, method, params });
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      this.#replies.set(id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result)));
    });
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  open(uri: string, languageId: string, text: string): void {
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  close(uri: string): void {
    this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  /** Resolves with the publication that meets a condition, also if it arrived before. */
  async until(isMeant: (published: Published) => boolean, limit = 120_000): Promise<Published> {
    const end = performance.now() + limit;
    for (;;) {
      const met = this.published.findLast(isMeant);
      if (met) return met;
      if (this.#ended) throw this.#ended;
      if (performance.now() > end) throw new Error('The server did not publish what was waited for.');
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1000);
        this.#waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Resolves when nothing was published for some time. */
  async quiet(milliseconds: number): Promise<void> {
    for (let count = -1; count !== this.published.length;) {
      count = this.published.length;
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    }
  }

  /** Asks what `preload.cjs` loaded into the process. */
  ask(question: 'watch'): Promise<null>;
  ask(
    question: 'unwatch',
  ): Promise<{
    readonly blocks: readonly number[];
    readonly longest: { readonly wall: number; readonly withoutWaits: number };
  }>;
  ask(question: 'cpu'): Promise<NodeJS.CpuUsage>;
  ask(question: 'memory'): Promise<{ readonly rss: number; readonly heap: number; readonly rssAfter: number }>;
  ask(question: 'rss'): Promise<number>;
  ask(question: 'parts'): Promise<readonly (readonly [name: string, characters: number])[]>;
  ask(question: string): Promise<unknown> {
    return new Promise((resolve) => {
      this.#child.once('message', (message) => resolve((message as { readonly answer: unknown }).answer));
      this.#child.send(question);
    });
  }

  /** The processor time of the main thread in milliseconds, where Linux tells it. */
  mainThreadTime(): number | undefined {
    try {
      const pid = String(this.#child.pid);
      return Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'latin1'), 10) / 1e6;
    } catch {
      return undefined;
    }
  }

  /** The most memory that the process ever had, in bytes, where Linux tells it. */
  peak(): number | undefined {
    try {
      const status = readFileSync(`/proc/${String(this.#child.pid)}/status`, 'latin1');
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
    } catch {
      return undefined;
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill();
    await ended;
  }

  /** Rejects what waits for an answer, which would never come. */
  #end(error: Error): void {
    this.#ended ??= error;
    for (const reply of this.#replies.values()) reply({ error: { message: error.message } });
    this.#replies.clear();
    this.#waiting?.();
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#child.stdin!.write(`Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`);
  }

  #hear(chunk: Buffer): void {
    const at = performance.now();
    this.#input = this.#input.length === 0 ? chunk : Buffer.concat([this.#input, chunk]);
    for (;;) {
      const head = this.#input.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#input.toString('latin1', 0, head))![1]);
      const end = head + 4 + length;
      if (this.#input.length < end) return;
      const message = JSON.parse(this.#input.toString('utf8', head + 4, end)) as Message;
      this.#input = this.#input.subarray(end);
      this.#receive(message, at);
    }
  }

  #receive(message: Message, at: number): void {
    const { id, method, params } = message;
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, version, diagnostics } = params as {
        uri: string;
        version?: number;
        diagnostics: readonly unknown[];
      };
      this.published.push({ uri, version, count: diagnostics.length, at });
      this.#waiting?.();
    } else if (method !== undefined && id !== undefined) this.#send({ id, result: null });
    else if (id !== undefined) {
      this.#replies.get(id)?.(message);
      this.#replies.delete(id);
    }
  }
}
