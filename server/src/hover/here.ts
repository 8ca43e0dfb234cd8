/** The input of lines about a document's configuration, and their statements. */
import type { Finding } from '../model/finding.ts';
import type { Resource, Stack } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { Cited, CitedPage, Status } from './card.ts';

/** The input of the lines about the document's configuration. */
export interface Here {
  readonly stack: Stack;
  readonly resource: Resource;
  /** The findings of the document, so that a line can name the rule that reports the value. */
  readonly findings: readonly Finding[];
  /** What the rules that are on find about a property of the resource, or of another one; undefined if no rule is about it. */
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
  /** What rules find about it; `neutral` if it does not affect the status of its line. */
  readonly status?: Status | 'neutral' | undefined;
}
