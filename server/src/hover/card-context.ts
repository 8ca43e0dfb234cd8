/** The input of lines about a document's configuration, and their statements. */
import type { Span } from '../base/span.ts';
import type { Finding } from '../model/finding.ts';
import type { Resource, Stack } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { Cited, CitedPage, Status } from './card.ts';

/** The input of the lines about the document's configuration. */
export interface CardContext {
  readonly stack: Stack;
  readonly resource: Resource;
  /** The findings of the document, so that a line can name the rule that reports the value. */
  readonly findings: () => readonly Finding[];
  /** All findings whose marks are within some places, and others. */
  readonly findingsIn: (places: readonly Span[]) => readonly Finding[];
  /**
   * What the rules that are on find about a property of the resource, or of another one; undefined if no rule is about
   * it.
   */
  readonly statusOf: (path: string, of?: Resource) => Status | undefined;
  /** The current date in ISO format, such as 2026-11-24. */
  readonly today: string;
  /** Parsed data of `schemas/` by name. */
  readonly data: (name: string) => unknown;
  readonly cited: (keys: readonly string[]) => readonly CitedPage[];
  /** The value that the card is about, of several at its path. */
  readonly at?: Value;
}

/** A statement of a line. */
export interface Piece extends Cited {
  /** The same in fewer words, from the longest to the shortest. */
  readonly shorter?: readonly string[];
  /** What rules find about it; `neutral` if it does not affect the status of its line. */
  readonly status?: Status | 'neutral' | undefined;
  /** Set if it is omitted last among those without a finding, regardless of what rules find about it. */
  readonly isImportant?: boolean;
}

/** A statement with at most a number of names, which has fewer where there is no space for them. */
export function withFewerNames(names: readonly string[], most: number, pieceOf: (most: number) => Piece): Piece {
  const shown = Math.min(names.length, most);
  const fewer = Array.from({ length: Math.max(0, shown - 1) }, (_, index) => pieceOf(shown - 1 - index).text);
  return { ...pieceOf(most), ...(fewer.length > 0 ? { shorter: fewer } : {}) };
}
