/** Merging of patches that were made from the same state of the documents. */
import { flatMap } from '../base/flat-map.ts';
import type { Range, Uri } from '../base/span.ts';
import type { Patch, TextEdit } from '../model/finding.ts';
import type { TreeEdit } from '../syntax/tree-edit.ts';
import { sameValue } from './new-node.ts';
import { areCompatible, changesBehind, writeEdits } from './write.ts';

export interface MergedPatches<P> {
  /** Sorted by document and place, without overlaps. */
  readonly edits: readonly TextEdit[];
  readonly accepted: readonly P[];
  readonly rejected: readonly P[];
}

/**
 * Takes patches in their order, each as a whole, and rejects one that contradicts what was taken before; it can be
 * computed again from the result. Patches of `writeEdits` are put together as changes of trees, so that what several of
 * them add to one place is there in order and what they all need is made once. Others are put together as text.
 * @param textOf the text of a document that the patches were made from.
 */
export function mergePatches<P extends Patch>(
  patches: readonly P[],
  textOf: (doc: Uri) => string | undefined,
): MergedPatches<P> {
  return mergeChanges(patches) ?? mergeTexts(patches, textOf);
}

/** The maximum number of changes considered in the search for conflicts. Patches beyond it are rejected. */
const BUDGET = 300_000;

/** Undefined when the changes after a patch are not known, or when their texts meet although the changes do not. */
function mergeChanges<P extends Patch>(patches: readonly P[]): MergedPatches<P> | undefined {
  if (patches.some((patch) => !changesBehind(patch))) return undefined;
  const accepted = new Acceptance(BUDGET).accept([], patches);
  const written = writeEdits(together([], accepted));
  if ('refused' in written) return undefined;
  const taken = new Set(accepted);
  return { edits: written.edits, accepted, rejected: patches.filter((patch) => !taken.has(patch)) };
}

/** Finds compatible patches: all at once if possible, else by bisection. */
class Acceptance {
  #budget: number;

  constructor(budget: number) {
    this.#budget = budget;
  }

  accept<P extends Patch>(before: readonly TreeEdit[], patches: readonly P[]): readonly P[] {
    const all = together(before, patches);
    this.#budget -= all.length;
    if (this.#budget < 0) return [];
    if (areCompatible(all)) return patches;
    if (patches.length === 1) return [];
    const middle = patches.length >> 1;
    const first = this.accept(before, patches.slice(0, middle));
    return [...first, ...this.accept(together(before, first), patches.slice(middle))];
  }
}

/** The changes of patches after others. An item that several patches insert at one place is inserted once. */
function together(before: readonly TreeEdit[], patches: readonly Patch[]): readonly TreeEdit[] {
  const all = [...before];
  const inserted = new Map<unknown, TreeEdit[]>();
  for (const patch of patches) {
    const fresh = changesBehind(patch)!.filter(
      (edit) => edit.op !== 'insertItem' || !inserted.get(edit.list)?.some((other) => isSameInsertion(edit, other)),
    );
    for (const edit of fresh)
      if (edit.op === 'insertItem') inserted.set(edit.list, [...(inserted.get(edit.list) ?? []), edit]);
    all.push(...fresh);
  }
  return all;
}

function isSameInsertion(a: TreeEdit, b: TreeEdit): boolean {
  return a.op === 'insertItem' && b.op === 'insertItem' && a.index === b.index && sameValue(a.value, b.value);
}

/** Accepts a patch that does not overlap or touch accepted ones. Equal edits are merged. */
function mergeTexts<P extends Patch>(
  patches: readonly P[],
  textOf: (doc: Uri) => string | undefined,
): MergedPatches<P> {
  const accepted: P[] = [];
  const rejected: P[] = [];
  const taken: TextEdit[] = [];
  const extents: TextEdit[] = [];
  for (const patch of patches) {
    const fresh = patch.edits.filter((edit) => !taken.some((other) => isSame(edit, other)));
    const own = [...new Set(fresh.map(({ doc }) => doc))].map((doc) =>
      extent(fresh.filter((edit) => edit.doc === doc)),
    );
    if (
      own.some((edit) => extents.some((other) => edit.doc === other.doc && meet(edit, other, textOf(edit.doc) ?? '')))
    ) {
      rejected.push(patch);
      continue;
    }
    accepted.push(patch);
    taken.push(...fresh);
    extents.push(...own);
  }
  const docs = [...new Set(taken.map(({ doc }) => doc))];
  return { edits: flatMap(docs, (doc) => sorted(taken.filter((edit) => edit.doc === doc))), accepted, rejected };
}

/** Everything from the first to the last edit of a patch in one document: they belong together. */
function extent(edits: readonly TextEdit[]): TextEdit {
  const range: Range = {
    start: Math.min(...edits.map((edit) => edit.range.start)),
    end: Math.max(...edits.map((edit) => edit.range.end)),
  };
  return { doc: edits[0]!.doc, range, newText: edits.map((edit) => edit.newText).join('') };
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.doc === b.doc && a.range.start === b.range.start && a.range.end === b.range.end && a.newText === b.newText;
}

/** Whether edits overlap or touch, or remove what is beside each other, which may leave a map without pairs. */
function meet(a: TextEdit, b: TextEdit, text: string): boolean {
  if (a.range.start <= b.range.end && b.range.start <= a.range.end) return true;
  if (a.newText !== '' || b.newText !== '') return false;
  const [first, second] = a.range.start < b.range.start ? [a, b] : [b, a];
  return text
    .slice(first.range.end, second.range.start)
    .split(/[\n\r\u2028\u2029]/)
    .every((line) => /^\s*(?:#|$)/.test(line));
}

/** Applies non-overlapping edits to the text of a document. */
export function applyEdits(text: string, edits: readonly Pick<TextEdit, 'range' | 'newText'>[]): string {
  let result = '';
  let at = 0;
  for (const { range, newText } of sorted(edits)) {
    result += text.slice(at, range.start) + newText;
    at = range.end;
  }
  return result + text.slice(at);
}

function sorted<E extends Pick<TextEdit, 'range'>>(edits: readonly E[]): readonly E[] {
  return edits.toSorted((a, b) => a.range.start - b.range.start);
}
