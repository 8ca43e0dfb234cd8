/** IPv4 and IPv6 addresses as numbers. */

/** Parses an IPv4 address; undefined if it is invalid. */
export function ipv4Of(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

/** Formats an IPv4 address. */
export function ipv4Text(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
}

/** Parses an IPv6 address; undefined if it is invalid. */
export function ipv6Of(text: string): bigint | undefined {
  const halves = text.split('::');
  const groups = (half: string | undefined): readonly string[] => (half ? half.split(':') : []);
  const [before, after] = [groups(halves[0]), groups(halves[1])];
  const gap = 8 - before.length - after.length;
  if (halves.length > 2 || gap < 0 || (halves.length === 1 && gap > 0)) return undefined;
  const all = [...before, ...Array.from({ length: gap }, () => '0'), ...after];
  return all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n)
    : undefined;
}

/** Formats an IPv6 address. */
export function ipv6Text(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(16 * (7 - index))) & 0xffffn).toString(16),
  );
  // The longest run of zero groups is compressed, the first one if there are several.
  // https://www.rfc-editor.org/rfc/rfc5952#section-4.2
  const runs = [...groups.join(':').matchAll(/(?<![^:])0(?::0)+(?![^:])/g)];
  const zeros = runs.reduce<RegExpExecArray | undefined>(
    (longest, run) => (longest && longest[0].length >= run[0].length ? longest : run),
    undefined,
  );
  if (!zeros) return groups.join(':');
  const text = groups.join(':');
  const [before, after] = [text.slice(0, zeros.index).replace(/:$/, ''), text.slice(zeros.index + zeros[0].length)];
  return `${before}::${after.replace(/^:/, '')}`;
}
