import { createScanner } from 'jsonc-parser';
import type { Range } from '../base/span.ts';
import { AbstractScalar, sharedBy } from './nodes.ts';
import type { ListNode, MapNode } from './tree.ts';

type Parent = MapNode | ListNode | undefined;

/**
 * The longest string that is shared, in UTF-16 code units: long enough for keys, types and provider names. Longer
 * strings rarely repeat.
 */
const LONGEST_SHARED = 48;

/** The maximum number of shared strings. A document has few different keys. */
const MOST_SHARED = 4096;

/**
 * The text of a document, whose nodes share the strings that it repeats. A plan has each of some hundred keys thousands
 * of times.
 */
export class JsonText {
  readonly text: string;
  readonly #shared = new Map<string, string>();

  constructor(text: string) {
    this.text = text;
  }

  /** The decoded text of a string with its quotes at a range. */
  string(start: number, end: number): string {
    return this.shared(unescaped(this.text.slice(start + 1, end - 1)));
  }

  /** A string that is equal to the given one: the first one, if it is short. */
  shared(string: string): string {
    if (string.length > LONGEST_SHARED) return string;
    const known = this.#shared.get(string);
    if (known !== undefined) return known;
    if (this.#shared.size < MOST_SHARED) this.#shared.set(string, string);
    return string;
  }
}

abstract class JsonScalar extends AbstractScalar {
  protected readonly source: JsonText;

  constructor(parent: Parent, start: number, end: number, source: JsonText) {
    super(parent, start, end);
    this.source = source;
  }

  protected raw(): string {
    const { start, end } = this.content;
    return this.source.text.slice(start, end);
  }
}

/** A string in its quotes. */
export class JsonString extends JsonScalar {
  declare readonly style: 'double';

  get content(): Range {
    return { start: this.start + 1, end: this.end - 1 };
  }

  protected decode(): string {
    return this.source.string(this.start, this.end);
  }
}
sharedBy(JsonString, { style: 'double' });

/** A string without its closing quote. */
export class UnclosedString extends JsonScalar {
  declare readonly style: 'double';

  get content(): Range {
    return { start: this.start + 1, end: this.end };
  }

  protected decode(): string {
    return this.source.shared(unescaped(this.raw()));
  }
}
sharedBy(UnclosedString, { style: 'double' });

/** A number, a keyword, or invalid text in place of one. */
export class JsonWord extends JsonScalar {
  declare readonly style: 'plain';

  get content(): Range {
    return { start: this.start, end: this.end };
  }

  protected decode(): string {
    return this.source.shared(this.raw());
  }
}
sharedBy(JsonWord, { style: 'plain' });

/** The decoded content of a JSON string, without invalid escapes. */
function unescaped(raw: string): string {
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return withoutInvalid(raw);
  }
}

function withoutInvalid(raw: string): string {
  const scanner = createScanner(`"${raw}"`);
  scanner.scan();
  return scanner.getTokenValue();
}
