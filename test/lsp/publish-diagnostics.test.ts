import assert from 'node:assert/strict';
import { DiagnosticTag } from 'vscode-languageserver/node';
import { PLAIN, PUSH, TestClient, type ClientOptions } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

const A = 'file:///w/a.yaml';
const B = 'file:///w/b.yaml';
const FOLDERS = [{ uri: 'file:///w', name: 'w' }];

describe('published diagnostics', () => {
  let world: ToyWorld;
  let client: TestClient;
  const start = async (options: Partial<ClientOptions> = {}): Promise<void> => {
    client = await TestClient.inProcess(world, { capabilities: PUSH, ...options });
  };
  beforeEach(() => {
    world = new ToyWorld();
  });
  afterEach(() => client.stop());

  it('say everything that there is to say of a finding', async () => {
    world.files.set(B, 'is\nopen');
    await start();
    await client.open(A, 'toy: é𝄞\r\n  uses b.yaml');
    assert.deepEqual(await client.diagnostics(A), [
      {
        range: { start: { line: 1, character: 2 }, end: { line: 1, character: 6 } },
        severity: 2,
        source: 'stackwarden',
        code: 'toy-high',
        message: 'It uses something open.',
        codeDescription: { href: 'file:///pages/toy-high.md' },
        relatedInformation: [
          {
            location: { uri: B, range: { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } } },
            message: 'It is open here.',
          },
        ],
        data: { fingerprint: 'It uses something open.' },
      },
    ]);
  });

  describe('of many documents', () => {
    const MANY = Array.from({ length: 40 }, (_, index) => `file:///w/m${index}.tf`);
    const openAll = async (text: string): Promise<void> => {
      for (const doc of MANY) await client.open(doc, text);
      for (const doc of MANY) await client.diagnostics(doc);
    };
    const closeAll = async (): Promise<void> => {
      for (const doc of MANY) await client.close(doc);
      await client.open(A, 'toy bad-high');
      await client.diagnostics(A);
    };

    it('come from one analysis of a directory, once for each document', async () => {
      await start({ folders: FOLDERS });
      await openAll('toy bad-high');
      assert.ok(world.analysed.length <= 2, `${world.analysed.length} analyses`);
      assert.equal(client.published.length, MANY.length);
    });

    it('are not published again when the documents are closed without a change', async () => {
      for (const doc of MANY) world.files.set(doc, 'toy bad-high');
      await start({ folders: FOLDERS });
      await openAll('toy bad-high');
      await closeAll();
      assert.deepEqual(
        client.published.slice(MANY.length).map(({ uri }) => uri),
        [A],
      );
      assert.ok(world.analysed.length <= 5, `${world.analysed.length} analyses`);
    });

    it('are published once when unsaved documents are closed', async () => {
      for (const doc of MANY) world.files.set(doc, 'toy');
      await start({ folders: FOLDERS });
      await openAll('toy bad-high');
      await closeAll();
      await client.until(() => client.published.length > 2 * MANY.length, 'the removal of the diagnostics');
      assert.equal(client.published.length, 2 * MANY.length + 1);
    });
  });

  it('link to the pages that a client has itself', async () => {
    await start({ initializationOptions: { rulePages: 'client:/rules' } });
    await client.open(A, 'toy bad-high');
    assert.deepEqual((await client.diagnostics(A))[0]?.codeDescription, { href: 'client:/rules/toy-high.md' });
  });

  it('say which values have no effect', async () => {
    await start();
    await client.open(A, 'toy bad-info bad-low');
    assert.deepEqual(
      (await client.diagnostics(A)).map(({ code, tags }) => [code, tags]),
      [
        ['toy-info', [DiagnosticTag.Unnecessary]],
        ['toy-low', undefined],
      ],
    );
  });

  it('leave out what a client does not know', async () => {
    world.files.set(B, 'open');
    await start({ capabilities: PLAIN });
    await client.open(A, 'toy bad-info');
    assert.equal((await client.diagnostics(A))[0]!.tags, undefined);
    await client.edit(A, 'toy uses b.yaml');
    assert.deepEqual(Object.keys((await client.diagnostics(A))[0]!).sort(), [
      'code',
      'message',
      'range',
      'severity',
      'source',
    ]);
  });

  it('count characters in UTF-16', async () => {
    await start();
    await client.open(A, 'toy: é𝄞 bad-high');
    assert.deepEqual((await client.diagnostics(A))[0]!.range, {
      start: { line: 0, character: 9 },
      end: { line: 0, character: 17 },
    });
  });

  it('give each severity its own, and hints to what is possible', async () => {
    await start();
    client.settings = () => ({ certainty: 'possible' });
    await client.open(A, 'toy bad-critical bad-high bad-medium bad-low bad-info bad-critical-maybe');
    assert.deepEqual(
      (await client.diagnostics(A)).map(({ severity }) => severity),
      [1, 2, 2, 3, 4, 4],
    );
  });

  it('show syntax problems beside the findings', async () => {
    await start();
    await client.open(A, 'toy bad-low\nhalfway');
    assert.deepEqual(
      (await client.diagnostics(A)).map(({ code, severity, range }) => [code, severity, range.start.line]),
      [
        ['syntax', 1, 1],
        ['toy-low', 3, 0],
      ],
    );
  });

  it('come with the version, after the last of several edits alone', async () => {
    await start();
    await client.open(A, 'toy bad-low');
    await client.diagnostics(A);
    for (const text of ['bad-medium', 'bad-high', 'bad-info']) await client.edit(A, `toy ${text}`);
    assert.deepEqual(
      (await client.diagnostics(A)).map(({ code }) => code),
      ['toy-info'],
    );
    assert.deepEqual(
      client.published.map(({ version }) => version),
      [1, 4],
    );
    assert.equal(world.analysed.length, 2);
  });

  it('follow incremental edits', async () => {
    await start();
    await client.open(A, 'toy\nbad-low\nbad-low\n');
    await client.edit(A, 'fine\nand ', 'bad-low');
    assert.deepEqual(
      (await client.diagnostics(A)).map(({ range }) => range.start),
      [{ line: 3, character: 0 }],
    );
  });

  it('are cleared when a document stops being ours', async () => {
    await start();
    await client.open(A, 'toy bad-low');
    assert.equal((await client.diagnostics(A)).length, 1);
    await client.edit(A, 'joy', 'toy');
    assert.deepEqual(await client.diagnostics(A), []);
  });

  it('are cleared when a file outside the workspace is closed', async () => {
    world.files.set(A, 'toy bad-low');
    await start();
    await client.open(A, 'toy bad-low');
    assert.equal((await client.diagnostics(A)).length, 1);
    await client.close(A);
    await client.until(() => client.published.at(-1)?.diagnostics.length === 0, 'the clearing');
  });

  it('tell of the file on disk once a file of the workspace is closed', async () => {
    world.files.set(A, 'toy bad-info');
    await start({ folders: FOLDERS });
    await client.open(A, 'toy bad-high');
    await client.diagnostics(A);
    await client.close(A);
    await client.until(
      () => client.published.at(-1)?.diagnostics[0]?.code === 'toy-info',
      'the diagnostics of the file',
    );
    world.files.delete(A);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: A, type: 3 }] });
    await client.until(() => client.published.at(-1)?.diagnostics.length === 0, 'the clearing');
  });

  it('are cleared on closing without file watchers', async () => {
    world.files.set(A, 'toy bad-info');
    await start({ capabilities: PLAIN, folders: FOLDERS });
    await client.open(A, 'toy bad-high');
    await client.diagnostics(A);
    await client.close(A);
    await client.until(() => client.published.at(-1)?.diagnostics.length === 0, 'the clearing');
  });

  it('change with a buffer that they depend on', async () => {
    world.files.set(B, 'closed');
    await start({ folders: FOLDERS });
    await client.open(A, 'toy uses b.yaml');
    assert.deepEqual(await client.diagnostics(A), []);
    await client.open(B, 'closed');
    await client.edit(B, 'open', 'closed');
    await client.until(
      () => client.published.at(-1)?.uri === A && client.published.at(-1)?.diagnostics.length === 1,
      'the finding',
    );
    await client.close(B);
    await client.until(
      () => client.published.at(-1)?.uri === A && client.published.at(-1)?.diagnostics.length === 0,
      'the end of the finding',
    );
  });

  it('change with a file on disk that they depend on', async () => {
    world.files.set(B, 'closed');
    await start({ folders: FOLDERS });
    await client.open(A, 'toy uses b.yaml');
    assert.deepEqual(await client.diagnostics(A), []);
    world.files.set(B, 'open');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: B, type: 2 }] });
    await client.until(() => client.published.at(-1)?.diagnostics.length === 1, 'the finding');
  });

  it('change when a file comes into a folder that they depend on', async () => {
    await start({ folders: FOLDERS });
    await client.open(A, 'toy lists b.yaml');
    assert.deepEqual(await client.diagnostics(A), []);
    world.files.set(B, '');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: B, type: 1 }] });
    await client.until(() => client.published.at(-1)?.diagnostics.length === 1, 'the finding');
  });

  it('see a file that was never saved', async () => {
    await start({ folders: FOLDERS });
    await client.open(A, 'toy lists b.yaml');
    assert.deepEqual(await client.diagnostics(A), []);
    await client.open(B, '');
    await client.until(
      () => client.published.at(-1)?.uri === A && client.published.at(-1)?.diagnostics.length === 1,
      'the finding',
    );
  });

  it('look at a document without a file by itself', async () => {
    world.files.set(B, 'open');
    await start({ folders: FOLDERS });
    await client.open('untitled:Untitled-1', 'toy bad-high uses b.yaml lists b.yaml', 'plaintext');
    assert.deepEqual(
      (await client.diagnostics('untitled:Untitled-1')).map(({ message }) => message),
      ['bad-high is bad.'],
    );
  });

  it('look at a document of a file system that only the editor can read by itself', async () => {
    await start({ folders: [{ uri: 'vscode-vfs://github/w', name: 'w' }] });
    await client.open('vscode-vfs://github/w/b.yaml', 'open');
    await client.open('vscode-vfs://github/w/a.yaml', 'toy bad-high uses b.yaml lists b.yaml');
    assert.deepEqual(
      (await client.diagnostics('vscode-vfs://github/w/a.yaml')).map(({ message }) => message),
      ['bad-high is bad.'],
    );
  });

  it('mark what is wrong in the configuration', async () => {
    await start({ folders: FOLDERS });
    await client.open('file:///w/.stackwarden.yaml', 'foo: toy bad-high');
    assert.deepEqual(
      (await client.diagnostics('file:///w/.stackwarden.yaml')).map(({ code, severity }) => [code, severity]),
      [['document', 2]],
    );
  });

  it('become a line in the log, without a word of the document, when the engine fails', async () => {
    await start();
    await client.open(A, 'toy crash hunter2');
    assert.deepEqual(await client.diagnostics(A), []);
    assert.equal(client.log.length, 1);
    assert.match(client.log[0]!.message, /^Failed to check file:\/\/\/w\/a\.yaml: TypeError at .*toy-world\.ts/);
    assert.doesNotMatch(client.log[0]!.message, /hunter2|\n/);
    await client.edit(A, 'toy crash correct horse');
    assert.deepEqual(await client.diagnostics(A), []);
    assert.equal(client.log.length, 1);
    await client.edit(A, 'bad-high', 'crash');
    assert.equal((await client.diagnostics(A)).length, 1);
    assert.ok(!client.received.includes('window/showMessage'));
  });
});
