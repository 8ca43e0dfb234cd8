import type { Program } from '../host/program.ts';
import type { AnyRule } from '../rules/rule.ts';

/** What the command line needs of the machine it runs on, so that it can be tested without one. */
export interface World {
  /** The folder from which relative paths count. */
  readonly cwd: string;
  /** The day, as 2026-11-24, once for the whole run. */
  readonly today: string;
  readonly program: Program;
  readonly rules: readonly AnyRule[];
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** All of standard input. */
  readonly stdin: () => Uint8Array;
  readonly look: Look;
  /** Serves an editor until it goes away, over the transport that the arguments of the process name. */
  readonly serve: () => void;
}

/** How text is shown. */
export interface Look {
  readonly colour: boolean;
  /** The width of the terminal, in columns. */
  readonly columns: number;
  /** Whether standard output is a terminal, which acts on control characters. */
  readonly terminal: boolean;
}

/** The exit codes, a promise to scripts. */
export const EXIT = { clean: 0, findings: 1, unusable: 2 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** A mistake in how the program was called. Its message is for people. */
export class UsageError extends Error {}
