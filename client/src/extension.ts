import type { ExtensionContext } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { createClient } from './language-client.ts';

let client: LanguageClient | undefined;

/** Starts the language server. */
export async function activate(context: ExtensionContext): Promise<void> {
  client = createClient(context);
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
