import assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  LSPErrorCodes,
  ProgressType,
  ResponseError,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { FULL, TestClient, type ClientOptions } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

const ONE = 'file:///one/app';
const TWO = 'file:///two/app';
/** Two folders with one name. */
const FOLDERS = [
  { uri: ONE, name: 'app' },
  { uri: TWO, name: 'app' },
];

const codes = ({ items }: WorkspaceDiagnosticReport): Record<string, unknown> =>
  Object.fromEntries(
    items.map((item) => [item.uri, item.kind === 'full' ? item.items.map(({ code }) => code) : item.kind]),
  );
const ids = ({ items }: WorkspaceDiagnosticReport): { uri: string; value: string }[] =>
  items.map(({ uri, resultId }) => ({ uri, value: resultId! }));

describe('workspace diagnostics', () => {
  let world: ToyWorld;
  let client: TestClient;
  const start = async (options: Partial<ClientOptions> = {}): Promise<void> => {
    client = await TestClient.inProcess(world, { capabilities: FULL, folders: FOLDERS, ...options });
  };
  const changed = (uri: string, type: number): Promise<void> =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
  beforeEach(() => {
    world = new ToyWorld();
    world.files
      .set(`${ONE}/a.yaml`, 'toy bad-low')
      .set(`${ONE}/fine.yaml`, 'toy')
      .set(`${ONE}/other.yaml`, 'bad-low')
      .set(`${TWO}/a.yaml`, 'toy bad-high');
  });
  afterEach(() => client.stop());

  it('tell of the files of all folders, and nothing of those that are not ours', async () => {
    await start();
    assert.deepEqual(codes(await client.pullWorkspace()), {
      [`${ONE}/a.yaml`]: ['toy-low'],
      [`${ONE}/fine.yaml`]: [],
      [`${TWO}/a.yaml`]: ['toy-high'],
    });
  });

  it('take the buffer of a file that is open, with its version', async () => {
    await start();
    await client.open(`${ONE}/a.yaml`, 'toy bad-info', 'yaml', 7);
    const { items } = await client.pullWorkspace();
    assert.deepEqual(
      items.map(({ version }) => version),
      [7, null, null],
    );
    assert.deepEqual(codes({ items })[`${ONE}/a.yaml`], ['toy-info']);
  });

  it('wait for something new from the second time on, and then tell it alone', async () => {
    await start();
    const first = await client.pullWorkspace();
    let answered = false;
    const second = client.pullWorkspace(ids(first)).finally(() => {
      answered = true;
    });
    await client.open('file:///elsewhere/x.yaml', 'toy');
    await client.pull('file:///elsewhere/x.yaml');
    assert.equal(answered, false);
    world.files.set(`${TWO}/a.yaml`, 'toy bad-critical');
    await changed(`${TWO}/a.yaml`, 2);
    assert.deepEqual(codes(await second), {
      [`${ONE}/a.yaml`]: 'unchanged',
      [`${ONE}/fine.yaml`]: 'unchanged',
      [`${TWO}/a.yaml`]: ['toy-critical'],
    });
  });

  it('find files that come and clear those that go', async () => {
    await start();
    const first = await client.pullWorkspace();
    world.files.set(`${ONE}/new.yaml`, 'toy bad-low');
    world.files.delete(`${TWO}/a.yaml`);
    await changed(`${ONE}/new.yaml`, 1);
    await changed(`${TWO}/a.yaml`, 3);
    const second = codes(await client.pullWorkspace(ids(first)));
    assert.deepEqual([second[`${ONE}/new.yaml`], second[`${TWO}/a.yaml`]], [['toy-low'], []]);
  });

  it('look again at everything for a client that does not tell of changes on disk', async () => {
    const { didChangeWatchedFiles, ...workspace } = FULL.workspace!;
    assert.ok(didChangeWatchedFiles);
    await start({ capabilities: { ...FULL, workspace } });
    const first = await client.pullWorkspace();
    assert.deepEqual(new Set(Object.values(codes(await client.pullWorkspace(ids(first))))), new Set(['unchanged']));
    world.files.set(`${TWO}/a.yaml`, 'toy bad-critical').set(`${TWO}/b.yaml`, 'toy bad-low');
    const second = codes(await client.pullWorkspace(ids(first)));
    assert.deepEqual([second[`${TWO}/a.yaml`], second[`${TWO}/b.yaml`]], [['toy-critical'], ['toy-low']]);
  });

  it('follow the folders of the workspace', async () => {
    await start();
    const first = await client.pullWorkspace();
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [FOLDERS[0]] },
    });
    assert.deepEqual(codes(await client.pullWorkspace(ids(first))), {
      [`${TWO}/a.yaml`]: 'unchanged',
      [`${ONE}/a.yaml`]: [],
      [`${ONE}/fine.yaml`]: 'unchanged',
    });
  });

  it('look at the files of a Terraform directory together', async () => {
    for (const name of ['a', 'b', 'c']) world.files.set(`${ONE}/net/${name}.tf.json`, 'toy bad-low');
    await start();
    await client.pullWorkspace();
    assert.equal(world.analysed.filter((named) => named.some((doc) => doc.endsWith('.tf.json'))).length, 1);
  });

  it('start again with what changes on the way', async () => {
    world.files.set(`${TWO}/a.yaml`, 'toy slow bad-low');
    await start();
    const request = client.pullWorkspace();
    await client.until(() => world.analysed.some((named) => named.includes(`${TWO}/a.yaml`)), 'the analysis');
    world.files.set(`${TWO}/a.yaml`, 'toy bad-high');
    await changed(`${TWO}/a.yaml`, 2);
    assert.deepEqual(codes(await request)[`${TWO}/a.yaml`], ['toy-high']);
  });

  it('show progress and hand out parts when asked to', async () => {
    await start();
    const parts: WorkspaceDiagnosticReport[] = [];
    const progress: string[] = [];
    client.connection.onProgress(new ProgressType<WorkspaceDiagnosticReport>(), 'parts', (part) => {
      parts.push(part);
    });
    client.connection.onProgress(new ProgressType<{ kind: string }>(), 'work', ({ kind }) => {
      progress.push(kind);
    });
    assert.deepEqual(await client.pullWorkspace([], { workDoneToken: 'work', partialResultToken: 'parts' }), {
      items: [],
    });
    assert.equal(parts.length, 3);
    assert.equal(Object.keys(codes({ items: parts.flatMap(({ items }) => items) })).length, 3);
    assert.deepEqual([progress[0], progress[1], progress.at(-1)], ['begin', 'report', 'end']);
  });

  for (const [what, text] of [
    ['while it is at work', 'toy slow'],
    ['while it waits', 'toy'],
  ] as const) {
    it(`end when the client cancels ${what}`, async () => {
      await start();
      const first = await client.pullWorkspace();
      world.files.set(`${TWO}/a.yaml`, text);
      await changed(`${TWO}/a.yaml`, 2);
      const known = text === 'toy' ? ids(await client.pullWorkspace(ids(first))) : ids(first);
      const source = new CancellationTokenSource();
      const request = client.connection
        .sendRequest('workspace/diagnostic', { previousResultIds: known }, source.token)
        .then(
          () => undefined,
          (error: unknown) => error,
        );
      await client.pull(`${ONE}/fine.yaml`);
      source.cancel();
      const error = await request;
      assert.ok(error instanceof ResponseError);
      assert.equal(error.code, LSPErrorCodes.RequestCancelled);
    });
  }
});
