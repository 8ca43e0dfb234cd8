/** Parses Terraform addresses and references. */
import type { Address } from '../../model/value.ts';

/** A name in an address, with the instance keys after it as written: `b` and `["x"]` of `aws_s3_bucket.b["x"].id`. */
export interface AddressStep {
  readonly name: string;
  readonly keys: string;
}

const KEY = String.raw`\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]`;
const KEYS = new RegExp(KEY, 'g');
const STEP = new RegExp(String.raw`([^.[\]"]+)((?:${KEY})*)(?:\.|$)`, 'y');

/** An address or reference without instance keys. */
export function withoutKeys(address: string): string {
  return address.includes('[') ? address.replaceAll(KEYS, '') : address;
}

/** The names of an address or reference, in order; empty if it is neither. */
export function addressSteps(address: string): readonly AddressStep[] {
  const steps: AddressStep[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < address.length) {
    const match = STEP.exec(address);
    if (!match) return [];
    steps.push({ name: match[1]!, keys: match[2]! });
  }
  return steps;
}

/** The address of an instance of a resource: `module.m["a"].aws_s3_bucket.b[0]`. */
export interface InstanceAddress {
  /** The module instance as an address prefix: empty, or `module.m["a"].`. */
  readonly module: string;
  /** The resource within its module: `aws_s3_bucket.b`, `data.aws_iam_policy_document.d`. */
  readonly resource: string;
  /** Its key as written, or empty. */
  readonly key: string;
}

/** The parts of an instance address; undefined if it is not one. */
export function instanceOf(address: Address): InstanceAddress | undefined {
  const steps = addressSteps(address);
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
