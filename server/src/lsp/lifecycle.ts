/**
 * The message order of the protocol: `initialize` first and once, only `exit` after `shutdown`.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#initialize
 */
import type { DataCallback, Disposable, MessageReader, MessageWriter } from 'vscode-languageserver';
import { ErrorCodes, Message } from './protocol.ts';

type Phase = 'new' | 'running' | 'shut down';

/** A reader that passes allowed messages. Other requests get an error, other notifications are dropped. */
export function inOrder(reader: MessageReader, writer: MessageWriter): MessageReader {
  let phase: Phase = 'new';
  const refuse = ({ id }: { readonly id: number | string | null }, code: number, message: string): void => {
    // A client that has disconnected needs no answer.
    writer.write({ jsonrpc: '2.0', id, error: { code, message } } as Message).catch(() => undefined);
  };
  const passed =
    (callback: DataCallback): DataCallback =>
    (message) => {
      if (Message.isRequest(message)) {
        if (phase === 'shut down') return refuse(message, ErrorCodes.InvalidRequest, 'The server was shut down.');
        if (message.method === 'initialize' && phase !== 'new')
          return refuse(message, ErrorCodes.InvalidRequest, 'The server is already initialized.');
        if (message.method !== 'initialize' && phase === 'new')
          return refuse(message, ErrorCodes.ServerNotInitialized, 'The server is not initialized yet.');
        if (message.method === 'initialize') phase = 'running';
        if (message.method === 'shutdown') phase = 'shut down';
      } else if (Message.isNotification(message) && message.method !== 'exit' && phase !== 'running') {
        return;
      }
      callback(message);
    };
  return {
    get onError() {
      return reader.onError;
    },
    get onClose() {
      return reader.onClose;
    },
    get onPartialMessage() {
      return reader.onPartialMessage;
    },
    listen: (callback): Disposable => reader.listen(passed(callback)),
    dispose: () => reader.dispose(),
  };
}
