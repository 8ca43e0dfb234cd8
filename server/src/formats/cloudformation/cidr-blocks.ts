/** The blocks that Fn::Cidr makes of one block. */

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html: 1 to 256. */
const MOST_BLOCKS = 256;

/**
 * The first `count` blocks with `bits` bits for hosts within a block of IPv4 or IPv6; undefined when there are none such.
 */
export function cidrBlocks(block: string, count: number | undefined, bits: number | undefined): readonly string[] | undefined {
  const [address, prefixText] = block.split('/');
  const width = address?.includes(':') ? 128 : 32;
  const start = address === undefined ? undefined : width === 32 ? ipv4Of(address) : ipv6Of(address);
  const prefix = prefixText !== undefined && /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : undefined;
  if (start === undefined || prefix === undefined || prefix > width || count === undefined || bits === undefined) return undefined;
  if (count < 1 || count > MOST_BLOCKS || bits < 0 || bits > width - prefix || BigInt(count) > 1n << BigInt(width - prefix - bits)) return undefined;
  const size = 1n << BigInt(bits);
  const first = start >> BigInt(width - prefix) << BigInt(width - prefix);
  return Array.from({ length: count }, (_, index) => `${width === 32 ? ipv4Text(first + size * BigInt(index)) : ipv6Text(first + size * BigInt(index))}/${width - bits}`);
}

function ipv4Of(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => sum << 8n | BigInt(part), 0n);
}

function ipv4Text(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => address >> shift & 255n).join('.');
}

function ipv6Of(text: string): bigint | undefined {
  const halves = text.split('::');
  const groups = (half: string | undefined): readonly string[] => half ? half.split(':') : [];
  const [before, after] = [groups(halves[0]), groups(halves[1])];
  const gap = 8 - before.length - after.length;
  if (halves.length > 2 || gap < 0 || (halves.length === 1 && gap > 0)) return undefined;
  const all = [...before, ...Array.from({ length: gap }, () => '0'), ...after];
  return all.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? all.reduce((sum, group) => sum << 16n | BigInt(`0x${group}`), 0n) : undefined;
}

function ipv6Text(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => (address >> BigInt(16 * (7 - index)) & 0xffffn).toString(16));
  const zeros = /(?:^|:)0(?::0)+(?=:|$)/.exec(groups.join(':'));
  if (!zeros) return groups.join(':');
  const text = groups.join(':');
  const [before, after] = [text.slice(0, zeros.index), text.slice(zeros.index + zeros[0].length)];
  return `${before}::${after.replace(/^:/, '')}`;
}
