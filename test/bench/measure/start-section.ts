/** How long the server takes to start, compared with a server that does nothing. */
import { mkdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { documentNamed } from '../documents/catalogue.ts';
import { uriOf } from './edit.ts';
import type { Figure, Settings } from './figures.ts';
import { versionNote } from './node-version.ts';
import { serverOf, ServerProcess } from './server-process.ts';
import { median } from './statistics.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const EMPTY = `${ROOT}.cache/bench/empty-server.cjs`;

/** Bundles a server that answers `initialize` and has no capabilities, as the server is bundled. */
async function buildEmptyServer(): Promise<void> {
  mkdirSync(`${ROOT}.cache/bench`, { recursive: true });
  await build({
    stdin: {
      contents: `import { createConnection } from 'vscode-languageserver/node';
const connection = createConnection(process.stdin, process.stdout);
connection.onInitialize(() => ({ capabilities: {} }));
connection.listen();`,
      resolveDir: ROOT,
    },
    outfile: EMPTY,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
}

const SMALL = 'cloudformation-yaml-6k';

export async function* startSection({ dist, isQuick, nodes }: Settings): AsyncGenerator<Figure> {
  await buildEmptyServer();
  const rounds = isQuick ? 3 : 11;
  yield* await figuresOf(dist, rounds, process.execPath);
  for (const node of nodes) yield* await figuresOf(dist, rounds, node, versionNote(node));
}

/** @param note Text after the names of the figures. */
async function figuresOf(dist: string, rounds: number, node: string, note = ''): Promise<readonly Figure[]> {
  const servers: Readonly<Record<string, readonly string[]>> = {
    empty: [EMPTY, '--stdio'],
    'server.cjs': serverOf(dist),
    'cli.cjs lsp': [`${dist}/cli.cjs`, 'lsp', '--stdio'],
  };
  const [starts, first]: [Record<string, number[]>, Record<string, number[]>] = [{}, {}];
  const { extension, language, make } = documentNamed(SMALL);
  const [uri, text] = [uriOf(SMALL, extension), make()];
  for (let round = 0; round < rounds; round++)
    for (const [name, args] of Object.entries(servers)) {
      const server = new ServerProcess(args, node);
      await server.initialize();
      (starts[name] ??= []).push(performance.now() - server.spawnedAt);
      if (name !== 'empty') {
        server.open(uri, language, text);
        const { at } = await server.until((published) => published.uri === uri);
        (first[name] ??= []).push(at - server.spawnedAt);
      }
      await server.stop();
    }
  const reference = { name: 'a server that does nothing', measured: median(starts['empty']!) };
  const figure = (name: string, more: Pick<Figure, 'measured' | 'unit' | 'goal' | 'reference'>): Figure => ({
    section: 'start',
    name: `${name}${note}`,
    ...more,
  });
  return Object.keys(first).flatMap((name) => [
    figure(`${name}: start, compared with a server that does nothing`, {
      measured: median(starts[name]!) / reference.measured,
      unit: 'times',
      goal: 1.6,
    }),
    figure(`${name}: start to the answer of initialize`, { measured: median(starts[name]!), unit: 'ms', reference }),
    figure(`${name}: start to the first diagnostics`, { measured: median(first[name]!), unit: 'ms', reference }),
  ]);
}
