/** Writes the data of `schemas/` into one archive for packages; `server/src/host/data-archive.ts` describes and reads it. */
import { brotliCompressSync, constants } from 'node:zlib';
import type { ArchiveTable } from '../../server/src/host/data-archive.ts';

/** The size of the text of a chunk, in characters. Larger ones take longer to decompress, smaller ones compress worse. */
const CHUNK = 512 * 1024;

/** The archive of JSON texts by their names, which are sorted: names with the same folder have similar content. */
export function dataArchive(texts: ReadonlyMap<string, string>): Buffer {
  const chunks = chunked([...texts].sort(([a], [b]) => (a < b ? -1 : 1))).map((entries) => ({
    names: entries.map(([name]) => name),
    bytes: compressed(entries.map(([, text]) => JSON.stringify(JSON.parse(text))).join('\n')),
  }));
  const table: ArchiveTable = chunks.map(({ names, bytes }) => [bytes.length, names]);
  const header = compressed(JSON.stringify(table));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(header.length);
  return Buffer.concat([size, header, ...chunks.map(({ bytes }) => bytes)]);
}

type Entry = readonly [name: string, text: string];

/** Splits entries between folders, and where a chunk is large enough. */
function chunked(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const chunks: Entry[][] = [];
  let size = 0;
  let folder: string | undefined;
  for (const entry of entries) {
    const [name, { length }] = entry;
    if (chunks.length === 0 || folderOf(name) !== folder || size + length > CHUNK) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)!.push(entry);
    size += length;
    folder = folderOf(name);
  }
  return chunks;
}

function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}

/** Text compressed as small as possible. */
export function compressed(text: string): Buffer {
  const bytes = Buffer.from(text);
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}
