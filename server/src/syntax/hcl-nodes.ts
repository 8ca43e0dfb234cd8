/** HCL scalars: names, labels, literals and expressions. */
import type { Range } from '../base/span.ts';
import { AbstractScalar, sharedBy } from './nodes.ts';
import type { ListNode, MapNode, ScalarStyle } from './tree.ts';

/** An unquoted scalar: a name, number, keyword or expression. */
export class HclScalar extends AbstractScalar {
  declare readonly style: ScalarStyle;
  readonly #text: string;

  constructor(parent: MapNode | ListNode, { start, end }: Range, style: ScalarStyle, text: string) {
    super(parent, start, end);
    this.style = style;
    this.#text = text;
  }

  get content(): Range {
    return { start: this.start, end: this.end };
  }

  protected decode(): string {
    return this.#text.slice(this.start, this.end);
  }
}

/**
 * A quoted string without interpolation, or a quoted label. `$${` is not decoded, because the template parser decodes
 * it.
 */
export class HclString extends AbstractScalar {
  declare readonly style: 'double';
  readonly #text: string;
  readonly #closed: boolean;

  constructor(parent: MapNode | ListNode, { start, end }: Range, text: string) {
    super(parent, start, end);
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
sharedBy(HclString, { style: 'double' });

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
]);

/** Decodes escapes. An unknown escape is kept, as in the template parser. */
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
