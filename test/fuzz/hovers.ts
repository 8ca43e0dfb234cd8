/**
 * Hovers between the edits of documents, compared with those of an engine that knows nothing of the versions before.
 */
import type { Uri } from '../../server/src/base/span.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { Unchecked, type Analysis, type AnalysisOptions } from '../../server/src/engine/analysis.ts';
import type { Reader } from '../../server/src/base/snapshot.ts';
import { stacksOf, type FinishedStacks } from '../../server/src/engine/analyzed-stacks.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import type { DocumentOffset, Engine } from '../../server/src/lsp/engine.ts';
import { nodeEngine } from '../../server/src/lsp/node-engine.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { distinctOffsets } from '../hover/explained-at.ts';

const OPTIONS: AnalysisOptions = {
  profile: 'recommended',
  certainty: 'possible',
  configuration: DEFAULT_CONFIGURATION,
};

/** A hover that differs from one of an engine that knows nothing. */
export interface HoverDifference {
  readonly version: number;
  readonly offset: number;
  readonly known: string;
  readonly scratch: string;
}

/**
 * The first hover that differs from one from scratch; undefined if there is none.
 * @param places Where in each version a hover is asked for: fractions of its text.
 */
export async function firstHoverDifference(
  doc: Uri,
  versions: readonly ReadonlyMap<Uri, string>[],
  places: readonly number[],
): Promise<HoverDifference | undefined> {
  const known = nodeEngine();
  // Versions come again when an edit is undone. From scratch, the same place of the same texts has the same hover.
  const fromScratch = new Map<string, Promise<string>>();
  for (const [version, texts] of versions.entries()) {
    const reader = memoryReader(texts);
    const text = texts.get(doc)!;
    const offsets = distinctOffsets(text);
    // Some are asked for while the rules run.
    const early = new Map<number, string>();
    const hoverEarly = async (): Promise<void> => {
      const stacks = version % 2 === 0 && early.size === 0 ? known.built(doc, text) : undefined;
      for (const place of stacks ? places : []) {
        const offset = offsets[Math.floor(place * offsets.length)]!;
        early.set(offset, '');
        early.set(offset, await hoverText(known, reader, { doc, offset, stacks: stacks! }).catch(ifUnchecked));
      }
    };
    const analyzed = await known.analyze(reader, [doc], OPTIONS, hoverEarly, [doc]);
    if (early.size > 0) {
      const scratch = await nodeEngine().analyze(reader, [doc], OPTIONS, () => Promise.resolve(), [doc]);
      const [before, after] = [findingsIn(analyzed), findingsIn(scratch)];
      if (before !== after) return { version, offset: 0, known: before, scratch: after };
    }
    // Some are asked for before and some after the pause in which they are prepared.
    if (version % 3 === 1) await known.prepare(doc, OPTIONS, () => Promise.resolve());
    const stacks = known.recent(doc, text)?.stacks;
    if (!stacks) continue;
    for (const [offset, before] of early) {
      const after = await hoverText(known, reader, { doc, offset, stacks });
      if (before !== '' && before !== after) return { version, offset, known: before, scratch: after };
    }
    for (const place of places) {
      const offset = offsets[Math.floor(place * offsets.length)]!;
      const textAt = async (engine: Engine, at: DocumentOffset, cardAt = at): Promise<string> =>
        JSON.stringify(
          {
            short: await engine.explain(reader, at, { ...OPTIONS, isShort: true }, () => Promise.resolve()),
            beside: await engine.explain(reader, at, { ...OPTIONS, isShort: true, isBeside: () => true }, () =>
              Promise.resolve(),
            ),
            whole: await engine.explain(reader, at, OPTIONS, () => Promise.resolve()),
            card: await engine.card(reader, cardAt, 'all', OPTIONS, () => Promise.resolve()),
          },
          undefined,
          1,
        );
      if (version === 0) {
        // Nothing is known of earlier versions, but what is asked here is known later.
        await textAt(known, { doc, offset, stacks });
        continue;
      }
      const key = JSON.stringify([offset, ...texts]);
      const made =
        fromScratch.get(key) ??
        textAt(nodeEngine(), { doc, offset, stacks: stacksFromScratch(reader, doc) }, { doc, offset });
      fromScratch.set(key, made);
      const [before, scratch] = await Promise.all([textAt(known, { doc, offset, stacks }), made]);
      if (before !== scratch) return { version, offset, known: before, scratch };
    }
  }
  return undefined;
}

/**
 * The stacks of a document that was not analyzed, so that they have no findings. The explanations of one place are made
 * with them.
 */
function stacksFromScratch(reader: Reader, doc: Uri): FinishedStacks {
  const cache = new ParseCache();
  return stacksOf(collect(reader, [doc], OPTIONS, cache), OPTIONS, cache) as FinishedStacks;
}

/** What a hover shows. */
async function hoverText(engine: Engine, reader: Reader, at: DocumentOffset): Promise<string> {
  const pause = (): Promise<void> => Promise.resolve();
  const card = await engine.card(reader, at, 'all', OPTIONS, pause);
  const explained = await engine.explain(reader, at, { ...OPTIONS, isShort: true }, pause);
  const decisions = explained?.onlyBelow ? [] : (explained?.decisions.filter(({ here }) => here.length > 0) ?? []);
  return JSON.stringify({ card, decisions, computed: explained?.computed && explained.explanation });
}

/** Nothing of a hover that has to wait for the findings. */
function ifUnchecked(error: unknown): string {
  if (error instanceof Unchecked) return '';
  throw error;
}

function findingsIn({ documents }: Analysis): string {
  return JSON.stringify(documents.map(({ findings }) => findings.map(({ rule, at, message }) => [rule, at, message])));
}
