import assert from 'node:assert/strict';
import type { ClientCapabilities, Hover } from 'vscode-languageserver/node';
import { FULL, PLAIN, TestClient, type ClientOptions } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

const A = 'file:///w/a.yaml';
const B = 'file:///w/b.yaml';
const VALUE = 'toy value\n';
const TEXT = '\u{1d11e} toy\r\na card\n';

describe('hovers over the wire', () => {
  let client: TestClient;
  const start = async (options: Partial<ClientOptions> = {}): Promise<void> => {
    client = await TestClient.inProcess(new ToyWorld(), { capabilities: FULL, ...options });
  };
  const hover = (line: number, character: number, uri = A): Promise<Hover | null> =>
    client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line, character } });
  afterEach(() => client.stop());

  it('answer with Markdown and the range that they are about', async () => {
    await start();
    await client.open(A, TEXT);
    assert.deepEqual(await hover(1, 4), {
      contents: {
        kind: 'markdown',
        value: '**Toy \\*1\\***: at security  \n**You:** all, more  \n*Sources:* [a.example](https://a.example/)',
      },
      range: { start: { line: 1, character: 2 }, end: { line: 1, character: 6 } },
    });
  });

  it('have links to the pages about responsibilities and paths in the extension', async () => {
    await start({ capabilities: { ...FULL, experimental: { stackwarden: { status: true } } } });
    await client.open(A, TEXT);
    const { value } = (await hover(1, 4))!.contents as { value: string };
    const links = [...value.matchAll(/\[([^\]]+)\]\(command:([\w.]+)\?([^)]*)\)/g)];
    assert.deepEqual(
      links.map(([, text, command, stated]) => [text, command, JSON.parse(decodeURIComponent(stated!))]),
      [
        ['Show Shared Responsibility', 'stackwarden.showOwnership', [{ uri: A, line: 1, character: 4 }]],
        ['Show Path', 'stackwarden.showPath', [{ uri: A, line: 1, character: 4 }]],
      ],
    );
  });

  it('have a page about responsibilities for a request', async () => {
    await start();
    await client.open(A, 'toy plain-card');
    const hoverAt = (character: number): Promise<unknown> =>
      client.connection.sendRequest('stackwarden/ownership', {
        textDocument: { uri: A },
        position: { line: 0, character },
      });
    assert.deepEqual(await hoverAt(2), { markdown: '# Toy\n' });
    assert.equal(await hoverAt(14), null);
  });

  it('say what a value resolves to and the results of rules, with links', async () => {
    await start();
    await client.open(A, VALUE);
    assert.deepEqual(await hover(0, 4), {
      contents: {
        kind: 'markdown',
        value: '**`` a`b ``**, the default of \\[recommended\\] ([line 1](file:///w/a.yaml#L1))',
      },
      range: { start: { line: 0, character: 4 }, end: { line: 0, character: 9 } },
    });
  });

  it('have no card where a function stands, but one beside what is plainly written', async () => {
    await start();
    await client.open(A, 'toy value-card');
    const textAt = async (character: number): Promise<string> =>
      ((await hover(0, character))!.contents as { value: string }).value;
    assert.doesNotMatch(await textAt(12), /Toy/);
    await client.open(B, 'toy plain-card');
    assert.match(((await hover(0, 12, B))!.contents as { value: string }).value, /^\*\*Toy/);
  });

  it('describe the settings of a configuration file, regardless of the settings of hovers', async () => {
    const configuration = 'file:///w/.stackwarden.yaml';
    await start({
      capabilities: { textDocument: { hover: { contentFormat: ['markdown'] } } },
      initializationOptions: { stackwarden: { ownershipHover: 'off', valueHover: false } },
    });
    await client.open(configuration, 'a setting\n');
    assert.deepEqual(await hover(0, 4, configuration), {
      contents: {
        kind: 'markdown',
        value:
          '**setting**\n\nWhat it \\*does\\*.\n\nValues: `on`, `off`\n\n[Toys should be good](file:///pages/toy-high.md) \\\n`toy-high`, high, profile strict\n\nand 2 more rules',
      },
      range: { start: { line: 0, character: 2 }, end: { line: 0, character: 9 } },
    });
    assert.equal(await hover(0, 0, configuration), null);
    await client.stop();
    await start({ capabilities: { textDocument: { hover: {} } } });
    await client.open(configuration, 'setting');
    assert.deepEqual((await hover(0, 4, configuration))!.contents, {
      kind: 'plaintext',
      value:
        'setting\nWhat it *does*.\nValues: on, off\nToys should be good (toy-high, high, profile strict)\nand 2 more rules',
    });
  });

  it('do not appear only to say that no rule has anything to report', async () => {
    await start();
    await client.open(A, 'toy plain');
    assert.equal(await hover(0, 6), null);
  });

  it('are null where there is nothing to say, and for a document that is not open', async () => {
    await start();
    await client.open(A, TEXT);
    assert.equal(await hover(0, 0), null);
    assert.equal(await hover(1, 4, 'file:///w/other.yaml'), null);
  });

  it('are plain text for a client that shows nothing else', async () => {
    const capabilities: ClientCapabilities = { textDocument: { hover: {} } };
    await start({ capabilities });
    await client.open(A, TEXT);
    assert.deepEqual((await hover(1, 2))?.contents, {
      kind: 'plaintext',
      value: 'Toy *1*: at security\nYou: all, more\nSources: https://a.example/',
    });
    await client.open(B, VALUE);
    assert.deepEqual((await hover(0, 4, B))?.contents, {
      kind: 'plaintext',
      value: 'a`b, the default of [recommended] (line 1)',
    });
  });

  for (const [ownershipHover, expected] of [
    ['all', /at all/],
    ['nonsense', /at security/],
    ['off', undefined],
  ] as const)
    it(`follow the setting ${ownershipHover}`, async () => {
      await start({
        capabilities: { textDocument: { hover: { contentFormat: ['markdown'] } } },
        initializationOptions: { stackwarden: { ownershipHover } },
      });
      await client.open(A, TEXT);
      const answer = await hover(1, 4);
      if (expected) assert.match((answer!.contents as { value: string }).value, expected);
      else assert.equal(answer, null);
    });

  it('leave values alone when they are told to', async () => {
    await start({
      capabilities: { textDocument: { hover: { contentFormat: ['markdown'] } } },
      initializationOptions: { stackwarden: { valueHover: false, profile: 'strict' } },
    });
    await client.open(A, VALUE);
    assert.equal(await hover(0, 4), null);
  });

  it('say of values in full what a request asks for', async () => {
    await start();
    await client.open(A, VALUE);
    const hoverAt = (line: number, character: number, uri = A): Promise<unknown> =>
      client.connection.sendRequest('stackwarden/explainValue', {
        textDocument: { uri },
        position: { line, character },
      });
    assert.deepEqual(await hoverAt(0, 6), {
      markdown:
        '# `value`\n\n[line 1](file:///w/a.yaml#L1)\n\n`value`\n\n- **`` a`b ``**, the default of \\[recommended\\] ([line 1](file:///w/a.yaml#L1))\n\n## Rules\n\n- [toy-high](file:///pages/toy-high.md): Toys are good (profile strict)\n  - not applicable\n',
      range: { start: { line: 0, character: 4 }, end: { line: 0, character: 9 } },
    });
    assert.equal(await hoverAt(0, 0), null);
    assert.equal(await hoverAt(0, 4, 'file:///w/other.yaml'), null);
  });

  it('are not offered to a client without them', async () => {
    await start({ capabilities: PLAIN });
    assert.equal(client.initialized.capabilities.hoverProvider, undefined);
  });
});
