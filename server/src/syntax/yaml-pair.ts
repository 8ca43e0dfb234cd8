import { SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { ownText } from '../base/own-text.ts';
import type { Node, Pair } from './tree.ts';
import { plainEvent, YamlScalar } from './yaml-scalar.ts';

/**
 * A pair with a plain key, whose node is created lazily: most keys are only compared by name, and half of the scalars
 * of a template are keys.
 */
export class PlainPair implements Pair {
  readonly #text: string;
  declare readonly start: number;
  declare readonly keyEnd: number;
  declare readonly name: string;
  declare separator: number;
  declare value: Node;
  #key: YamlScalar | undefined;

  /** The pair of a key. It is complete with its value. */
  constructor(text: string, start: number, keyEnd: number, name: string) {
    this.#text = text;
    this.start = start;
    this.keyEnd = keyEnd;
    this.name = name;
    this.separator = -1;
  }

  /** Completes the pair. */
  with(separator: number, value: Node): this {
    this.separator = separator;
    this.value = value;
    return this;
  }

  get end(): number {
    return this.value.end;
  }

  get key(): Node {
    return (this.#key ??= new YamlScalar(
      this.value.parent,
      this.start,
      this.keyEnd,
      this.#text,
      plainEvent(this.start, this.keyEnd),
    ));
  }
}

/** Whether a scalar is the text as written, without tag and anchor. */
export function isPlainKey({ fast, style, tagStart, anchorStart }: ScalarEvent): boolean {
  return fast && style === SCALAR_STYLE.PLAIN && tagStart < 0 && anchorStart < 0;
}

/** The names of keys and tags in a text. Equal names are one string, because a document repeats most of them. */
export class Names {
  readonly #text: string;
  readonly #known = new Map<string, string>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The name at a range. */
  at(start: number, end: number): string {
    const name = this.#text.slice(start, end);
    let known = this.#known.get(name);
    // What is known of the next versions has names too, which must not keep this text.
    if (known === undefined) this.#known.set((known = ownText(name)), known);
    return known;
  }
}
