/** See `data-archive.mjs`. */
export function dataArchive(texts: ReadonlyMap<string, string>, quality?: number): Buffer;
export function compressed(text: string, quality?: number): Buffer;
export function cached(texts: readonly string[], make: () => Buffer): Buffer;
