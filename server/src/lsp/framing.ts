/** Checks the framing of messages: headers, an empty line, and as many bytes as the headers state. */

/** The maximum number of bytes of the headers and of the content of a message. A longer message is invalid. */
const MOST_HEADER_BYTES = 4096;
const MOST_CONTENT_BYTES = 2 ** 29;

const HEADER_END = '\r\n\r\n';

/**
 * Follows the bytes of a stream. After an invalid header the next message cannot be located, so reading cannot
 * continue.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#headerPart
 */
export class Framing {
  #header = '';
  /** The remaining bytes of the content. */
  #content = 0;

  /** Takes the next bytes, and returns a sentence about the error, or undefined. */
  fault(bytes: Uint8Array): string | undefined {
    let at = 0;
    while (at < bytes.length) {
      if (this.#content > 0) {
        const taken = Math.min(this.#content, bytes.length - at);
        this.#content -= taken;
        at += taken;
        continue;
      }
      // One character per byte, so that indexes are byte offsets.
      const before = this.#header.length;
      this.#header += Buffer.from(bytes.subarray(at, at + MOST_HEADER_BYTES)).toString('latin1');
      const end = this.#header.indexOf(HEADER_END);
      if (end < 0) {
        if (this.#header.length >= MOST_HEADER_BYTES) return 'The header of a message is not terminated.';
        return undefined;
      }
      const length = contentLength(this.#header.slice(0, end));
      if (length === undefined) return 'The header of a message has no valid Content-Length.';
      at += end + HEADER_END.length - before;
      this.#content = length;
      this.#header = '';
    }
    return undefined;
  }
}

function contentLength(header: string): number | undefined {
  const lines = header.split('\r\n');
  if (lines.some((line) => !/^[\w-]+:/.test(line))) return undefined;
  const value = lines
    .map((line) => /^content-length:[ \t]*(\d{1,10})[ \t]*$/i.exec(line)?.[1])
    .find((found) => found !== undefined);
  return value !== undefined && Number(value) <= MOST_CONTENT_BYTES ? Number(value) : undefined;
}
