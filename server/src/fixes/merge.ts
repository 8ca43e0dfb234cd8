/** Patches made from one state of the documents, put together into one. */
import type { Uri } from '../base/span.ts';
import type { TextEdit } from '../model/finding.ts';

export interface MergedPatches<P> {
  /** Sorted by document and place, without overlaps. */
  readonly edits: readonly TextEdit[];
  readonly accepted: readonly P[];
  readonly rejected: readonly P[];
}

/**
 * Takes patches in their order, each as a whole: one is rejected when any of its edits meets an edit that was taken before,
 * by overlap or side by side. Two insertions at one place may both make the same parent, and two removals with nothing but
 * comments between them may leave an empty value where one alone leaves a map. An edit that equals one that was taken is
 * made once. What is rejected can be computed anew from the result.
 * @param textOf the text of a document that the patches were made from.
 */
export function mergePatches<P extends { readonly edits: readonly TextEdit[] }>(patches: readonly P[], textOf: (doc: Uri) => string | undefined): MergedPatches<P> {
  const taken = new Map<Uri, TextEdit[]>();
  const accepted: P[] = [];
  const rejected: P[] = [];
  for (const patch of patches) {
    const fresh = patch.edits.filter((edit) => !taken.get(edit.doc)?.some((other) => isSame(edit, other)));
    if (fresh.some((edit) => taken.get(edit.doc)?.some((other) => meet(edit, other, textOf(edit.doc) ?? '')))) {
      rejected.push(patch);
      continue;
    }
    accepted.push(patch);
    for (const edit of fresh) taken.set(edit.doc, [...taken.get(edit.doc) ?? [], edit]);
  }
  return { edits: [...taken.values()].flatMap(sorted), accepted, rejected };
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.range.start === b.range.start && a.range.end === b.range.end && a.newText === b.newText;
}

function meet(a: TextEdit, b: TextEdit, text: string): boolean {
  if (a.range.start <= b.range.end && b.range.start <= a.range.end) return true;
  if (a.newText !== '' || b.newText !== '') return false;
  const [first, second] = a.range.start < b.range.start ? [a, b] : [b, a];
  return /^(?:\s|#.*)*$/.test(text.slice(first.range.end, second.range.start));
}

/** Carries out edits of one document, which do not overlap, on its text. */
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
