import { pathToFileURL } from 'node:url';
import { createConnection, type Connection } from 'vscode-languageserver/node';
import { programOf } from '../host/program.ts';
import { Log } from './log.ts';
import { nodeWorld } from './node-world.ts';
import { startServer } from './server.ts';

const TRANSPORTS = ['--node-ipc', '--stdio', '--socket', '--pipe'];

/**
 * Serves the client at the other end of this process, over the transport that the arguments name, else over standard input
 * and output. The process ends when the client says so, goes away, or dies.
 */
export function serve(entry: string): void {
  const { version, schemas, rulePages } = programOf(entry);
  const connection = connect();
  const log = new Log(connection);
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error: unknown) => log.failure('go on undisturbed', error));
  startServer(connection, nodeWorld(schemas), { version, ...rulePages === undefined ? {} : { rulePages: pathToFileURL(rulePages).href } });
}

function connect(): Connection {
  const named = process.argv.some((argument) => TRANSPORTS.includes(argument.split('=')[0]!));
  if (!named) process.argv.push('--stdio');
  return createConnection();
}
