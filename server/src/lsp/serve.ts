import { pathToFileURL } from 'node:url';
import { createConnection } from './protocol.ts';
import { programOf } from '../host/program.ts';
import { inOrder } from './lifecycle.ts';
import { Log } from './log.ts';
import { adaptingHeap, prepareLongRun } from './long-run.ts';
import { nodeWorld } from './node-world.ts';
import { startServer } from './server.ts';
import { transportOf } from './transport.ts';

/**
 * Serves the client of this process over the transport in the arguments, else over standard input and output. The
 * process exits on request, when the client disconnects or dies, or on invalid framing.
 */
export function serve(entry: string): void {
  prepareLongRun(process.version);
  const { version, schemas, rulePages } = programOf(entry);
  let shutDown = false;
  const { reader, writer } = transportOf(process.argv.slice(2), (why) => {
    if (why !== undefined) process.stderr.write(`stackwarden: ${why} The server exits.\n`);
    process.exit(shutDown && why === undefined ? 0 : 1);
  });
  const connection = createConnection(inOrder(reader, writer), writer);
  connection.onShutdown(() => {
    shutDown = true;
  });
  const log = new Log(connection);
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.on(event, (error: unknown) => log.failure('handle an unexpected error', error));
  startServer(connection, nodeWorld(schemas), {
    version,
    lengthsChanged: adaptingHeap(process.version),
    ...(rulePages === undefined ? {} : { rulePages: pathToFileURL(rulePages).href }),
  });
}
