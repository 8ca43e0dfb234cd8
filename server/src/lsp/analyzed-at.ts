/** The stacks for a request about a position: those of the last analysis, or of the running one. */
import type { CancellationToken } from 'vscode-languageserver';
import type { AnalyzedStacks } from '../engine/analyzed-stacks.ts';
import type { OpenDocument } from './documents.ts';
import type { Engine } from './engine.ts';
import type { RecentStacks } from './recent-stacks.ts';
import { Superseded } from './run.ts';
import type { Session } from './session.ts';
import { isOnChangedLine, NO_SHIFT } from '../base/shift.ts';

/** How the text has changed since the analysis, whose stacks are undefined if the document is not analyzed. */
export interface AnalyzedText extends Pick<RecentStacks, 'shift'> {
  readonly stacks?: AnalyzedStacks;
}

/**
 * The stacks of the last analysis. While another one is running or waits for the user to pause, these are the stacks of
 * the text before. If the offset is on a line that has changed, or the document was not analyzed before, they are those
 * of the running analysis as soon as they are built. A document that is not analyzed is read for the hover.
 */
export async function analyzedAt(
  session: Session,
  engine: Engine,
  { doc, text }: OpenDocument,
  offset: number,
  token: CancellationToken,
): Promise<AnalyzedText> {
  const before = engine.recent(doc, text);
  if (before && !isOnChangedLine(before.shift, text, offset)) return before;
  await session.results.built(doc, token);
  const built = engine.built(doc, text);
  if (built) return { stacks: built, shift: NO_SHIFT };
  await session.results.analyzed(doc, token);
  const now = engine.recent(doc, text);
  if (now && isOnChangedLine(now.shift, text, offset)) throw new Superseded();
  return now ?? { shift: NO_SHIFT };
}

/**
 * The stacks of an analysis of the text as it is now; undefined if it is not analyzed, or changes meanwhile.
 * @param state Whether they may be those of the running analysis, which are not checked yet.
 */
export async function stacksNow(
  session: Session,
  engine: Engine,
  { doc, text }: OpenDocument,
  state: 'built' | 'analyzed',
  token: CancellationToken,
): Promise<AnalyzedStacks | undefined> {
  const known = (): AnalyzedStacks | undefined => {
    const stacks = engine.recent(doc, text)?.stacks;
    const read = stacks?.documents.snapshot.file(doc);
    if (read?.kind === 'text' && read.text === text) return stacks;
    return state === 'built' ? engine.built(doc, text) : undefined;
  };
  try {
    if (!known()) await session.results[state](doc, token);
    if (!known()) await session.results.analyzed(doc, token);
  } catch (error) {
    if (!(error instanceof Superseded)) throw error;
  }
  return known();
}
