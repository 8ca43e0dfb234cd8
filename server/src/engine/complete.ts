/** Completion at a position of a document: the document is parsed with a mark in place of the incomplete word. */
import { isConfigurationFile } from '../base/configuration-file.ts';
import { withinBudget } from '../base/budget.ts';
import type { FileAnswer, Reader } from '../base/snapshot.ts';
import { finished } from '../base/steps.ts';
import type { Uri } from '../base/span.ts';
import { completionsAt, type Completions } from '../completion/completion.ts';
import { cursorAt, marked } from '../completion/cursor.ts';
import { blockAround, ownNames } from '../completion/terraform-block.ts';
import { HEAD } from '../formats/detect.ts';
import { configurationSyntax } from '../formats/terraform/files.ts';
import { isToolOutput } from '../model/format.ts';
import { parse, parsing } from '../syntax/parse.ts';
import { nameOf } from '../base/uri.ts';
import type { AnalysisOptions } from './analysis.ts';
import { completeConfiguration } from './complete-configuration.ts';
import { inspect } from './inspect.ts';
import type { ParseCache } from './parse-cache.ts';
import { collect } from './run.ts';

export interface CompletionOptions extends AnalysisOptions {
  /** Whether completions in a configuration file have what its JSON Schema has; by default they have. */
  readonly schemaHelp?: boolean;
}

/** Text that each document with a policy contains. */
const POLICY = /statement|polic/i;

/**
 * The completions at an offset; undefined if there are none. After the time limit, the result is empty and incomplete.
 * @param cache The trees of documents as they are while a user types. It must not be the cache of `analyze`, because each mark changes the
 * document.
 */
export function completeAt(
  reader: Reader,
  doc: Uri,
  offset: number,
  options: CompletionOptions,
  cache: ParseCache,
): Completions | undefined {
  return withinBudget(
    options.expired,
    () => completed(reader, doc, offset, options, cache),
    () => ({ items: [], cut: true }),
  );
}

function completed(
  reader: Reader,
  doc: Uri,
  offset: number,
  options: CompletionOptions,
  cache: ParseCache,
): Completions | undefined {
  const answer = reader.file(doc);
  if (answer.kind === 'text' && isConfigurationFile(nameOf(doc)))
    return completeConfiguration(doc, answer.text, offset, options.schemaHelp);
  if (answer.kind !== 'text' || !POLICY.test(answer.text)) return undefined;
  const { text, version } = answer;
  const language = configurationSyntax(doc)?.language ?? (/\.json$/i.test(doc) ? 'json' : undefined);
  finished(cache.parsing(doc, version, (known) => parsing(doc, text, language, known)));
  const tree = cache.tree(doc, version, () => parse(doc, text, language));
  const cursor = cursorAt(tree, offset);
  if (!cursor) return undefined;
  for (const [attempt, withMark] of marked(text, cursor).entries()) {
    if (options.cancelled?.()) return undefined;
    const over = withText(reader, doc, withMark, `${version} ${offset} ${attempt}`);
    const inspected = inspect(collect(over, [doc], options, cache), doc, options, cache);
    if (!inspected || isToolOutput(inspected.stack.format)) continue;
    const found = completionsAt({
      stack: inspected.stack,
      cursor,
      block: blockAround(inspected.tree),
      names: ownNames(inspected.tree),
      data: (name) => reader.data(name),
    });
    if (found) return found;
  }
  return undefined;
}

/** A reader with another text for one document. */
function withText(reader: Reader, doc: Uri, text: string, version: string): Reader {
  const answer: FileAnswer = { kind: 'text', text, version: `${version} ${text.length}` };
  return {
    file: (uri) => (uri === doc ? answer : reader.file(uri)),
    head: (uri) => (uri === doc ? { ...answer, text: text.slice(0, HEAD) } : reader.head(uri)),
    folder: (uri) => reader.folder(uri),
    data: (name) => reader.data(name),
  };
}
