/**
 * A fix must read back: its edits fit, the result parses, the finding is gone, nothing new is there but what the fix
 * says that it uncovers, comments stay, and the trees differ inside the resource alone.
 */
import type { Reader } from '../../server/src/base/snapshot.ts';
import type { Range, Span, Uri } from '../../server/src/base/span.ts';
import type { Analysis, AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { run } from '../../server/src/engine/run.ts';
import { configurationSyntax } from '../../server/src/formats/terraform-files.ts';
import { applyEdits } from '../../server/src/fixes/merge.ts';
import type { Finding, LoweredFix, TextEdit } from '../../server/src/model/finding.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { valueOf, type DocumentTree, type Tree } from '../../server/src/syntax/tree.ts';
import { memoryReader } from './memory-reader.ts';
import { changesElsewhere, counterpart, sameNode } from './tree-change.ts';
import { changedPolicies, isUncovered, rangesAfter, type ChangedPolicies } from './uncovered.ts';

/** What is wrong with one fix. */
export interface FixDefect {
  readonly doc: Uri;
  readonly rule: string;
  readonly path: string;
  readonly title: string;
  readonly reason: string;
}

/** Some of many fixes, where trying all takes too long. */
export interface Sample {
  /** At most so many, from the one at a fraction of all on. */
  readonly from?: number;
  readonly most?: number;
  /**
   * Does not analyze again after a fix whose findings are known, by its number among all: its edits and the tree after
   * it are checked.
   */
  readonly isKnown?: (fix: LoweredFix, number: number) => boolean;
}

/**
 * Tries every fix of every finding of an analysis on its own, or some of them; `reader`, `named` and `options` are what
 * was analysed.
 */
export function readBack(
  reader: Reader,
  named: readonly Uri[],
  before: Analysis,
  options: AnalysisOptions,
  cache = new ParseCache(),
  sample?: Sample,
): readonly FixDefect[] {
  const all = before.documents.flatMap(({ doc, findings }) =>
    findings.flatMap((finding) => finding.fixes.map((fix) => ({ doc, finding, fix }))),
  );
  const first = Math.floor((sample?.from ?? 0) * all.length);
  const trees = new Map<Uri, DocumentTree>();
  const treeBefore = (doc: Uri): DocumentTree => {
    const answer = reader.file(doc);
    const text = answer.kind === 'text' ? answer.text : '';
    const tree = trees.get(doc) ?? parse(doc, text, configurationSyntax(doc)?.language);
    trees.set(doc, tree);
    return tree;
  };
  const known = new Set(all.filter(({ fix }, number) => sample?.isKnown?.(fix, number)));
  const unknown = all.filter((one) => !known.has(one));
  const isRead = new Set([...unknown.slice(first), ...unknown.slice(0, first)].slice(0, sample?.most));
  return all.flatMap((one) => {
    const { doc, finding, fix } = one;
    const reasons = isRead.has(one)
      ? misreadings(reader, named, before, options, finding, fix, cache, treeBefore)
      : known.has(one)
        ? misplacements(reader, finding, fix, treeBefore)
        : [];
    return reasons.map((reason) => ({ doc, rule: finding.rule, path: finding.path, title: fix.title, reason }));
  });
}

/** The documents that a fix changes, as they are after it. Throws when its edits do not fit. */
export function applyFix(reader: Reader, fix: LoweredFix): ReadonlyMap<Uri, string> {
  const texts = new Map<Uri, string>();
  for (const doc of new Set(fix.edits.map((edit) => edit.doc))) {
    const answer = reader.file(doc);
    if (answer.kind !== 'text') throw new Error(`it edits ${doc}, which is ${answer.kind}`);
    const edits = fix.edits.filter((edit) => edit.doc === doc);
    checkEdits(answer.text, edits);
    texts.set(doc, applyEdits(answer.text, edits));
  }
  return texts;
}

/** The same; the reason, if its edits do not fit. */
function changedBy(reader: Reader, fix: LoweredFix): ReadonlyMap<Uri, string> | string {
  try {
    return applyFix(reader, fix);
  } catch (error) {
    return (error as Error).message;
  }
}

function checkEdits(text: string, edits: readonly TextEdit[]): void {
  let last = 0;
  for (const {
    range: { start, end },
  } of edits.toSorted((a, b) => a.range.start - b.range.start)) {
    if (start < last) throw new Error(`its edits overlap at ${start}`);
    if (end < start || end > text.length) throw new Error(`it edits ${start}..${end} of ${text.length} characters`);
    last = end;
  }
}

function misreadings(
  reader: Reader,
  named: readonly Uri[],
  before: Analysis,
  options: AnalysisOptions,
  finding: Finding,
  fix: LoweredFix,
  cache: ParseCache,
  treeBefore: (doc: Uri) => DocumentTree,
): readonly string[] {
  const texts = changedBy(reader, fix);
  if (typeof texts === 'string') return [texts];
  const changed = memoryReader(texts, reader);
  const after = run(changed, named, options, cache);
  let policies: ChangedPolicies | undefined;
  const isExpected = (fresh: Finding): boolean =>
    // A suppression of what is fixed is no longer used.
    fresh.rule === 'suppression-unused' ||
    isLeft(before, after, fresh) ||
    wasFound(before, fresh, fix.edits) ||
    isUncovered(fix, finding, fresh, () => (policies ??= changedPolicies(changed, named, options, fix)));
  return [
    ...newProblems(before, after),
    ...remains(before, after, finding, fix),
    ...newFindings(before, after, (rule) => run(reader, named, { ...options, rules: new Set([rule]) }, cache))
      .filter((fresh) => !isExpected(fresh))
      .map(
        (fresh) =>
          `a new finding: ${place(fresh)}${fix.uncovers ? ` (${fresh.severity}, and what was fixed is ${finding.severity})` : ''}`,
      ),
    ...[...texts].flatMap(([doc, text]) =>
      changesIn(treeBefore(doc), treeAfter(doc, text, treeBefore(doc), cache), finding, fix),
    ),
  ];
}

/** What can be seen of a fix without an analysis: its edits fit, the result parses, and nothing else changed. */
function misplacements(
  reader: Reader,
  finding: Finding,
  fix: LoweredFix,
  treeBefore: (doc: Uri) => DocumentTree,
): readonly string[] {
  const texts = changedBy(reader, fix);
  if (typeof texts === 'string') return [texts];
  return [...texts].flatMap(([doc, text]) => {
    const before = treeBefore(doc);
    const after = parse(doc, text, before.language);
    const fresh = after.problems.slice(before.problems.length).map(({ message }) => `a new problem: ${message}`);
    return [...fresh, ...changesIn(before, after, finding, fix)];
  });
}

/** The tree of a document after a fix, which its analysis has parsed if it is a document of that. */
function treeAfter(doc: Uri, text: string, { language }: DocumentTree, cache: ParseCache): Tree {
  const last = cache.last(doc);
  return last?.version === text && last.made.language === language ? last.made : parse(doc, text, language);
}

/** What changed in a document beside what the edits say, and resources that the finding is not about. */
function changesIn(before: Tree, after: Tree, finding: Finding, fix: LoweredFix): readonly string[] {
  const ranges = fix.edits.filter((edit) => edit.doc === before.doc).map((edit) => edit.range);
  // A fix of a suppression changes a comment, or the metadata of a resource.
  if (finding.rule.startsWith('suppression-'))
    return changesElsewhere(before, after, ranges).filter((reason) => reason !== 'comments changed');
  return [
    ...changesElsewhere(before, after, ranges),
    ...changedResources(before, after, new Set([finding.resource, ...finding.subjects])),
  ];
}

/**
 * The resources of a template that a fix changes and that the finding is not about. In Terraform companions have names
 * of their own.
 */
function changedResources(before: Tree, after: Tree, subjects: ReadonlySet<string | null>): readonly string[] {
  const [was, is] = [before, after].map((tree) => valueOf(tree.roots[0], 'Resources'));
  if (was?.kind !== 'map' || is?.kind !== 'map') return [];
  const names = new Set<string | null>(was.pairs.map(({ name }) => name));
  // A loop has several resources, whose names are computed.
  const isInLoop = [...subjects].some((subject) => !names.has(subject));
  return was.pairs
    .filter((pair) => {
      const other = counterpart(pair, was, is);
      const isLoop = isInLoop && pair.name.startsWith('Fn::ForEach::');
      return !isLoop && !subjects.has(pair.name) && !(other && sameNode(pair.value, other.value));
    })
    .map(({ name }) => `the resource ${name} changed, which the finding is not about`);
}

function newProblems(before: Analysis, after: Analysis): readonly string[] {
  const problems = (analysis: Analysis): readonly string[] =>
    analysis.documents.flatMap(({ doc, problems: own }) =>
      own.map(({ kind, message }) => `${doc}: ${kind}: ${message}`),
    );
  return surplus(problems(before), problems(after), (one) => one).map((problem) => `a new problem: ${problem}`);
}

/**
 * A finding is known by its rule, subjects, path and scenario; of several that agree in all, one has to be gone. Where
 * a fix uncovers something, that may be the next mistake in the same text, of which something else is said: where the
 * text has an effect now, in other words, else under another code. What stands for several of one cause is gone in part
 * when it leads to fewer. What was certain is gone when only something beside it is possible, which the fix has not
 * written.
 */
function remains(before: Analysis, after: Analysis, finding: Finding, fix: LoweredFix): readonly string[] {
  const { uncovers } = fix;
  const key = (one: Finding): string =>
    `${place(one)} ${JSON.stringify(one.when)} ${uncovers === 'effect' ? one.message : uncovers ? (one.aliases['access-analyzer']?.join() ?? '') : ''}`;
  const alike = (analysis: Analysis): readonly Finding[] =>
    findingsOf(analysis).filter((one) => key(one) === key(finding));
  const isWritten = ({ at }: Finding): boolean =>
    rangesAfter(fix.edits.filter(({ doc }) => doc === at.doc)).some(
      ({ start, end }) => start < at.end && end > at.start,
    );
  const isAlikeCertain = ({ certainty }: Finding): boolean => certainty === finding.certainty;
  const was = alike(before).filter(isAlikeCertain);
  // What was possible beside it before the fix is not what is left of it.
  const beside = alike(before).length - was.length;
  const written = alike(after).filter((one) => !isAlikeCertain(one) && isWritten(one));
  const is = [...alike(after).filter(isAlikeCertain), ...written.slice(beside)];
  if (is.length < was.length || places(is) < places(was)) return [];
  // Of two equal statements only the first is judged; once it is corrected they differ.
  const equal = (analysis: Analysis): number =>
    findingsOf(analysis).filter(({ rule }) => rule === 'iam-policy-duplicate-statement').length;
  return equal(after) < equal(before) ? [] : ['the finding is still there'];
}

/**
 * What is left of several of one cause is found at the next of them, and leads to fewer, whichever rule the fix is of.
 */
function isLeft(before: Analysis, after: Analysis, fresh: Finding): boolean {
  const ofRule = (analysis: Analysis): readonly Finding[] =>
    findingsOf(analysis).filter((one) => one.rule === fresh.rule);
  const was = ofRule(before);
  return was.some(({ related }) => related.length > 0) && places(ofRule(after)) < places(was);
}

/**
 * Whether a finding of the same rule led to the same place, as one of several of one cause that are no longer of one:
 * some of them weigh more now.
 */
function wasFound(before: Analysis, { rule, at }: Finding, edits: readonly TextEdit[]): boolean {
  const isHere = (place: Span): boolean => {
    const moved = place.doc === at.doc ? movedBy(edits, place) : undefined;
    return moved?.start === at.start && moved.end === at.end;
  };
  return findingsOf(before).some(
    (one) =>
      one.rule === rule && one.related.length > 0 && [one.at, ...one.related.map((other) => other.at)].some(isHere),
  );
}

/** Where a place is after edits; undefined when one of them changes it. */
function movedBy(edits: readonly TextEdit[], { doc, start, end }: Span): Range | undefined {
  let moved = 0;
  for (const { doc: edited, range, newText } of edits) {
    if (edited !== doc || range.start >= end) continue;
    if (range.end > start) return undefined;
    moved += newText.length - (range.end - range.start);
  }
  return { start: start + moved, end: end + moved };
}

/** How many places some findings lead to, their own included. */
function places(findings: readonly Finding[]): number {
  return findings.reduce((sum, { related }) => sum + 1 + related.length, 0);
}

/**
 * What is found after a fix and was not before. A finding that was there and dropped, because another rule says the
 * same better, is not new: whether it was is seen when its rule runs alone. Nor is one about something missing that
 * stood at the name of a resource and stands at a key now, because a fix for something else has written that key.
 */
function newFindings(before: Analysis, after: Analysis, alone: (rule: string) => Analysis): readonly Finding[] {
  const [was, is] = [findingsOf(before).map(place), findingsOf(after).map(place)];
  const gone = [...surplus(is, was, (one) => one)];
  const fresh = surplus(was, findingsOf(after), place).filter((one) => {
    const moved = gone.findIndex((other) => place(one).startsWith(other));
    if (moved >= 0) gone.splice(moved, 1);
    return moved < 0;
  });
  return fresh.filter((one) => !findingsOf(alone(one.rule)).map(place).includes(place(one)));
}

/**
 * Indexes change when an item goes, or what stood alone becomes one, and the operator of a condition when another one
 * is better, so that neither counts.
 */
function place({ rule, subjects, path }: Finding): string {
  return `${rule} ${subjects.join(',')} ${path.replace(/\[\d+\]|\.\d+(?=\.|$)/g, '').replace(/(?<=\bCondition\.)[^.[]+/, '*')}`;
}

function findingsOf(analysis: Analysis): readonly Finding[] {
  return analysis.documents.flatMap(({ findings }) => findings);
}

/** What is in `after` more often than in `before`, where it is known by its key. */
function surplus<T>(before: readonly string[], after: readonly T[], key: (one: T) => string): readonly T[] {
  const left = [...before];
  return after.filter((one) => {
    const index = left.indexOf(key(one));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
