/**
 * The canonical text of a value, by which an accepted value is recognized later. It is the same in YAML, JSON and HCL,
 * for quoted and unquoted scalars, for a document and a JSON string of it, and in any order of keys and list items.
 * Secrets are not part of it.
 */
import { Guard } from '../base/guard.ts';
import { fingerprintOf } from '../base/hash.ts';
import { byText } from '../base/order.ts';
import { generalBranches } from './general-branches.ts';
import { isHidden } from './shown.ts';
import type { Choice, Element, UnknownPiece, Leaf, Value } from './value.ts';

/** The maximum number of nested values. A larger value has no text of its own. */
const MOST_VALUES = 2_000;

/** The maximum number of nested lists and objects, also within JSON strings. */
const DEEPEST = 64;

/** The number of characters of a long text that count at each end, with its length. */
const COUNTED = 8_192;

/** The longest value that a configuration names by its text. */
const LONGEST_PLAIN = 200;

const SECRET = 'secret';
const ABSENT = 'absent';
const TOO_LARGE = 'too large';

class TooLarge extends Error {}

/** Sixteen hexadecimal digits that are equal for equal canonical texts. */
export function valueHashOf(value: Leaf): string {
  return fingerprintOf(canonicalText(value));
}

/** The hash of a value that must not be shown. It does not depend on the value. */
export const SECRET_HASH = fingerprintOf(SECRET);

/** The canonical text of a value. */
export function canonicalText(value: Value): string {
  const writer = new CanonicalWriter();
  try {
    return bounded(writer.value(value, 0));
  } catch (error) {
    if (error instanceof TooLarge) return TOO_LARGE;
    throw error;
  }
}

/** The value of a scalar as a configuration states it; undefined for secrets, collections, unknown and long values. */
export function statedText(value: Leaf): string | undefined {
  if (isHidden(value) || value.state !== 'known' || value.value === null) return undefined;
  return value.raw.length <= LONGEST_PLAIN && !/[\r\n]/.test(value.raw) ? value.raw : undefined;
}

class CanonicalWriter {
  #left = MOST_VALUES;

  value(value: Value, depth: number): string {
    this.#count(depth);
    if (isHidden(value)) return SECRET;
    switch (value.state) {
      case 'known':
        // Plans state what is not set as null.
        if (value.value === null) return ABSENT;
        return typeof value.value === 'string'
          ? this.#string(value.raw, depth, value.json)
          : quoted(typeof value.value === 'number' ? numberText(value.value, value.raw) : String(value.value));
      case 'template':
        return value.json
          ? this.#string('', depth, value.json)
          : `"${value.pieces.map((piece) => (typeof piece === 'string' ? JSON.stringify(piece).slice(1, -1) : unknownText(piece))).join('')}"`;
      case 'reference':
      case 'unknown':
        return unknownText(value);
      case 'absent':
        return ABSENT;
      case 'list':
        return this.#list(value.items.map((item) => () => this.#element(item, depth + 1)));
      case 'object':
        return this.#object(value.entries.map((entry) => [entry.key, () => this.#element(entry, depth + 1)]));
      case 'choice':
        return this.#choice(value, depth);
    }
  }

  #choice(value: Choice, depth: number): string {
    const all = value.branches;
    const branches = generalBranches(all);
    // Without the compared literals, it would be no choice.
    if (branches.length === 1 && all.length > 1 && Guard.always.coveredBy(...all.map(({ guard }) => guard)))
      return this.value(branches[0]!.value, depth);
    return `(${[...new Set(branches.map((branch) => this.value(branch.value, depth + 1)))].sort(byText).join('|')})`;
  }

  /** A list item or a member, which can exist in some scenarios only. */
  #element({ value, when }: Element, depth: number): string {
    return `${when.yes.isAlways() ? '' : '?'}${this.value(value, depth)}`;
  }

  /** A string. A JSON string has the text of its content. */
  #string(raw: string, depth: number, json?: () => Value | undefined): string {
    const content = json?.();
    if (content) return this.value(content, depth + 1);
    const parsed = parsedJson(raw);
    return parsed === undefined ? quoted(raw) : this.#json(parsed, depth + 1);
  }

  #json(content: unknown, depth: number): string {
    this.#count(depth);
    if (Array.isArray(content)) return this.#list(content.map((item) => () => this.#json(item, depth + 1)));
    if (content !== null && typeof content === 'object')
      return this.#object(Object.entries(content).map(([key, inner]) => [key, () => this.#json(inner, depth + 1)]));
    return content === null ? ABSENT : quoted(String(content));
  }

  #list(items: readonly (() => string)[]): string {
    return `[${items
      .map((item) => item())
      .sort(byText)
      .join(',')}]`;
  }

  /** Of duplicate keys, all count. */
  #object(entries: readonly (readonly [key: string, value: () => string])[]): string {
    return `{${entries
      .map(([key, value]) => `${JSON.stringify(key)}:${value()}`)
      .sort(byText)
      .join(',')}}`;
  }

  #count(depth: number): void {
    if (--this.#left < 0 || depth > DEEPEST) throw new TooLarge();
  }
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** An integer that a number cannot represent exactly is as written. */
function numberText(value: number, raw: string): string {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? raw : String(value);
}

function unknownText(one: UnknownPiece): string {
  if (isHidden(one)) return SECRET;
  if (one.state === 'reference') return `\${${one.to}${one.attribute === undefined ? '' : `.${one.attribute}`}}`;
  return `\${?${[inputName(one.input), ...one.refs].sort(byText).join(',')}}`;
}

/** The name of an input, without the document or folder that its id begins with. */
function inputName(input = ''): string {
  return /#([^#@]*)$/.exec(input)?.[1] ?? '';
}

function parsedJson(text: string): unknown {
  if (text.length > 2 * COUNTED || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bounded(text: string): string {
  return text.length <= 2 * COUNTED ? text : `${text.slice(0, COUNTED)}…${text.length}…${text.slice(-COUNTED)}`;
}
