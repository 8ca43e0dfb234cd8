/** The lines of a text in UTF-8, which stays bytes outside of V8's heap. A line becomes a string when it is read. */
export class ByteLines {
  readonly #bytes: Buffer;
  /** The offset after each line, in bytes. */
  readonly #ends: readonly number[];

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    const ends: number[] = [];
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, end + 1)) ends.push(end);
    this.#ends = [...ends, bytes.length];
  }

  /** The text of a line, without its end. */
  at(index: number): string {
    return this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1]! + 1, this.#ends[index]);
  }
}

const LINE_FEED = 0x0a;
