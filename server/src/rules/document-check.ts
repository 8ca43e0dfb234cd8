/** The contract of a rule that checks the text of a document. */
import type { Range, Uri } from '../base/span.ts';
import type { Format } from '../model/format.ts';
import type { Value } from '../model/value.ts';
import type { Report } from './rule.ts';

/** The text of a document, including its comments. */
export interface DocumentText {
  readonly doc: Uri;
  readonly format: Format;
  readonly text: string;
  /** The value at a range of the text, for a finding to mark. */
  at(range: Range): Value;
  /** The same for a secret, which a finding marks and never shows. */
  secretAt(range: Range): Value;
  /**
   * The strings that have a name beside or around them: the `Value` of an object that has a `Name`, the `Default` of a
   * parameter.
   */
  named(): Iterable<NamedText>;
}

/** A string of a document, and its name. */
export interface NamedText {
  readonly name: string;
  /** The string without its quotes. */
  readonly at: Range;
}

export interface DocumentCheck {
  readonly on: 'document';
  check(document: DocumentText): Iterable<Report>;
}
