import type { Range } from '../base/span.ts';

/** Words with the pages that they rest on, by index into the sources of the card. */
export interface Cited {
  readonly text: string;
  readonly cite: readonly Source[];
}

export interface Source {
  readonly url: string;
}

/** One line of a card: `You: guest operating system [1], security groups [2]`. */
export interface Line {
  readonly label: string;
  readonly parts: readonly Cited[];
  /** What stands between the parts: a comma in a list of things, a semicolon between statements. */
  readonly separator: ', ' | '; ';
}

/** What is shown for a resource or a property. */
export interface Card {
  /** `AWS::EC2::Instance`, `StorageEncrypted (AWS::RDS::DBInstance)`: in the author's words. */
  readonly title: string;
  readonly verdict: Cited;
  readonly lines: readonly Line[];
  /** What it is about, in the document. */
  readonly range: Range;
  /** Set when it is about a part of a policy: it says something else than what a value comes to, so both are shown. */
  readonly about?: 'policy';
}

/** The number of lines that a card has at most, its first and its last one included. */
export const MAX_LINES = 12;

/** The number of lines that say how it stands here. */
export const MAX_HERE = 5;
