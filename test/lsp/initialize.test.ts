import assert from 'node:assert/strict';
import { FULL, PLAIN, PUSH, TestClient } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

describe('initialize', () => {
  const sync = { openClose: true, change: 2 };

  it('says what a client with every ability can use', async () => {
    const world = new ToyWorld();
    const client = await TestClient.inProcess(world, { capabilities: FULL });
    assert.deepEqual(client.initialized, {
      capabilities: {
        textDocumentSync: sync,
        positionEncoding: 'utf-16',
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        diagnosticProvider: {
          identifier: 'stackwarden',
          interFileDependencies: true,
          workspaceDiagnostics: true,
          workDoneProgress: true,
        },
        codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll.stackwarden'], resolveProvider: true },
        hoverProvider: true,
        completionProvider: { triggerCharacters: [':', '"', "'", '-', ' '], resolveProvider: true },
      },
      serverInfo: { name: 'stackwarden', version: '0.0.0' },
    });
    await client.stop();
  });

  it('offers a client that wants only what is open nothing of the workspace', async () => {
    const client = await TestClient.inProcess(new ToyWorld(), {
      capabilities: FULL,
      initializationOptions: { workspaceDiagnostics: false },
    });
    assert.deepEqual(client.initialized.capabilities.diagnosticProvider, {
      identifier: 'stackwarden',
      interFileDependencies: true,
      workspaceDiagnostics: false,
      workDoneProgress: true,
    });
    await client.stop();
  });

  it('offers no diagnostics on request to a client that does not ask', async () => {
    const client = await TestClient.inProcess(new ToyWorld(), { capabilities: PUSH });
    assert.equal(client.initialized.capabilities.diagnosticProvider, undefined);
    await client.stop();
  });

  it('offers a client without abilities the text alone', async () => {
    const client = await TestClient.inProcess(new ToyWorld(), { capabilities: PLAIN });
    assert.deepEqual(client.initialized.capabilities, { textDocumentSync: sync });
    await client.stop();
  });

  it('asks a client without abilities for nothing', async () => {
    const client = await TestClient.inProcess(new ToyWorld(), { capabilities: PLAIN });
    await client.open('file:///w/a.yaml', 'toy bad-high');
    await client.diagnostics('file:///w/a.yaml');
    assert.deepEqual(client.received, ['textDocument/publishDiagnostics']);
    await client.stop();
  });

  it('loads the engine after the answer, without waiting for a document', async () => {
    const world = new ToyWorld();
    let answered = false;
    let load!: () => void;
    const loading = new Promise<void>((resolve) => {
      load = resolve;
    });
    const engine = world.engine.bind(world);
    world.engine = async () => {
      load();
      // The answer does not wait for it.
      while (!answered) await new Promise((resolve) => setTimeout(resolve, 1));
      return engine();
    };
    const client = await TestClient.inProcess(world, { capabilities: PUSH });
    answered = true;
    await loading;
    await client.open('file:///w/a.yaml', 'toy bad-high');
    assert.equal((await client.diagnostics('file:///w/a.yaml')).length, 1);
    await client.stop();
  });

  it('asks to be told of settings and of every file that findings can depend on', async () => {
    const client = await TestClient.inProcess(new ToyWorld(), { capabilities: FULL });
    await client.until(() => client.registrations.length >= 2, 'the registration');
    assert.deepEqual(
      client.registrations.map(({ method, registerOptions }) => [method, registerOptions]),
      [
        ['workspace/didChangeConfiguration', { section: 'stackwarden' }],
        [
          'workspace/didChangeWatchedFiles',
          {
            watchers: [
              { globPattern: '**/*.{yaml,yml,json,template,tf,tofu,tfvars,tftpl}' },
              { globPattern: '**/*.stackwarden.yaml' },
            ],
          },
        ],
      ],
    );
    await client.stop();
  });
});
