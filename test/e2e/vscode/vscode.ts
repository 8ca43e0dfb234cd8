/** VS Code with the extension in it, from start to end of a test. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ControlLine, type Control } from '../control/control.ts';
import type { PlainDiagnostic } from '../control/operations.ts';
import { processesWith } from '../kit/processes.ts';
import { removeFolder, temporaryFolder } from '../kit/temporary.ts';
import { eventually, until } from '../kit/until.ts';
import { OUTPUT, VSIX } from '../paths.ts';
import { openBrowser, type WatchedPage } from './browser.ts';
import { addExtension, CodeServer, installExtension, prepare, type TestExtension } from './code-server.ts';
import { QUIET_SETTINGS } from './settings.ts';
import { Window } from './window.ts';

export interface VsCodeOptions {
  /** The files of the workspace, by their paths in it. */
  readonly files: Readonly<Record<string, string>>;
  readonly settings?: object;
  /** Other extensions that are there. */
  readonly others?: readonly TestExtension[];
}

/** One VS Code, with its window, and a line to its extension host. */
export class VsCode {
  readonly folder: string;
  readonly server: CodeServer;
  readonly window: Window;
  readonly control: Control;
  readonly #watched: WatchedPage;
  readonly #line: ControlLine;

  private constructor(folder: string, server: CodeServer, watched: WatchedPage, line: ControlLine) {
    this.folder = folder;
    this.server = server;
    this.window = new Window(watched.page);
    this.control = line.control;
    this.#watched = watched;
    this.#line = line;
  }

  static async open({ files, settings = {}, others = [] }: VsCodeOptions): Promise<VsCode> {
    const folder = temporaryFolder();
    prepare(folder, { ...QUIET_SETTINGS, ...settings }, files);
    for (const extension of [{ publisher: 'test', name: 'control', main: await controlExtension() }, ...others])
      addExtension(folder, extension);
    // VS Code searches for extensions only while it has no list of installed ones.
    await installExtension(folder, VSIX);
    const line = await ControlLine.listen();
    const server = await CodeServer.start(folder, { STACKWARDEN_TEST_PORT: String(line.port) });
    const watched = await openBrowser();
    const vscode = new VsCode(folder, server, watched, line);
    try {
      await vscode.window.load(server.url);
      await until('the extension host calls', () => line.isConnected);
      return vscode;
    } catch (error) {
      await vscode.keepEvidence('start');
      await vscode.close();
      throw error;
    }
  }

  /** A file of the workspace. */
  path(name: string): string {
    return join(this.server.workspace, name);
  }

  /** What is on disk, byte by byte. */
  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** Writes a file behind the back of VS Code. */
  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  /** The processes of the language server. */
  serverProcesses(): readonly number[] {
    return processesWith(this.server.extensions, 'server.cjs');
  }

  /** Waits until VS Code notices changes on disk, which takes some seconds after its start. */
  async watching(): Promise<void> {
    await this.control.changesOnDisk();
    await until('VS Code notices changes on disk', async () => {
      this.write('watched.txt', String(Date.now()));
      await pause(500);
      return (await this.control.changesOnDisk()) > 0;
    });
  }

  /** The findings of a rule in a file, once there are as many as expected. */
  async findings(uri: string, rule: string, count: number): Promise<readonly PlainDiagnostic[]> {
    let found: readonly PlainDiagnostic[] = [];
    await eventually(async () => {
      found = (await this.control.diagnostics(uri)).filter(({ code }) => code === rule);
      assert.equal(found.length, count, `findings of ${rule} in ${uri}`);
    });
    return found;
  }

  /** The uri by which the extension host knows a file of the workspace. */
  uri(name: string): string {
    return pathToFileURL(this.path(name)).href;
  }

  /** What popped up since it was last asked, and what was asked of other machines: neither should ever happen. */
  async disturbances(): Promise<{ readonly popups: readonly string[]; readonly outside: readonly string[] }> {
    return { popups: await this.#watched.takePopups(), outside: await this.#watched.outside() };
  }

  /** Keeps the visible state to analyze a failed test. */
  async keepEvidence(name: string): Promise<void> {
    mkdirSync(OUTPUT, { recursive: true });
    const file = join(OUTPUT, `failed-${name.replaceAll(/[^\w]+/g, '-').slice(0, 80)}`);
    await this.#watched.page.screenshot({ path: `${file}.png` }).catch(() => undefined);
    writeFileSync(`${file}.console.txt`, this.#watched.console.join('\n'));
  }

  async close(): Promise<void> {
    await this.#watched.close();
    this.#line.close();
    await this.server.stop();
    await removeFolder(this.folder);
  }
}

async function controlExtension(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../control/extension.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}
