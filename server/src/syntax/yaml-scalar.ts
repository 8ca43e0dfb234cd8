import { CHOMPING_MODE, EVENT_ID, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Range } from '../base/span.ts';
import { CR, isLineEnd, LF, SPACE } from '../base/characters.ts';
import { AbstractScalar, sharedBy } from './nodes.ts';
import type { ListNode, MapNode, ScalarStyle } from './tree.ts';

type Parent = MapNode | ListNode | undefined;

const STYLES: readonly ScalarStyle[] = ['plain', 'plain', 'single', 'double', 'literal', 'folded'];

/**
 * A scalar as js-yaml's event describes it. It has the event in one number, because most of a large tree are scalars.
 */
export class YamlScalar extends AbstractScalar {
  readonly #text: string;
  /**
   * How the value is decoded, see `decodingOf`; with its place if that does not follow from the range of the scalar.
   */
  readonly #decoding: number | Decoding;

  /** @param fast Whether the value is the text as written. */
  constructor(parent: Parent, start: number, end: number, text: string, event: ScalarEvent, fast = event.fast) {
    super(parent, start, end);
    this.#text = text;
    const how = decodingOf(event, fast);
    const { valueStart, valueEnd } = event;
    const quote = quoteOf(how);
    const follows = valueStart === start + quote && valueEnd === end - quote;
    this.#decoding = follows ? how : { how, valueStart, valueEnd };
  }

  get style(): ScalarStyle {
    const decoding = this.#decoding;
    return STYLES[((typeof decoding === 'number' ? decoding : decoding.how) >> 1) & 7]!;
  }

  get content(): Range {
    const { how, valueStart, valueEnd } = this.#decodingAt();
    if (!isBlock(how)) return { start: valueStart, end: valueEnd };
    return { start: Math.min(valueStart, this.end), end: this.end };
  }

  protected decode(): string {
    const decoding = this.#decoding;
    if (typeof decoding === 'number' && isAsWritten(decoding)) {
      const quote = quoteOf(decoding);
      return this.#text.slice(this.start + quote, this.end - quote);
    }
    const { how, valueStart, valueEnd } = this.#decodingAt();
    return getScalarValue(this.#text, eventOf(valueStart, valueEnd, how));
  }

  #decodingAt(): Decoding {
    const decoding = this.#decoding;
    if (typeof decoding !== 'number') return decoding;
    const quote = quoteOf(decoding);
    return { how: decoding, valueStart: this.start + quote, valueEnd: this.end - quote };
  }
}

/** How and from where a value is decoded. */
interface Decoding {
  readonly how: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** The length of the quote at each end. */
function quoteOf(decoding: number): number {
  const style = (decoding >> 1) & 7;
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
}

/** Whether a value is the text as written, so that it needs no event: most values are. */
function isAsWritten(decoding: number): boolean {
  return (decoding & 1) === 1;
}

function isBlock(decoding: number): boolean {
  const style = (decoding >> 1) & 7;
  return style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
}

/**
 * What decoding needs of an event, in one number: bit 0 is `fast`, then three bits of style, three of chomping, and the
 * indentation.
 */
function decodingOf(
  { style, chomping, indent }: Pick<ScalarEvent, 'style' | 'chomping' | 'indent'>,
  fast: boolean,
): number {
  return (fast ? 1 : 0) | (style << 1) | (chomping << 4) | ((indent + 1) << 7);
}

/** A plain scalar that is the text as written. */
const AS_WRITTEN = decodingOf({ style: SCALAR_STYLE.PLAIN, chomping: CHOMPING_MODE.CLIP, indent: -1 }, true);

/** The event of a plain scalar that is the text as written. */
export function plainEvent(valueStart: number, valueEnd: number): ScalarEvent {
  return eventOf(valueStart, valueEnd, AS_WRITTEN);
}

function eventOf(valueStart: number, valueEnd: number, decoding: number): ScalarEvent {
  return {
    type: EVENT_ID.SCALAR,
    valueStart,
    valueEnd,
    anchorStart: -1,
    anchorEnd: -1,
    tagStart: -1,
    tagEnd: -1,
    style: ((decoding >> 1) & 7) as ScalarEvent['style'],
    chomping: ((decoding >> 4) & 7) as ScalarEvent['chomping'],
    indent: (decoding >> 7) - 1,
    fast: isAsWritten(decoding),
  };
}

/** A key that was written without its colon: in the parser's events its last character is missing. */
export class KeyWithoutColon extends AbstractScalar {
  declare readonly style: 'plain';
  readonly #text: string;
  readonly #contentStart: number;

  constructor(parent: Parent, start: number, end: number, text: string, contentStart: number) {
    super(parent, start, end);
    this.#text = text;
    this.#contentStart = contentStart;
  }

  get content(): Range {
    return { start: this.#contentStart, end: this.end };
  }

  protected decode(): string {
    return this.#text.slice(this.#contentStart, this.end);
  }
}
sharedBy(KeyWithoutColon, { style: 'plain' });

/** The end of the last line of a block scalar that counts, without its line end; -1 if there is none. */
export function blockEnd(text: string, event: ScalarEvent): number {
  const keep = event.chomping === CHOMPING_MODE.KEEP;
  let end = withoutLineEnd(text, event.valueEnd, event.valueStart);
  while (!keep && end > event.valueStart) {
    let start = end;
    while (start > event.valueStart && text.charCodeAt(start - 1) === SPACE) start--;
    const wholeLine = start === event.valueStart || isLineEnd(text.charCodeAt(start - 1));
    if (!wholeLine || (event.indent >= 0 && end - start > event.indent)) break;
    if (start === event.valueStart) return -1;
    end = withoutLineEnd(text, start, event.valueStart);
  }
  // A blank line that is kept counts, also if it is the only one.
  return end > event.valueStart || (keep && event.valueEnd > end) ? end : -1;
}

function withoutLineEnd(text: string, end: number, start: number): number {
  if (end > start && text.charCodeAt(end - 1) === LF) end--;
  else if (end > start && text.charCodeAt(end - 1) === CR) return end - 1;
  else return end;
  return end > start && text.charCodeAt(end - 1) === CR ? end - 1 : end;
}
