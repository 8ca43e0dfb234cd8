import assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  LSPErrorCodes,
  ResponseError,
  WorkDoneProgress,
  type WorkDoneProgressReport,
} from 'vscode-languageserver/node';
import { CHECK_WORKSPACE, type CheckedWorkspace } from '../../server/src/lsp/check-workspace.ts';
import { FULL, PUSH, TestClient, type ClientOptions } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

const W = 'file:///w';
const FOLDERS = [{ uri: W, name: 'w' }];

describe('stackwarden/checkWorkspace', () => {
  let world: ToyWorld;
  let client: TestClient;
  const start = async (options: Partial<ClientOptions> = {}): Promise<void> => {
    client = await TestClient.inProcess(world, {
      capabilities: FULL,
      folders: FOLDERS,
      initializationOptions: { workspaceDiagnostics: false },
      ...options,
    });
  };
  const check = (params: object = {}): Promise<CheckedWorkspace> =>
    client.connection.sendRequest(CHECK_WORKSPACE, params);
  /** The codes that were published last for each file. */
  const shown = (): Record<string, readonly unknown[]> =>
    Object.fromEntries(client.published.map(({ uri, diagnostics }) => [uri, diagnostics.map(({ code }) => code)]));
  const showing = (uri: string, ...codes: readonly string[]): Promise<unknown> =>
    client.until(() => JSON.stringify(shown()[uri]) === JSON.stringify(codes), `${codes.join()} in ${uri}`);
  const changed = (uri: string, type = 2): Promise<void> =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });

  beforeEach(() => {
    world = new ToyWorld();
    world.files
      .set(`${W}/a.yaml`, 'toy bad-low bad-high')
      .set(`${W}/fine.yaml`, 'toy')
      .set(`${W}/open.yaml`, 'toy bad-low')
      .set(`${W}/other.yaml`, 'bad-low');
  });
  afterEach(() => client.stop());

  it('publishes the diagnostics of closed files and counts the findings of all', async () => {
    await start();
    await client.open(`${W}/open.yaml`, 'toy bad-info');
    assert.deepEqual(await check(), { files: 3, findings: 3 });
    assert.deepEqual(shown(), { [`${W}/a.yaml`]: ['toy-low', 'toy-high'] });
  });

  it('publishes nothing to a client that pulls the diagnostics of all files', async () => {
    await start({ initializationOptions: {} });
    assert.deepEqual(await check(), { files: 3, findings: 3 });
    assert.deepEqual(client.published, []);
  });

  it('reports its progress', async () => {
    await start();
    const reports: WorkDoneProgressReport[] = [];
    client.connection.onProgress(WorkDoneProgress.type, 'p', (value) => {
      if (value.kind === 'report') reports.push(value);
    });
    await check({ workDoneToken: 'p' });
    assert.deepEqual(
      reports.map(({ percentage, message }) => [percentage, message]),
      [
        [0, '0 of 4 files, 0 findings'],
        [25, '1 of 4 files, 2 findings'],
        [50, '2 of 4 files, 2 findings'],
        [75, '3 of 4 files, 3 findings'],
      ],
    );
  });

  it('can be cancelled, and keeps what it has found', async () => {
    world.files.set(`${W}/fine.yaml`, 'toy slow');
    await start();
    const cancellation = new CancellationTokenSource();
    const answer = client.connection.sendRequest(CHECK_WORKSPACE, {}, cancellation.token).then(
      () => undefined,
      (error: unknown) => error,
    );
    await showing(`${W}/a.yaml`, 'toy-low', 'toy-high');
    cancellation.cancel();
    const error = await answer;
    assert.ok(error instanceof ResponseError);
    assert.equal(error.code, LSPErrorCodes.RequestCancelled);
    assert.deepEqual(shown(), { [`${W}/a.yaml`]: ['toy-low', 'toy-high'] });
  });

  it('follows a file on disk that changes or is deleted', async () => {
    await start();
    await check();
    world.files.set(`${W}/a.yaml`, 'toy bad-critical');
    await changed(`${W}/a.yaml`);
    await showing(`${W}/a.yaml`, 'toy-critical');
    world.files.set(`${W}/fine.yaml`, 'toy bad-info');
    await changed(`${W}/fine.yaml`);
    await showing(`${W}/fine.yaml`, 'toy-info');
    world.files.delete(`${W}/a.yaml`);
    await changed(`${W}/a.yaml`, 3);
    await showing(`${W}/a.yaml`);
  });

  it('follows another file that a file depends on', async () => {
    world.files.set(`${W}/a.yaml`, 'toy uses other.yaml');
    await start();
    assert.equal((await check()).findings, 1);
    world.files.set(`${W}/other.yaml`, 'open');
    await changed(`${W}/other.yaml`);
    await showing(`${W}/a.yaml`, 'toy-high');
  });

  it('leaves a file to the pulled diagnostics while it is open', async () => {
    await start();
    await check();
    await client.open(`${W}/a.yaml`, 'toy bad-info');
    await showing(`${W}/a.yaml`);
    await client.edit(`${W}/a.yaml`, 'toy bad-critical');
    assert.equal((await client.items(`${W}/a.yaml`)).length, 1);
    assert.deepEqual(shown()[`${W}/a.yaml`], []);
    await client.close(`${W}/a.yaml`);
    await showing(`${W}/a.yaml`, 'toy-low', 'toy-high');
  });

  it('works beside published diagnostics', async () => {
    await start({ capabilities: PUSH });
    await client.open(`${W}/open.yaml`, 'toy bad-info');
    await check();
    await showing(`${W}/a.yaml`, 'toy-low', 'toy-high');
    await showing(`${W}/open.yaml`, 'toy-info');
    await client.open(`${W}/a.yaml`, 'toy bad-critical');
    await showing(`${W}/a.yaml`, 'toy-critical');
    await client.close(`${W}/a.yaml`);
    await showing(`${W}/a.yaml`, 'toy-low', 'toy-high');
  });
});
