/**
 * An extension for tests: it connects to the test and does what it asks. The test gives its port in the environment.
 */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { operations } from './operations.ts';
import type { Answer, Request } from './protocol.ts';

export function activate(): void {
  const socket = connect(Number(process.env.STACKWARDEN_TEST_PORT), '127.0.0.1');
  const send = (answer: Answer): boolean => socket.write(`${JSON.stringify(answer)}\n`);
  createInterface(socket).on('line', (line) => {
    const { id, operation, args } = JSON.parse(line) as Request;
    const work = operations[operation] as (...args: readonly unknown[]) => Promise<unknown>;
    work(...args).then(
      (result) => send({ id, result }),
      (error: unknown) => send({ id, error: String(error instanceof Error ? error.stack : error) }),
    );
  });
}
