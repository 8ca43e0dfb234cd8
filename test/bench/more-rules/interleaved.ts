/** The same in servers of several builds, in turn, so that what else the machine does concerns all of them alike. */
import { OpenDocument, pause } from '../measure/edit.ts';
import { serverOf, ServerProcess } from '../measure/server-process.ts';

/** Hovers are prepared after a pause, with rules that an analysis does not call. */
const SETTINGS = { valueHover: false };

/** The time that a server has to end what follows diagnostics, in milliseconds. */
const REST = 60;

/** What the first diagnostics of a document took in a build. */
export interface First {
  /** The processor time of the main thread from the start of the process, in milliseconds, of each start. */
  readonly times: readonly number[];
  /** The memory that is in use afterwards, in thousands of bytes. */
  readonly heaps: readonly number[];
  /** The parts with rules that were loaded, with the number of characters of their code. */
  readonly characters: ReadonlyMap<string, number>;
}

/**
 * Starts new servers of each build, and opens a document.
 * @param builds The folders of the builds.
 */
export async function firstDiagnostics(
  builds: readonly string[],
  name: string,
  starts: number,
): Promise<readonly First[]> {
  const made = builds.map((dist) => ({
    dist,
    times: [] as number[],
    heaps: [] as number[],
    characters: new Map<string, number>(),
  }));
  for (let i = 0; i < starts; i++)
    for (const one of i % 2 === 0 ? made : made.toReversed()) {
      const server = await ServerProcess.started(serverOf(one.dist), { settings: SETTINGS });
      await OpenDocument.opened(server, name);
      const time = server.mainThreadTime()!;
      one.characters = new Map(await server.ask('parts'));
      const { heap } = await server.ask('memory');
      await server.stop();
      // The first start of a build compiles it and keeps the code.
      if (i === 0) continue;
      one.times.push(time);
      one.heaps.push(heap / 1000);
    }
  return made;
}

/** What the same edits took in a build. */
export interface BuildEdits {
  /** The processor time of the main thread from each edit to its diagnostics, in milliseconds. */
  readonly times: readonly number[];
  /** How many parts with rules the edits loaded. */
  readonly parts: number;
}

/** Makes the same edits in a new server of each build, after some that are not counted. */
export async function interleavedEdits(
  builds: readonly string[],
  name: string,
  { edits, warmUp }: { readonly edits: number; readonly warmUp: number },
): Promise<readonly BuildEdits[]> {
  const opened = [];
  for (const dist of builds) {
    const server = await ServerProcess.started(serverOf(dist), { settings: SETTINGS });
    opened.push({ server, document: await OpenDocument.opened(server, name), times: [] as number[] });
    await server.ask('parts');
    await pause(REST);
  }
  for (let i = 0; i < warmUp + edits; i++)
    for (const { document, times } of i % 2 === 0 ? opened : opened.toReversed()) {
      const { cpu } = await document.edit();
      if (i >= warmUp) times.push(cpu!);
      await pause(REST);
    }
  const measured: BuildEdits[] = [];
  for (const { server, times } of opened) {
    measured.push({ times, parts: (await server.ask('parts')).length });
    await server.stop();
  }
  return measured;
}
