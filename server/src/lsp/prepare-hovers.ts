/** Prepares hovers over open documents after their analysis, while nothing else runs. */
import type { Uri } from '../base/span.ts';
import { isRecognized } from './file-result.ts';
import { MessagePause, sleep } from './debouncer.ts';
import { Abandoned } from './run.ts';
import type { Session } from './session.ts';

/**
 * The time after the last analysis in milliseconds. After shorter pauses the author is still typing and would have to
 * wait for the steps. Only what takes far less time than the analysis is done at once.
 */
const AFTER = 1000;

/** Starts to prepare hovers after each analysis of an open document, for clients that show hovers. */
export function prepareHovers(session: Session): void {
  const { client, documents, log, results, world } = session;
  if (!client.hover) return;
  const waiting = new Set<Uri>();
  let isRunning = false;
  let lastAnalysis = 0;

  const prepare = async (doc: Uri, isComparison: boolean): Promise<void> => {
    const settings = await session.settings(doc);
    if (!settings.valueHover) return;
    const [engine, { reader, root }] = await Promise.all([world.engine(), session.place(doc)]);
    const { options } = engine.configuration(reader, doc, root, settings);
    const messages = new MessagePause();
    const text = documents.get(doc)?.text;
    await engine.prepare(
      doc,
      options,
      async () => {
        await messages.pause();
        // Another text is prepared after its own analysis.
        if (documents.get(doc)?.text !== text) throw new Abandoned();
      },
      isComparison,
    );
  };

  const tryToPrepare = async (doc: Uri, isComparison = false): Promise<void> => {
    try {
      if (documents.has(doc)) await prepare(doc, isComparison);
    } catch (error) {
      if (!(error instanceof Abandoned)) log.failure(`prepare hovers of ${doc}`, error);
    }
  };

  const prepareAll = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    for (let rest = AFTER; rest > 0; rest = lastAnalysis + AFTER - Date.now()) await sleep(rest);
    // A document that is analyzed again in the meantime is queued again.
    for (const doc of waiting) {
      waiting.delete(doc);
      await tryToPrepare(doc);
    }
    isRunning = false;
  };

  results.onDidJudge((judged) => {
    if (!documents.has(judged.doc) || !isRecognized(judged)) return;
    waiting.add(judged.doc);
    lastAnalysis = Date.now();
    void tryToPrepare(judged.doc, true);
    void prepareAll();
  });
}
