import assert from 'node:assert/strict';
import type { ClientCapabilities, CodeAction } from 'vscode-languageserver/node';
import { FULL, TestClient } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

const A = 'file:///w/a.yaml';
const TEXT = 'toy suppressible\n  bad-high $x';

/** A client with some support for edits of a workspace. */
function clientWith(workspaceEdit: NonNullable<ClientCapabilities['workspace']>['workspaceEdit']): ClientCapabilities {
  return { ...FULL, workspace: { ...FULL.workspace, ...(workspaceEdit ? { workspaceEdit } : {}) } };
}

describe('suppressing findings', () => {
  let client: TestClient;
  const actions = async (capabilities: ClientCapabilities, text = TEXT): Promise<readonly CodeAction[]> => {
    client = await TestClient.inProcess(new ToyWorld(), { capabilities, folders: [{ uri: 'file:///w', name: 'w' }] });
    await client.open(A, text);
    return client.codeActions(A, client.range(A, 'bad-high'));
  };
  const suppressing = async (capabilities: ClientCapabilities, text?: string): Promise<readonly CodeAction[]> =>
    (await actions(capabilities, text)).filter(({ title }) => title.startsWith('Ignore'));
  afterEach(() => client.stop());

  it('is offered after the fixes and never preferred, with the diagnostic', async () => {
    const all = await actions(FULL);
    const titles = all.filter(({ kind }) => kind === 'quickfix').map(({ title }) => title);
    assert.deepEqual(titles, ['Be good', 'Do better', 'Ignore toy-high here', 'Ignore toy-high too']);
    assert.deepEqual(
      all.filter(({ isPreferred }) => isPreferred).map(({ title }) => title),
      ['Be good'],
    );
    const [diagnostic] = await client.items(A);
    const ignored = all.filter(({ title }) => title.startsWith('Ignore'));
    assert.deepEqual(
      ignored.map(({ diagnostics }) => diagnostics?.map(({ message }) => message)),
      ignored.map(() => [diagnostic!.message]),
    );
  });

  it('has a snippet that begins at the start of the line', async () => {
    const [here] = await suppressing(clientWith({ documentChanges: true, snippetEditSupport: true }));
    assert.deepEqual(here!.edit, {
      documentChanges: [
        {
          textDocument: { uri: A, version: 1 },
          edits: [
            {
              range: { start: { line: 1, character: 0 }, end: { line: 1, character: 10 } },
              snippet: { kind: 'snippet', value: '  bad-high\n{\\$\\} ${1:why}\n' },
            },
          ],
        },
      ],
    });
  });

  it('has text where there is no place for a reason', async () => {
    const [, too] = await suppressing(clientWith({ documentChanges: true, snippetEditSupport: true }));
    const at = { line: 1, character: 10 };
    assert.deepEqual(too!.edit, {
      documentChanges: [
        { textDocument: { uri: A, version: 1 }, edits: [{ range: { start: at, end: at }, newText: ', too' }] },
      ],
    });
  });

  it('has text for a client without snippets and without versions', async () => {
    const [here] = await suppressing(clientWith({}));
    const at = { line: 1, character: 10 };
    assert.deepEqual(here!.edit, { changes: { [A]: [{ range: { start: at, end: at }, newText: '\n{$} why\n' }] } });
  });

  it('creates a file where the client can', async () => {
    const [, , file] = await suppressing(clientWith({ documentChanges: true, resourceOperations: ['create'] }));
    const uri = 'file:///w/new.yaml';
    const at = { line: 0, character: 0 };
    assert.deepEqual(file!.edit, {
      documentChanges: [
        { kind: 'create', uri, options: { ignoreIfExists: true } },
        { textDocument: { uri, version: null }, edits: [{ range: { start: at, end: at }, newText: 'reason: why' }] },
      ],
    });
  });

  it('is not offered on save, where a client applies what it gets', async () => {
    await actions(FULL);
    const onSave = await client.codeActions(A, client.range(A, 'bad-high'), { only: ['quickfix'], triggerKind: 2 });
    assert.deepEqual(
      onSave.map(({ title }) => title),
      ['Be good', 'Do better'],
    );
  });

  it('is not offered for an unsaved document, which has no path', async () => {
    await actions(FULL);
    await client.open('untitled:a', TEXT);
    const titles = (await client.codeActions('untitled:a', client.range('untitled:a', 'bad-high'))).map(
      ({ title }) => title,
    );
    assert.ok(!titles.some((title) => title.startsWith('Ignore')), titles.join());
  });
});
