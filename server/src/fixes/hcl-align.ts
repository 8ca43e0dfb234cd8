/**
 * The column of `=` in arguments on adjacent lines. A blank line, a comment, a block and a value on several lines end
 * such a run. https://developer.hashicorp.com/terraform/language/style#code-formatting
 */
import { flatMap } from '../base/flat-map.ts';
import type { MapNode, Pair, Tree } from '../syntax/tree.ts';
import { beginsLine, lineEnd, nextLine, sameLine } from './lines.ts';
import type { Splice } from './splice.ts';

export interface Alignment {
  /** The width of the names on new lines of the run. */
  readonly width: number;
  /** Changes to the lines of the run, new names included. */
  readonly splices: readonly Splice[];
}

/** Whether an argument has its value on its line; a heredoc begins there. */
export function isOnLine({ text }: Tree, { key, separator, value }: Pair): boolean {
  return separator >= 0 && (sameLine(text, key.start, value.end) || isHeredoc(text, value.start));
}

function isHeredoc(text: string, start: number): boolean {
  return text.startsWith('<<', start);
}

/** The arguments on the lines right above and below one, itself included. */
function runAround(tree: Tree, { pairs }: MapNode, pair: Pair): readonly Pair[] {
  const { text } = tree;
  const isNext = (a: Pair | undefined, b: Pair | undefined): boolean =>
    a !== undefined &&
    b !== undefined &&
    isOnLine(tree, a) &&
    isOnLine(tree, b) &&
    !isHeredoc(text, a.value.start) &&
    beginsLine(text, b.start) &&
    nextLine(text, a.end) < text.length &&
    sameLine(text, nextLine(text, a.end), b.start);
  if (!isOnLine(tree, pair)) return [];
  let first = pairs.indexOf(pair);
  let last = first;
  while (isNext(pairs[first - 1], pairs[first])) first--;
  while (isNext(pairs[last], pairs[last + 1])) last++;
  return pairs.slice(first, last + 1);
}

/**
 * The alignment of the run around an argument after some names change and others are added. A run that is not aligned
 * stays as it is.
 */
export function alignment(
  tree: Tree,
  map: MapNode,
  pair: Pair,
  renamed: ReadonlyMap<Pair, string>,
  added: readonly string[],
  removed: ReadonlySet<Pair>,
): Alignment {
  const { text } = tree;
  const run = runAround(tree, map, pair).filter((one) => !removed.has(one));
  const widths = run.map(({ key, separator }) => separator - key.start - 1);
  const names = run.map((one) => renamed.get(one) ?? text.slice(one.key.start, one.key.end));
  const aligned = run.length > 0 && widths.every((width) => width === widths[0]);
  const longest = (lengths: readonly string[]): number => Math.max(0, ...lengths.map(({ length }) => length));
  if (!aligned) {
    return {
      width: longest(added),
      splices: flatMap(run, (one, index) =>
        renamed.has(one) ? [{ start: one.key.start, end: one.key.end, newText: names[index]! }] : [],
      ),
    };
  }
  const width = run.some((one) => renamed.has(one))
    ? longest([...names, ...added])
    : Math.max(widths[0]!, longest(added));
  return {
    width,
    splices: flatMap(run, ({ key, separator }, index) => {
      const newText = `${names[index]!.padEnd(width)} `;
      return text.slice(key.start, separator) === newText ? [] : [{ start: key.start, end: separator, newText }];
    }),
  };
}

/** Whether a line has nothing but white space. */
export function isBlankLine(text: string, start: number): boolean {
  return text.slice(start, lineEnd(text, start)).trim() === '';
}
