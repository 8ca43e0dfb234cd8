/** Detection of regular expressions that match in bounded time. */

/** The maximum number of ways to match a pattern, as a power of two, for a match with a short string to be fast. */
const MOST_WAYS = 16;

/**
 * The number of ways in which a part without an upper limit can repeat. Several parts share the maximum length: three
 * of them have 47,905 ways together.
 */
const UNLIMITED = Math.log2(47_905) / 3;

/**
 * Whether matching a pattern with a short string is fast. Look-around, back references and possessive quantifiers are
 * not supported.
 */
export function isFastPattern(pattern: string): boolean {
  return waysOf(pattern) <= MOST_WAYS;
}

/**
 * Whether matching a pattern with a string of a few hundred characters is fast, regardless of where the match starts.
 */
export function isFastOnLongText(pattern: string): boolean {
  return waysOf(pattern) <= UNLIMITED + 1;
}

function waysOf(pattern: string): number {
  const plain = pattern.replaceAll(/\\[^1-9kpP]/g, 'x').replaceAll(/\[\^?\]?[^\]]*(?:\]|$)/g, 'x');
  return /\\|\(\?[^:]|[*+?}][+]|&&/.test(plain) ? Infinity : new Ways(plain).all();
}

/**
 * Counts the ways to match a pattern, as a power of two, which limits the steps of backtracking. Escapes and character
 * classes are single letters here.
 */
class Ways {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** The ways of the whole pattern; infinite if the pattern is not supported. */
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
    for (
      let next = this.#pattern[this.#at];
      next !== undefined && next !== '|' && next !== ')';
      next = this.#pattern[this.#at]
    )
      ways += this.#repeated(this.#part());
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

  /** The ways of a part including its quantifiers. */
  #repeated(part: number): number {
    let ways = part;
    for (;;) {
      const quantifier = /^(?:[*+?]|\{(\d{1,18})(,?)(\d{0,18})\})/.exec(this.#pattern.slice(this.#at, this.#at + 20));
      if (!quantifier) return ways;
      this.#at += quantifier[0].length;
      const [whole, least, comma, most] = quantifier;
      if (whole === '?') ways = Math.log2(1 + 2 ** ways);
      // Each iteration of a repetition without a limit would multiply them.
      else if (least === undefined || (comma === ',' && most === '')) ways = ways > 0 ? Infinity : UNLIMITED;
      else {
        const times = comma === '' ? Number(least) : Number(most);
        ways = (ways === 0 ? 0 : times * ways) + Math.log2(Math.max(1, times - Number(least) + 1));
      }
    }
  }
}
