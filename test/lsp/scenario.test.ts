/** The chosen scenario, and the values that a template is deployed with, over the wire and with the real engine. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { ClientCapabilities, Hover } from 'vscode-languageserver/node';
import { uriOf } from '../../server/src/host/uri.ts';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { SCENARIOS } from '../../server/src/lsp/scenarios.ts';
import { settingsOf } from '../../server/src/lsp/settings.ts';
import { makeFolder } from '../host/workspace.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, TestClient } from './kit/client.ts';

const TEMPLATE = `Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod], Default: dev}
  Size: {Type: Number, Default: 10}
  Password: {Type: String, NoEcho: true, Default: hunter2}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: a, Size: !Ref Size, Encrypted: !If [IsProd, true, false]}
`;
const CAPABILITIES: ClientCapabilities = { ...FULL, experimental: { stackwarden: { status: true } } };

describe('the setting of a scenario', () => {
  it('is read as far as it makes sense', () => {
    const { scenario } = settingsOf({
      scenario: {
        conditions: { A: true, B: 'true', C: null },
        parameters: { D: 'd', E: 7, F: false, G: {} },
        other: { H: 1 },
      },
    });
    assert.deepEqual(
      scenario.map(({ kind, name, value }) => `${kind} ${name}=${value}`),
      ['condition A=true', 'parameter D=d', 'parameter E=7', 'parameter F=false'],
    );
  });

  for (const sent of [null, [], 'IsProd', { conditions: [] }, { parameters: 'x' }])
    it(`names nothing when it is ${JSON.stringify(sent)}`, () => {
      assert.deepEqual(settingsOf({ scenario: sent }).scenario, []);
    });
});

describe('a template in an editor', () => {
  let client: TestClient;
  let folder: ReturnType<typeof makeFolder>;
  let doc: string;

  beforeEach(async () => {
    folder = makeFolder({ 'net.yaml': TEMPLATE });
    doc = uriOf(folder.at('net.yaml'));
    client = await TestClient.inProcess(nodeWorld(SCHEMAS), {
      capabilities: CAPABILITIES,
      folders: [{ uri: uriOf(folder.path), name: 'w' }],
    });
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const found = async (): Promise<number> =>
    (await client.items(doc)).filter(({ code }) => code === 'ebs-volume-encryption').length;
  const known = (): object | undefined => client.statuses.findLast(({ uri, busy }) => uri === doc && !busy)?.known;
  const hover = async (): Promise<string> => {
    const answer: Hover | null = await client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: doc },
      position: client.position(doc, 'Encrypted'),
    });
    return (answer?.contents as { value: string } | undefined)?.value ?? '';
  };
  const changed = async (name: string, type: number): Promise<void> =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf(folder.at(name)), type }],
    });
  const refreshed = async (): Promise<void> => {
    await client.until(() => client.received.includes('workspace/diagnostic/refresh'), 'the refresh');
    client.received.length = 0;
  };

  it('is judged, hovered and described in the scenario of the settings, and again when they change', async () => {
    await client.open(doc, TEMPLATE);
    assert.equal(await found(), 1);
    assert.match(await hover(), /IsProd/);
    await client.until(() => known() !== undefined, 'the status');
    assert.deepEqual(known(), {
      format: 'cloudformation',
      title: 'CloudFormation',
      reason: 'Resources with AWS types',
      profile: 'recommended',
      findings: 2,
      incomplete: [],
      deployments: [],
      scenario: [],
    });

    client.settings = () => ({
      scenario: { conditions: { IsProd: true }, parameters: { Password: 'hunter3', Gone: 'x' } },
    });
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await refreshed();
    assert.equal(await found(), 0);
    assert.doesNotMatch(await hover(), /IsProd is false|Encrypted is false/);
    await client.until(() => JSON.stringify(known()).includes('IsProd is true'), 'the scenario');
    assert.deepEqual((known() as { scenario: unknown }).scenario, ['IsProd is true', 'Password is a secret value']);
  });

  it('is judged again when a file with its values comes, changes and goes', async () => {
    await client.open(doc, TEMPLATE);
    assert.equal(await found(), 1);
    writeFileSync(folder.at('net.params.json'), '{"Stage": "prod", "Password": "hunter3"}');
    await changed('net.params.json', 1);
    await refreshed();
    assert.equal(await found(), 0);
    await client.until(() => JSON.stringify(known()).includes('net.params.json'), 'the file');
    writeFileSync(folder.at('net.params.json'), '{"Stage": "dev"}');
    await changed('net.params.json', 2);
    await refreshed();
    assert.equal(await found(), 1);
    writeFileSync(folder.at('net.params.json'), '{"Other": "dev"}');
    await changed('net.params.json', 2);
    await refreshed();
    assert.equal(await found(), 1);
    assert.doesNotMatch(JSON.stringify([client.log, client.statuses]), /hunter/);
  });

  it('is judged again while a file with its values is being typed', async () => {
    const values = uriOf(folder.at('net.params.json'));
    await client.open(doc, TEMPLATE);
    assert.equal(await found(), 1);
    await client.open(values, '{"Stage": "prod"}', 'json');
    await refreshed();
    assert.equal(await found(), 0);
    await client.edit(values, 'dev', 'prod');
    await refreshed();
    assert.equal(await found(), 1);
  });

  it('is fixed in the scenario of the settings alone', async () => {
    const bucket = (name: string, condition: string): string =>
      `  ${name}:\n    Type: AWS::S3::Bucket\n    Condition: ${condition}\n`;
    const text = `${TEMPLATE.slice(0, TEMPLATE.indexOf('Resources:'))}  IsDev: !Not [!Condition IsProd]\nResources:\n${bucket('Prod', 'IsProd')}${bucket('Dev', 'IsDev')}`;
    client.settings = () => ({ profile: 'strict', scenario: { conditions: { IsProd: true } } });
    await client.open(doc, text);
    const [action] = await client.codeActions(doc, client.range(doc, 'Resources'), {
      only: ['source.fixAll.stackwarden'],
    });
    const fixed = client.after((await client.resolve(action!)).edit, doc);
    assert.match(fixed, /Prod:[^]*BlockPublicAcls: true[^]*Dev:/);
    assert.equal(fixed.match(/BlockPublicAcls/g)?.length, 1);
  });

  it('says what scenarios it has', async () => {
    writeFileSync(folder.at('net.params.json'), '{"Stage": "dev", "Size": 20, "Password": "hunter3"}');
    await client.open(doc, TEMPLATE);
    assert.deepEqual(await client.connection.sendRequest(SCENARIOS, { textDocument: { uri: doc } }), {
      conditions: ['IsProd'],
      parameters: [
        { name: 'Stage', values: ['dev', 'prod'], open: false, secret: false },
        { name: 'Size', values: ['10', '20'], open: true, secret: false },
        { name: 'Password', values: [], open: true, secret: true },
      ],
    });
  });

  it('has no scenarios when it is none, or not open', async () => {
    assert.equal(await client.connection.sendRequest(SCENARIOS, { textDocument: { uri: doc } }), null);
    await client.open(doc, 'a: 1\n');
    assert.equal(await client.connection.sendRequest(SCENARIOS, { textDocument: { uri: doc } }), null);
  });
});
