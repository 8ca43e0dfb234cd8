/**
 * IP ranges in conditions: a single address, or an address with a prefix length.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
import { ipv4Of, ipv4Text, ipv6Of, ipv6Text } from '../../base/ip-address.ts';

export interface IpRange {
  /** The number of bits of an address: 32 for IPv4, 128 for IPv6. */
  readonly width: 32 | 128;
  /** The address as it is written. */
  readonly address: bigint;
  /** The prefix length. */
  readonly bits: number;
}

/** Parses an IP range; undefined for an invalid one. */
export function ipRange(text: string): IpRange | undefined {
  const [, written = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const v4 = ipv4Of(written);
  const address = v4 ?? ipv6Of(written);
  if (address === undefined) return undefined;
  const width = v4 === undefined ? 128 : 32;
  const bits = length === undefined ? width : Number(length);
  return bits <= width ? { width, address, bits } : undefined;
}

/** The first address of a range: the host bits are zero. */
function first({ width, address, bits }: IpRange): bigint {
  const rest = BigInt(width - bits);
  return (address >> rest) << rest;
}

/** Whether one range contains all addresses of another one. */
export function isInRange(narrow: IpRange, wide: IpRange): boolean {
  return (
    narrow.width === wide.width && narrow.bits >= wide.bits && first({ ...narrow, bits: wide.bits }) === first(wide)
  );
}

/** Whether host bits are set, so that another address denotes the same range. */
export function hasHostBits(range: IpRange): boolean {
  return first(range) !== range.address;
}

/** The range with its first address. */
export function rangeText(range: IpRange): string {
  return `${range.width === 32 ? ipv4Text(first(range)) : ipv6Text(first(range))}/${range.bits}`;
}

/**
 * Private address ranges. https://www.rfc-editor.org/rfc/rfc1918#section-3
 * https://www.rfc-editor.org/rfc/rfc4193#section-3.1
 */
const PRIVATE: readonly IpRange[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].map((range) =>
  ipRange(range)!,
);

/** Whether all addresses of a range are private, so that no request comes from them over the internet. */
export function isPrivate(range: IpRange): boolean {
  return PRIVATE.some((one) => isInRange(range, one));
}

/** Whether ranges together cover all IPv4 or all IPv6 addresses. */
export function isEveryAddress(ranges: readonly IpRange[]): boolean {
  return ([32, 128] as const).some((width) => {
    const sorted = ranges
      .filter((range) => range.width === width)
      .map((range) => ({ from: first(range), size: 1n << BigInt(width - range.bits) }))
      .toSorted((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0));
    let covered = 0n;
    for (const { from, size } of sorted) {
      if (from > covered) return false;
      if (from + size > covered) covered = from + size;
    }
    return covered === 1n << BigInt(width);
  });
}
