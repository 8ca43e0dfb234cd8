/** Addresses and references of Terraform, taken apart. */
import type { Address } from '../../model/value.ts';

/**
 * A name in an address, with the keys of instances after it as they are written: `b` and `["x"]` of
 * `aws_s3_bucket.b["x"].id`.
 */
export interface AddressStep {
  readonly name: string;
  readonly keys: string;
}

const KEY = String.raw`\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]`;
const KEYS = new RegExp(KEY, 'g');
const STEP = new RegExp(String.raw`([^.[\]"]+)((?:${KEY})*)(?:\.|$)`, 'y');

/** An address or a reference without the keys of instances. */
export function withoutKeys(address: string): string {
  return address.includes('[') ? address.replaceAll(KEYS, '') : address;
}

/** The names of an address or a reference, in order; none where it is not one. */
export function stepsOf(address: string): readonly AddressStep[] {
  const steps: AddressStep[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < address.length) {
    const match = STEP.exec(address);
    if (!match) return [];
    steps.push({ name: match[1]!, keys: match[2]! });
  }
  return steps;
}

/** Where an instance of a resource is: `module.m["a"].aws_s3_bucket.b[0]`. */
export interface InstanceAddress {
  /** The instance of its module, as a prefix of addresses: empty, or `module.m["a"].`. */
  readonly module: string;
  /** The resource in its module: `aws_s3_bucket.b`, `data.aws_iam_policy_document.d`. */
  readonly resource: string;
  /** Its key as written, or empty. */
  readonly key: string;
}

/** The parts of the address of an instance; undefined if it is not one. */
export function instanceOf(address: Address): InstanceAddress | undefined {
  const steps = stepsOf(address);
  let at = 0;
  while (steps[at]?.name === 'module') at += 2;
  const resource = steps.slice(at);
  const last = resource.at(-1);
  if (!last || resource.length !== (resource[0]!.name === 'data' ? 3 : 2)) return undefined;
  return {
    module: steps
      .slice(0, at)
      .map(({ name, keys }) => `${name}${keys}.`)
      .join(''),
    resource: resource.map(({ name }) => name).join('.'),
    key: last.keys,
  };
}
