/** Hovers use the last analysis, also while the next one waits for the user to pause. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Hover } from 'vscode-languageserver-protocol';
import { uriOf } from '../../server/src/host/uri.ts';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { isOnChangedLine, NO_SHIFT, offsetBefore, rangeNow, shiftBetween } from '../../server/src/base/shift.ts';
import { makeFolder } from '../host/workspace.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, TestClient } from './kit/client.ts';

const TEXT = `Parameters:
  Encrypt: {Type: String, Default: 'false'}
Resources:
  Disk: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !Ref Encrypt}}
`;

describe('a hover after an edit', () => {
  let client: TestClient;
  let folder: ReturnType<typeof makeFolder>;
  let doc = '';
  let analyses = 0;

  beforeEach(async () => {
    analyses = 0;
    folder = makeFolder({ 't.yaml': TEXT });
    doc = uriOf(folder.at('t.yaml'));
    const world = nodeWorld(SCHEMAS);
    client = await TestClient.inProcess(
      {
        machine: world.machine,
        engine: async () => {
          const engine = await world.engine();
          return {
            ...engine,
            analyze: (...given) => {
              analyses++;
              return engine.analyze(...given);
            },
          };
        },
      },
      { capabilities: FULL, folders: [{ uri: uriOf(folder.path), name: 'w' }] },
    );
    await client.open(doc, TEXT);
    await client.items(doc);
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const hover = (what: string): Promise<Hover> =>
    client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: doc },
      position: client.position(doc, what),
    });

  it('does not analyze the document again', async () => {
    await hover('!Ref');
    assert.equal(analyses, 1);
  });

  it('elsewhere is answered from the analysis before, at the place where the value is now', async () => {
    const before = await hover('!Ref');
    await client.edit(doc, '# A comment.\nParameters', 'Parameters');
    const now = await hover('!Ref');
    assert.equal(analyses, 1, 'the analysis waits for a pause');
    assert.equal(now.range!.start.line, before.range!.start.line + 1);
    assert.match((before.contents as { value: string }).value, /line 2\b/);
    assert.equal(
      (now.contents as { value: string }).value,
      (before.contents as { value: string }).value.replaceAll(/(line |#L)2\b/g, '$13'),
    );
  });

  it('of where its value comes from waits for the next analysis', async () => {
    await client.edit(doc, "Default: 'true'", "Default: 'false'");
    const now = await hover('!Ref');
    assert.equal(analyses, 2);
    assert.match((now.contents as { value: string }).value, /true/);
  });

  it('of its value waits for the next analysis', async () => {
    await client.edit(doc, '!Not Encrypt', '!Ref Encrypt');
    await client.edit(doc, '!Ref Encrypt', '!Not Encrypt');
    assert.ok(await hover('!Ref'));
    await client.edit(doc, "!Sub '${Encrypt}'", '!Ref Encrypt');
    const now = await hover('!Sub');
    assert.equal(analyses, 2);
    assert.deepEqual(now.range, client.range(doc, "!Sub '${Encrypt}'"));
  });

  it('of the configuration reads everything again', async () => {
    await client.edit(doc, "Default: 'true'", "Default: 'false'");
    await client.items(doc);
    assert.match(((await hover('!Ref')).contents as { value: string }).value, /true/);
  });
});

describe('a hover in one of several open files of a directory', () => {
  it('is answered from their common analysis, until another file is edited', async () => {
    const folder = makeFolder({
      'a.tf': 'resource "aws_ebs_volume" "a" {\n  encrypted = var.encrypted\n}\n',
      'b.tf': 'variable "encrypted" {\n  default = false\n}\n',
    });
    const [a, b] = [uriOf(folder.at('a.tf')), uriOf(folder.at('b.tf'))];
    const world = nodeWorld(SCHEMAS);
    let fresh = 0;
    const client = await TestClient.inProcess(
      {
        machine: world.machine,
        engine: async () => {
          const engine = await world.engine();
          return {
            ...engine,
            explain: (reader, at, ...more) => {
              if (!at.stacks) fresh++;
              return engine.explain(reader, at, ...more);
            },
          };
        },
      },
      { capabilities: FULL, folders: [{ uri: uriOf(folder.path), name: 'w' }] },
    );
    const hover = async (): Promise<string> => {
      const found = await client.connection.sendRequest<Hover>('textDocument/hover', {
        textDocument: { uri: a },
        position: client.position(a, 'var.'),
      });
      return (found.contents as { value: string }).value;
    };
    try {
      for (const doc of [a, b])
        await client.open(doc, readFileSync(folder.at(doc === a ? 'a.tf' : 'b.tf'), 'utf8'), 'terraform');
      await Promise.all([client.items(a), client.items(b)]);
      await client.edit(a, '# A comment.\nresource', 'resource');
      assert.match(await hover(), /false/);
      await client.edit(b, 'true', 'false');
      assert.match(await hover(), /true/);
      assert.equal(fresh, 0);
    } finally {
      await client.stop();
      folder.remove();
    }
  });
});

describe('a shift between two texts', () => {
  const rows: readonly (readonly [before: string, now: string, offsets: readonly (number | undefined)[]])[] = [
    ['abc', 'abc', [0, 1, 2, 3]],
    ['abc', 'aXbc', [0, undefined, 1, 2, 3]],
    ['aXbc', 'abc', [0, 2, 3, 4]],
    ['abc', 'aXc', [0, undefined, 2, 3]],
    ['aa', 'aaa', [0, 1, undefined, 2]],
    ['', 'ab', [undefined, undefined, 0]],
  ];
  for (const [before, now, offsets] of rows)
    it(`from ${JSON.stringify(before)} to ${JSON.stringify(now)} has the offsets before`, () => {
      const shift = shiftBetween(before, now);
      assert.deepEqual(
        [...now, ''].map((_, offset) => offsetBefore(shift, offset)),
        offsets,
      );
    });

  it('is found between long texts', () => {
    for (const at of [0, 1, 4095, 4096, 9000, 12_287, 12_288]) {
      const before = 'abcdefgh'.repeat(1536);
      const now = `${before.slice(0, at)}XY${before.slice(at)}`;
      assert.deepEqual(shiftBetween(before, now), { start: at, before: at, now: at + 2 });
      assert.deepEqual(shiftBetween(now, before), { start: at, before: at + 2, now: at });
    }
  });

  it('changes lines', () => {
    const text = 'one\ntwXo\nthree';
    const shift = shiftBetween('one\ntwo\nthree', text);
    assert.deepEqual(
      [0, 3, 4, 6, 8, 9, 13].map((offset) => isOnChangedLine(shift, text, offset)),
      [false, false, true, true, true, false, false],
    );
    assert.equal(isOnChangedLine(NO_SHIFT, text, 5), false);
  });

  it('moves ranges after it and stretches those around it', () => {
    const shift = shiftBetween('ab(cd)ef', 'ab(cXXd)ef');
    assert.deepEqual(rangeNow(shift, { start: 0, end: 2 }), { start: 0, end: 2 });
    assert.deepEqual(rangeNow(shift, { start: 2, end: 6 }), { start: 2, end: 8 });
    assert.deepEqual(rangeNow(shift, { start: 6, end: 8 }), { start: 8, end: 10 });
    assert.deepEqual(rangeNow(NO_SHIFT, { start: 1, end: 2 }), { start: 1, end: 2 });
  });
});
