/** Completion at a position of a document: the document is parsed with a mark in place of the incomplete word. */
import { HEAD_SIZE } from '../base/file-head.ts';
import { isConfigurationFile } from '../base/configuration-file.ts';
import { withinBudget } from '../base/budget.ts';
import type { FileAnswer, Reader } from '../base/snapshot.ts';
import { finished } from '../base/steps.ts';
import type { Uri } from '../base/span.ts';
import { completionsAt, type Completions } from '../completion/completion.ts';
import { cursorAt, markedTexts, type Cursor } from '../completion/cursor.ts';
import {
  reducedByChange,
  withoutOthers,
  withParts,
  type ReducedText,
  type Reducing,
} from '../completion/own-resource.ts';
import { isOutsidePolicies, markIn } from '../completion/policy-place.ts';
import { NATIVE_TYPES } from '../completion/stack-resources.ts';
import { blockAround, OWN_DATA, ownDataSources } from '../completion/terraform-block.ts';
import { unneededBlocks } from '../formats/terraform/unneeded-blocks.ts';
import { configurationSyntax } from '../formats/terraform-files.ts';
import { isToolOutput } from '../model/format.ts';
import { policiesAround } from '../model/policies-around.ts';
import { parse, parsing } from '../syntax/parse.ts';
import type { Language, Tree } from '../syntax/tree.ts';
import { folderOf, nameOf } from '../base/uri.ts';
import type { AnalysisOptions } from './analysis.ts';
import { completeConfiguration } from './complete-configuration.ts';
import { documentStack, stacksOf } from './analyzed-stacks.ts';
import type { ParseCache } from './parse-cache.ts';
import { collect } from './run.ts';

export interface CompletionOptions extends AnalysisOptions {
  /** Whether completions in a configuration file have what its JSON Schema has; by default they have. */
  readonly schemaHelp?: boolean;
}

/** The types of the blocks of a configuration that completions name. */
const NAMED_BLOCKS: ReadonlySet<string> = new Set([...NATIVE_TYPES, ...Object.values(OWN_DATA)]);

/** Text that each document with a policy contains. */
const POLICY = /statement|polic/i;

/**
 * The completions at an offset; undefined if there are none. After the time limit, the result is empty and incomplete.
 * @param cache The trees of documents with a mark. It must not be the cache of `analyze`, because each mark changes the
 * document.
 * @param read The trees of documents as they are, which can be the cache of `analyze`.
 */
export function completeAt(
  reader: Reader,
  doc: Uri,
  offset: number,
  options: CompletionOptions,
  cache: ParseCache,
  read = cache,
): Completions | undefined {
  return withinBudget(
    options.expired,
    () => completed(reader, doc, offset, options, cache, read),
    () => ({ items: [], cut: true }),
  );
}

function completed(
  reader: Reader,
  doc: Uri,
  offset: number,
  options: CompletionOptions,
  cache: ParseCache,
  read: ParseCache,
): Completions | undefined {
  const answer = reader.file(doc);
  if (answer.kind === 'text' && isConfigurationFile(nameOf(doc)))
    return completeConfiguration(doc, answer.text, offset, options.schemaHelp);
  if (answer.kind !== 'text' || !POLICY.test(answer.text)) return undefined;
  const { text, version } = answer;
  const configuration = configurationSyntax(doc)?.language;
  // An author types while the analysis of the last version is the newest, and in a large document it takes long to
  // parse it again.
  const reduced = configuration
    ? reducedConfiguration(reader, doc, text, offset, configuration, read)
    : reducedTemplate(doc, text, version, offset, read);
  if (reduced) {
    const small = withText(reader, doc, reduced.text, `${version} ${offset}`);
    const { found, isCertain } = completedIn(
      small,
      doc,
      reduced.offset,
      reduced.language,
      options,
      cache,
      cache,
      reduced.fits,
    );
    if (found || isCertain) return found && moved(found, reduced.removed);
  }
  const language = configuration ?? (/\.json$/i.test(doc) ? 'json' : undefined);
  // An analysis can know that brackets are JSON or YAML by more than the text.
  const of = language === undefined && /^\uFEFF?\s*[{[]/.test(text) ? cache : read;
  return completedIn(reader, doc, offset, language, options, cache, of).found;
}

/** A text that has the completions of a document. */
interface Reduced extends ReducedText {
  /** Whether the tree of the text shows that it is enough. */
  readonly fits?: (tree: Tree) => boolean;
}

/** A template by the tree of its last version. */
function reducedTemplate(
  doc: Uri,
  text: string,
  version: string,
  offset: number,
  read: ParseCache,
): Reduced | undefined {
  const last = read.last(doc);
  return last && last.version !== version ? reducedByChange(last.made, text, offset) : undefined;
}

/** A file of a Terraform configuration by what is known of the last version of its directory. */
function reducedConfiguration(
  reader: Reader,
  doc: Uri,
  text: string,
  offset: number,
  language: Language,
  read: ParseCache,
): Reduced | undefined {
  const unneeded = unneededBlocks(read.knownUnits?.get(folderOf(doc)), { doc, text, offset }, reader, NAMED_BLOCKS);
  return (
    unneeded && { ...withParts({ text, language, offset, start: unneeded.start }, unneeded.parts), fits: unneeded.fits }
  );
}

/** Completions whose edits are further behind. */
function moved({ items, cut }: Completions, by: number): Completions {
  return {
    cut,
    items: items.map((item) => {
      const { start, end } = item.edit.range;
      return { ...item, edit: { ...item.edit, range: { start: start + by, end: end + by } } };
    }),
  };
}

/**
 * The completions in a document that can be read.
 * @param of The trees of the document.
 * @param fits Whether the text is enough, by its tree.
 */
function completedIn(
  reader: Reader,
  doc: Uri,
  offset: number,
  language: Language | undefined,
  options: CompletionOptions,
  cache: ParseCache,
  of: ParseCache,
  fits: (tree: Tree) => boolean = () => true,
): { readonly found: Completions | undefined; readonly isCertain: boolean } {
  const answer = reader.file(doc);
  if (answer.kind !== 'text') return { found: undefined, isCertain: true };
  const { text, version } = answer;
  finished(of.parsing(doc, version, (known) => parsing(doc, text, language, known)));
  const tree = of.tree(doc, version, () => parse(doc, text, language));
  if (!fits(tree)) return { found: undefined, isCertain: false };
  const isCertain = tree.problems.length === 0;
  const cursor = cursorAt(tree, offset);
  if (!cursor) return { found: undefined, isCertain };
  const reducing = withoutOthers(tree, offset);
  const completedWith = (reduce: Reducing): Completions | undefined => {
    for (const [attempt, withMark] of markedTexts(text, cursor).entries()) {
      if (options.cancelled?.()) return undefined;
      const over = withText(reader, doc, reduce(withMark), `${version} ${offset} ${attempt}`);
      const found = completionsIn(over, doc, cursor, options, cache);
      if (found) return found;
    }
    return undefined;
  };
  const found = reducing && completedWith(reducing);
  // In a text with an error, it may not be known where resources begin.
  return { found: found || (reducing && isCertain) ? found : completedWith((withMark) => withMark), isCertain };
}

/** The completions in a document with a mark. */
function completionsIn(
  reader: Reader,
  doc: Uri,
  cursor: Cursor,
  options: CompletionOptions,
  cache: ParseCache,
): Completions | undefined {
  const stacks = stacksOf(collect(reader, [doc], options, cache), options, cache);
  const tree = stacks.documents.tree(doc, stacks.detected.get(doc)?.language);
  const mark = tree && markIn(tree);
  if (!mark || isOutsidePolicies(tree, mark)) return undefined;
  const inspected = documentStack(stacks, doc);
  if (!inspected || isToolOutput(inspected.stack.format)) return undefined;
  return completionsAt({
    stack: inspected.stack,
    policies: policiesAround(inspected.stack, doc, mark),
    cursor,
    block: blockAround(inspected.tree),
    names: ownDataSources(inspected.tree),
    data: (name) => reader.data(name),
  });
}

/** A reader with another text for one document. */
function withText(reader: Reader, doc: Uri, text: string, version: string): Reader {
  const answer: FileAnswer = { kind: 'text', text, version: `${version} ${text.length}` };
  return {
    file: (uri) => (uri === doc ? answer : reader.file(uri)),
    head: (uri) => (uri === doc ? { ...answer, text: text.slice(0, HEAD_SIZE) } : reader.head(uri)),
    folder: (uri) => reader.folder(uri),
    data: (name) => reader.data(name),
  };
}
