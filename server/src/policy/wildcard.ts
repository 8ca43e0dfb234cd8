/**
 * Whether a text fits a pattern of IAM: `*` stands for any characters, also none, `?` for one. Takes time in proportion to both
 * lengths multiplied, whatever the pattern is.
 */
export function fits(text: string, pattern: string): boolean {
  return runs(text, pattern, false);
}

/**
 * Whether everything that fits one pattern also fits another, wider one. It is sound: where it says so, it is; that a pattern of two
 * wildcards side by side (`?*`) is as wide as one of the same in another order, it may miss.
 */
export function includes(wide: string, narrow: string): boolean {
  return runs(narrow, wide, true);
}

/** Whether nothing fits both of two patterns. It is sound: that two patterns with wildcards on either side share nothing, it may miss. */
export function isDisjoint(one: string, other: string): boolean {
  const [ours, theirs] = [one.search(/[*?]/), other.search(/[*?]/)];
  if (ours < 0) return !fits(one, other);
  if (theirs < 0) return !fits(other, one);
  const both = Math.min(ours, theirs);
  if (one.slice(0, both) !== other.slice(0, both)) return true;
  const ends = Math.min(tailOf(one), tailOf(other));
  return ends > 0 && one.slice(-ends) !== other.slice(-ends);
}

/**
 * Whether some text fits both of two patterns. Takes time in proportion to both lengths multiplied.
 * @param isSame Whether two characters that are no wildcards can stand for the same.
 */
export function haveCommon(
  one: string,
  other: string,
  isSame: (mine: string, its: string) => boolean = (mine, its) => mine === its,
): boolean {
  // Which beginnings of the other pattern share a text with the beginning of the first that is looked at.
  let shared = Array.from({ length: other.length + 1 }, (_, length) => /^\**$/.test(other.slice(0, length)));
  for (const mine of one) {
    const before = shared;
    shared = [mine === '*' && before[0]!];
    for (let index = 0; index < other.length; index++) {
      const its = other[index]!;
      const both = before[index]! && (mine === '?' || its === '?' || isSame(mine, its));
      shared.push(
        (mine === '*' && (before[index + 1]! || shared[index]!)) ||
          (its === '*' && (shared[index]! || before[index + 1]!)) ||
          (mine !== '*' && its !== '*' && both),
      );
    }
  }
  return shared[other.length]!;
}

/** How many characters stand behind the last wildcard. */
function tailOf(pattern: string): number {
  return pattern.length - 1 - Math.max(pattern.lastIndexOf('*'), pattern.lastIndexOf('?'));
}

/** `texts` says that a star in the text stands for any characters, so that only a star of the pattern takes it. */
function runs(text: string, pattern: string, texts: boolean): boolean {
  let at = 0;
  let next = 0;
  // Where to go on when what comes after the last star does not fit: the star takes one character more.
  let star = -1;
  let taken = 0;
  while (at < text.length) {
    if (pattern[next] === '*') {
      star = next++;
      taken = at;
    } else if (!(texts && text[at] === '*') && (pattern[next] === '?' || pattern[next] === text[at])) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++taken;
    } else {
      return false;
    }
  }
  while (pattern[next] === '*') next++;
  return next === pattern.length;
}
