/** Which texts a parameter can have by the limits that its author set beside AllowedValues. */
import { valueOf, type Node } from '../../syntax/tree.ts';

/** Whether a text can be the value of a parameter. */
export type Limit = (text: string) => boolean;

/** The longest text that is held against a pattern, and the longest pattern. What is longer is taken to fit. */
const LONGEST_TEXT = 64;
const LONGEST_PATTERN = 500;

/**
 * The limit of a parameter; undefined when every text fits. A pattern has to fit the whole text.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function limitOf(body: Node | undefined, type: string): Limit | undefined {
  const limits: Limit[] = [];
  const number = (name: string): number | undefined => {
    const node = valueOf(body, name);
    return node?.kind === 'scalar' && /^-?\d{1,15}(\.\d{1,15})?$/.test(node.value) ? Number(node.value) : undefined;
  };
  const [shortest, longest, smallest, largest] = [number('MinLength'), number('MaxLength'), number('MinValue'), number('MaxValue')];
  if (type === 'String') {
    if (shortest !== undefined) limits.push((text) => text.length >= shortest);
    if (longest !== undefined) limits.push((text) => text.length <= longest);
    const pattern = valueOf(body, 'AllowedPattern');
    const whole = pattern?.kind === 'scalar' ? wholePattern(pattern.value) : undefined;
    if (whole) limits.push((text) => text.length > LONGEST_TEXT || whole.test(text));
  }
  if (type === 'Number') {
    limits.push((text) => text.trim() !== '' && Number.isFinite(Number(text)));
    if (smallest !== undefined) limits.push((text) => Number(text) >= smallest);
    if (largest !== undefined) limits.push((text) => Number(text) <= largest);
  }
  return limits.length === 0 ? undefined : (text) => limits.every((fits) => fits(text));
}

/** Words with bars between them, in a group or not. */
const WORDS = /^\^?(?:\((?:\?:)?([\w-]*(?:\|[\w-]*)*)\)|([\w-]+(?:\|[\w-]+)*))\$?$/;

/** All texts that a pattern admits, where it does no more than name them, as `^(dev|prod)$` does; undefined for other patterns. */
export function textsOfPattern(body: Node | undefined, type: string): readonly string[] | undefined {
  const pattern = valueOf(body, 'AllowedPattern');
  const words = type === 'String' && pattern?.kind === 'scalar' && pattern.value.length <= LONGEST_PATTERN ? WORDS.exec(pattern.value) : null;
  // Without a group the anchors belong to the first and the last word alone, which for a whole text is the same.
  return (words?.[1] ?? words?.[2])?.split('|');
}

/**
 * A pattern as an expression for the whole text; undefined when it is not one that JavaScript reads in the same way as
 * CloudFormation, or one that may take long.
 */
function wholePattern(pattern: string): RegExp | undefined {
  if (pattern.length > LONGEST_PATTERN || !isTame(pattern)) return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    return undefined;
  }
}

/** How many ways to match a pattern there may be, as a power of two, for a match with a short text to be sure to be quick. */
const MOST_WAYS = 16;

/** The ways in which a part without a limit can repeat. Several share the longest text: three of them have 47,905 ways together. */
const UNLIMITED = Math.log2(47_905) / 3;

/**
 * Whether matching a pattern with a short text is sure to be quick. Look-around, back references and possessive quantifiers are read
 * differently or not at all.
 */
function isTame(pattern: string): boolean {
  const plain = pattern.replaceAll(/\\[^1-9kpP]/g, 'x').replaceAll(/\[\^?\]?[^\]]*\]/g, 'x');
  return !/\\|\(\?[^:]|[*+?}][+]|&&/.test(plain) && new Ways(plain).all() <= MOST_WAYS;
}

/**
 * Counts the ways in which a pattern can be matched, as a power of two: backtracking tries no more than these. Escapes and classes are
 * single letters here.
 */
class Ways {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** Those of the whole pattern; without end where it is none. */
  all(): number {
    const ways = this.#alternatives();
    return this.#at < this.#pattern.length ? Infinity : ways;
  }

  #alternatives(): number {
    let sum = 2 ** this.#sequence();
    while (this.#pattern[this.#at] === '|') {
      this.#at++;
      sum += 2 ** this.#sequence();
    }
    return Math.log2(sum);
  }

  #sequence(): number {
    let ways = 0;
    for (let next = this.#pattern[this.#at]; next !== undefined && next !== '|' && next !== ')'; next = this.#pattern[this.#at]) ways += this.#repeated(this.#part());
    return ways;
  }

  #part(): number {
    const group = /^\((?:\?:)?/.exec(this.#pattern.slice(this.#at, this.#at + 3))?.[0];
    this.#at += group?.length ?? 1;
    if (group === undefined) return 0;
    const ways = this.#alternatives();
    this.#at++;
    return ways;
  }

  /** The ways of a part with the quantifiers behind it. */
  #repeated(part: number): number {
    let ways = part;
    for (;;) {
      const quantifier = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})/.exec(this.#pattern.slice(this.#at, this.#at + 20));
      if (!quantifier) return ways;
      this.#at += quantifier[0].length;
      const [whole, least, comma, most] = quantifier;
      if (whole === '?') ways = Math.log2(1 + 2 ** ways);
      // Each turn of a repetition without limit would multiply them.
      else if (least === undefined || (comma === ',' && most === '')) ways = ways > 0 ? Infinity : UNLIMITED;
      else {
        const times = comma === '' ? Number(least) : Number(most);
        ways = (ways === 0 ? 0 : times * ways) + Math.log2(Math.max(1, times - Number(least) + 1));
      }
    }
  }
}
