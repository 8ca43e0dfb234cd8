import assert from 'node:assert/strict';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { DocumentStatus } from '../../server/src/lsp/status.ts';
import { FULL, PUSH, TestClient } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

const WITH_STATUS = { ...PUSH, experimental: { stackwarden: { status: true } } };

describe('status', () => {
  let client: TestClient;
  let world: ToyWorld;

  beforeEach(() => {
    world = new ToyWorld();
  });
  afterEach(() => client.stop());

  const start = async (capabilities = WITH_STATUS): Promise<void> => {
    client = await TestClient.inProcess(world, { capabilities });
  };
  const settled = (uri: string, condition: (status: DocumentStatus) => boolean = () => true): Promise<DocumentStatus> =>
    client.until(() => {
      const last = client.statuses.findLast((status) => status.uri === uri);
      return last && !last.busy && condition(last) ? last : undefined;
    }, 'the status');

  it('has the format of a document, the reason, and the number of findings', async () => {
    await start();
    client.settings = () => ({ profile: 'strict' });
    await client.open('file:///w/a.yaml', 'toy bad-high bad-low');
    assert.deepEqual(await settled('file:///w/a.yaml'), {
      uri: 'file:///w/a.yaml',
      busy: false,
      known: {
        format: 'cloudformation',
        title: 'CloudFormation',
        reason: 'a toy',
        profile: 'strict',
        findings: 2,
        incomplete: [],
      },
    });
  });

  it('says why a document is not supported', async () => {
    await start();
    await client.open('untitled:x', 'something else');
    assert.deepEqual((await settled('untitled:x')).known, {
      format: 'none',
      title: 'Not checked',
      reason: 'no toy',
      profile: 'recommended',
      findings: 0,
      incomplete: [],
    });
  });

  it('says that a document is the configuration', async () => {
    await start();
    await client.open('file:///w/.stackwarden.yaml', 'toy');
    assert.equal(
      (await settled('file:///w/.stackwarden.yaml')).known?.reason,
      'it is a Stackwarden configuration file',
    );
  });

  it('says that checking failed', async () => {
    await start();
    await client.open('file:///w/a.yaml', 'toy crash');
    assert.equal((await settled('file:///w/a.yaml')).known?.reason, 'checking it failed; see the log');
  });

  it('says that a document is being looked at, and what was known before', async () => {
    await start();
    await client.open('file:///w/a.yaml', 'toy bad-high');
    await settled('file:///w/a.yaml');
    await client.edit('file:///w/a.yaml', 'toy slow');
    const busy = await client.until(
      () => client.statuses.findLast((status) => status.busy && status.known),
      'being busy',
    );
    assert.equal(busy.known?.findings, 1);
    world.release();
    assert.equal(
      (await settled('file:///w/a.yaml', ({ known }) => known?.findings === 0)).known?.format,
      'cloudformation',
    );
  });

  it('is not left busy when the answer is not needed any more', async () => {
    await start({ ...FULL, experimental: { stackwarden: { status: true } } });
    await client.open('file:///w/a.yaml', 'toy slow');
    const source = new CancellationTokenSource();
    const request = client.connection.sendRequest(
      'textDocument/diagnostic',
      { textDocument: { uri: 'file:///w/a.yaml' } },
      source.token,
    );
    await client.until(() => client.statuses.some(({ busy }) => busy), 'being busy');
    source.cancel();
    await assert.rejects(request);
    assert.equal((await settled('file:///w/a.yaml')).known, undefined);
  });

  it('follows a document that changes its format', async () => {
    await start();
    await client.open('file:///w/a.yaml', 'other');
    await settled('file:///w/a.yaml', ({ known }) => known?.format === 'none');
    await client.edit('file:///w/a.yaml', 'toy bad-high');
    await settled('file:///w/a.yaml', ({ known }) => known?.format === 'cloudformation' && known.findings === 1);
    await client.edit('file:///w/a.yaml', 'other');
    await settled('file:///w/a.yaml', ({ known }) => known?.format === 'none' && known.findings === 0);
  });

  it('knows nothing of a document that was closed and is opened again, until it was looked at', async () => {
    await start();
    await client.open('file:///w/a.yaml', 'toy bad-high');
    await settled('file:///w/a.yaml', ({ known }) => known?.findings === 1);
    await client.close('file:///w/a.yaml');
    client.statuses.length = 0;
    await client.open('file:///w/a.yaml', 'toy slow');
    await client.until(() => client.statuses.length > 0, 'the status');
    assert.deepEqual(client.statuses[0], { uri: 'file:///w/a.yaml', busy: true });
    world.release();
    await settled('file:///w/a.yaml');
  });

  it('is in the spelling of the client', async () => {
    await start();
    await client.open('file:///c%3A/My%20Infra/%C3%A9t%C3%A9.yaml', 'toy');
    await settled('file:///c%3A/My%20Infra/%C3%A9t%C3%A9.yaml');
  });

  it('is not sent to a client that does not show it', async () => {
    await start(PUSH as typeof WITH_STATUS);
    await client.open('file:///w/a.yaml', 'toy');
    await client.diagnostics('file:///w/a.yaml');
    assert.deepEqual(client.statuses, []);
  });
});
