/** A template within another one in an editor, over the wire and with the real engine. */
import assert from 'node:assert/strict';
import { uriOf } from '../../server/src/host/uri.ts';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { makeFolder } from '../host/workspace.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, TestClient } from './kit/client.ts';

const CHILD = `Parameters:
  Encrypt: {Type: String, Default: 'false'}
Resources:
  Disk: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !Ref Encrypt}}
`;
const PARENT = `Resources:
  Disks: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true'}}}
`;

describe('a nested stack, in an editor', () => {
  let client: TestClient;
  let folder: ReturnType<typeof makeFolder>;
  let [child, parent] = ['', ''];

  beforeEach(async () => {
    folder = makeFolder({ 'child.yaml': CHILD, 'parent.yaml': PARENT });
    [child, parent] = [uriOf(folder.at('child.yaml')), uriOf(folder.at('parent.yaml'))];
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
    (await client.items(child)).filter(({ code }) => code === 'ebs-volume-encryption').length;

  it('is judged alone until the one around it is seen, and then in its place', async () => {
    await client.open(child, CHILD);
    assert.equal(await found(), 1);
    await client.open(parent, PARENT);
    await client.items(parent);
    assert.equal(await found(), 0);
  });

  it('is judged again when its parent passes something else', async () => {
    await client.open(parent, PARENT);
    await client.items(parent);
    await client.open(child, CHILD);
    assert.equal(await found(), 0);
    await client.edit(parent, "'false'", "'true'");
    assert.equal(await found(), 1);
    await client.edit(parent, 'other.yaml', 'child.yaml');
    await client.items(parent);
    assert.equal(await found(), 1);
  });

  it('reports a cycle whichever of the two is checked first', async () => {
    const cycle = (other: string): string => PARENT.replace('child.yaml', other);
    await client.open(child, cycle('parent.yaml'));
    await client.items(child);
    await client.open(parent, cycle('child.yaml'));
    await client.items(parent);
    const ends = async (doc: string): Promise<number> =>
      (await client.items(doc)).filter(({ message }) => String(message).includes('part of a cycle of templates'))
        .length;
    assert.deepEqual([await ends(child), await ends(parent)], [1, 1]);
  });

  it('is shown in the same of two that are around it, whichever was seen first', async () => {
    const other = uriOf(folder.at('another.yaml'));
    const texts: readonly (readonly [string, string])[] = [
      [parent, PARENT],
      [other, PARENT.replace("'true'", "'false'")],
    ];
    const shown: unknown[] = [];
    for (const order of [texts, [...texts].reverse()]) {
      const own = await TestClient.inProcess(nodeWorld(SCHEMAS), {
        capabilities: FULL,
        folders: [{ uri: uriOf(folder.path), name: 'w' }],
      });
      try {
        for (const [doc, text] of order) {
          await own.open(doc, text);
          await own.items(doc);
        }
        await own.open(child, CHILD);
        shown.push(
          await own.connection.sendRequest('textDocument/hover', {
            textDocument: { uri: child },
            position: own.position(child, '!Ref'),
          }),
        );
      } finally {
        await own.stop();
      }
    }
    assert.ok(shown[0]);
    assert.deepEqual(shown[1], shown[0]);
  });
});

describe('a policy that a configuration reads, in an editor', () => {
  it('keeps its findings while it is broken, and when it is read no more', async () => {
    const POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}';
    const reading = (text: string): string => JSON.stringify({ resource: { aws_iam_policy: { p: { policy: text } } } });
    const folder = makeFolder({ 'main.tf.json': reading('${file("policy.json")}'), 'policy.json': POLICY });
    const client = await TestClient.inProcess(nodeWorld(SCHEMAS), {
      capabilities: FULL,
      folders: [{ uri: uriOf(folder.path), name: 'w' }],
    });
    try {
      const [main, policy] = [uriOf(folder.at('main.tf.json')), uriOf(folder.at('policy.json'))];
      const found = async (): Promise<readonly string[]> =>
        (await client.items(policy)).flatMap(({ code, message }) =>
          code === 'iam-policy-admin-wildcard' ? [/(\S+) allows/.exec(String(message))![1]!] : [],
        );
      await client.open(main, reading('${file("policy.json")}'), 'json');
      await client.open(policy, POLICY, 'json');
      await client.items(main);
      assert.deepEqual(await found(), ['aws_iam_policy.p']);
      await client.edit(policy, '"*"}, ]}', '"*"}]}');
      assert.deepEqual(await found(), ['policy.json']);
      await client.edit(main, reading('{}'));
      await client.items(main);
      assert.deepEqual(await found(), ['policy.json']);
    } finally {
      await client.stop();
      folder.remove();
    }
  });
});
