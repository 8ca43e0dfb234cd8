/** Scalars of HCL: names, labels, literals and expressions. */
import type { Range } from '../../base/span.ts';
import { Scalar } from '../nodes.ts';
import type { ListNode, MapNode, ScalarStyle } from '../tree.ts';

/** A scalar without quotes: a name, a number, a keyword, or an expression as it is written. */
export class HclScalar extends Scalar {
  readonly #text: string;

  constructor(parent: MapNode | ListNode, { start, end }: Range, style: ScalarStyle, text: string) {
    super(parent, start, end, style);
    this.#text = text;
  }

  get content(): Range {
    return { start: this.start, end: this.end };
  }

  protected decode(): string {
    return this.#text.slice(this.start, this.end);
  }
}

/** A quoted string without interpolation, or a label in quotes. `$${` stays, because readers of templates decode it. */
export class HclString extends Scalar {
  readonly #text: string;
  readonly #closed: boolean;

  constructor(parent: MapNode | ListNode, { start, end }: Range, text: string) {
    super(parent, start, end, 'double');
    this.#text = text;
    this.#closed = end > start + 1 && text[end - 1] === '"';
  }

  get content(): Range {
    return { start: this.start + 1, end: this.#closed ? this.end - 1 : this.end };
  }

  protected decode(): string {
    const { start, end } = this.content;
    return unescaped(this.#text.slice(start, end));
  }
}

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
]);

/** An unknown escape stands for itself, as the parser of templates has it. */
function unescaped(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(
    /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|([^]))/g,
    (whole, short?: string, long?: string, letter?: string) => {
      const code = Number.parseInt(short ?? long ?? '', 16);
      if (letter !== undefined) return LETTERS.get(letter) ?? whole;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
