/** The editors that the tests drive. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cached, installOnce } from './cache.ts';
import { installSystemPrograms, systemPrograms, type SystemPrograms } from './programs.ts';
import { run } from './run.ts';

/** VS Code 1.139.1 as a server, for a browser. */
const CODE_SERVER = '4.139.1';
/**
 * It needs Node 24, whatever Node the tests run on. The package has the executable for one platform, and runs nothing
 * when installed.
 */
const NODE = '24.21.0';
const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

const CODE_SERVER_FOLDER = `code-server-${CODE_SERVER}`;
const NODE_FOLDER = `${NODE_PACKAGE}-${NODE}`;

export interface Editors extends SystemPrograms {
  /** The script of code-server, and the Node to run it with. */
  readonly codeServer: string;
  readonly node: string;
}

/**
 * Where the editors are. It fails, and says how to get them, when one is missing, so that no test is left out unseen.
 */
export function editors(): Editors {
  const codeServer = cached(join(CODE_SERVER_FOLDER, 'node_modules/code-server/out/node/entry.js'));
  const node = cached(join(NODE_FOLDER, 'node_modules', NODE_PACKAGE, 'bin/node'));
  for (const file of [codeServer, node])
    if (!existsSync(file)) throw new Error(`${file} is missing; npm run test:editor installs it`);
  return { ...systemPrograms(), codeServer, node };
}

/**
 * Installs what is missing. It takes half a minute the first time. What cannot be installed is named before anything
 * else is fetched.
 */
export async function installEditors(): Promise<void> {
  await installSystemPrograms();
  systemPrograms();
  await installOnce(NODE_FOLDER, async (folder) => npmInstall(folder, [`${NODE_PACKAGE}@${NODE}`]));
  await installOnce(CODE_SERVER_FOLDER, async (folder) => {
    // Nothing is compiled: what native modules do for code-server (logs, watching many files) tests can do without.
    await npmInstall(folder, [`code-server@${CODE_SERVER}`]);
    const vscode = join(folder, 'node_modules/code-server/lib/vscode');
    await npmInstall(vscode, ['--omit=dev']);
    await npmInstall(join(vscode, 'extensions'), ['--omit=dev']);
  });
}

async function npmInstall(folder: string, args: readonly string[]): Promise<void> {
  // Without --prefix, npm would install into the nearest folder above that has a package.json.
  await run(
    'npm',
    [
      'install',
      '--prefix',
      folder,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--loglevel=error',
      ...args,
    ],
    { cwd: folder, env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}` } },
  );
}
