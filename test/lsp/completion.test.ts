import assert from 'node:assert/strict';
import type { CompletionItem, CompletionList } from 'vscode-languageserver/node';
import { FULL, PLAIN, TestClient, type ClientOptions } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

const A = 'file:///w/a.yaml';

describe('completions over the wire', () => {
  let client: TestClient;
  const start = async (options: Partial<ClientOptions> = {}): Promise<void> => {
    client = await TestClient.inProcess(new ToyWorld(), { capabilities: FULL, ...options });
  };
  const complete = (line: number, character: number, triggerCharacter?: string): Promise<CompletionList | null> =>
    client.connection.sendRequest('textDocument/completion', {
      textDocument: { uri: A },
      position: { line, character },
      ...(triggerCharacter === undefined ? {} : { context: { triggerKind: 2, triggerCharacter } }),
    });
  afterEach(() => client.stop());

  it('answer in their order, with edits and blanks', async () => {
    await start();
    await client.open(A, '\u{1d11e} x: toy-t');
    const range = { start: { line: 0, character: 6 }, end: { line: 0, character: 11 } };
    assert.deepEqual(await complete(0, 11), {
      isIncomplete: false,
      items: [
        {
          label: 'toy-train',
          kind: 3,
          detail: 'on rails',
          sortText: '0000',
          filterText: 'toy-train',
          preselect: true,
          textEdit: { range, newText: 'toy-train' },
          insertTextMode: 1,
          data: { what: 'action', name: 'toy:train' },
        },
        {
          label: 'toy-$',
          kind: 9,
          sortText: '0001',
          filterText: 'toy-$',
          textEdit: { range, newText: 'toy-\\$$1 ${2:N\\}}' },
          insertTextFormat: 2,
          insertTextMode: 1,
        },
      ],
    });
  });

  it('are plain for a client that can do no more, and go on in our own', async () => {
    await start({ capabilities: { textDocument: { completion: {} } } });
    await client.open(A, 'toy-');
    const plain = (await complete(0, 4))!.items[1]!;
    assert.deepEqual(
      [plain.textEdit?.newText, plain.insertTextFormat, plain.insertTextMode, plain.command],
      ['toy-$ N}', undefined, undefined, undefined],
    );
    await client.stop();
    await start({ capabilities: { ...FULL, experimental: { stackwarden: { status: true } } } });
    await client.open(A, 'toy-');
    assert.equal((await complete(0, 4))!.items[1]!.command?.command, 'editor.action.triggerSuggest');
  });

  it('say when there are more, and nothing where there is nothing', async () => {
    await start();
    await client.open(A, 'many toy-');
    assert.equal((await complete(0, 9))!.isIncomplete, true);
    assert.equal(await complete(0, 2), null);
  });

  it('ask for nothing behind a space between words', async () => {
    await start();
    await client.open(A, 'x: a toy-\n');
    assert.equal(await complete(0, 5, ' '), null);
    await client.edit(A, '-  toy-\n- toy-');
    assert.ok(await complete(1, 2, ' '));
  });

  it('are none for a text that changed while the settings were requested', async () => {
    await start();
    await client.open(A, 'x toy-');
    client.settings = () => {
      client.settings = () => null;
      void client.edit(A, 'toy-');
      return null;
    };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await assert.rejects(complete(0, 6), { code: -32801 });
    assert.equal((await complete(0, 4))!.items.length, 2);
  });

  it('say what something is when it is looked at', async () => {
    await start();
    await client.open(A, 'toy-');
    const [first, second] = (await complete(0, 4))!.items;
    const resolved = await client.connection.sendRequest<CompletionItem>('completionItem/resolve', first);
    assert.deepEqual(resolved.documentation, {
      kind: 'markdown',
      value: 'What \\*toy:train\\* does. [\\[1\\]](https://a.example/)',
    });
    assert.deepEqual(await client.connection.sendRequest('completionItem/resolve', second), second);
  });

  it('are not offered to a client without them', async () => {
    await start({ capabilities: PLAIN });
    assert.equal(client.initialized.capabilities.completionProvider, undefined);
  });
});
