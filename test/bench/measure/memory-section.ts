/** The memory of the server after long work, and what closing many documents causes. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { documentNamed, manyTemplates } from '../documents/catalogue.ts';
import { uriOf } from './edit.ts';
import { EditedText } from './edits.ts';
import { MEGABYTE, type Figure, type Settings } from './figures.ts';
import { ServerProcess } from './server-process.ts';

export async function* memorySection(settings: Settings): AsyncGenerator<Figure> {
  yield* await afterEdits(settings);
  yield* await afterManyDocuments(settings);
}

const NAME = 'cloudformation-yaml-60k';

async function afterEdits({ dist, isQuick }: Settings): Promise<readonly Figure[]> {
  const { extension, language, make } = documentNamed(NAME);
  const [uri, text] = [uriOf(NAME, extension), make()];
  const server = await ServerProcess.started([`${dist}/server.cjs`, '--stdio']);
  server.open(uri, language, text);
  await server.until((published) => published.uri === uri);
  const edited = new EditedText(text);
  const edits = isQuick ? 20 : 200;
  for (let version = 2; version < edits + 2; version++) {
    const { range, text: inserted } = edited.next();
    server.notify('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text: inserted }],
    });
    await server.until((published) => published.uri === uri && published.version === version);
  }
  const what = `one template of 60 KB after ${String(edits)} edits`;
  return memoryFigures(server, what, 120);
}

/** What is in use, and what of it is alive. */
async function memoryFigures(server: ServerProcess, what: string, goal: number): Promise<readonly Figure[]> {
  const { rss, heap } = await server.ask('memory');
  await server.stop();
  return [
    { section: 'memory', name: `memory of the process with ${what}`, measured: rss / MEGABYTE, unit: 'MB', goal },
    { section: 'memory', name: `live objects with ${what}`, measured: heap / MEGABYTE, unit: 'MB' },
  ];
}

async function afterManyDocuments({ dist, isQuick }: Settings): Promise<readonly Figure[]> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'bench-')));
  try {
    const [count, closed] = isQuick ? [50, 20] : [500, 200];
    const documents = manyTemplates(count).map(([name, text], index) => {
      const folder = join(root, index < closed ? 'first' : 'second');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, name), text);
      return { uri: pathToFileURL(join(folder, name)).href, text };
    });
    const server = await ServerProcess.started([`${dist}/server.cjs`, '--stdio'], { folder: pathToFileURL(root).href });
    for (const { uri, text } of documents) server.open(uri, 'yaml', text);
    for (const { uri } of documents) await server.until((published) => published.uri === uri);
    await server.quiet(500);
    const { rss, heap } = await server.ask('memory');
    const before = server.published.length;
    const start = performance.now();
    for (const { uri } of documents.slice(0, closed)) server.close(uri);
    await server.quiet(1000);
    const notifications = server.published.length - before;
    const last = server.published.at(-1)!.at;
    await server.stop();
    const opened = `${String(count)} documents open`;
    const closing = `closing ${String(closed)} documents of a folder`;
    return [
      {
        section: 'memory',
        name: `memory of the process with ${opened}`,
        measured: rss / MEGABYTE,
        unit: 'MB',
        goal: 200,
      },
      { section: 'memory', name: `live objects with ${opened}`, measured: heap / MEGABYTE, unit: 'MB' },
      {
        section: 'memory',
        name: `${closing}: publications`,
        measured: notifications,
        unit: 'notifications',
        goal: closed,
      },
      {
        section: 'memory',
        name: `${closing}: until the last publication`,
        measured: notifications === 0 ? 0 : last - start,
        unit: 'ms',
      },
    ];
  } finally {
    rmSync(root, { recursive: true });
  }
}
