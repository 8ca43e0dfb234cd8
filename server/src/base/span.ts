/** A document's identifier, as an absolute URI (`file:///…`, `untitled:…`). */
export type Uri = string;

/** A half-open range of UTF-16 code units. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A half-open range of UTF-16 code units within one document. */
export interface Span extends Range {
  readonly doc: Uri;
}

/** Whether two ranges are the same characters of the same document. */
export function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end && a.doc === b.doc;
}

/** Whether `outer` contains `inner`; equal ranges do. */
export function within(inner: Range, outer: Range): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
