import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind, type DocumentSelector, type ServerOptions } from 'vscode-languageclient/node';

/**
 * What the server is told of: every document of these languages, wherever it is. Which of them are templates is seen by the
 * server in their text.
 */
const DOCUMENTS: DocumentSelector = ['yaml', 'json', 'jsonc', 'cloudformation', 'template'].map((language) => ({ language }));

export function createClient(context: ExtensionContext): LanguageClient {
  const module = context.asAbsolutePath('dist/server.cjs');
  const server: ServerOptions = { module, transport: TransportKind.ipc };
  return new LanguageClient('stackwarden', 'Stackwarden', server, { documentSelector: DOCUMENTS });
}
