/** The text between the scalars of a YAML document: white space, comments, markers, indicators, tags and anchors. */
import type { ScalarEvent } from 'js-yaml';
import { BOM, CR, HASH, isSpaceOrEnd, isLineEnd, LF, PERCENT, SPACE, TAB } from '../base/characters.ts';
import type { Comment } from './tree.ts';

/** Reads the gaps of a text from its beginning to its end. */
export class Gaps {
  readonly #text: string;
  readonly comments: Comment[] = [];
  /** The end of the consumed text. */
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Skips the prefix of a document: comments, byte order marks, and end markers without a document. */
  skipMarkers(limit = Infinity): void {
    for (;;) {
      this.skip(limit);
      if (this.at >= limit || column(this.#text, this.at) !== 0) return;
      if (this.#text.charCodeAt(this.at) === BOM) this.at++;
      else if (this.#text.startsWith('...', this.at) && isSpaceOrEnd(this.#text.charCodeAt(this.at + 3))) this.at += 3;
      else return;
    }
  }

  /** Steps over the directives before a document. */
  skipDirectives(): void {
    while (this.#text.charCodeAt(this.at) === PERCENT) {
      this.#skipDirective();
      this.skip();
    }
  }

  #skipDirective(): void {
    while (!isLineEnd(this.#text.charCodeAt(this.at))) {
      if (this.#text.charCodeAt(this.at) === HASH && isSpaceOrEnd(this.#text.charCodeAt(this.at - 1))) return;
      this.at++;
    }
  }

  /** Skips white space and comments, up to the limit at which a known node begins. */
  skip(limit = Infinity): void {
    const text = this.#text;
    while (this.at < limit) {
      const c = text.charCodeAt(this.at);
      if (c === SPACE || c === LF || c === CR || c === TAB) this.at++;
      else if (c === HASH) {
        const start = this.at;
        while (!isLineEnd(text.charCodeAt(this.at))) this.at++;
        this.comments.push({ start, end: this.at });
      } else return;
    }
  }

  /** Skips an indicator, if it is next, and the gap after it. */
  step(indicator: number): void {
    if (this.#text.charCodeAt(this.at) !== indicator) return;
    this.at++;
    this.skip();
  }

  /** Reads `|2-` and a comment after it, and returns where the indicators end. */
  blockHeader(contentStart: number): number {
    while (!isSpaceOrEnd(this.#text.charCodeAt(this.at))) this.at++;
    const end = this.at;
    this.skip(contentStart);
    return end;
  }

  /** Steps over tag and anchor, if there are any; returns where the first of them starts, or `otherwise`. */
  properties({ tagEnd, anchorEnd }: Pick<ScalarEvent, 'tagEnd' | 'anchorEnd'>, otherwise: number): number {
    if (tagEnd < 0 && anchorEnd < 0) return otherwise;
    this.skip();
    const start = this.at;
    if (tagEnd >= 0 && anchorEnd >= 0) {
      this.at = Math.min(tagEnd, anchorEnd);
      this.skip();
    }
    this.at = Math.max(tagEnd, anchorEnd);
    return start;
  }
}

/** The column of an offset, for which a byte order mark in front does not count. */
export function column(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineEnd(text.charCodeAt(start - 1))) start--;
  return offset - start - (offset > start && text.charCodeAt(start) === BOM ? 1 : 0);
}
