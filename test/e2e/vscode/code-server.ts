/** VS Code as a server, in a folder of its own: user data, extensions and home are those of one test. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { editors } from '../install/editors.ts';
import { run } from '../install/run.ts';
import { endGroup } from '../kit/processes.ts';
import { until } from '../kit/until.ts';

export class CodeServer {
  readonly workspace: string;
  readonly extensions: string;
  readonly origin: string;
  readonly #child: ChildProcess;

  private constructor(folder: string, origin: string, child: ChildProcess) {
    this.workspace = workspaceOf(folder);
    this.extensions = extensionsOf(folder);
    this.origin = origin;
    this.#child = child;
  }

  /** Starts in a folder in which `prepare` was called. */
  static async start(
    folder: string,
    env: NodeJS.ProcessEnv = {},
    options: readonly string[] = [],
  ): Promise<CodeServer> {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const child = spawn(
      editors().node,
      [
        ...commandLine(folder),
        '--auth',
        'none',
        '--bind-addr',
        `127.0.0.1:${port}`,
        '--disable-telemetry',
        '--disable-update-check',
        '--ignore-last-opened',
        ...options,
      ],
      { env: { ...environment(folder), ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        printed += data.toString();
      });
    try {
      await until('code-server answers', async () => child.exitCode !== null || (await fetch(`${origin}/healthz`)).ok);
      if (child.exitCode !== null) throw new Error(`code-server ended with ${child.exitCode}:\n${printed}`);
    } catch (error) {
      await endGroup(child);
      throw error;
    }
    return new CodeServer(folder, origin, child);
  }

  /** The address of a window with the workspace open. */
  get url(): string {
    return `${this.origin}/?folder=${encodeURIComponent(this.workspace)}`;
  }

  async stop(): Promise<void> {
    await endGroup(this.#child);
  }
}

/** Makes the folders that code-server needs, with settings and the files of the workspace. */
export function prepare(folder: string, settings: object, files: Readonly<Record<string, string>>): void {
  for (const each of [workspaceOf(folder), extensionsOf(folder), homeOf(folder), join(userDataOf(folder), 'User')])
    mkdirSync(each, { recursive: true });
  writeFileSync(join(userDataOf(folder), 'User', 'settings.json'), JSON.stringify(settings));
  for (const [path, text] of Object.entries(files)) {
    const file = join(workspaceOf(folder), path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Installs a packed extension, as a user does. */
export async function installExtension(folder: string, vsix: string): Promise<void> {
  await run(editors().node, [...commandLine(folder), '--install-extension', vsix], { env: environment(folder) });
}

/** What a test says of an extension of its own. */
export interface TestExtension {
  readonly publisher: string;
  readonly name: string;
  readonly contributes?: object;
  /** Its code; without it, it does nothing. */
  readonly main?: string;
}

/** Puts an extension of the test beside the installed ones. It is active from the start. */
export function addExtension(
  folder: string,
  { publisher, name, contributes = {}, main = 'exports.activate = () => {};' }: TestExtension,
): void {
  const version = '1.0.0';
  const home = join(extensionsOf(folder), `${publisher}.${name}-${version}`);
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, 'package.json'),
    JSON.stringify({
      publisher,
      name,
      version,
      contributes,
      engines: { vscode: '^1.91.0' },
      main: './main.js',
      activationEvents: ['*'],
    }),
  );
  writeFileSync(join(home, 'main.js'), main);
}

const workspaceOf = (folder: string): string => join(folder, 'workspace');
const extensionsOf = (folder: string): string => join(folder, 'extensions');
const userDataOf = (folder: string): string => join(folder, 'user-data');
const homeOf = (folder: string): string => join(folder, 'home');

function commandLine(folder: string): readonly string[] {
  return [
    editors().codeServer,
    '--user-data-dir',
    userDataOf(folder),
    '--extensions-dir',
    extensionsOf(folder),
    '--config',
    join(homeOf(folder), 'config.yaml'),
  ];
}

/** Whatever code-server writes goes below the folder, and there is no gallery that it could ask. */
function environment(folder: string): NodeJS.ProcessEnv {
  const home = homeOf(folder);
  return {
    ...process.env,
    HOME: home,
    TMPDIR: folder,
    XDG_RUNTIME_DIR: folder,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local/share'),
    EXTENSIONS_GALLERY: '{}',
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );
  await new Promise((resolve) => server.close(resolve));
  return port;
}
