/** `stackwarden/paths`: the graph of the paths to a resource, and its text. */
import assert from 'node:assert/strict';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { uriOf } from '../../server/src/host/uri.ts';
import { makeFolder } from '../host/workspace.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, TestClient } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

const A = 'file:///w/a.yaml';

/** An instance whose group is in another file of the directory. */
const TERRAFORM = {
  'main.tf': `resource "aws_instance" "web" {
  subnet_id                   = "subnet-1"
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.web.id]
}
`,
  'network.tf': `resource "aws_security_group" "web" {
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`,
};

describe('paths to resources over the wire', () => {
  let client: TestClient;
  afterEach(() => client.stop());

  const ask = (uri: string, line: number, character: number): Promise<unknown> =>
    client.connection.sendRequest('stackwarden/paths', { textDocument: { uri }, position: { line, character } });

  it('are a graph with places in lines, and a text', async () => {
    client = await TestClient.inProcess(new ToyWorld(), { capabilities: FULL });
    await client.open(A, '\u{1d11e} toy\r\na card\n');
    const place = { uri: A, range: { start: { line: 1, character: 2 }, end: { line: 1, character: 6 } } };
    assert.deepEqual(await ask(A, 1, 0), {
      subject: { label: 'Toy', detail: 'A::B::Toy' },
      leads: 'to',
      nodes: [
        { id: 'internet', label: 'Internet', detail: '', role: 'outside', state: 'open', when: '' },
        { id: 'n1', label: 'Toy', detail: 'A::B::Toy', role: 'target', state: 'open', when: '', place },
      ],
      edges: [
        {
          id: 'e0',
          from: 'internet',
          to: 'n1',
          state: 'open',
          steps: [{ text: 'Toy is public', state: 'open', when: 'when it rains', place }],
        },
      ],
      paths: [
        {
          from: 'internet',
          to: 'n1',
          traffic: 'TCP port 1',
          state: 'open',
          when: 'when it rains',
          edges: ['e0'],
          limits: ['a key'],
          missing: [],
        },
      ],
      missing: [],
      text:
        'Paths to Toy (A::B::Toy)\n1. Internet, TCP port 1: open when it rains\n' +
        '   - Toy is public [open when it rains, line 2]\n   Requires a key.\n',
    });
  });

  it('are null where there is no resource, and for a document that is not open', async () => {
    client = await TestClient.inProcess(new ToyWorld(), { capabilities: FULL });
    await client.open(A, 'toy card none');
    assert.equal(await ask(A, 0, 9), null);
    assert.equal(await ask('file:///w/other.yaml', 0, 0), null);
  });

  it('end when the request is cancelled', async () => {
    const world = new ToyWorld();
    client = await TestClient.inProcess(world, { capabilities: FULL });
    await client.open(A, 'slow card');
    const source = new CancellationTokenSource();
    const request = client.connection.sendRequest(
      'stackwarden/paths',
      { textDocument: { uri: A }, position: { line: 0, character: 0 } },
      source.token,
    );
    source.cancel();
    await assert.rejects(request, ({ code }: { code: number }) => code === LSPErrorCodes.RequestCancelled);
    world.release();
  });

  it('have places in all files of a directory, as they are now', async () => {
    const folder = makeFolder(TERRAFORM);
    try {
      client = await TestClient.inProcess(nodeWorld(SCHEMAS), {
        capabilities: FULL,
        folders: [{ uri: uriOf(folder.path), name: 'w' }],
      });
      const uri = uriOf(folder.at('main.tf'));
      await client.open(uri, `# A comment.\n${TERRAFORM['main.tf']}`, 'terraform');
      await client.items(uri);
      const { text } = (await ask(uri, 1, 25)) as { text: string };
      assert.equal(
        text,
        `Paths to aws_instance.web (aws_instance)
1. Internet, TCP port 22: unknown
   - aws_security_group.web allows TCP port 22 from 0.0.0.0/0 [open, network.tf, line 6]
   - the subnets of aws_instance.web are not in these documents [unknown, line 2]
   - aws_instance.web has a public IP address (associate_public_ip_address is true) [open, line 4]
   Not known: whether the subnets of aws_instance.web route traffic to an internet gateway.
`,
      );
    } finally {
      folder.remove();
    }
  });
});
