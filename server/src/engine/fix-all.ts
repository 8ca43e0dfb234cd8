import { flatMap } from '../base/flat-map.ts';
import { groupedBy } from '../base/groups.ts';
import type { FileAnswer, Reader } from '../base/snapshot.ts';
import type { Span, Uri } from '../base/span.ts';
import { finished, type Steps } from '../base/steps.ts';
import { applyEdits, mergePatches } from '../fixes/merge.ts';
import type { Finding, LoweredFix, RefusedFix } from '../model/finding.ts';
import type { Analysis, AnalysisOptions } from './analysis.ts';
import { ParseCache } from './parse-cache.ts';
import { running } from './run.ts';

/** The maximum number of passes. */
export const MAX_PASSES = 10;

export interface FixedDocuments {
  /** The new text of each document that changed. */
  readonly texts: ReadonlyMap<Uri, string>;
  readonly passes: number;
  /** The number of fixed findings by document. */
  readonly fixed: ReadonlyMap<Uri, number>;
  /** The safe fixes of the remaining findings that are not applicable. */
  readonly refused: readonly RefusedAt[];
}

/** A refused fix and the place of its finding, in the text after all fixes. */
export interface RefusedAt extends RefusedFix {
  readonly at: Span;
}

/**
 * Applies the safe fixes of the certain findings of the named documents, and analyzes again until there are none. Fixes
 * that overlap are applied in the next pass. A fix can change other documents. After the maximum number of passes, the
 * remaining findings are kept. Entries of the configuration that have no effect are removed if the run covers it.
 */
export function fixAll(
  reader: Reader,
  named: readonly Uri[],
  options: AnalysisOptions,
  cache = new ParseCache(),
): FixedDocuments {
  return finished(fixingAll(reader, named, options, cache));
}

/** Does `fixAll` in steps. */
export function fixingAll(
  reader: Reader,
  named: readonly Uri[],
  options: AnalysisOptions,
  cache = new ParseCache(),
): Steps<FixedDocuments> {
  return fixingPasses(reader, function* (current) {
    return fixableIn(yield* running(current, named, optionsOfFixes(options), cache));
  });
}

/** The options of an analysis for fixes. */
export function optionsOfFixes(options: AnalysisOptions): AnalysisOptions {
  return { ...options, certainty: 'certain' };
}

/** What fixes need of an analysis. */
export interface Fixable {
  readonly patches: readonly FindingPatch[];
  readonly refused: readonly RefusedAt[];
  /** The findings in the configuration. */
  readonly configured: readonly Finding[];
}

/**
 * What fixes need of an analysis: the safe fix of each finding that has one, and refused safe fixes of findings without
 * a fix.
 */
export function fixableIn({ documents, configured }: Pick<Analysis, 'documents' | 'configured'>): Fixable {
  return {
    patches: flatMap(documents, ({ doc, findings }) => flatMap(findings, (one) => safePatch(doc, one))),
    refused: flatMap(documents, ({ findings }) => flatMap(findings, refusedSafe)),
    configured,
  };
}

/**
 * Does the passes of `fixAll` in steps.
 * @param analyzing Analyzes all documents. Receives a reader of the texts that the passes before have made, and which
 * documents the last one has changed.
 */
export function* fixingPasses(
  reader: Reader,
  analyzing: (current: Reader, changed: ReadonlySet<Uri>) => Steps<Fixable>,
): Steps<FixedDocuments> {
  const texts = new Map<Uri, string>();
  const fixed = new Map<Uri, number>();
  let changed = new Set<Uri>();
  let passes = 0;
  let refused: readonly RefusedAt[] = [];
  let configured: readonly Finding[] = [];
  const apply = (patches: readonly FindingPatch[]): boolean => {
    if (patches.length === 0) return false;
    const { edits, accepted } = mergePatches(patches, (doc) => texts.get(doc) ?? textOf(reader.file(doc)));
    const before = new Map(edits.map(({ doc }) => [doc, texts.get(doc) ?? textOf(reader.file(doc))]));
    if ([...before.values()].includes(undefined)) return false;
    const editsOf = groupedBy(edits, ({ doc }) => doc);
    for (const [doc, text] of before) texts.set(doc, applyEdits(text!, editsOf.get(doc)!));
    changed = new Set(before.keys());
    for (const { doc } of accepted) fixed.set(doc, (fixed.get(doc) ?? 0) + 1);
    return true;
  };
  while (passes < MAX_PASSES) {
    const fixable = yield* analyzing(overlaid(reader, texts), changed);
    ({ refused, configured } = fixable);
    if (!apply(fixable.patches)) break;
    passes++;
  }
  // The configuration is not read again between passes, so its entries are removed once.
  apply(flatMap(configured, (finding) => safePatch(finding.at.doc, finding)));
  return { texts, passes, fixed, refused };
}

/** A fix of a finding in a document. */
export type FindingPatch = LoweredFix & { readonly doc: Uri };

/** The safe fix of a finding. */
function safePatch(doc: Uri, { fixes }: Finding): readonly FindingPatch[] {
  const fix = fixes.find(({ safe }) => safe);
  return fix ? [{ ...fix, doc }] : [];
}

/** The safe fix of a finding that is not applicable, if it has no other fix. */
function refusedSafe({ at, fixes, refused }: Finding): readonly RefusedAt[] {
  const first = fixes.length === 0 ? refused.find(({ safe }) => safe) : undefined;
  return first ? [{ ...first, at }] : [];
}

function textOf(answer: FileAnswer): string | undefined {
  return answer.kind === 'text' ? answer.text : undefined;
}

/** A reader with other texts for some files. */
function overlaid(reader: Reader, texts: ReadonlyMap<Uri, string>): Reader {
  const file = (uri: Uri): FileAnswer => {
    const text = texts.get(uri);
    return text === undefined ? reader.file(uri) : { kind: 'text', text, version: `fixed ${text}` };
  };
  return {
    file,
    head: (uri) => (texts.has(uri) ? file(uri) : reader.head(uri)),
    folder: (uri) => reader.folder(uri),
    data: (name) => reader.data(name),
  };
}
