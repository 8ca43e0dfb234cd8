/** Writes data into one archive for packages and builds; `server/src/host/data-archive.ts` describes and reads it. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const CACHE = fileURLToPath(new URL('../../.cache/archives', import.meta.url));

/**
 * The size of the text of a chunk, in characters. Larger ones take longer to decompress, smaller ones compress worse.
 */
const CHUNK = 512 * 1024;

/** The same for data of hovers only, which no analysis waits for. */
const CHUNK_OF_HOVERS = 1024 * 1024;

function sizeOfChunk(name) {
  return /^(?:iam\/descriptions|ownership)\//.test(name) ? CHUNK_OF_HOVERS : CHUNK;
}

/**
 * The archive of JSON texts by their names, which are sorted: names with the same folder have similar content.
 * @param sizeOf The maximum size of a chunk to which a text is added, by the name of the text, in characters. A larger
 * text is a chunk of its own.
 */
export function dataArchive(texts, { quality = constants.BROTLI_MAX_QUALITY, sizeOf = sizeOfChunk } = {}) {
  const entries = [...texts].sort(([a], [b]) => (a < b ? -1 : 1));
  const chunks = chunked(entries, sizeOf).map((chunk) => ({
    names: chunk.map(([name]) => name),
    bytes: compressed(chunk.map(([, text]) => JSON.stringify(JSON.parse(text))).join('\n'), quality),
  }));
  const table = chunks.map(({ names, bytes }) => [bytes.length, names]);
  const header = compressed(JSON.stringify(table));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(header.length);
  return Buffer.concat([size, header, ...chunks.map(({ bytes }) => bytes)]);
}

/** Splits entries between folders, and where a chunk is large enough. */
function chunked(entries, sizeOf) {
  const chunks = [];
  let size = 0;
  let folder;
  for (const entry of entries) {
    const [name, { length }] = entry;
    if (chunks.length === 0 || folderOf(name) !== folder || size + length > sizeOf(name)) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1).push(entry);
    size += length;
    folder = folderOf(name);
  }
  return chunks;
}

function folderOf(name) {
  return name.slice(0, name.lastIndexOf('/') + 1);
}

/** Text compressed as small as possible, or faster with a lower quality. */
export function compressed(text, quality = constants.BROTLI_MAX_QUALITY) {
  const bytes = Buffer.from(text);
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/** What is made of texts. It is kept between runs, because compression takes seconds. */
export function cached(texts, make) {
  const own = readFileSync(fileURLToPath(import.meta.url), 'utf8');
  const hash = createHash('sha256')
    .update(JSON.stringify([own, ...texts]))
    .digest('hex');
  const path = join(CACHE, hash);
  if (existsSync(path)) return readFileSync(path);
  const bytes = make();
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(path, bytes);
  return bytes;
}
