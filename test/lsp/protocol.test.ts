/** The responses of the server to invalid messages, byte by byte. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { languageServer } from '../kit/programs.ts';
import { FULL, PUSH, TestClient } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { processId: null, rootUri: null, capabilities: {} },
};

interface Answer {
  readonly id: number | null;
  readonly result?: unknown;
  readonly error?: { readonly code: number };
}

/** A server process, and the messages that it writes. */
class RawServer {
  readonly process: ChildProcessWithoutNullStreams;
  readonly #answers: Answer[] = [];
  #bytes = Buffer.alloc(0);
  errors = '';

  constructor(program: string) {
    this.process = spawn(process.execPath, [program, '--stdio'], { stdio: 'pipe' });
    this.process.stderr.on('data', (data: Buffer) => {
      this.errors += data.toString();
    });
    this.process.stdout.on('data', (data: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, data]);
      for (;;) {
        const head = /^Content-Length: (\d+)\r\n\r\n/.exec(this.#bytes.toString('latin1'));
        if (!head || this.#bytes.length < head[0].length + Number(head[1])) return;
        this.#answers.push(
          JSON.parse(this.#bytes.subarray(head[0].length, head[0].length + Number(head[1])).toString()) as Answer,
        );
        this.#bytes = this.#bytes.subarray(head[0].length + Number(head[1]));
      }
    });
  }

  send(message: object): void {
    const text = JSON.stringify(message);
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  async answer(id: number): Promise<Answer> {
    for (let tries = 0; tries < 2000; tries++) {
      const found = this.#answers.find((answer) => answer.id === id);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`no answer to ${id}`);
  }
}

describe('messages out of order', () => {
  let server: RawServer;
  beforeEach(async () => {
    server = new RawServer(await languageServer());
  });
  afterEach(() => server.process.kill());

  it('are refused before initialize', async () => {
    server.send({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: {} });
    server.send({ jsonrpc: '2.0', id: 7, method: 'textDocument/hover', params: {} });
    server.send({ jsonrpc: '2.0', id: 8, method: 'shutdown' });
    assert.equal((await server.answer(7)).error?.code, -32002);
    assert.equal((await server.answer(8)).error?.code, -32002);
    server.send(INITIALIZE);
    assert.ok((await server.answer(1)).result);
  });

  it('are refused at a second initialize, which changes nothing', async () => {
    server.send(INITIALIZE);
    server.send({ ...INITIALIZE, id: 2 });
    assert.equal((await server.answer(2)).error?.code, -32600);
    server.send({ jsonrpc: '2.0', id: 3, method: 'shutdown' });
    assert.equal((await server.answer(3)).result, null);
  });

  it('are refused after shutdown', async () => {
    server.send(INITIALIZE);
    server.send({ jsonrpc: '2.0', id: 2, method: 'shutdown' });
    server.send({ jsonrpc: '2.0', id: 3, method: 'textDocument/hover', params: {} });
    server.send({ jsonrpc: '2.0', id: 4, method: 'shutdown' });
    assert.equal((await server.answer(2)).result, null);
    assert.equal((await server.answer(3)).error?.code, -32600);
    assert.equal((await server.answer(4)).error?.code, -32600);
    server.send({ jsonrpc: '2.0', method: 'exit' });
    assert.deepEqual(await once(server.process, 'exit'), [0, null]);
  });

  it('end the server at exit before initialize', async () => {
    server.send({ jsonrpc: '2.0', method: 'exit' });
    assert.deepEqual(await once(server.process, 'exit'), [1, null]);
  });
});

describe('messages that cannot be read', () => {
  let server: RawServer;
  beforeEach(async () => {
    server = new RawServer(await languageServer());
    server.send(INITIALIZE);
    await server.answer(1);
  });
  afterEach(() => server.process.kill());

  for (const [what, bytes] of [
    ['without a length', 'Content-Type: x\r\n\r\n{}'],
    ['with a length that is not a number', 'Content-Length: many\r\n\r\n{}'],
    ['with line feeds alone', 'Content-Length: 2\n\n{}'.repeat(300)],
  ] as const) {
    it(`end the server when they come ${what}`, async () => {
      server.process.stdin.write(bytes);
      assert.deepEqual(await once(server.process, 'exit'), [1, null]);
      assert.match(server.errors, /^stackwarden: The header of a message .+\. The server exits\.\n$/);
    });
  }

  it('are skipped when they are not JSON', async () => {
    server.process.stdin.write('Content-Length: 3\r\n\r\n{"aContent-Length: 0\r\n\r\n');
    server.send({ jsonrpc: '2.0', id: 2, method: 'shutdown' });
    assert.equal((await server.answer(2)).result, null);
  });
});

describe('a client at the other end', () => {
  for (const kind of ['pipe', 'socket'] as const)
    it(`is served over a ${kind}`, async function () {
      if (process.platform === 'win32') this.skip();
      const listener = createServer();
      if (kind === 'pipe') listener.listen(join(tmpdir(), `stackwarden-${process.pid}.sock`));
      else listener.listen(0, '127.0.0.1');
      await once(listener, 'listening');
      const address = listener.address();
      const child = spawn(
        process.execPath,
        [await languageServer(), `--${kind}=${typeof address === 'object' ? address!.port : address}`],
        { stdio: 'ignore' },
      );
      const [socket] = (await once(listener, 'connection')) as [Socket];
      const text = JSON.stringify(INITIALIZE);
      socket.write(`Content-Length: ${text.length}\r\n\r\n${text}`);
      let answer = '';
      while (!answer.includes('"serverInfo"')) answer += String((await once(socket, 'data'))[0]);
      const ended = once(child, 'exit');
      socket.destroy();
      assert.deepEqual(await ended, [1, null]);
      listener.close();
    });
});

describe('a document whose version stays the same', () => {
  for (const [how, capabilities] of [
    ['asked for', FULL],
    ['sent', PUSH],
  ] as const)
    it(`is checked again when its text changes, and its findings are ${how}`, async () => {
      const client = await TestClient.inProcess(new ToyWorld(), { capabilities });
      const doc = 'file:///w/a.yaml';
      await client.open(doc, 'toy bad-high');
      const before = how === 'sent' ? await client.diagnostics(doc) : await client.items(doc);
      assert.equal(before.length, 1);
      await client.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: doc, version: 1 },
        contentChanges: [{ text: 'toy good' }],
      });
      if (how === 'sent')
        await client.until(
          () => client.published.at(-1)?.diagnostics.length === 0,
          'the publication of no diagnostics',
        );
      else assert.deepEqual(await client.items(doc), []);
      await client.stop();
    });
});
