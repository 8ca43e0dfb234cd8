/** IP network functions. https://developer.hashicorp.com/terraform/language/functions/cidrsubnet and related ones. */
import { ipv4Of, ipv4Text, ipv6Of, ipv6Text } from '../../../../base/ip-address.ts';
import type { Leaf, Origin, Value } from '../../../../model/value.ts';
import { listOf } from '../collections.ts';
import { integerOf, terraformText } from '../conversions.ts';
import { scalar } from '../origin.ts';
import { perLeaf, type TerraformFunction } from './function.ts';

/** The maximum number of subnets of one call, and the maximum number of additional prefix bits. */
const MAX_SUBNETS = 1000;
const MAX_NEW_BITS = 32;

export const NETWORK_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  cidrhost: perLeaf(cidrhost),
  cidrnetmask: perLeaf(([prefix], origin) => {
    const network = networkOf(prefix);
    return network?.width === 32 ? scalar(origin, ipv4Text(masked((1n << 32n) - 1n, network.length, 32))) : undefined;
  }),
  cidrsubnet: perLeaf(cidrsubnet),
  cidrsubnets: perLeaf(cidrsubnets),
};

interface Network {
  readonly start: bigint;
  /** The number of bits of an address, and the prefix length of the network. */
  readonly width: 32 | 128;
  readonly length: number;
}

function networkOf(prefix: Leaf | undefined): Network | undefined {
  const [, address, bits] = /^([^/]+)\/(\d{1,3})$/.exec(terraformText(prefix) ?? '') ?? [];
  if (address === undefined) return undefined;
  const width = address.includes(':') ? 128 : 32;
  const [number, length] = [width === 32 ? ipv4Of(address) : ipv6Of(address), Number(bits)];
  return number === undefined || length > width ? undefined : { start: masked(number, length, width), width, length };
}

function masked(address: bigint, length: number, width: number): bigint {
  return (address >> BigInt(width - length)) << BigInt(width - length);
}

function textOfAddress(address: bigint, width: number): string {
  return width === 32 ? ipv4Text(address) : ipv6Text(address);
}

function cidrsubnet([prefix, newBits, number]: readonly Leaf[], origin: Origin): Value | undefined {
  const [network, bits, at] = [networkOf(prefix), integerOf(newBits), integerOf(number)];
  if (!network || bits === undefined || at === undefined || bits < 0 || at < 0) return undefined;
  const length = network.length + bits;
  if (length > network.width || BigInt(at) >= 1n << BigInt(bits)) return undefined;
  return scalar(
    origin,
    `${textOfAddress(network.start + (BigInt(at) << BigInt(network.width - length)), network.width)}/${length}`,
  );
}

/** Consecutive subnets. Each starts at the next multiple of its own size. */
function cidrsubnets([prefix, ...newBits]: readonly Leaf[], origin: Origin): Value | undefined {
  const network = networkOf(prefix);
  if (!network || newBits.length > MAX_SUBNETS) return undefined;
  const end = network.start + (1n << BigInt(network.width - network.length));
  let next = network.start;
  const subnets: Value[] = [];
  for (const one of newBits) {
    const bits = integerOf(one);
    if (bits === undefined || bits < 1 || bits > MAX_NEW_BITS || network.length + bits > network.width)
      return undefined;
    const size = 1n << BigInt(network.width - network.length - bits);
    const start = ((next + size - 1n) / size) * size;
    next = start + size;
    if (next > end) return undefined;
    subnets.push(scalar(origin, `${textOfAddress(start, network.width)}/${network.length + bits}`));
  }
  return listOf(origin, subnets);
}

/** Negative numbers count from the end of the network. */
function cidrhost([prefix, number]: readonly Leaf[], origin: Origin): Value | undefined {
  const [network, at] = [networkOf(prefix), integerOf(number)];
  if (!network || at === undefined) return undefined;
  const size = 1n << BigInt(network.width - network.length);
  const offset = at < 0 ? size + BigInt(at) : BigInt(at);
  return offset < 0n || offset >= size
    ? undefined
    : scalar(origin, textOfAddress(network.start + offset, network.width));
}
