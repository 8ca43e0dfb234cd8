/** From an edit to its diagnostics, and how long the server is blocked meanwhile. */
import { performance } from 'node:perf_hooks';
import { DEBOUNCE } from '../../../server/src/lsp/debouncer.ts';
import { documentNamed } from '../documents/catalogue.ts';
import { EditedText } from './edits.ts';
import type { ServerProcess } from './server-process.ts';

export interface EditFigures {
  /** Milliseconds from each edit to its diagnostics, without the debounce time. */
  readonly times: readonly number[];
  /** Milliseconds of processor time of the main thread for each edit; empty if the system does not tell. */
  readonly mainThread: readonly number[];
  /** For each edit, the longest block of the event loop in milliseconds. */
  readonly blocks: readonly number[];
  /** The same without the time in which the main thread waited for a processor that other threads or programs used. */
  readonly blocksWithoutWaits: readonly number[];
  /** The same in processor time, which does not depend on other work of the machine. */
  readonly blocksCpu: readonly number[];
  readonly findings: number;
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The URI of a document in a folder of its own. */
export const uriOf = (name: string, extension: string): string =>
  `file:///bench/${name}/${extension.startsWith('.tf') ? 'main' : name}${extension}`;

/** Opens a document and makes edits, after some that are not counted. */
export async function measureEdits(
  server: ServerProcess,
  name: string,
  { edits, warmUp }: { readonly edits: number; readonly warmUp: number },
): Promise<EditFigures> {
  const { extension, language, make } = documentNamed(name);
  const [uri, text] = [uriOf(name, extension), make()];
  server.open(uri, language, text);
  await server.until((published) => published.uri === uri);
  const edited = new EditedText(text);
  let version = 1;
  const once = async (): Promise<{
    readonly time: number;
    readonly cpu: number | undefined;
    readonly count: number;
  }> => {
    const { range, text: inserted } = edited.next();
    const cpu = server.mainThreadTime();
    const start = performance.now();
    server.notify('textDocument/didChange', {
      textDocument: { uri, version: ++version },
      contentChanges: [{ range, text: inserted }],
    });
    const wanted = version;
    const { at, count } = await server.until((published) => published.uri === uri && published.version === wanted);
    const after = server.mainThreadTime();
    return {
      time: at - start - DEBOUNCE,
      cpu: after === undefined || cpu === undefined ? undefined : after - cpu,
      count,
    };
  };
  for (let i = 0; i < warmUp; i++) await once();
  const [times, mainThread]: [number[], number[]] = [[], []];
  const [blocks, blocksWithoutWaits, blocksCpu]: [number[], number[], number[]] = [[], [], []];
  let findings = 0;
  for (let i = 0; i < edits; i++) {
    const { time, cpu, count } = await once();
    times.push(time);
    if (cpu !== undefined) mainThread.push(cpu);
    findings = count;
    await pause(20);
  }
  for (let i = 0; i < edits; i++) {
    await server.ask('watch');
    await once();
    const { wall, cpu, withoutWaits } = await server.ask('unwatch');
    blocks.push(wall);
    blocksWithoutWaits.push(withoutWaits);
    blocksCpu.push(cpu);
  }
  server.close(uri);
  return { times, mainThread, blocks, blocksWithoutWaits, blocksCpu, findings };
}
