/** Patches made from one state of the documents, put together into one. */
import type { TextEdit } from '../model/finding.ts';

export interface MergedPatches<P> {
  /** Sorted by document and place, without overlaps. */
  readonly edits: readonly TextEdit[];
  readonly accepted: readonly P[];
  readonly rejected: readonly P[];
}

/**
 * Takes patches in their order, each as a whole: one is rejected when any of its edits overlaps or touches an edit that
 * was taken before: two insertions at one place may both make the same parent, and two removals side by side may empty their
 * map. An edit that equals one that was taken is made once. What is rejected can be computed anew from the result.
 */
export function mergePatches<P extends { readonly edits: readonly TextEdit[] }>(patches: readonly P[]): MergedPatches<P> {
  const taken = new Map<string, TextEdit[]>();
  const accepted: P[] = [];
  const rejected: P[] = [];
  for (const patch of patches) {
    const fresh = patch.edits.filter((edit) => !(taken.get(edit.doc) ?? []).some((other) => sameEdit(edit, other)));
    if (fresh.some((edit) => (taken.get(edit.doc) ?? []).some((other) => meets(edit, other)))) {
      rejected.push(patch);
      continue;
    }
    accepted.push(patch);
    for (const edit of fresh) taken.set(edit.doc, [...taken.get(edit.doc) ?? [], edit]);
  }
  return { edits: [...taken.values()].flatMap((edits) => edits.toSorted((a, b) => a.range.start - b.range.start)), accepted, rejected };
}

function sameEdit(a: TextEdit, b: TextEdit): boolean {
  return a.range.start === b.range.start && a.range.end === b.range.end && a.newText === b.newText;
}

/** Whether two edits overlap or touch. */
function meets(a: TextEdit, b: TextEdit): boolean {
  return a.range.start <= b.range.end && b.range.start <= a.range.end;
}

/** Carries out edits of one document, which do not overlap, on its text. */
export function applyEdits(text: string, edits: readonly Pick<TextEdit, 'range' | 'newText'>[]): string {
  let result = '';
  let at = 0;
  for (const { range, newText } of edits.toSorted((a, b) => a.range.start - b.range.start)) {
    result += text.slice(at, range.start) + newText;
    at = range.end;
  }
  return result + text.slice(at);
}
