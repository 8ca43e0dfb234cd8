/** Base64-encoded strings, in which scripts are passed to instances. */
import type { Leaf } from './value.ts';

/** Encoded strings have only these characters. */
const ENCODED = /^[A-Za-z0-9+/=\s]+$/;

/** Shorter strings are words, and longer ones data. */
const SHORTEST = 24;
const LONGEST = 200_000;

/** The string that a Base64-encoded value encodes, if it is text; any other value itself. */
export function decodedText(leaf: Leaf): Leaf {
  if (leaf.encodes) return leaf.encodes;
  if (leaf.state !== 'known' || !isEncoded(leaf.raw)) return leaf;
  const text = decoded(leaf.raw);
  return text === undefined ? leaf : { ...leaf, raw: text, value: text };
}

function isEncoded(raw: string): boolean {
  return raw.length >= SHORTEST && raw.length <= LONGEST && ENCODED.test(raw);
}

/** Undefined if it is not the text of a script: binary data such as an archive, or not Base64. */
function decoded(raw: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(raw.replaceAll(/\s/g, '')), (character) => character.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
