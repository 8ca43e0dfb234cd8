/** The files that the tests take and give; a run may name others in the environment. */
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT: string = resolve(import.meta.dirname, '../..');

/** The extension as it is published. */
export const VSIX = resolve(process.env.STACKWARDEN_VSIX ?? join(ROOT, 'dist/stackwarden.vsix'));

/** The command line as it is published. */
export const CLI = resolve(process.env.STACKWARDEN_CLI ?? join(ROOT, 'dist/cli.cjs'));

/** How other editors than VS Code start the server. */
export const LSP_COMMAND: readonly string[] = [process.execPath, CLI, 'lsp', '--stdio'];

/** Where screenshots, and what a failure leaves behind, are put. Never in the working tree. */
export const OUTPUT = resolve(process.env.STACKWARDEN_TEST_OUTPUT ?? join(tmpdir(), 'stackwarden-editors'));

/** Where the pictures for the documentation are put, and where `npm run screenshots` copies them. */
export const SCREENSHOTS = join(OUTPUT, 'screenshots');
export const IMAGES = join(ROOT, 'docs/images');
