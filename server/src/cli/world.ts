import type { WorkerThread } from './worker-thread.ts';
import type { Program } from '../host/program.ts';
import type { AnyRule } from '../rules/rule.ts';

/** What the parser of arguments needs: where it is, and the streams for help and errors. */
export interface Terminal {
  /** The base directory of relative paths. */
  readonly cwd: string;
  readonly program: Pick<Program, 'version'>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly display: Display;
}

/** The environment of the command line, which tests replace. */
export interface World extends Terminal {
  /** The day, as 2026-11-24, once for the whole run. */
  readonly today: string;
  readonly program: Program;
  readonly rules: readonly AnyRule[];
  /** Reads all of standard input, or more than `MAX_FILE_BYTES` if it is larger. */
  readonly stdin: () => Uint8Array;
  /** The threads that check documents too; absent if one thread checks all. */
  readonly workers?: Workers;
  /** Whether the user has interrupted the run, which then ends with what is known. */
  readonly interrupted?: () => boolean;
}

/** The threads of a run. */
export interface Workers {
  /** The program of a thread. */
  readonly program: URL;
  /** The maximum number besides the main thread. */
  readonly most: number;
  /** The size of the files, in bytes, for which one more thread is worth its start. */
  readonly bytesEach: number;
  /** Threads that have started, which only one check can use. */
  readonly started?: readonly WorkerThread[];
}

/** Display options. */
export interface Display {
  readonly color: boolean;
  /** The width of the terminal in columns. */
  readonly columns: number;
  /** Whether standard output is a terminal, which interprets control characters. */
  readonly terminal: boolean;
  /** Whether to make rule ids links to their pages. */
  readonly links?: boolean;
}

/** The exit codes, which are stable. */
export const EXIT = { clean: 0, findings: 1, unusable: 2, interrupted: 130 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** A usage error with a message for users. */
export class UsageError extends Error {}

/** Ends a command that the user has interrupted and that has no result yet. */
export class Interruption extends Error {}
