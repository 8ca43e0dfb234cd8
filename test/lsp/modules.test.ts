/**
 * A Terraform module in an editor, over the wire and with the real engine: judged where it is called, once that was
 * seen.
 */
import assert from 'node:assert/strict';
import { uriOf } from '../../server/src/host/uri.ts';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { makeFolder } from '../host/workspace.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, TestClient } from './kit/client.ts';

const MODULE = JSON.stringify({
  variable: { encrypt: { type: 'bool', default: true } },
  resource: { aws_ebs_volume: { v: { availability_zone: 'a', size: 1, encrypted: '${var.encrypt}' } } },
});
const CALLER = JSON.stringify({
  variable: { e: { type: 'bool', default: false } },
  module: { disks: { source: './disks', encrypt: '${var.e}' } },
});

describe('a module, in an editor', () => {
  let client: TestClient;
  let folder: ReturnType<typeof makeFolder>;
  let [called, caller] = ['', ''];

  beforeEach(async () => {
    folder = makeFolder({ 'main.tf.json': CALLER, 'disks/main.tf.json': MODULE, 'terraform.tfvars.json': '{}' });
    [called, caller] = [uriOf(folder.at('disks/main.tf.json')), uriOf(folder.at('main.tf.json'))];
    client = await TestClient.inProcess(nodeWorld(SCHEMAS), {
      capabilities: FULL,
      folders: [{ uri: uriOf(folder.path), name: 'w' }],
    });
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const found = async (): Promise<number> =>
    (await client.items(called)).filter(({ code }) => code === 'ebs-volume-encryption').length;

  it('is judged alone until its caller is seen, and then in its place', async () => {
    await client.open(called, MODULE, 'json');
    assert.equal(await found(), 0);
    await client.open(caller, CALLER, 'json');
    await client.items(caller);
    assert.equal(await found(), 1);
  });

  it('is judged again when its caller passes something else', async () => {
    await client.open(caller, CALLER, 'json');
    await client.items(caller);
    await client.open(called, MODULE, 'json');
    assert.equal(await found(), 1);
    await client.edit(caller, '"default":true', '"default":false');
    assert.equal(await found(), 0);
  });

  it('is judged again when a file with values for its caller changes in the editor', async () => {
    const values = uriOf(folder.at('terraform.tfvars.json'));
    await client.open(caller, CALLER, 'json');
    await client.items(caller);
    await client.open(called, MODULE, 'json');
    await client.open(values, '{}', 'json');
    assert.equal(await found(), 1);
    await client.edit(values, '{"e": true}', '{}');
    assert.equal(await found(), 0);
  });
});
