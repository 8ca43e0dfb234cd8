/** What goes over the wire between a test and the extension host: one JSON value a line. */
import type { Operations } from './operations.ts';

export interface Request {
  readonly id: number;
  readonly operation: keyof Operations;
  readonly args: readonly unknown[];
}

export interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}
