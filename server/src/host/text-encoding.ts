/**
 * Decoding and encoding of files. The byte order mark is not part of the text, as in editors, so offsets do not depend
 * on it.
 */

export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be';

const MARKS: readonly { readonly encoding: Encoding; readonly bytes: readonly number[] }[] = [
  { encoding: 'utf-8-bom', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

/** The encoding indicated by a file's first bytes; UTF-8 by default. */
export function encodingOf(bytes: Uint8Array): Encoding {
  return MARKS.find((mark) => mark.bytes.every((byte, i) => bytes[i] === byte))?.encoding ?? 'utf-8';
}

/**
 * The text of a file, or undefined if it is not text. With `partial` the bytes are the beginning of a longer file, and
 * a character that they cut in two is left out. Bytes that are not characters become U+FFFD.
 */
export function decodeText(bytes: Uint8Array, partial = false): string | undefined {
  const encoding = encodingOf(bytes);
  const decoder = new TextDecoder(encoding === 'utf-8-bom' ? 'utf-8' : encoding);
  const text = decoder.decode(bytes, { stream: partial });
  // Text contains no NUL, and almost every binary file soon does.
  return text.lastIndexOf('\0', NUL_SEARCH) >= 0 ? undefined : text;
}

/** The number of bytes searched for NUL, so that the head and the whole of a file get the same answer. */
const NUL_SEARCH = 16 * 1024;

/** Encodes a text, with the byte order mark of the encoding. */
export function encodeText(text: string, encoding: Encoding): Uint8Array {
  const mark = MARKS.find((m) => m.encoding === encoding)?.bytes ?? [];
  const body =
    encoding === 'utf-8' || encoding === 'utf-8-bom' ? Buffer.from(text, 'utf8') : Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') body.swap16();
  return Buffer.concat([Buffer.from(mark), body]);
}
