/**
 * The server as editors start it: with the real engine, over files on disk. What is about the process runs in one of
 * its own. The rest is served by the same code in this process, because starting it takes longer than all that is asked
 * of it.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { URI } from 'vscode-uri';
import type { CompletionItem, CompletionList, Diagnostic, Hover, MarkupContent } from 'vscode-languageserver/node';
import { commandLine } from '../kit/programs.ts';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, PUSH, TestClient, type ClientOptions } from './kit/client.ts';

const TEMPLATE = `# Zürich 𝄞
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: zürich-𝄞, Size: 1, Encrypted: false}
  Login:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: sg-1
      IpProtocol: tcp
      FromPort: 22
      ToPort: 22
      CidrIp: 0.0.0.0/0
`;

const of = (diagnostics: readonly Diagnostic[], rule: string): Diagnostic[] =>
  diagnostics.filter(({ code }) => code === rule);

/** A client of the server in this process. */
const served = (options: ClientOptions): Promise<TestClient> => TestClient.inProcess(nodeWorld(SCHEMAS), options);

describe('the server process', () => {
  let root: string;
  let client: TestClient | undefined;
  const write = (path: string, text: string): string => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    return uri(path);
  };
  const uri = (path: string): string => URI.file(join(root, path)).toString();
  const changed = (path: string, type: number): Promise<void> =>
    client!.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(path), type }] });
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'stackwarden-')));
  });
  afterEach(async () => {
    await client?.stop();
    client = undefined;
    rmSync(root, { recursive: true });
  });

  for (const [ends, text] of [
    ['LF', TEMPLATE],
    ['CRLF', TEMPLATE.replaceAll('\n', '\r\n')],
  ] as const) {
    it(`marks exactly what is wrong in a template with ${ends}`, async () => {
      client = await (ends === 'LF' ? TestClient.spawned({ capabilities: PUSH }) : served({ capabilities: PUSH }));
      const doc = uri('a.yaml');
      await client.open(doc, text);
      const diagnostics = await client.diagnostics(doc);
      const [disk] = of(diagnostics, 'ebs-volume-encryption');
      assert.deepEqual(disk?.range, { start: { line: 4, character: 66 }, end: { line: 4, character: 71 } });
      assert.deepEqual(
        of(diagnostics, 'sg-ingress-open-ssh').map(({ range }) => range),
        [client.range(doc, '0.0.0.0/0')],
      );
      assert.deepEqual([disk?.severity, disk?.source], [2, 'stackwarden']);
    });
  }

  it('marks what is wrong in JSON of any language id, and the strings of a policy in it', async () => {
    client = await served({ capabilities: FULL });
    const doc = uri('a.template');
    await client.open(
      doc,
      '{"Resources": {"P": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}}}}}',
      'jsonc',
    );
    assert.equal(of(await client.items(doc), 'iam-policy-admin-wildcard').length, 1);
  });

  it('checks a policy that is a file of its own, also while it is written', async () => {
    client = await served({ capabilities: FULL });
    const doc = uri('deploy-trust.json');
    const start =
      '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"';
    await client.open(doc, start, 'json');
    assert.deepEqual(
      of(await client.items(doc), 'iam-role-trust-wildcard-principal').map(({ range }) => range),
      [client.range(doc, '"*"')],
    );
    await client.edit(doc, `${start}}]}`.replace('"*"', '"111122223333"'));
    assert.deepEqual(await client.items(doc), []);
  });

  it('keeps the other findings while a user types', async () => {
    client = await served({ capabilities: FULL });
    const doc = uri('a.yaml');
    await client.open(doc, TEMPLATE);
    await client.edit(doc, 'Size: 1, "Encry', 'Size: 1, Encrypted: false');
    assert.deepEqual(
      of(await client.items(doc), 'sg-ingress-open-ssh').map(({ range }) => range),
      [client.range(doc, '0.0.0.0/0')],
    );
    await client.edit(doc, 'GroupId: sg-1\n      Ip', 'GroupId: sg-1\n      IpProtocol: tcp');
    await client.edit(doc, 'Size: 1, Encrypted: false}', 'Size: 1, "Encry}');
    const diagnostics = await client.items(doc);
    assert.equal(of(diagnostics, 'ebs-volume-encryption').length, 1);
  });

  it('fixes what it found', async () => {
    client = await served({ capabilities: FULL });
    const doc = uri('a.yaml');
    await client.open(doc, TEMPLATE);
    const found = of(await client.items(doc), 'ebs-volume-encryption');
    const actions = await client.codeActions(doc, found[0]!.range, { diagnostics: found, only: ['quickfix'] });
    assert.deepEqual(actions[0]?.diagnostics, found);
    const fixed = client.after(actions[0]?.edit, doc);
    assert.equal(fixed, TEMPLATE.replace('Encrypted: false', 'Encrypted: true'));
    await client.edit(doc, fixed);
    assert.deepEqual(of(await client.items(doc), 'ebs-volume-encryption'), []);
  });

  it('fixes everything that is safe to fix at once, and leaves the rest as it is', async () => {
    client = await served({ capabilities: FULL });
    client.settings = () => ({ profile: 'strict' });
    const doc = uri('a.yaml');
    const text = `${TEMPLATE}  # The buckets.\r\n  One: {Type: AWS::S3::Bucket} # é𝄞\n  Two:\n    Type: AWS::S3::Bucket\n    DeletionPolicy: Retain # kept\n`;
    await client.open(doc, text);
    assert.equal(of(await client.items(doc), 's3-bucket-public-access-block').length, 2);
    const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const [action] = await client.codeActions(doc, nowhere, { only: ['source.fixAll.stackwarden'], triggerKind: 2 });
    const fixed = client.after((await client.resolve(action!)).edit, doc);
    await client.edit(doc, fixed);
    const after = await client.items(doc);
    assert.deepEqual(of(after, 's3-bucket-public-access-block'), []);
    // What is not safe to fix is there as before.
    assert.equal(of(after, 'ebs-volume-encryption').length, 1);
    assert.ok(
      fixed.startsWith(`${TEMPLATE}  # The buckets.\r\n`) &&
        fixed.includes('# é𝄞') &&
        fixed.includes('    DeletionPolicy: Retain # kept\n'),
    );
  });

  it('follows the values of a variable through buffers and files of a Terraform directory', async () => {
    const main = write(
      'net/main.tf.json',
      JSON.stringify({
        resource: { aws_ebs_volume: { disk: { availability_zone: 'a', size: 1, encrypted: '${var.encrypted}' } } },
      }),
    );
    const variables = write(
      'net/variables.tf.json',
      JSON.stringify({ variable: { encrypted: { type: 'bool', default: true } } }),
    );
    client = await served({ capabilities: PUSH, folders: [{ uri: uri(''), name: 'infra' }] });
    const rule = 'ebs-volume-encryption';
    const last = (): Diagnostic[] =>
      of(client!.published.findLast((params) => params.uri === main)?.diagnostics ?? [], rule);
    await client.open(
      main,
      JSON.stringify({
        resource: { aws_ebs_volume: { disk: { availability_zone: 'a', size: 1, encrypted: '${var.encrypted}' } } },
      }),
      'json',
    );
    assert.deepEqual(of(await client.diagnostics(main), rule), []);
    await client.open(variables, JSON.stringify({ variable: { encrypted: { type: 'bool', default: true } } }), 'json');
    await client.edit(variables, 'false', 'true');
    await client.until(() => last().length === 1, 'the finding');
    assert.deepEqual(last()[0]!.range, client.range(main, '"${var.encrypted}"'));
    write('net/terraform.tfvars.json', '{"encrypted": true}');
    await changed('net/terraform.tfvars.json', 1);
    await client.until(() => last().length === 0, 'the end of the finding');
    write('net/terraform.tfvars.json', '{"encrypted": false}');
    await changed('net/terraform.tfvars.json', 2);
    await client.until(() => last().length === 1, 'the finding');
  });

  it('follows the configuration, which says what is true of the account', async () => {
    const text = TEMPLATE.replace(', Encrypted: false', '');
    const doc = write('app/a.yaml', text);
    client = await served({ capabilities: FULL, folders: [{ uri: uri(''), name: 'infra' }] });
    client.settings = () => ({ certainty: 'possible' });
    await client.open(doc, text);
    assert.equal(of(await client.items(doc), 'ebs-volume-encryption').length, 1);
    write('.stackwarden.yaml', 'assume: {ebs.defaultEncryption: true}\n');
    await changed('.stackwarden.yaml', 1);
    await client.until(() => client!.received.includes('workspace/diagnostic/refresh'), 'the refresh');
    assert.equal(of(await client.items(doc), 'ebs-volume-encryption').length, 0);
  });

  it('looks at the files of folders with one name, whatever they are called, and at nothing that tools made', async () => {
    const names = [
      'one/app/a b%20(1)@.yaml',
      'two/app/été 𝄞.json',
      'two/app/node_modules/x/a.yaml',
      'two/app/.terraform/a.yaml',
      'two/app/notes.yaml',
    ];
    for (const name of names)
      write(
        name,
        name.endsWith('json')
          ? '{"Resources": {"P": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}}}}}'
          : name.includes('notes')
            ? 'a: 1'
            : TEMPLATE,
      );
    client = await served({
      capabilities: FULL,
      folders: [
        { uri: uri('one/app'), name: 'app' },
        { uri: pathToFileURL(join(root, 'two/app')).href, name: 'app' },
      ],
    });
    const { items } = await client.pullWorkspace();
    assert.deepEqual(
      items.map((item) => [item.uri, item.kind === 'full' && item.items.length > 0]),
      [
        [uri('one/app/a b%20(1)@.yaml'), true],
        [uri('two/app/été 𝄞.json'), true],
      ],
    );
  });

  it('looks at a document that was never saved', async () => {
    client = await served({ capabilities: PUSH });
    await client.open('untitled:Untitled-1', TEMPLATE, 'plaintext');
    assert.equal(of(await client.diagnostics('untitled:Untitled-1'), 'ebs-volume-encryption').length, 1);
  });

  it('clears what it said of a document that is not a template any more, or closed', async () => {
    client = await served({ capabilities: PUSH });
    const doc = uri('a.yaml');
    await client.open(doc, TEMPLATE);
    assert.notEqual((await client.diagnostics(doc)).length, 0);
    await client.edit(doc, 'just: text\n');
    assert.deepEqual(await client.diagnostics(doc), []);
    await client.edit(doc, TEMPLATE);
    assert.notEqual((await client.diagnostics(doc)).length, 0);
    await client.close(doc);
    await client.until(() => client!.published.at(-1)?.diagnostics.length === 0, 'the clearing');
  });

  it('reports a mistake in an expression also when others report the syntax of the document', async () => {
    client = await served({ capabilities: FULL });
    client.settings = () => ({ syntaxProblems: 'off' });
    const doc = uri('main.tf.json');
    await client.open(
      doc,
      '{"resource": {"aws_ebs_volume": {"disk": {"encrypted": "${var.a +}", "size": 1,}}}}',
      'json',
    );
    assert.deepEqual(
      (await client.items(doc)).filter(({ code }) => code === 'syntax').map(({ range }) => range.start.character > 50),
      [true],
    );
  });

  it('is a command of the command line too', async () => {
    client = await TestClient.spawned({ capabilities: PUSH }, ['lsp', '--stdio'], commandLine());
    const doc = uri('a.yaml');
    await client.open(doc, TEMPLATE);
    assert.equal(of(await client.diagnostics(doc), 'ebs-volume-encryption').length, 1);
  });

  it('links a finding to the page of its rule, which is there without a network', async () => {
    client = await TestClient.spawned({ capabilities: PUSH });
    const doc = uri('a.yaml');
    await client.open(doc, TEMPLATE);
    const { href } = of(await client.diagnostics(doc), 'ebs-volume-encryption')[0]!.codeDescription!;
    assert.match(readFileSync(fileURLToPath(href), 'utf8'), /^# EBS volumes should be encrypted at rest$/m);
  });

  describe('ends', () => {
    const exitCode = async ({ process: child }: TestClient): Promise<unknown> =>
      child!.exitCode ?? (await once(child!, 'exit'))[0];

    it('well when it is told to', async () => {
      client = await TestClient.spawned({ capabilities: PUSH });
      await client.open(uri('a.yaml'), TEMPLATE);
      await client.connection.sendRequest('shutdown');
      await client.connection.sendNotification('exit');
      assert.equal(await exitCode(client), 0);
    });

    it('badly when it is told to exit without warning', async () => {
      client = await TestClient.spawned({ capabilities: PUSH });
      await client.connection.sendNotification('exit');
      assert.equal(await exitCode(client), 1);
    });

    it('when its client goes away', async () => {
      client = await TestClient.spawned({ capabilities: PUSH }, []);
      client.process!.stdin!.end();
      assert.equal(await exitCode(client), 1);
    });

    it('when the process of its client is dead, although the pipe stays open', async () => {
      const editor = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      client = await TestClient.spawned({ capabilities: PUSH, processId: editor.pid! });
      editor.kill();
      await once(editor, 'exit');
      assert.equal(await exitCode(client), 1);
    });
  });

  it('describes policies, and completes them', async () => {
    const policy =
      'Resources:\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyName: p\n      PolicyDocument:\n        Statement:\n          - Effect: Allow\n            Action: sqs:Rec\n';
    const doc = write('policy.yaml', policy);
    client = await TestClient.spawned({ capabilities: FULL, folders: [{ uri: uri(''), name: 'w' }] });
    await client.open(doc, policy);
    const { items } = await client.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument: { uri: doc },
      position: { line: 8, character: 27 },
    });
    assert.deepEqual(
      items.map(({ label }) => label),
      ['sqs:ReceiveMessage'],
    );
    const resolved = await client.connection.sendRequest<CompletionItem>('completionItem/resolve', items[0]);
    assert.match(
      (resolved.documentation as MarkupContent).value,
      /^Grants permission to retrieve one or more messages/,
    );
    await client.edit(doc, 'sqs:ReceiveMessage', 'sqs:Rec');
    const hover = await client.connection.sendRequest<Hover>('textDocument/hover', {
      textDocument: { uri: doc },
      position: { line: 8, character: 27 },
    });
    assert.match((hover.contents as MarkupContent).value, /^\*\*sqs:ReceiveMessage\*\*: Grants permission/);
  });
});
