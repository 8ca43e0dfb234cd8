/** Clients and documents that are unlike most. Nothing is shown to the user but findings, and none of those is lost. */
import assert from 'node:assert/strict';
import type { ClientCapabilities, Diagnostic } from 'vscode-languageserver/node';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, PUSH, TestClient } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

/** What would be shown to the user unasked. */
const POPUPS = ['window/showMessage', 'window/showMessageRequest', 'window/showDocument'];

type Tree = Readonly<Record<string, unknown>>;

/** The paths to all abilities of a client, those that have others in them included. */
function paths(tree: Tree, above: readonly string[] = []): readonly (readonly string[])[] {
  return Object.entries(tree).flatMap(([key, value]) => [
    [...above, key],
    ...(typeof value === 'object' && value !== null && !Array.isArray(value)
      ? paths(value as Tree, [...above, key])
      : []),
  ]);
}

function without(tree: Tree, [first, ...rest]: readonly string[]): Tree {
  const { [first!]: inner, ...others } = tree;
  return rest.length === 0 ? others : { ...others, [first!]: without(inner as Tree, rest) };
}

const places = (diagnostics: readonly Diagnostic[]): unknown =>
  diagnostics.map(({ code, range }) => [code, range.start.character]);

describe('odd input', () => {
  let client: TestClient;
  afterEach(async () => {
    assert.deepEqual(
      client.received.filter((method) => POPUPS.includes(method)),
      [],
    );
    await client.stop();
  });

  for (const path of paths(FULL as Tree)) {
    it(`finds the same for a client without ${path.join('.')}`, async () => {
      const capabilities = without(FULL as Tree, path) as ClientCapabilities;
      client = await TestClient.inProcess(new ToyWorld(), { capabilities, folders: [{ uri: 'file:///w', name: 'w' }] });
      const doc = 'file:///w/a.yaml';
      await client.open(doc, 'toy bad-high bad-low');
      const diagnostics = capabilities.textDocument?.diagnostic
        ? await client.items(doc)
        : await client.diagnostics(doc);
      assert.deepEqual(places(diagnostics), [
        ['toy-high', 4],
        ['toy-low', 13],
      ]);
      await client
        .codeActions(doc, client.range(doc, 'bad-high'))
        .catch((error: unknown) =>
          assert.equal(capabilities.textDocument?.codeAction?.codeActionLiteralSupport, undefined, String(error)),
        );
      assert.deepEqual(client.log, []);
    });
  }

  it('keeps folders of one name apart, with files of one name in them', async () => {
    client = await TestClient.inProcess(new ToyWorld(), {
      capabilities: FULL,
      folders: [
        { uri: 'file:///one/app', name: 'app' },
        { uri: 'file:///two/app', name: 'app' },
      ],
    });
    client.settings = (scope) => (scope?.startsWith('file:///one/') ? { profile: 'essential' } : {});
    const [one, two] = ['file:///one/app/a.yaml', 'file:///two/app/a.yaml'] as const;
    await client.open(one, 'toy bad-low uses b.yaml');
    await client.open(two, 'toy bad-low uses b.yaml');
    await client.open('file:///two/app/b.yaml', 'open');
    assert.deepEqual(places(await client.items(one)), []);
    assert.deepEqual(places(await client.items(two)), [
      ['toy-low', 4],
      ['toy-high', 12],
    ]);
  });

  it('follows a document that gets a name', async () => {
    client = await TestClient.inProcess(new ToyWorld(), { capabilities: PUSH });
    await client.open('untitled:Untitled-1', 'toy bad-high');
    assert.equal((await client.diagnostics('untitled:Untitled-1')).length, 1);
    await client.close('untitled:Untitled-1');
    await client.open('file:///w/a.yaml', 'toy bad-high');
    assert.equal((await client.diagnostics('file:///w/a.yaml')).length, 1);
    await client.until(
      () => client.published.findLast(({ uri }) => uri === 'untitled:Untitled-1')?.diagnostics.length === 0,
      'the clearing',
    );
  });

  it('follows a document that is renamed to something else and back', async () => {
    client = await TestClient.inProcess(new ToyWorld(), { capabilities: PUSH });
    for (const [from, to] of [
      ['a.yaml', 'b.yaml'],
      ['b.yaml', 'a.yaml'],
    ] as const) {
      await client.open(`file:///w/${from}`, 'toy bad-high');
      assert.equal((await client.diagnostics(`file:///w/${from}`)).length, 1);
      await client.close(`file:///w/${from}`);
      await client.open(`file:///w/${to}`, 'toy bad-high bad-low');
      assert.equal((await client.diagnostics(`file:///w/${to}`)).length, 2);
      await client.close(`file:///w/${to}`);
      await client.until(() => client.published.at(-1)?.diagnostics.length === 0, 'the clearing');
    }
  });

  it('passes over messages about a document that is not open, and over edits that lie outside of it', async () => {
    client = await TestClient.inProcess(new ToyWorld(), { capabilities: FULL });
    const doc = 'file:///w/a.yaml';
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: doc, version: 2 },
      contentChanges: [{ text: 'toy bad-low' }],
    });
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: doc } });
    await client.open(doc, 'toy bad-high');
    const beyond = { start: { line: 7, character: 0 }, end: { line: 9, character: 3 } };
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: doc, version: 2 },
      contentChanges: [{ range: beyond, text: ' bad-low' }],
    });
    assert.deepEqual(places(await client.items(doc)), [
      ['toy-high', 4],
      ['toy-low', 13],
    ]);
    assert.deepEqual(await client.codeActions(doc, beyond, { only: ['quickfix'] }), []);
  });

  describe('of the real engine', () => {
    const VOLUME =
      'Resources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties: {AvailabilityZone: a, Size: 1, Encrypted: false}\n';
    const POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}';
    const STATUS: ClientCapabilities = { ...FULL, experimental: { stackwarden: { status: true } } };
    const format = (): string | undefined => client.statuses.at(-1)?.known?.format;

    it('checks a document again that changes its format while it is open', async () => {
      client = await TestClient.inProcess(nodeWorld(SCHEMAS), { capabilities: STATUS });
      const doc = 'untitled:Untitled-1';
      await client.open(doc, 'a: 1\n');
      for (const [text, expected] of [
        [VOLUME, 'cloudformation'],
        [POLICY, 'iam-policy'],
        ['a: 1\n', 'none'],
        [VOLUME.replace('Resources:', 'Transform: AWS::Serverless-2016-10-31\nResources:'), 'sam'],
        ['', 'none'],
        [VOLUME, 'cloudformation'],
      ] as const) {
        await client.edit(doc, text);
        const items = await client.items(doc);
        assert.equal(
          items.some(({ code }) => code === 'ebs-volume-encryption'),
          text.includes('Encrypted: false'),
          expected,
        );
        await client.until(() => format() === expected, `the format ${expected}`);
      }
    });

    it('checks Terraform in HCL by the name of its file, in any language', async () => {
      client = await TestClient.inProcess(nodeWorld(SCHEMAS), { capabilities: STATUS });
      for (const [uri, language] of [
        ['file:///w/main.tf', 'terraform'],
        ['file:///w/b/main.tf', 'hcl'],
        ['file:///w/c%3A/a%20b/main.tofu', 'opentofu'],
        ['file:///w/d/main.tf', 'plaintext'],
      ] as const) {
        await client.open(uri, 'resource "aws_ebs_volume" "v" {\n  encrypted = false\n}\n', language);
        const found = (await client.items(uri)).filter(({ code }) => code === 'ebs-volume-encryption');
        assert.deepEqual(
          found.map(({ range }) => range),
          [{ start: { line: 1, character: 14 }, end: { line: 1, character: 19 } }],
        );
        await client.until(
          () => client.statuses.findLast((status) => status.uri === uri)?.known?.title === 'Terraform',
          'the format',
        );
      }
    });

    it('says of other HCL why it is not checked', async () => {
      client = await TestClient.inProcess(nodeWorld(SCHEMAS), { capabilities: STATUS });
      for (const [uri, language, reason] of [
        ['file:///w/terragrunt.hcl', 'hcl', /Terragrunt/],
        ['file:///w/image.pkr.hcl', 'hcl', /Packer/],
        ['file:///w/prod.tfvars', 'terraform-vars', /variable values/],
      ] as const) {
        await client.open(uri, 'inputs = {}\n', language);
        assert.deepEqual(await client.items(uri), []);
        await client.until(
          () => reason.test(client.statuses.findLast((status) => status.uri === uri)?.known?.reason ?? ''),
          'the reason',
        );
      }
    });

    it('finds all that is wrong in a document of five megabytes', async () => {
      client = await TestClient.inProcess(nodeWorld(SCHEMAS), { capabilities: FULL });
      const disks = Array.from(
        { length: 10_000 },
        (_, i) =>
          `  Disk${i}:\n    Type: AWS::EC2::Volume\n    Properties: {AvailabilityZone: a, Size: 1, Encrypted: ${i % 1000 === 7 ? 'false' : 'true'}, Tags: [{Key: a, Value: ${'x'.repeat(400)}}]}\n`,
      );
      const text = `Resources:\n${disks.join('')}`;
      assert.ok(text.length > 5_000_000);
      await client.open('file:///w/big.yaml', text);
      const lines = (await client.items('file:///w/big.yaml'))
        .filter(({ code }) => code === 'ebs-volume-encryption')
        .map(({ range }) => range.start.line);
      assert.deepEqual(
        lines,
        Array.from({ length: 10 }, (_, i) => 1 + 3 * (1000 * i + 7) + 2),
      );
    });
  });
});
