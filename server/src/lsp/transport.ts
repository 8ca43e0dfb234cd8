/** Transports of the language server: standard input and output, a socket, a pipe, or the Node.js IPC channel. */
import { createConnection as connectTo } from 'node:net';
import type { Readable } from 'node:stream';
import type { MessageReader, MessageWriter } from 'vscode-languageserver';
import { IPCMessageReader, IPCMessageWriter, StreamMessageReader, StreamMessageWriter } from './protocol.ts';
import { Framing } from './framing.ts';

export interface Transport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
}

/**
 * The transport of the process arguments, else standard input and output. `gone` is called once, when the client
 * disconnects, or with a sentence about a framing error.
 */
export function transportOf(args: readonly string[], gone: (why?: string) => void): Transport {
  const named = (name: string): string | undefined => {
    const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
    return at < 0 ? undefined : args[at]!.slice(name.length + 1) || (args[at + 1] ?? '');
  };
  if (args.includes('--node-ipc'))
    return { reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) };
  const address = named('--pipe') ?? named('--socket');
  if (address === undefined) {
    watch(process.stdin, gone);
    return { reader: new StreamMessageReader(process.stdin), writer: new StreamMessageWriter(process.stdout) };
  }
  const socket = named('--pipe') === undefined ? connectTo(Number(address), '127.0.0.1') : connectTo(address);
  watch(socket, gone);
  return { reader: new StreamMessageReader(socket), writer: new StreamMessageWriter(socket) };
}

function watch(stream: Readable, gone: (why?: string) => void): void {
  let isGone = false;
  const report = (why?: string): void => {
    if (!isGone) gone(why);
    isGone = true;
  };
  const framing = new Framing();
  stream.on('data', (bytes: Uint8Array) => {
    const fault = framing.fault(bytes);
    if (fault !== undefined) report(fault);
  });
  stream.on('end', () => report());
  stream.on('close', () => report());
  stream.on('error', () => report());
}
