/**
 * The archive of the data of the program, as a package has it instead of the files of `schemas/`: one file is smaller
 * than two thousand. Data that is used together is compressed together, in chunks small enough that one is decompressed
 * in two to four milliseconds.
 *
 * It begins with the size of its table in 4 bytes, lowest first. The table is compressed JSON: of each chunk the size,
 * and the names of its data. The chunks follow, in the same order. A chunk is compressed text with the JSON of one name
 * on each line. `tools/package/data-archive.mjs` writes it.
 */
import { flatMap } from '../base/flat-map.ts';
import { closeSync, openSync, readSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { ByteLines } from './byte-lines.ts';

/** The name of the archive in the folder of the data. */
export const ARCHIVE = 'data.pack';

/** The table of an archive: the compressed size of each chunk in bytes, and the names of its data. */
export type ArchiveTable = readonly (readonly [size: number, names: readonly string[]])[];

interface Chunk {
  readonly start: number;
  readonly size: number;
  readonly names: readonly string[];
  /** Once the chunk is decompressed. */
  lines?: ByteLines;
}

/** An open archive. */
export class DataArchive {
  readonly #path: string;
  readonly #chunks: ReadonlyMap<string, Chunk>;

  /** Throws if there is no archive at the path. */
  constructor(path: string) {
    this.#path = path;
    const size = this.#read(0, SIZE).readUInt32LE();
    const table = JSON.parse(brotliDecompressSync(this.#read(SIZE, size)).toString('utf8')) as ArchiveTable;
    this.#chunks = new Map(flatMap(chunksOf(table, SIZE + size), (chunk) => chunk.names.map((name) => [name, chunk])));
  }

  /** The names of all data. */
  get names(): readonly string[] {
    return [...this.#chunks.keys()];
  }

  /** The JSON of a name; undefined if there is none. It is not kept, since its parsed data is. */
  textOf(name: string): string | undefined {
    const chunk = this.#chunks.get(name);
    if (!chunk) return undefined;
    chunk.lines ??= new ByteLines(brotliDecompressSync(this.#read(chunk.start, chunk.size)));
    return chunk.lines.at(chunk.names.indexOf(name));
  }

  #read(start: number, size: number): Buffer {
    const file = openSync(this.#path, 'r');
    try {
      const bytes = Buffer.alloc(size);
      readSync(file, bytes, 0, size, start);
      return bytes;
    } finally {
      closeSync(file);
    }
  }
}

const SIZE = 4;

function chunksOf(table: ArchiveTable, start: number): readonly Chunk[] {
  let next = start;
  return table.map(([size, names]) => {
    const chunk = { start: next, size, names };
    next += size;
    return chunk;
  });
}
