/** The CIDR blocks that Fn::Cidr returns. */
import { ipv4Of, ipv4Text, ipv6Of, ipv6Text } from '../../base/ip-address.ts';

/**
 * The allowed number of blocks, 1 to 256:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
const MOST_BLOCKS = 256;

/** The first `count` subnets with `bits` host bits within an IPv4 or IPv6 block; undefined if there are none. */
export function cidrBlocks(
  block: string,
  count: number | undefined,
  bits: number | undefined,
): readonly string[] | undefined {
  const [address, prefixText] = block.split('/');
  const width = address?.includes(':') ? 128 : 32;
  const start = address === undefined ? undefined : width === 32 ? ipv4Of(address) : ipv6Of(address);
  const prefix = prefixText !== undefined && /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : undefined;
  if (start === undefined || prefix === undefined || prefix > width || count === undefined || bits === undefined)
    return undefined;
  if (
    count < 1 ||
    count > MOST_BLOCKS ||
    bits < 0 ||
    bits > width - prefix ||
    BigInt(count) > 1n << BigInt(width - prefix - bits)
  )
    return undefined;
  const size = 1n << BigInt(bits);
  const first = (start >> BigInt(width - prefix)) << BigInt(width - prefix);
  return Array.from(
    { length: count },
    (_, index) =>
      `${width === 32 ? ipv4Text(first + size * BigInt(index)) : ipv6Text(first + size * BigInt(index))}/${width - bits}`,
  );
}
