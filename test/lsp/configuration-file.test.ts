/** Help while a configuration file is edited, over the wire and with the real engine. */
import assert from 'node:assert/strict';
import type { CompletionList, Hover } from 'vscode-languageserver/node';
import { uriOf } from '../../server/src/host/uri.ts';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { makeFolder } from '../host/workspace.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, TestClient } from './kit/client.ts';

const BEFORE = `profil: strict
rules: {s3-bucket-versionning: off}
suppressions:
  - rules: [s3-bucket-versioning, ebs-volume-encryptio]
    reason: Rebuilt every night.
  - rule: ebs-volume-encryption
    reason: Until the migration.
    until: 2020-01-31
`;

describe('a configuration file, in an editor', () => {
  let client: TestClient;
  let folder: ReturnType<typeof makeFolder>;
  let doc = '';

  beforeEach(async () => {
    folder = makeFolder({ '.git/HEAD': '', 'team.stackwarden.yaml': BEFORE });
    doc = uriOf(folder.at('team.stackwarden.yaml'));
    client = await TestClient.inProcess(nodeWorld(SCHEMAS), {
      capabilities: FULL,
      folders: [{ uri: uriOf(folder.path), name: 'w' }],
    });
    await client.open(doc, BEFORE);
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  it('has quick fixes for its problems, with their diagnostics', async () => {
    const diagnostics = (await client.items(doc)).filter(({ code }) => code === 'document');
    const actions = await client.codeActions(doc, client.range(doc, 'profil'), { diagnostics, only: ['quickfix'] });
    assert.deepEqual(
      actions.map(({ title, isPreferred, diagnostics: of }) => [title, isPreferred, of]),
      [
        ['Change to profile', true, [diagnostics[0]]],
        ['Remove profil', undefined, [diagnostics[0]]],
      ],
    );
    assert.match(client.after(actions[0]!.edit, doc), /^profile: strict\n/);
    assert.match(client.after(actions[1]!.edit, doc), /^rules:/);
    const [rule] = await client.codeActions(doc, client.range(doc, 's3-bucket-versionning'), { diagnostics: [] });
    assert.equal(rule!.title, 'Change to s3-bucket-versioning');
    assert.match(client.after(rule!.edit, doc), /^rules: \{s3-bucket-versioning: off\}$/m);
  });

  it('has quick fixes that remove suppressions, and none that suppress', async () => {
    const [expired, ...others] = await client.codeActions(doc, client.range(doc, '2020-01-31'), { diagnostics: [] });
    assert.deepEqual(
      [expired?.title, others.map(({ title }) => title).filter((title) => !title.startsWith('Show'))],
      ['Remove the expired suppression', []],
    );
    assert.match(client.after(expired!.edit, doc), /Rebuilt every night\.\n$/);
    const [unknown] = await client.codeActions(doc, client.range(doc, 'ebs-volume-encryptio'), { diagnostics: [] });
    assert.equal(unknown!.title, 'Change to ebs-volume-encryption');
  });

  it('has completion and hovers', async () => {
    await client.edit(doc, 'profile: strict\nfail');
    const list = await client.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument: { uri: doc },
      position: { line: 1, character: 4 },
    });
    assert.deepEqual(
      list.items.map(({ label, detail, documentation }) => [label, detail, documentation]),
      [
        [
          'failOn',
          undefined,
          'The lowest severity that results in exit code 1; new for any finding that is not in the baseline.\nDefault: low\nExample: failOn: high',
        ],
      ],
    );
    const hover = await client.connection.sendRequest<Hover>('textDocument/hover', {
      textDocument: { uri: doc },
      position: { line: 0, character: 2 },
    });
    assert.match((hover.contents as { value: string }).value, /^\*\*profile\*\*\n\nThe rules to check\./);
  });

  it('leaves what its schema says to another extension, and names rules and repairs', async () => {
    client.settings = () => ({ schemaHelp: { completion: false, hover: false } });
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.edit(doc, 'profile: strict\nfail\nrules:\n  ebs-volume-encryption: of\n  rds-inst\n');
    const labels = async (line: number, character: number): Promise<readonly string[] | undefined> =>
      (
        await client.connection.sendRequest<CompletionList | null>('textDocument/completion', {
          textDocument: { uri: doc },
          position: { line, character },
        })
      )?.items.map(({ label }) => label);
    const hover = async (line: number, character: number): Promise<string | undefined> =>
      (
        (
          await client.connection.sendRequest<Hover | null>('textDocument/hover', {
            textDocument: { uri: doc },
            position: { line, character },
          })
        )?.contents as { value: string } | undefined
      )?.value;
    assert.deepEqual([await labels(1, 4), await labels(3, 27)], [undefined, undefined]);
    assert.deepEqual(await labels(4, 10), ['rds-instance-encryption']);
    await client.edit(doc, 'profile: strict\nrules:\n  ebs-volume-encryption: off\n');
    assert.deepEqual([await hover(0, 2), await hover(0, 12)], [undefined, undefined]);
    assert.match((await hover(2, 5)) ?? '', /EBS volumes should be encrypted/);
    await client.edit(doc, 'profil: strict\n');
    assert.deepEqual(
      (await client.codeActions(doc, client.range(doc, 'profil'), { diagnostics: [] })).map(({ title }) => title),
      ['Change to profile', 'Remove profil'],
    );
    client.settings = () => ({ schemaHelp: { completion: true, hover: false } });
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.edit(doc, 'profile: strict\nfail');
    assert.deepEqual([await labels(1, 4), await hover(0, 2)], [['failOn'], undefined]);
  });
});
