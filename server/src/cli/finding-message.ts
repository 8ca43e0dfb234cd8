import { inert } from '../base/inert.ts';
import type { Finding } from '../model/finding.ts';
import { inScenario } from '../model/scenario.ts';

/** The message of a finding on one line, with its scenario. */
export function messageOf({ message, when }: Pick<Finding, 'message' | 'when'>): string {
  return inert(inScenario(message, when));
}
