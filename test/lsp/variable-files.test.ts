/**
 * The variable files that a configuration chooses for a Terraform directory, in an editor, over the wire and with the
 * real engine.
 */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { uriOf } from '../../server/src/host/uri.ts';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { makeFolder } from '../host/workspace.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, TestClient } from './kit/client.ts';

const MAIN = JSON.stringify({
  variable: { e: { type: 'bool', default: true } },
  resource: { aws_ebs_volume: { v: { availability_zone: 'a', size: 1, encrypted: '${var.e}' } } },
});

describe('a Terraform directory whose variable files are chosen, in an editor', () => {
  let client: TestClient;
  let folder: ReturnType<typeof makeFolder>;
  let doc: string;

  beforeEach(async () => {
    folder = makeFolder({
      'net/main.tf.json': MAIN,
      'vars/prod.tfvars.json': '{"e": false}',
      '.stackwarden.yaml': 'parameters: [{templates: "net/*", files: vars/prod.tfvars.json}]\n',
    });
    doc = uriOf(folder.at('net/main.tf.json'));
    client = await TestClient.inProcess(nodeWorld(SCHEMAS), {
      capabilities: { ...FULL, experimental: { stackwarden: { status: true } } },
      folders: [{ uri: uriOf(folder.path), name: 'w' }],
    });
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const found = async (): Promise<number> =>
    (await client.items(doc)).filter(({ code }) => code === 'ebs-volume-encryption').length;
  const changed = async (name: string, type: number): Promise<void> => {
    client.received.length = 0;
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf(folder.at(name)), type }],
    });
    await client.until(() => client.received.includes('workspace/diagnostic/refresh'), 'the refresh');
  };

  it('is judged with them, and again when one changes', async () => {
    await client.open(doc, MAIN, 'json');
    assert.equal(await found(), 1);
    await client.until(
      () => client.statuses.some(({ uri, known }) => uri === doc && known !== undefined),
      'the status',
    );
    const known = client.statuses.findLast(({ uri, busy }) => uri === doc && !busy)?.known as {
      deployments?: unknown;
      scenario?: unknown;
    };
    assert.deepEqual([known.deployments, known.scenario], [['vars/prod.tfvars.json'], undefined]);
    writeFileSync(folder.at('vars/prod.tfvars.json'), '{"e": true}');
    await changed('vars/prod.tfvars.json', 2);
    assert.equal(await found(), 0);
  });

  it('is judged again when a file with values comes and goes', async () => {
    const main = MAIN.replace('"default":true', '"default":false');
    rmSync(folder.at('vars/prod.tfvars.json'));
    writeFileSync(folder.at('.stackwarden.yaml'), '');
    await client.open(doc, main, 'json');
    assert.equal(await found(), 1);
    writeFileSync(folder.at('net/terraform.tfvars'), 'e = true\n');
    await changed('net/terraform.tfvars', 1);
    assert.equal(await found(), 0);
    rmSync(folder.at('net/terraform.tfvars'));
    await changed('net/terraform.tfvars', 3);
    assert.equal(await found(), 1);
  });
});
