import type { Range } from '../base/span.ts';

/** Text with the pages that support it. */
export interface Cited {
  readonly text: string;
  readonly cite: readonly CitedPage[];
}

export interface CitedPage {
  readonly url: string;
}

/** A statement of a line. */
export interface Part extends Cited {
  /** The order of omission in a card that is too long: the part with the lowest number is omitted last. */
  readonly rank?: number;
  /** The same in fewer words, from the longest to the shortest. */
  readonly shorter?: readonly string[];
}

/** How something is configured here: as rules require, with a finding, or not known. */
export type Status = 'good' | 'wrong' | 'unknown';

/** One line of a card: `Your responsibility: guest operating system, security groups`. */
export interface Line {
  readonly label: string;
  /** Set for the lines of the section about this document. */
  readonly here?: true;
  readonly status?: Status;
  readonly parts: readonly Part[];
  /** The separator of the parts: a comma in a list, a semicolon between statements. */
  readonly separator: ', ' | '; ';
  /** Set if the parts are names in a sentence, of which the first are shown. */
  readonly names?: NameList;
  /** The number of all parts, if some were left out. */
  readonly total?: number;
  /** How late the line is shortened and left out. */
  readonly rank?: LineRank;
}

/** How names are listed: `A, B and 3 more`. */
export interface NameList {
  /** The maximum number of names. */
  readonly most: number;
  /** What is before them. */
  readonly lead?: string;
  /** Whether the label has the number of all names if some are omitted. */
  readonly isCounted?: true;
}

/**
 * What a card without space shortens first: responsibilities of both parties, those of AWS, details that the page of a
 * rule has too, how a resource is configured, the customer's responsibilities, what is not known or what a property
 * covers, findings, and what stays.
 */
export type LineRank = 'shared' | 'aws' | 'detail' | 'state' | 'you' | 'fact' | 'finding' | 'kept';

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

/** The maximum number of lines of a card, including the first line and the sources, before an editor breaks them. */
export const MAX_LINES = 12;
