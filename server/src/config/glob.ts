/**
 * Glob patterns: `*` and `?` within a name, `**` across folders, `[ab]`, `{a,b}`, and a backslash as escape. Matching
 * takes time proportional to the product of the lengths of pattern and path, so that a pattern in a configuration
 * cannot block an editor.
 */

/** A part of a pattern: a character, a class of characters, any characters of a name, or any path. */
type Token =
  | { readonly is: string }
  | { readonly any: 'one' | 'name' | 'path' }
  | { readonly among: readonly (readonly [from: string, to: string])[]; readonly not: boolean };

/** The maximum number of alternatives of braces. Further ones match nothing. */
const MOST_ALTERNATIVES = 64;

/** Whether a path matches a pattern. */
export function fitsGlob(pattern: string, path: string): boolean {
  return alternativesOf(pattern).some((one) => fits(tokensOf(one), path));
}

/** The alternatives of a pattern with braces. */
function alternativesOf(pattern: string): readonly string[] {
  const done: string[] = [];
  const open = [pattern];
  while (open.length > 0 && done.length + open.length <= MOST_ALTERNATIVES) {
    const one = open.pop()!;
    const braces = bracesIn(one);
    if (!braces) done.push(one);
    else
      open.push(...braces.parts.map((part) => one.slice(0, braces.start) + part + one.slice(braces.end)).toReversed());
  }
  return done;
}

/** The first pair of braces with alternatives; nested ones are part of them. */
function bracesIn(
  pattern: string,
): { readonly start: number; readonly end: number; readonly parts: readonly string[] } | undefined {
  let start = -1;
  let depth = 0;
  let cuts: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at];
    if (letter === '\\') at++;
    else if (letter === '{') {
      if (depth++ === 0) {
        start = at;
        cuts = [at];
      }
    } else if (letter === ',' && depth === 1) cuts.push(at);
    else if (letter === '}' && depth > 0 && --depth === 0 && cuts.length > 1) {
      return { start, end: at + 1, parts: cuts.map((cut, index) => pattern.slice(cut + 1, cuts[index + 1] ?? at)) };
    }
  }
  return undefined;
}

function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at]!;
    if (letter === '\\' && at + 1 < pattern.length) tokens.push({ is: pattern[++at]! });
    else if (letter === '?') tokens.push({ any: 'one' });
    else if (letter === '*') {
      const start = at;
      while (pattern[at + 1] === '*') at++;
      // `**` crosses folders if it is a whole name; `**/` also matches no folder.
      const whole =
        at > start &&
        (start === 0 || pattern[start - 1] === '/') &&
        (at + 1 === pattern.length || pattern[at + 1] === '/');
      tokens.push({ any: whole ? 'path' : 'name' });
    } else if (letter === '[') {
      const among = classAt(pattern, at);
      if (among) {
        tokens.push(among.token);
        at = among.end;
      } else tokens.push({ is: letter });
    } else tokens.push({ is: letter });
  }
  return tokens;
}

/** The character class at an offset and its end; undefined if it is not closed. */
function classAt(pattern: string, start: number): { readonly token: Token; readonly end: number } | undefined {
  const not = pattern[start + 1] === '!' || pattern[start + 1] === '^';
  const first = start + (not ? 2 : 1);
  const among: (readonly [string, string])[] = [];
  for (let at = first; at < pattern.length; at++) {
    if (pattern[at] === ']' && at > first) return { token: { among, not }, end: at };
    const from = pattern[at] === '\\' && at + 1 < pattern.length ? pattern[++at]! : pattern[at]!;
    const isRange = pattern[at + 1] === '-' && at + 2 < pattern.length && pattern[at + 2] !== ']';
    among.push([from, isRange ? pattern[at + 2]! : from]);
    if (isRange) at += 2;
  }
  return undefined;
}

/** Whether tokens match a path: the offsets that are reachable after each token. */
function fits(tokens: readonly Token[], path: string): boolean {
  let reached = new Uint8Array(path.length + 1);
  reached[0] = 1;
  for (const [index, token] of tokens.entries()) {
    const next = new Uint8Array(path.length + 1);
    if ('any' in token && token.any !== 'one') {
      // `**/` at the start of a name also matches no folder: the slash is skipped.
      let open = false;
      for (let at = 0; at <= path.length; at++) {
        if (at > 0 && token.any === 'name' && path[at - 1] === '/') open = false;
        open ||= reached[at] === 1;
        if (open) next[at] = 1;
      }
    } else for (let at = 0; at < path.length; at++) if (reached[at] === 1 && takes(token, path[at]!)) next[at + 1] = 1;
    const before = tokens[index - 1];
    // The slash after `**` is skipped at the start of a name.
    if ('is' in token && token.is === '/' && before && 'any' in before && before.any === 'path') {
      const begin = tokens[index - 2] === undefined ? [0] : [];
      for (const at of begin) next[at] = 1;
      for (let at = 1; at <= path.length; at++) if (reached[at] === 1 && path[at - 1] === '/') next[at] = 1;
    }
    // `/**` at the end also matches nothing: `a/**` matches `a`.
    if (
      'any' in token &&
      token.any === 'path' &&
      index === tokens.length - 1 &&
      index > 0 &&
      reachedBeforeSlash(tokens, path)
    )
      next[path.length] = 1;
    reached = next;
  }
  return reached[path.length] === 1;
}

/** Whether a path matches the part of a pattern before a final `/**`. */
function reachedBeforeSlash(tokens: readonly Token[], path: string): boolean {
  return tokens.length > 2 && fits(tokens.slice(0, -2), path);
}

function takes(token: Token, letter: string): boolean {
  if ('is' in token) return token.is === letter;
  if (letter === '/') return false;
  return 'any' in token || token.among.some(([from, to]) => from <= letter && letter <= to) !== token.not;
}
