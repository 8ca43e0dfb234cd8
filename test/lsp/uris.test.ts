import assert from 'node:assert/strict';
import { folderOf } from '../../server/src/base/uri.ts';
import { identity, isBelow } from '../../server/src/lsp/uri.ts';
import { FULL, PUSH, TestClient } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

describe('uris', () => {
  for (const [what, ...spellings] of [
    ['a drive', 'file:///c%3A/infra/a.yaml', 'file:///C:/infra/a.yaml', 'file:///c:/infra/a.yaml'],
    ['spaces', 'file:///w/my%20stack/a.yaml', 'file:///w/my stack/a.yaml'],
    ['letters beyond ASCII', 'file:///w/%C3%A9t%C3%A9/%F0%9D%84%9E.yaml', 'file:///w/été/𝄞.yaml'],
    ['signs', 'file:///w/a%40b%281%29.yaml', 'file:///w/a@b(1).yaml'],
    ['a percent sign', 'file:///w/100%25.yaml'],
    ['a folder', 'file:///w/infra', 'file:///w/infra/'],
    ['a document without a file', 'untitled:Untitled-1'],
    ['the top', 'file:///'],
  ] as const) {
    it(`have one form for ${what}`, () => {
      assert.deepEqual(new Set(spellings.map(identity)).size, 1);
      assert.equal(identity(identity(spellings[0])), identity(spellings[0]));
    });
  }

  it('that are none stay as they are', () => {
    assert.equal(identity('x:////a'), 'x:////a');
  });

  it('tell folders apart that begin alike', () => {
    assert.equal(isBelow('file:///w/app2/a.yaml', 'file:///w/app'), false);
    assert.equal(isBelow('file:///w/app/a.yaml', 'file:///w/app'), true);
    assert.equal(isBelow('file:///a.yaml', 'file:///'), true);
    assert.equal(folderOf('file:///w/app/a.yaml'), 'file:///w/app');
  });

  for (const uri of [
    'file:///C:/My Infra/été/a@b (1).yaml',
    'file:///c%3A/My%20Infra/%C3%A9t%C3%A9/a%40b%20%281%29.yaml',
    'file:///w/100%25/%F0%9D%84%9E.yaml',
  ]) {
    it(`go back to the client as it wrote them: ${uri}`, async () => {
      const client = await TestClient.inProcess(new ToyWorld(), { capabilities: PUSH });
      await client.open(uri, 'toy bad-high');
      assert.equal((await client.diagnostics(uri)).length, 1);
      const [action] = await client.codeActions(uri, client.range(uri, 'bad-high'));
      assert.equal(client.after(action!.edit, uri), 'toy good');
      await client.close(uri);
      await client.until(
        () => client.published.at(-1)?.uri === uri && client.published.at(-1)?.diagnostics.length === 0,
        'the clearing',
      );
      await client.stop();
    });
  }

  it('of neighbours are found however the client writes them', async () => {
    const world = new ToyWorld();
    world.files.set(identity('file:///c:/my infra/b.yaml'), 'closed');
    const client = await TestClient.inProcess(world, {
      capabilities: FULL,
      folders: [{ uri: 'file:///C:/my infra/', name: 'x' }],
    });
    const [a, b] = ['file:///C:/my infra/a.yaml', 'file:///C:/my infra/b.yaml'];
    await client.open(a, 'toy uses b.yaml');
    assert.deepEqual(await client.items(a), []);
    await client.open(b, 'open');
    const [diagnostic] = await client.items(a);
    assert.equal(diagnostic?.relatedInformation?.[0]?.location.uri, b);
    await client.stop();
  });
});
