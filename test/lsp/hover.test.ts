import assert from 'node:assert/strict';
import type { ClientCapabilities, Hover } from 'vscode-languageserver/node';
import { FULL, PLAIN, TestClient, type ClientOptions } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

const A = 'file:///w/a.yaml';
const TEXT = '\u{1d11e} toy\r\na card\n';

describe('hovers over the wire', () => {
  let client: TestClient;
  const start = async (options: Partial<ClientOptions> = {}): Promise<void> => {
    client = await TestClient.inProcess(new ToyWorld(), { capabilities: FULL, ...options });
  };
  const hover = (line: number, character: number, uri = A): Promise<Hover | null> =>
    client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line, character } });
  afterEach(() => client.stop());

  it('answer with Markdown and the range that they are about', async () => {
    await start();
    await client.open(A, TEXT);
    assert.deepEqual(await hover(1, 4), {
      contents: { kind: 'markdown', value: '**Toy \\*1\\***: at security [\\[1\\]](https://a.example/)  \n*You:* all, more' },
      range: { start: { line: 1, character: 2 }, end: { line: 1, character: 6 } },
    });
  });

  it('are null where there is nothing to say, and for a document that is not open', async () => {
    await start();
    await client.open(A, TEXT);
    assert.equal(await hover(0, 0), null);
    assert.equal(await hover(1, 4, 'file:///w/other.yaml'), null);
  });

  it('are plain text for a client that shows nothing else', async () => {
    const capabilities: ClientCapabilities = { textDocument: { hover: {} } };
    await start({ capabilities });
    await client.open(A, TEXT);
    assert.deepEqual((await hover(1, 2))?.contents, { kind: 'plaintext', value: 'Toy *1*: at security [1]\nYou: all, more\n[1] https://a.example/' });
  });

  for (const [ownershipHover, expected] of [['all', /at all/], ['nonsense', /at security/], ['off', undefined]] as const) it(`follow the setting ${ownershipHover}`, async () => {
    await start({ capabilities: { textDocument: { hover: { contentFormat: ['markdown'] } } }, initializationOptions: { stackwarden: { ownershipHover } } });
    await client.open(A, TEXT);
    const answer = await hover(1, 4);
    if (expected) assert.match((answer!.contents as { value: string }).value, expected);
    else assert.equal(answer, null);
  });

  it('are not offered to a client without them', async () => {
    await start({ capabilities: PLAIN });
    assert.equal(client.initialized.capabilities.hoverProvider, undefined);
  });
});
