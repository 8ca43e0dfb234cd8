import assert from 'node:assert/strict';
import { roughSizeOf } from '../../server/src/host/rough-size.ts';
import { makeFolder } from './workspace.ts';

describe('a short look at files', () => {
  const folder = makeFolder({
    'a.yaml': 'x'.repeat(100),
    'b/c.yaml': 'x'.repeat(10),
    'b/note.txt': 'x'.repeat(1000),
    'b/node_modules/d/e.yaml': 'x'.repeat(1000),
    ...Object.fromEntries(Array.from({ length: 1100 }, (_, index) => [`many/${String(index)}.yaml`, 'x'])),
  });
  after(() => folder.remove());
  const sizeOf = (names: readonly string[], enough = { files: 1e6, bytes: 1e6 }) =>
    roughSizeOf(names, folder.path, (name) => name.endsWith('.yaml'), enough);

  it('counts documents in folders, without those of other tools', () =>
    assert.deepEqual(sizeOf(['b']), { files: 1, bytes: 10 }));

  it('counts named files, whatever their names are', () =>
    assert.deepEqual(sizeOf(['a.yaml', 'b/note.txt', 'none.yaml']), { files: 2, bytes: 1100 }));

  it('ends when there is enough', () => {
    assert.deepEqual(sizeOf(['.'], { files: 1, bytes: 100 }), { files: 1, bytes: 100 });
    assert.deepEqual(sizeOf(['.'], { files: 2, bytes: 100 }), { files: 2, bytes: 110 });
  });

  it('ends when there is enough in named files', () =>
    assert.deepEqual(sizeOf(['a.yaml', 'b/note.txt'], { files: 1, bytes: 100 }), { files: 1, bytes: 100 }));

  it('ends after a thousand files', () => {
    assert.ok(sizeOf(['many']).files < 1001);
    assert.deepEqual(sizeOf(Array<string>(1100).fill('a.yaml')), { files: 1000, bytes: 100_000 });
  });

  it('is empty for what cannot be read', () => assert.deepEqual(sizeOf(['\0']), { files: 0, bytes: 0 }));
});
