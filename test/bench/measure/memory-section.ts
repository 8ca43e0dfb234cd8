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
import { serverOf, ServerProcess } from './server-process.ts';

export async function* memorySection(settings: Settings): AsyncGenerator<Figure> {
  yield* await afterEdits(settings);
  yield* await afterManyDocuments(settings);
}

const NAME = 'cloudformation-yaml-60k';

async function afterEdits({ dist, isQuick }: Settings): Promise<readonly Figure[]> {
  const { extension, language, make } = documentNamed(NAME);
  const [uri, text] = [uriOf(NAME, extension), make()];
  const server = await ServerProcess.started(serverOf(dist));
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

/** A line that a file has and the editor has not, so that closing the document moves its findings. */
const UNSAVED = '# Saved before.\n';

async function afterManyDocuments({ dist, isQuick }: Settings): Promise<readonly Figure[]> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'bench-')));
  try {
    const [count, closed] = isQuick ? [50, 10] : [500, 100];
    const documents = manyTemplates(count).map(([name, text], index) => {
      const folder = join(root, index < closed ? 'saved' : index < 2 * closed ? 'unsaved' : 'open');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, name), index >= closed && index < 2 * closed ? UNSAVED + text : text);
      return { uri: pathToFileURL(join(folder, name)).href, text };
    });
    const server = await ServerProcess.started(serverOf(dist), { folder: pathToFileURL(root).href });
    for (const { uri, text } of documents) server.open(uri, 'yaml', text);
    for (const { uri } of documents) await server.until((published) => published.uri === uri);
    await server.quiet(500);
    const { rss, heap } = await server.ask('memory');
    const withFindings = (uri: string): boolean => server.published.findLast((one) => one.uri === uri)!.count > 0;
    const uris = documents.map(({ uri }) => uri);
    const [saved, unsaved] = [uris.slice(0, closed), uris.slice(closed, 2 * closed)];
    const moved = unsaved.filter(withFindings).length;
    const [closingSaved, closingUnsaved] = [await closing(server, saved), await closing(server, unsaved)];
    await server.stop();
    const opened = `${String(count)} documents open`;
    const [ofSaved, ofUnsaved] = ['', ' with unsaved changes'].map(
      (how) => `closing ${String(closed)} documents of a folder${how}`,
    );
    const section = 'memory';
    return [
      { section, name: `memory of the process with ${opened}`, measured: rss / MEGABYTE, unit: 'MB', goal: 200 },
      { section, name: `live objects with ${opened}`, measured: heap / MEGABYTE, unit: 'MB' },
      {
        section,
        name: `${ofSaved!}: publications`,
        measured: closingSaved.publications,
        unit: 'notifications',
        goal: 0,
      },
      { section, name: `${ofSaved!}: processor time`, measured: closingSaved.cpu, unit: 'ms' },
      {
        section,
        name: `${ofUnsaved!}, ${String(moved)} of which have findings: publications`,
        measured: closingUnsaved.publications,
        unit: 'notifications',
        goal: closed,
      },
      { section, name: `${ofUnsaved!}: until the last publication`, measured: closingUnsaved.time, unit: 'ms' },
      { section, name: `${ofUnsaved!}: processor time`, measured: closingUnsaved.cpu, unit: 'ms' },
    ];
  } finally {
    rmSync(root, { recursive: true });
  }
}

interface Closing {
  readonly publications: number;
  /** Until the last publication, in milliseconds. */
  readonly time: number;
  /** The processor time of the process in milliseconds. */
  readonly cpu: number;
}

/** Closes documents at once and waits until the server publishes nothing more. */
async function closing(server: ServerProcess, uris: readonly string[]): Promise<Closing> {
  const cpu = async (): Promise<number> => {
    const { user, system } = await server.ask('cpu');
    return (user + system) / 1000;
  };
  const [before, used, start] = [server.published.length, await cpu(), performance.now()];
  for (const uri of uris) server.close(uri);
  await server.quiet(2000);
  const publications = server.published.length - before;
  return {
    publications,
    time: publications === 0 ? 0 : server.published.at(-1)!.at - start,
    cpu: (await cpu()) - used,
  };
}
