import type { Address } from '../model/value.ts';

const OUTPUT = /^module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])?(?:\.[^.]+)?$/;

/** Whether an address is that of a module of Terraform as a whole, or of what it puts out, and not of a resource in it. */
export function isModuleOutput(address: Address): boolean {
  return OUTPUT.test(address);
}
