import type { Address } from '../model/value.ts';

const OUTPUT = /^module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])?(?:\.[^.]+)?$/;

/** Whether an address is that of a Terraform module or its output instead of a resource in it. */
export function isModuleOutput(address: Address): boolean {
  return OUTPUT.test(address);
}
