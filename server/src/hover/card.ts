import type { Range } from '../base/span.ts';

/** Text with the pages that support it. */
export interface Cited {
  readonly text: string;
  readonly cite: readonly CitedPage[];
}

export interface CitedPage {
  readonly url: string;
}

/** How something is configured here: as rules require, with a finding, or not known. */
export type Status = 'good' | 'wrong' | 'unknown';

/** One line of a card: `Your responsibility: guest operating system, security groups`. */
export interface Line {
  readonly label: string;
  /** Set for the lines of the section about this document. */
  readonly here?: true;
  readonly status?: Status;
  readonly parts: readonly Cited[];
  /** The separator of the parts: a comma in a list, a semicolon between statements. */
  readonly separator: ', ' | '; ';
}

/** The hover content for a resource, a property, or a part of a policy. */
export interface Card {
  /** `AWS::EC2::Instance`, `StorageEncrypted (AWS::RDS::DBInstance)`: the names of the document's format. */
  readonly title: string;
  readonly verdict: Cited;
  readonly lines: readonly Line[];
  /** The heading of the lines about this document, such as `In this template`. */
  readonly heading?: string;
  /** Set if the paths to the resource can be shown. */
  readonly hasPaths?: true;
  /** The range in the document that the card describes, in UTF-16 code units. */
  readonly range: Range;
  /** Set for parts of policies, whose cards are shown in addition to the value's explanation. */
  readonly about?: 'policy';
}

/** The maximum number of lines of a card, including the first line and the sources. */
export const MAX_LINES = 12;

/** The maximum number of lines about the document's configuration. */
export const MAX_HERE = 6;

/** The maximum number of characters of the statements of such a line; a single one can be longer. */
export const MAX_STATED = 260;
