import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { DataArchive, type ArchiveTable } from '../../server/src/host/data-archive.ts';
import { schemaData, schemaNames } from '../../server/src/host/schema-data.ts';
import { dataArchive } from '../../tools/package/data-archive.mjs';
import { makeFolder } from './workspace.ts';

describe('the archive of data', () => {
  const long = JSON.stringify({ text: 'x'.repeat(200_000) });
  const texts = new Map([
    ['b/two', '{\n  "ä": "a\\nb"\n}'],
    ['b/long', long],
    ['a', '1'],
    ['b/constructor', 'null'],
  ]);
  const place = makeFolder({});
  const write = (folder: string, bytes: Uint8Array): string => {
    mkdirSync(place.at(folder));
    writeFileSync(place.at(`${folder}/data.pack`), bytes);
    return place.at(folder);
  };
  after(() => place.remove());

  it('has the JSON of each name', () => {
    const archive = new DataArchive(`${write('all', dataArchive(texts))}/data.pack`);
    for (const [name, text] of texts) assert.deepEqual(JSON.parse(archive.textOf(name)!), JSON.parse(text), name);
    assert.equal(archive.textOf('b/none'), undefined);
    assert.equal(archive.textOf('b'), undefined);
  });

  it('has chunks of a given size, and of one folder', () => {
    const namesWith = (size: number): readonly (readonly string[])[] => {
      const bytes = dataArchive(texts, { sizeOf: () => size });
      const header = brotliDecompressSync(bytes.subarray(4, 4 + bytes.readUInt32LE())).toString('utf8');
      return (JSON.parse(header) as ArchiveTable).map(([, names]) => names);
    };
    assert.deepEqual(namesWith(1), [['a'], ['b/constructor'], ['b/long'], ['b/two']]);
    assert.deepEqual(namesWith(Infinity), [['a'], ['b/constructor', 'b/long', 'b/two']]);
  });

  it('is read instead of files', () => {
    const folder = write('read', dataArchive(texts));
    assert.deepEqual(schemaData(folder, 'b/two'), { ä: 'a\nb' });
    assert.equal(schemaData(folder, 'b/two'), schemaData(folder, 'b/two'));
    assert.equal(schemaData(folder, 'none'), null);
  });

  it('lists names as a folder does', () => {
    assert.deepEqual(schemaNames(write('listed', dataArchive(texts)), 'b'), ['constructor', 'long', 'two']);
    const files = makeFolder({ 'b/two.json': '{}', 'b/long.json': '{}', 'a.json': '1' });
    assert.deepEqual(schemaNames(files.path, 'b'), ['long', 'two']);
    files.remove();
  });

  it('is reported when it is damaged', () => {
    const folder = write('damaged', dataArchive(texts).subarray(0, 40));
    assert.throws(() => schemaData(folder, 'a'), /The installation is damaged: a in .* cannot be read/);
  });
});
