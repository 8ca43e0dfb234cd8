import { inert } from '../base/inert.ts';
import { UsageError } from './world.ts';

/** The line on standard error about an error that ended a command, without a stack. */
export function errorLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `stackwarden: ${inert(error instanceof UsageError ? message : `Internal error: ${message}`)}\n`;
}
