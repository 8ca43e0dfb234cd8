/** See `bundle.mjs`. */
export function bundle(
  entry: string,
  to: string,
  root?: string,
): Promise<{ readonly url: string; readonly modules: ReadonlyMap<string, readonly string[]> }>;
