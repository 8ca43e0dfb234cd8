/**
 * The last step of a fix: changes to located trees become minimal text edits that keep everything else. Changes in an
 * embedded document are written there first and then, escaped, into the documents around it.
 */
import { flatMap } from '../base/flat-map.ts';
import type { Range, Uri } from '../base/span.ts';
import type { Patch, TextEdit } from '../model/finding.ts';
import type { SyntaxProblem, Tree } from '../syntax/tree.ts';
import { Blocks, Encoded, Tagged, Verbatim, type NewNode, type TreeEdit } from '../syntax/tree-edit.ts';
import { collectChanges } from './changes.ts';
import { expressionSyntax } from './expression-syntax.ts';
import { inDocument, isWrittenInHcl } from './in-document.ts';
import { writeHcl } from './hcl-writer.ts';
import { jsonSyntax, writeFlow } from './json-writer.ts';
import { lineEnd, lineStart } from './lines.ts';
import { checkPlace } from './place.ts';
import { Refused } from './refused.ts';
import { disjointSplices, joined, type Splice } from './splice.ts';
import { writeYaml } from './yaml-writer.ts';

/** A patch with the changes that it was written from. */
export interface WrittenPatch extends Patch {
  readonly changes: () => readonly TreeEdit[];
}

export type WriteResult = WrittenPatch | { readonly refused: string };

/**
 * Turns changes into one patch: non-overlapping text edits by document and range, or the reason why a change cannot be
 * written. Edits of one tree are combined: a missing parent with several additions is created once.
 */
export function writeEdits(edits: readonly TreeEdit[]): WriteResult {
  try {
    const trees = [...new Set(edits.map((edit) => edit.tree))];
    const groups = trees.map((tree) => ({
      doc: tree.doc,
      splices: written(
        tree,
        edits.filter((edit) => edit.tree === tree),
      ),
    }));
    const docs = [...new Set(groups.map(({ doc }) => doc))];
    const patch = flatMap(docs, (doc) =>
      textEdits(doc, disjointSplices(groups.filter((g) => g.doc === doc).map((g) => g.splices))),
    );
    return { edits: patch, changes: () => edits };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
}

/** The changes that a patch was written from, if they are known. Only `writeEdits` makes patches that have them. */
export function changesBehind({ changes }: Patch): readonly TreeEdit[] | undefined {
  return changes?.() as readonly TreeEdit[] | undefined;
}

/** Whether changes are compatible, as far as the trees show. */
export function areCompatible(edits: readonly TreeEdit[]): boolean {
  try {
    for (const tree of new Set(edits.map((edit) => edit.tree)))
      collectChanges(
        tree,
        edits.filter((edit) => edit.tree === tree),
      );
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

/**
 * A surrogate without its other half, which no document may contain. Logical IDs with one are in new references too.
 */
const LONE_SURROGATE = /\p{Surrogate}/u;

function textEdits(doc: Uri, splices: readonly Splice[]): TextEdit[] {
  if (splices.some(({ newText }) => LONE_SURROGATE.test(newText)))
    throw new Refused('A name has a character that is not allowed.');
  return splices.map(({ start, end, newText }) => ({ doc, range: { start, end }, newText }));
}

/** The replacements in the outermost document. An expression of HCL is written as a part of its file. */
function written(tree: Tree, edits: readonly TreeEdit[]): readonly Splice[] {
  checkVerbatim(tree, edits);
  if (!isWrittenInHcl(tree)) return outward(tree, joined(writeTree(tree, edits)));
  const { outer, scalar } = tree.layer!;
  checkPlace(outer, scalar);
  const own = edits.map(inDocument);
  return outward(outer, joined(writeTree(own[0]!.tree, own)));
}

function checkVerbatim(tree: Tree, edits: readonly TreeEdit[]): void {
  if (edits.some((edit) => 'value' in edit && verbatimIn(edit.value).some((one) => one.tree !== tree)))
    throw new Refused('The text to copy is in another string.');
}

function writeTree(tree: Tree, edits: readonly TreeEdit[]): Splice[] {
  const changes = collectChanges(tree, edits);
  const splices =
    tree.language === 'yaml'
      ? writeYaml(changes)
      : tree.language === 'hcl'
        ? writeHcl(changes)
        : writeFlow(changes, tree.language === 'expression' ? expressionSyntax(tree) : jsonSyntax(tree));
  const texts = [...changes.texts.values()].flat().map(({ range, text }): Splice => ({ ...range, newText: text }));
  return [...splices, ...texts].filter(({ start, end, newText }) => tree.text.slice(start, end) !== newText);
}

function verbatimIn(value: NewNode): readonly Verbatim[] {
  if (value instanceof Verbatim) return [value];
  if (value instanceof Blocks) return flatMap(value.bodies, verbatimIn);
  if (value instanceof Encoded) return verbatimIn(value.value);
  if (typeof value !== 'object' || value === null) return [];
  return flatMap(value instanceof Tagged ? [value.value] : (Object.values(value) as readonly NewNode[]), verbatimIn);
}

/** The same replacements in the text of the outermost document. */
function outward(tree: Tree, splices: readonly Splice[]): readonly Splice[] {
  for (const splice of splices) checkReadable(tree, splice);
  const { layer } = tree;
  if (!layer || splices.length === 0) return splices;
  return outward(
    layer.outer,
    splices.map(({ start, end, newText }) => {
      const held = layer.holding({ start, end });
      if (!held) throw new Refused('The change would span several parts of a concatenated string.');
      const { layer: one, from } = held;
      checkPlace(one.outer, one.scalar);
      const encoded = layer.encode(newText, start);
      if (encoded === undefined) throw new Refused('The surrounding string cannot contain the change.');
      return { start: one.outerOffset(start - from), end: one.outerOffset(end - from), newText: encoded };
    }),
  );
}

/** Rejects a change to lines with syntax errors. */
function checkReadable(tree: Tree, range: Range): void {
  const start = lineStart(tree.text, range.start);
  const end = lineEnd(tree.text, range.end);
  const problem = tree.problems.find((p) => p.start <= end && p.end >= start && !isExtension(tree, p));
  if (problem) throw new Refused(`The target has a syntax error: ${problem.message}`);
}

/** What strict JSON does not have and every lenient reader understands: comments, and a comma after the last child. */
function isExtension(tree: Tree, problem: SyntaxProblem): boolean {
  return tree.language === 'json' && /^(?:,|\/\/|\/\*)/.test(tree.text.slice(problem.start, problem.end));
}
