import type { Connection } from 'vscode-languageserver';

/**
 * The log of the server. An error is one line with its location. The error message is omitted, because it can quote a
 * document with secrets. Repeated lines are written once.
 */
export class Log {
  readonly #connection: Connection;
  #last = '';

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `doing` completes "Failed to". */
  failure(doing: string, error: unknown): void {
    this.error(`Failed to ${doing}: ${describe(error)}`);
  }

  error(line: string): void {
    this.#write(line, (text) => this.#connection.console.error(text));
  }

  note(line: string): void {
    this.#write(line, (text) => this.#connection.console.info(text));
  }

  #write(line: string, write: (line: string) => void): void {
    if (line === this.#last) return;
    this.#last = line;
    write(line);
  }
}

/** The type of an error and its innermost stack frames. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'a value that is not an Error was thrown';
  // The stack begins with the message.
  const stack = error.stack ?? '';
  const trace = stack.slice(Math.max(stack.indexOf(error.message), 0) + error.message.length);
  const frames = trace
    .split('\n')
    .filter((line) => /^\s*at /.test(line))
    .slice(0, 3);
  return [error.name, ...frames.map((line) => line.trim())].join(' ');
}
