/** The test's end of the line to the extension host. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Operations } from './operations.ts';
import type { Answer, Request } from './protocol.ts';

/** The operations, as a test calls them. */
export type Control = Operations;

/** Waits for VS Code to call. */
export class ControlLine {
  readonly #server: Server;
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  #socket: Socket | undefined;
  #last = 0;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      // A reloaded window has a new extension host, which calls again.
      this.#socket = socket;
      socket.on('error', () => {
        /* The editor went away; whoever waits for it hears of it on closing. */
      });
      socket.on('close', () => this.#fail('The extension host went away'));
      createInterface(socket).on('line', (line) => this.#hear(JSON.parse(line) as Answer));
    });
  }

  static async listen(): Promise<ControlLine> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ControlLine(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get isConnected(): boolean {
    return this.#socket !== undefined && !this.#socket.destroyed;
  }

  /** All operations; each call is one question and its answer. */
  get control(): Control {
    return new Proxy({} as Control, {
      // `await` first checks whether an object is a promise.
      get: (_, operation) =>
        operation === 'then'
          ? undefined
          : (...args: readonly unknown[]) => this.#ask(operation as keyof Operations, args),
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#server.close();
  }

  async #ask(operation: keyof Operations, args: readonly unknown[]): Promise<unknown> {
    if (!this.#socket) throw new Error('No extension host has called yet');
    const request: Request = { id: ++this.#last, operation, args };
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      this.#socket!.write(`${JSON.stringify(request)}\n`);
    });
  }

  #hear({ id, result, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(error));
  }

  #fail(why: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }
}
