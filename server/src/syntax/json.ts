/**
 * Reads JSON with jsonc-parser's scanner and an explicit stack, so that depth costs nothing. Errors are reported and
 * change the tree as little as possible: a file that is being edited keeps its structure around the broken line.
 */
import type { Uri } from '../base/span.ts';
import { finished } from '../base/steps.ts';
import { JsonBuilder } from './json-builder.ts';
import { readingStrictly } from './json-strict.ts';
import type { DocumentTree } from './tree.ts';

export interface JsonOptions {
  /** Whether comments are a problem (they are not JSON) or welcome (in a dialect that has them). */
  readonly comments?: 'report' | 'allow';
}

/** Parses JSON. There is a tree for every text; several values in one file (JSON lines) are several roots. */
export function parseJson(doc: Uri, text: string, options: JsonOptions = {}): DocumentTree {
  return finished(parsingJson(doc, text, options));
}

/** Does `parseJson` in steps. */
export function* parsingJson(
  doc: Uri,
  text: string,
  options: JsonOptions = {},
): Generator<void, DocumentTree, undefined> {
  const root = yield* readingStrictly(text);
  if (root) return { doc, text, language: 'json', roots: [root], comments: [], problems: [] };
  const allowComments = options.comments === 'allow';
  let result = yield* new JsonBuilder(text, { allowComments, byIndentation: false }).building();
  if (result.unbalanced > 0 && /[\r\n]/.test(text)) {
    // Brackets do not match. Where text is indented as usual, the indentation shows which one is missing or too many.
    const guided = yield* new JsonBuilder(text, { allowComments, byIndentation: true }).building();
    if (guided.unbalanced <= result.unbalanced + 2) result = guided;
  }
  return { doc, text, language: 'json', roots: result.roots, comments: result.comments, problems: result.problems };
}
