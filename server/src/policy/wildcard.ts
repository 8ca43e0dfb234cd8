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
