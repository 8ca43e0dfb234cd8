/** The characters of the strings that a regular expression matches. */

import { flatMap } from '../base/flat-map.ts';
import { table, type Table } from '../base/table.ts';

/** One character, or a range of them. */
type Characters = readonly [first: string, last: string];

const CLASSES: Table<readonly Characters[]> = table({
  d: [['0', '9']],
  w: [
    ['a', 'z'],
    ['A', 'Z'],
    ['0', '9'],
    ['_', '_'],
  ],
  s: [
    [' ', ' '],
    ['\t', '\r'],
  ],
});

/** Characters that match themselves, with an escape or without. */
const ESCAPED = /^\\([^\da-zA-Z])/;
const PLAIN = /^[^\\[\](){}.*+?|^$]/u;

/** What adds no character: anchors, alternatives, groups without a flag, and quantifiers. */
const NO_CHARACTER = /^(?:[\^$|)*+?]|\((?:\?:|(?!\?))|\{\d+(?:,\d*)?\})/;

/** A bracket with characters, ranges and classes, and without negation, nesting or intersection. */
const BRACKET = /^\[(?!\^)((?:\\[dws]|\\[^\da-zA-Z]|[^\\[\]&])+)\]/u;
const IN_BRACKET = /\\([dws])|(?:\\([^\da-zA-Z])|([^\\]))(?:-(?:\\([^\da-zA-Z])|([^\\])))?/gu;

/**
 * Whether all characters of a string are in strings that a pattern matches; undefined for patterns that are not
 * evaluated, such as those with a dot or a negation. Nothing is matched, so it does not matter how long that may take.
 */
export function charactersOf(pattern: string): ((text: string) => boolean) | undefined {
  if (!isPattern(pattern)) return undefined;
  const found: Characters[] = [];
  for (let rest = pattern; rest !== '';) {
    const [whole, characters] = nextIn(rest) ?? [];
    if (whole === undefined || !characters) return undefined;
    found.push(...characters);
    rest = rest.slice(whole.length);
  }
  return (text) => Array.from(text).every((one) => found.some(([first, last]) => first <= one && one <= last));
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

/** The next element of a pattern with its characters; undefined for one that is not evaluated. */
function nextIn(rest: string): readonly [whole: string, characters: readonly Characters[]] | undefined {
  const none = NO_CHARACTER.exec(rest);
  if (none) return [none[0], []];
  const plain = PLAIN.exec(rest);
  if (plain) return [plain[0], [[plain[0], plain[0]]]];
  const escaped = ESCAPED.exec(rest);
  if (escaped) return [escaped[0], [[escaped[1]!, escaped[1]!]]];
  const known = /^\\([dws])/.exec(rest);
  if (known) return [known[0], CLASSES[known[1]!]!];
  const bracket = BRACKET.exec(rest);
  return bracket ? [bracket[0], inBracket(bracket[1]!)] : undefined;
}

function inBracket(inside: string): readonly Characters[] {
  return flatMap(Array.from(inside.matchAll(IN_BRACKET)), ([, name, escaped, plain, escapedEnd, plainEnd]) => {
    if (name !== undefined) return CLASSES[name]!;
    const first = (escaped ?? plain)!;
    return [[first, escapedEnd ?? plainEnd ?? first] as const];
  });
}
