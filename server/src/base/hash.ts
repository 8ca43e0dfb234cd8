/** A short, stable fingerprint of a text: FNV-1a over UTF-16 code units, 64 bits, as 16 hexadecimal digits. Not for secrets. */
export function fingerprintOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
