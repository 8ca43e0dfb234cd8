/**
 * A short, stable fingerprint of a text: FNV-1a over UTF-16 code units, 64 bits, as 16 hexadecimal digits. Not for
 * secrets.
 */
export function fingerprintOf(text: string): string {
  // The halves of the hash, because numbers are exact up to 53 bits only and big integers are slow.
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let i = 0; i < text.length; i++) {
    low = (low ^ text.charCodeAt(i)) >>> 0;
    // Times 2 ** 40 + 0x1b3.
    const product = low * 0x1b3;
    high = (high * 0x1b3 + Math.floor(product / 2 ** 32) + (low & 0xffffff) * 2 ** 8) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
