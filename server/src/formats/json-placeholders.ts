/** The text of JSON with unknown parts, for the parser: each part is represented by a placeholder. */

/** The placeholders are private-use characters around the index of the part, which no document contains. */
const BEGIN = '\uE000';
const END = '\uE001';
/** Begins a placeholder outside of strings, which stands for JSON. */
const BEGIN_JSON = '\uE002';

/** A placeholder for a part of a string, with the index of the part as its group. */
export const PART = /\uE000(\d+)\uE001/;

/** A placeholder for JSON: a value, or any number of items of a list or entries of an object. */
export const JSON_PART = /^\uE002(\d+)\uE001$/;

/** Whether a text contains characters of placeholders, or their escape sequences, which the parser decodes. */
export function hasPlaceholders(text: string): boolean {
  return /[\uE000-\uE002]|\\u[eE]00[0-2]/.test(text);
}

/**
 * The text of pieces, of which all but strings are unknown. Where a loop of a template renders items or entries, with
 * the commas between them, the placeholder is one of them.
 */
export function jsonWithPlaceholders(pieces: readonly unknown[]): string {
  const position = new JsonPosition();
  return pieces
    .map((piece, index) => {
      if (typeof piece === 'string') {
        position.pass(piece);
        return piece;
      }
      const placeholder = position.inString
        ? `${BEGIN}${index}${END}`
        : position.separated(`"${BEGIN_JSON}${index}${END}"`, pieces[index + 1]);
      position.pass(placeholder);
      return placeholder;
    })
    .join('');
}

/** Where a position in JSON is. */
class JsonPosition {
  inString = false;
  /** The open brackets and braces. */
  readonly #open: string[] = [];
  /** The last character outside of strings that is not white space; a quotation mark after a string. */
  #last = '';

  pass(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const char = text[at]!;
      if (this.inString) {
        if (char === '\\') at++;
        else if (char === '"') this.inString = false;
        continue;
      }
      if (/\s/.test(char)) continue;
      this.#last = char;
      if (char === '"') this.inString = true;
      else if (char === '{' || char === '[') this.#open.push(char);
      else if (char === '}' || char === ']') this.#open.pop();
    }
  }

  /** A placeholder outside of strings as an item of a list or an entry of an object, or as a value after a colon. */
  separated(placeholder: string, next: unknown): string {
    const container = this.#open.at(-1);
    if (container === undefined || this.#last === ':') return placeholder;
    const before = this.#last === container || this.#last === ',' ? '' : ',';
    const after = typeof next === 'string' && /^\s*[^\s,\]}]/.test(next) ? ',' : '';
    return `${before}${placeholder}${container === '{' ? ':0' : ''}${after}`;
  }
}
