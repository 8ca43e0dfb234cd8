import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS, settingsOf } from '../../server/src/lsp/settings.ts';
import { FULL, PLAIN, PUSH, TestClient } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

const A = 'file:///w/a.yaml';
const B = 'file:///v/b.yaml';
const TEXT = 'toy bad-low bad-high-maybe';

describe('settings', () => {
  let client: TestClient;
  afterEach(() => client?.stop());

  for (const sent of [
    null,
    undefined,
    7,
    [],
    {},
    { profile: 'loud', certainty: true, fixAll: 'yes' },
    { fixAll: { onSourceFixAll: 'true' } },
  ]) {
    it(`have their defaults when ${JSON.stringify(sent)} is sent`, () => {
      assert.deepEqual(settingsOf(sent), DEFAULT_SETTINGS);
    });
  }

  it('are asked for by resource, once', async () => {
    client = await TestClient.inProcess(new ToyWorld(), { capabilities: FULL });
    client.settings = (scope) => (scope === A ? { profile: 'essential', certainty: 'possible' } : {});
    await client.open(A, TEXT);
    await client.open(B, TEXT);
    assert.deepEqual(
      (await client.items(A)).map(({ code }) => code),
      ['toy-high'],
    );
    assert.deepEqual(
      (await client.items(B)).map(({ code }) => code),
      ['toy-low'],
    );
    await client.edit(A, `${TEXT} `);
    await client.items(A);
    assert.deepEqual(client.requestedConfigurations, [A, B]);
  });

  it('are asked for a folder when files in it are not open', async () => {
    const world = new ToyWorld();
    for (const name of ['a', 'b', 'c']) world.files.set(`file:///w/${name}.yaml`, TEXT);
    client = await TestClient.inProcess(world, { capabilities: FULL, folders: [{ uri: 'file:///w', name: 'w' }] });
    client.settings = () => ({ profile: 'essential', certainty: 'possible' });
    const { items } = await client.pullWorkspace();
    assert.deepEqual(
      items.map((item) => item.kind === 'full' && item.items.map(({ code }) => code)),
      [['toy-high'], ['toy-high'], ['toy-high']],
    );
    assert.deepEqual(client.requestedConfigurations, ['file:///w']);
  });

  it('are those of the innermost folder', async () => {
    const world = new ToyWorld();
    world.files.set('file:///w/in/a.yaml', TEXT).set('file:///w/b.yaml', TEXT);
    client = await TestClient.inProcess(world, {
      capabilities: FULL,
      folders: [
        { uri: 'file:///w/in', name: 'in' },
        { uri: 'file:///w', name: 'w' },
      ],
    });
    await client.pullWorkspace();
    assert.deepEqual(client.requestedConfigurations, ['file:///w/in', 'file:///w']);
  });

  it('count from the moment they change, for a client that is asked for diagnostics again', async () => {
    client = await TestClient.inProcess(new ToyWorld(), { capabilities: FULL });
    await client.open(A, TEXT);
    assert.deepEqual(
      (await client.items(A)).map(({ code }) => code),
      ['toy-low'],
    );
    client.settings = () => ({ certainty: 'possible' });
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => client.received.includes('workspace/diagnostic/refresh'), 'the refresh');
    assert.deepEqual(
      (await client.items(A)).map(({ code }) => code),
      ['toy-low', 'toy-high'],
    );
  });

  it('count from the moment they change, for a client that is sent diagnostics', async () => {
    client = await TestClient.inProcess(new ToyWorld(), { capabilities: PUSH });
    await client.open(A, TEXT);
    assert.equal((await client.diagnostics(A)).length, 1);
    client.settings = () => ({ certainty: 'possible' });
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => client.published.at(-1)?.diagnostics.length === 2, 'the second finding');
  });

  it('leave what cannot be read to another tool of the editor, and the rest as it is', async () => {
    client = await TestClient.inProcess(new ToyWorld(), { capabilities: FULL });
    client.settings = (scope) => ({ syntaxProblems: scope === A ? 'off' : 'auto' });
    await client.open(A, 'toy bad-high halfway');
    await client.open(B, 'toy bad-high halfway');
    assert.deepEqual(
      (await client.items(A)).map(({ code }) => code),
      ['toy-high'],
    );
    assert.deepEqual(
      (await client.items(B)).map(({ code }) => code),
      ['syntax', 'toy-high'],
    );
  });

  it('come with initialize and with each change from a client that cannot be asked', async () => {
    client = await TestClient.inProcess(new ToyWorld(), {
      capabilities: PLAIN,
      initializationOptions: { profile: 'essential' },
    });
    await client.open(A, TEXT);
    assert.deepEqual(await client.diagnostics(A), []);
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { stackwarden: { certainty: 'possible' } },
    });
    await client.until(() => client.published.at(-1)?.diagnostics.length === 2, 'both findings');
  });
});
