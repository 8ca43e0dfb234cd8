/** Which files the server watches, over the wire and with the real engine. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { DidChangeWatchedFilesRegistrationOptions } from 'vscode-languageserver';
import { uriOf } from '../../server/src/host/uri.ts';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { makeFolder } from '../host/workspace.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, TestClient } from './kit/client.ts';

const WATCHES = 'workspace/didChangeWatchedFiles';

function policy(action: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
}

function configuration(value: string): string {
  return `resource "aws_iam_role_policy" "p" {\n  role   = "r"\n  policy = ${value}\n}\n`;
}

describe('watched files', () => {
  let client: TestClient;
  let folder: ReturnType<typeof makeFolder>;

  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  /** Opens `net/main.tf` of a folder and waits until it is checked. */
  async function opened(text: string, files: Readonly<Record<string, string>>): Promise<string> {
    folder = makeFolder({ 'net/main.tf': text, ...files });
    client = await TestClient.inProcess(nodeWorld(SCHEMAS), {
      capabilities: FULL,
      folders: [{ uri: uriOf(folder.path), name: 'w' }],
    });
    const doc = uriOf(folder.at('net/main.tf'));
    await client.open(doc, text, 'terraform');
    await client.items(doc);
    return doc;
  }

  /** The patterns that were registered after those of formats. */
  function patterns(): readonly unknown[] {
    return client.registrations
      .filter(({ method }) => method === WATCHES)
      .slice(1)
      .flatMap(({ registerOptions }) =>
        (registerOptions as DidChangeWatchedFilesRegistrationOptions).watchers.map(({ globPattern }) => globPattern),
      );
  }

  for (const [what, value, files, expected] of [
    ['that a template reads', 'templatefile("${path.module}/p.tpl", {})', ['net/p.tpl'], ['**/p.tpl']],
    ['without an ending', 'file("policies/admin")', ['net/policies/admin'], ['**/admin']],
    ['with characters of patterns', 'file("a[1]{b}*.txt")', ['net/a[1]{b}*.txt'], ['**/a?1??b??.txt']],
    ['once', '"${file("x/p.tpl")}${file("y/p.tpl")}"', ['net/x/p.tpl', 'net/y/p.tpl'], ['**/p.tpl']],
    ['that do not exist', 'fileexists("p.tpl") ? "a" : "b"', [], ['**/p.tpl']],
    ['but not again those of formats', 'file("p.json")', ['net/p.json'], []],
  ] as const)
    it(`include those ${what}`, async () => {
      await opened(configuration(value), Object.fromEntries(files.map((path) => [path, policy('s3:GetObject')])));
      assert.deepEqual(patterns(), expected);
    });

  it('do not include documents that are no files', async () => {
    const text = configuration('file("p.tpl")');
    await opened(text, { 'net/p.tpl': policy('s3:GetObject') });
    const unsaved = 'untitled:Untitled-1';
    await client.open(unsaved, text, 'terraform');
    await client.items(unsaved);
    assert.deepEqual(patterns(), ['**/p.tpl']);
  });

  it('change the findings of the documents that depend on them', async () => {
    const doc = await opened(configuration('file("p.tpl")'), { 'net/p.tpl': policy('s3:GetObject') });
    const findings = async (): Promise<readonly unknown[]> =>
      (await client.items(doc)).map(({ code }) => code).filter((code) => code === 'iam-policy-admin-wildcard');
    assert.deepEqual(await findings(), []);
    writeFileSync(folder.at('net/p.tpl'), policy('*'));
    client.received.length = 0;
    await client.connection.sendNotification(WATCHES, { changes: [{ uri: uriOf(folder.at('net/p.tpl')), type: 2 }] });
    await client.until(() => client.received.includes('workspace/diagnostic/refresh'), 'the refresh');
    assert.deepEqual(await findings(), ['iam-policy-admin-wildcard']);
  });
});
