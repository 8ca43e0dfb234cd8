/**
 * Whether a string matches an IAM pattern: `*` matches any number of characters, `?` matches one. The time is
 * proportional to the product of both lengths, for any pattern.
 */
export function fits(text: string, pattern: string): boolean {
  return runs(text, pattern, false);
}

/**
 * Whether every match of one pattern also matches another, broader one. Sound but incomplete: equivalent orders of
 * adjacent wildcards (`?*`) are not recognized.
 */
export function includes(wide: string, narrow: string): boolean {
  return runs(narrow, wide, true);
}

/** Whether two patterns have no match in common. Sound but incomplete for patterns with wildcards on both sides. */
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
 * Whether a string matches both patterns. Takes time in proportion to the product of their lengths.
 * @param isSame Whether two characters other than wildcards can be the same.
 */
export function haveCommon(
  one: string,
  other: string,
  isSame: (first: string, second: string) => boolean = (mine, its) => mine === its,
): boolean {
  // The prefixes of the other pattern that have a match in common with the current prefix of the first pattern.
  let shared = Array.from({ length: other.length + 1 }, (_, length) => /^\**$/.test(other.slice(0, length)));
  for (const mine of one) {
    const before = shared;
    shared = [mine === '*' && before[0]!];
    for (let index = 0; index < other.length; index++) {
      const otherCharacter = other[index]!;
      const both = before[index]! && (mine === '?' || otherCharacter === '?' || isSame(mine, otherCharacter));
      shared.push(
        (mine === '*' && (before[index + 1]! || shared[index]!)) ||
          (otherCharacter === '*' && (shared[index]! || before[index + 1]!)) ||
          (mine !== '*' && otherCharacter !== '*' && both),
      );
    }
  }
  return shared[other.length]!;
}

/** The number of characters after the last wildcard. */
function tailOf(pattern: string): number {
  return pattern.length - 1 - Math.max(pattern.lastIndexOf('*'), pattern.lastIndexOf('?'));
}

/**
 * `texts`: whether a wildcard in the string represents any characters, so that only a wildcard of the pattern covers
 * it.
 */
function runs(text: string, pattern: string, texts: boolean): boolean {
  let at = 0;
  let next = 0;
  // The position to continue from if the rest after the last wildcard does not match. The wildcard then matches one
  // more character.
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
