import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { Completion, Completions } from '../../server/src/completion/completion.ts';
import type { CompletionEdit } from '../../server/src/completion/write.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { completeAt } from '../../server/src/engine/complete.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { memoryReader } from '../kit/memory-reader.ts';

export const OPTIONS: AnalysisOptions = {
  profile: 'strict',
  certainty: 'certain',
  configuration: DEFAULT_CONFIGURATION,
};

interface Known {
  /** A text of the document that was parsed before. */
  readonly before?: string;
  /** The trees of earlier texts with a mark, as an editor keeps them. */
  readonly cache?: ParseCache;
}

/** What is offered at the `§` of a document that is alone. */
export function completedAt(
  name: string,
  marked: string,
  { before, cache = new ParseCache() }: Known = {},
): Completions | undefined {
  const doc = `file:///w/${name}`;
  const read = new ParseCache();
  if (before !== undefined) read.tree(doc, 'before', () => parse(doc, before));
  const offset = marked.indexOf('§');
  const reader = memoryReader(new Map([[doc, marked.replace('§', '')]]));
  return completeAt(reader, doc, offset, OPTIONS, cache, read);
}

/** The document after an item was chosen, with what is to be filled in between angles. */
export function chosen(marked: string, { edit }: Completion): string {
  const text = marked.replace('§', '');
  return text.slice(0, edit.range.start) + shown(edit) + text.slice(edit.range.end);
}

function shown({ pieces }: CompletionEdit): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : `‹${piece.blank}›`)).join('');
}
