/** See `data-archive.mjs`. */
export function dataArchive(
  texts: ReadonlyMap<string, string>,
  options?: { readonly quality?: number; readonly sizeOf?: (name: string) => number },
): Buffer;
export function compressed(text: string, quality?: number): Buffer;
export function cached(texts: readonly string[], make: () => Buffer): Buffer;
