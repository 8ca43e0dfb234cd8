/**
 * Reads JSON with jsonc-parser's scanner and an explicit stack, so that depth costs nothing. Errors are reported and
 * change the tree as little as possible: a file that is being edited keeps its structure around the broken line.
 */
import type { Uri } from '../base/span.ts';
import { JsonBuilder } from './json-builder.ts';
import type { DocumentTree } from './tree.ts';

export interface JsonOptions {
  /** Whether comments are a problem (they are not JSON) or welcome (in a dialect that has them). */
  readonly comments?: 'report' | 'allow';
}

/** Parses JSON. There is a tree for every text; several values in one file (JSON lines) are several roots. */
export function parseJson(doc: Uri, text: string, options: JsonOptions = {}): DocumentTree {
  const allowComments = options.comments === 'allow';
  let result = new JsonBuilder(text, { allowComments, byIndentation: false }).build();
  if (result.unbalanced > 0 && /[\r\n]/.test(text)) {
    // Brackets do not match. Where text is indented as usual, the indentation tells which one is missing or too many.
    const guided = new JsonBuilder(text, { allowComments, byIndentation: true }).build();
    if (guided.unbalanced <= result.unbalanced + 2) result = guided;
  }
  return { doc, text, language: 'json', roots: result.roots, comments: result.comments, problems: result.problems };
}
