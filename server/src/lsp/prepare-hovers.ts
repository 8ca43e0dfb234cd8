/** Prepares hovers over open documents after their analysis, while nothing else runs. */
import type { Uri } from '../base/span.ts';
import { isRecognised } from './file-result.ts';
import { Breath, sleep } from './quiet.ts';
import { Abandoned } from './run.ts';
import type { Session } from './session.ts';

/** The time after an analysis in milliseconds, in which its results are sent. */
const AFTER = 20;

export function prepareHovers(session: Session): void {
  const { client, documents, log, results, world } = session;
  if (!client.hover) return;
  const waiting = new Set<Uri>();
  let isRunning = false;

  const prepare = async (doc: Uri): Promise<void> => {
    const settings = await session.settings(doc);
    if (!settings.valueHover) return;
    const [engine, { reader, root }] = await Promise.all([world.engine(), session.place(doc)]);
    const { options } = engine.configuration(reader, doc, root, settings);
    const breath = new Breath();
    await engine.prepare(doc, options, async () => {
      await breath.pause();
      if (!documents.has(doc)) throw new Abandoned();
    });
  };

  const prepareAll = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    await sleep(AFTER);
    // A document that is analyzed again meanwhile comes again.
    for (const doc of waiting) {
      waiting.delete(doc);
      try {
        if (documents.has(doc)) await prepare(doc);
      } catch (error) {
        if (!(error instanceof Abandoned)) log.failure(`prepare hovers of ${doc}`, error);
      }
    }
    isRunning = false;
  };

  results.onDidJudge((judged) => {
    if (!documents.has(judged.doc) || !isRecognised(judged)) return;
    waiting.add(judged.doc);
    void prepareAll();
  });
}
