import assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  LSPErrorCodes,
  ResponseError,
  type DocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { DEBOUNCE } from '../../server/src/lsp/debouncer.ts';
import { FULL, TestClient, type ClientOptions } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

const A = 'file:///w/a.yaml';
const B = 'file:///w/b.yaml';
const FOLDERS = [{ uri: 'file:///w', name: 'w' }];

const codes = (report: DocumentDiagnosticReport): unknown =>
  report.kind === 'full' ? report.items.map(({ code }) => code) : report.kind;

async function errorOf(request: Promise<unknown>): Promise<ResponseError<unknown>> {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ResponseError, 'the request is answered with an error');
  return error;
}

function longEnoughForARefresh(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 3 * DEBOUNCE));
}

describe('pulled diagnostics', () => {
  let world: ToyWorld;
  let client: TestClient;
  const start = async (options: Partial<ClientOptions> = {}): Promise<void> => {
    client = await TestClient.inProcess(world, { capabilities: FULL, ...options });
  };
  beforeEach(() => {
    world = new ToyWorld();
  });
  afterEach(() => client.stop());

  it('are never published too', async () => {
    await start();
    await client.open(A, 'toy bad-low');
    assert.deepEqual(codes(await client.pull(A)), ['toy-low']);
    await client.edit(A, 'toy bad-high');
    assert.deepEqual(codes(await client.pull(A)), ['toy-high']);
    await client.close(A);
    assert.deepEqual(client.published, []);
  });

  it('are unchanged when the client has them already, whatever was edited', async () => {
    await start();
    await client.open(A, 'toy bad-low # one');
    const first = await client.pull(A);
    assert.ok(first.kind === 'full' && first.resultId !== undefined);
    assert.deepEqual(await client.pull(A, first.resultId), { kind: 'unchanged', resultId: first.resultId });
    await client.edit(A, 'two', 'one');
    assert.deepEqual(await client.pull(A, first.resultId), { kind: 'unchanged', resultId: first.resultId });
    await client.edit(A, 'bad-high', 'bad-low');
    assert.deepEqual(codes(await client.pull(A, first.resultId)), ['toy-high']);
  });

  it('are computed once for concurrent requests', async () => {
    await start();
    await client.open(A, 'toy bad-low');
    await Promise.all([client.pull(A), client.pull(A), client.codeActions(A, client.range(A, 'bad-low'))]);
    await client.pull(A);
    assert.equal(world.analysed.length, 1);
  });

  it('bring those of documents that depend on the one that was edited', async () => {
    world.files.set(B, 'closed');
    await start({ folders: FOLDERS });
    await client.open(A, 'toy uses b.yaml');
    await client.open(B, 'closed');
    assert.deepEqual(codes(await client.pull(A)), []);
    await client.pull(B);
    await client.edit(B, 'open', 'closed');
    const report = await client.pull(B);
    const related = report.relatedDocuments?.[A];
    assert.ok(related?.kind === 'full');
    assert.deepEqual(
      related.items.map(({ code }) => code),
      ['toy-high'],
    );
    assert.equal((await client.pull(A, related.resultId)).kind, 'unchanged');
    await longEnoughForARefresh();
    assert.ok(!client.received.includes('workspace/diagnostic/refresh'));
  });

  it('leave out related documents that did not change', async () => {
    world.files.set(B, 'closed');
    await start({ folders: FOLDERS });
    await client.open(A, 'toy uses b.yaml');
    await client.open(B, 'closed');
    await client.pull(A);
    await client.pull(B);
    await client.edit(B, 'shut', 'closed');
    assert.equal((await client.pull(B)).relatedDocuments, undefined);
  });

  it('are to be asked for again when a file on disk changes them', async () => {
    world.files.set(B, 'closed');
    await start({ folders: FOLDERS });
    await client.open(A, 'toy uses b.yaml');
    assert.deepEqual(codes(await client.pull(A)), []);
    world.files.set(B, 'open');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: B, type: 2 }] });
    await client.until(() => client.received.includes('workspace/diagnostic/refresh'), 'the refresh');
    assert.deepEqual(codes(await client.pull(A)), ['toy-high']);
  });

  it('follow a file that was opened as it is on disk before its change was told', async () => {
    await start({ folders: FOLDERS });
    world.files.set(B, 'toy shut');
    await client.open(A, 'toy uses b.yaml');
    assert.deepEqual(codes(await client.pull(A)), []);
    world.files.set(B, 'toy open');
    await client.open(B, 'toy open');
    assert.deepEqual(codes(await client.pull(B)), []);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: B, type: 2 }] });
    assert.deepEqual(codes(await client.pull(A)), ['toy-high']);
    // A file that is saved is what its buffer was.
    const before = world.analysed.length;
    await client.edit(B, 'toy shut');
    assert.deepEqual(codes(await client.pull(A)), []);
    world.files.set(B, 'toy shut');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: B, type: 2 }] });
    assert.deepEqual(codes(await client.pull(A)), []);
    assert.equal(world.analysed.length, before + 1);
  });

  it('are to be asked for again when an edit elsewhere changes them', async () => {
    world.files.set(B, 'closed');
    await start({
      folders: FOLDERS,
      capabilities: { ...FULL, textDocument: { ...FULL.textDocument, diagnostic: {} } },
    });
    await client.open(A, 'toy uses b.yaml');
    await client.open(B, 'closed');
    await client.pull(A);
    await client.pull(B);
    await client.edit(B, 'open', 'closed');
    assert.equal((await client.pull(B)).relatedDocuments, undefined);
    await client.until(() => client.received.includes('workspace/diagnostic/refresh'), 'the refresh');
    assert.deepEqual(codes(await client.pull(A)), ['toy-high']);
  });

  it('are to be asked for again after a change of the settings, even if something else of the document was asked for meanwhile', async () => {
    await start();
    client.settings = () => ({ profile: 'essential' });
    await client.open(A, 'toy bad-low');
    assert.deepEqual(codes(await client.pull(A)), []);
    client.settings = () => ({ profile: 'strict' });
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.codeActions(A, client.range(A, 'bad-low'));
    await client.until(() => client.received.includes('workspace/diagnostic/refresh'), 'the refresh');
    assert.deepEqual(codes(await client.pull(A)), ['toy-low']);
  });

  it('are not to be asked for again for an edit that concerns its own document alone', async () => {
    await start();
    await client.open(A, 'toy bad-low');
    await client.open(B, 'toy bad-low');
    await client.pull(A);
    await client.pull(B);
    await client.edit(A, 'bad-high', 'bad-low');
    await longEnoughForARefresh();
    assert.ok(!client.received.includes('workspace/diagnostic/refresh'));
  });

  for (const how of ['slow', 'stubborn'])
    it(`give way to a newer text while a ${how} engine is at work: the old request is to be asked again, the next one is right`, async () => {
      await start();
      await client.open(A, `toy ${how} bad-low`);
      const old = client.pull(A);
      await client.until(() => world.analysed.length === 1, 'the analysis');
      await client.edit(A, 'toy bad-high');
      const error = await errorOf(old);
      assert.equal(error.code, LSPErrorCodes.ServerCancelled);
      assert.deepEqual(error.data, { retriggerRequest: true });
      assert.deepEqual(codes(await client.pull(A)), ['toy-high']);
      assert.deepEqual(world.slow, ['cancelled']);
    });

  it('give way when a document that was read on the way is edited', async () => {
    await start({ folders: FOLDERS });
    await client.open(B, 'closed');
    await client.open(A, 'toy slow uses b.yaml');
    const old = client.pull(A);
    await client.until(() => world.analysed.length === 1, 'the analysis');
    await client.edit(B, 'open', 'closed');
    assert.equal((await errorOf(old)).code, LSPErrorCodes.ServerCancelled);
    world.release();
    assert.deepEqual(codes(await client.pull(A)), ['toy-high']);
  });

  it('go on when a document that has nothing to do with them is edited', async () => {
    await start();
    await client.open(B, 'closed');
    await client.open(A, 'toy slow bad-low');
    const request = client.pull(A);
    await client.until(() => world.analysed.length === 1, 'the analysis');
    await client.edit(B, 'open', 'closed');
    world.release();
    assert.deepEqual(codes(await request), ['toy-low']);
  });

  it('end when the client cancels, at once and with their analysis', async () => {
    await start();
    await client.open(A, 'toy slow bad-low');
    const source = new CancellationTokenSource();
    const request = client.connection.sendRequest(
      'textDocument/diagnostic',
      { textDocument: { uri: A } },
      source.token,
    );
    await client.until(() => world.analysed.length === 1, 'the analysis');
    source.cancel();
    assert.equal((await errorOf(request)).code, LSPErrorCodes.RequestCancelled);
    const next = client.pull(A);
    await client.until(() => world.slow.includes('cancelled'), 'the end of the analysis');
    world.release();
    assert.deepEqual(codes(await next), ['toy-low']);
  });

  it('go on for one client request when another one is cancelled', async () => {
    await start();
    await client.open(A, 'toy slow bad-low');
    const source = new CancellationTokenSource();
    const cancelled = client.connection.sendRequest(
      'textDocument/diagnostic',
      { textDocument: { uri: A } },
      source.token,
    );
    const other = client.pull(A);
    await client.until(() => world.analysed.length === 1, 'the analysis');
    source.cancel();
    assert.equal((await errorOf(cancelled)).code, LSPErrorCodes.RequestCancelled);
    world.release();
    assert.deepEqual(codes(await other), ['toy-low']);
    assert.equal(world.analysed.length, 1);
  });

  it('are empty, and a line in the log, when the engine fails', async () => {
    await start();
    await client.open(A, 'toy crash');
    assert.deepEqual(codes(await client.pull(A)), []);
    assert.equal(client.log.length, 1);
  });
});
