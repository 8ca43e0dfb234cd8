import { LineIndex } from '../../server/src/base/line-index.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { stacksOf } from '../../server/src/engine/analyzed-stacks.ts';
import { explainIn } from '../../server/src/engine/explain.ts';
import { Explanations } from '../../server/src/engine/explanations.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import type { Explained } from '../../server/src/hover/explanation/explained.ts';
import type { Links } from '../../server/src/hover/explanation/markdown.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const RECOMMENDED: AnalysisOptions = {
  profile: 'recommended',
  certainty: 'certain',
  configuration: DEFAULT_CONFIGURATION,
};

/**
 * Explains offsets of a document that is alone. It is read once, and what was found at one offset is known at the next,
 * as in an editor: `engine/explained-stack.test.ts` proves that this changes nothing.
 */
export function explainer(
  name: string,
  text: string,
  options: Partial<AnalysisOptions> = {},
): (offset: number) => Explained | undefined {
  const doc = `file:///w/${name}`;
  const cache = new ParseCache();
  const allOptions = { ...RECOMMENDED, ...options };
  const snapshot = collect(memoryReader(new Map([[doc, text]])), [doc], allOptions, cache);
  const stacks = stacksOf(snapshot, allOptions, cache);
  const explanations = new Explanations();
  return (offset) => explainIn(() => stacks, doc, offset, allOptions, explanations.of.bind(explanations));
}

/**
 * The offsets of a text at which something else may be meant: where words, blanks and signs begin, and within words and
 * blanks. The other offsets are within the same word or the same blanks.
 */
export function distinctOffsets(text: string): readonly number[] {
  const offsets = [...text.matchAll(/[\w-]+|\s+|[^]/g)].flatMap(({ index, 0: token }) =>
    token.length > 1 ? [index, index + 1] : [index],
  );
  return [...offsets, text.length];
}

/** Places of one text by their lines, and pages of rules that are nowhere. */
export function linksIn(text: string): Links {
  const lines = new LineIndex(text);
  return {
    place: ({ doc, start }) => {
      const line = lines.positionAt(start).line + 1;
      return { text: `line ${line}`, href: `${doc}#L${line}` };
    },
    page: (rule) => `pages/${rule}.md`,
  };
}
