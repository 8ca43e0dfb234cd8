import { brotliDecompressSync } from 'node:zlib';

/** The scheme of the addresses of pages. `package.json` names it too. */
export const SCHEME = 'stackwarden-docs';

/** The pages in an archive. Paths begin with a slash. */
export interface Pages {
  /** The UTF-8 text of a page; undefined if there is none. */
  page(path: string): Uint8Array | undefined;
  /** The names of the pages in a folder. */
  names(folder: string): readonly string[];
}

/** The pages of an archive, which is compressed JSON of their texts by their paths. */
export function pagesIn(archive: Uint8Array): Pages {
  const json = brotliDecompressSync(archive).toString('utf8');
  const texts = new Map(Object.entries(JSON.parse(json) as Readonly<Record<string, string>>));
  return {
    page: (path) => {
      const text = texts.get(path.replace(/^\//, ''));
      return text === undefined ? undefined : Buffer.from(text);
    },
    names: (folder) => {
      const prefix = `${folder.replaceAll(/^\/|\/$/g, '')}/`;
      return [...texts.keys()]
        .filter((path) => path.startsWith(prefix) && !path.includes('/', prefix.length))
        .map((path) => path.slice(prefix.length));
    },
  };
}
