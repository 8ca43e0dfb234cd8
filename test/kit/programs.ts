/**
 * The programs as processes. They are bundled once for all tests of a process, because a bundle starts several times as
 * fast as hundreds of modules.
 */
import { renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { once } from '../../server/src/base/once.ts';
import { bundle } from '../../tools/generate/bundle.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The path of the command line. */
export const commandLine: () => Promise<string> = once(() => bundled('main-cli'));

/** The path of the language server. */
export const languageServer: () => Promise<string> = once(() => bundled('main-lsp'));

async function bundled(name: string): Promise<string> {
  const path = `.cache/tests/${name}.mjs`;
  const own = `${path}.${process.pid}.mjs`;
  await bundle(`server/src/${name}.ts`, own);
  // Other processes start the same program.
  renameSync(ROOT + own, ROOT + path);
  return ROOT + path;
}
