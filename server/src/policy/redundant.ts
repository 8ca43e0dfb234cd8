/** Entries of a list in a policy that add nothing, because others in it cover all that they stand for. */
import { withPlaceholders } from '../base/placeholders.ts';
import { HOLE } from './hole.ts';
import type { Settled } from './written.ts';
import { includes } from './wildcard.ts';

/** How many wildcards of a list are compared with its other entries. Lists with more have most of what they cover near the first. */
const MOST_WILDCARDS = 64;

/** Of the entries of a list, which are covered by another one wherever they are there: their numbers, and by which one that is itself not covered. */
export function redundantIn(
  entries: readonly Settled[],
  covers: (wide: string, narrow: string) => boolean,
  same: (text: string) => string,
): ReadonlyMap<number, number> {
  const redundant = new Map<number, number>();
  const first = new Map<string, number>();
  const always = (narrow: number, wide: number): boolean =>
    entries[narrow]!.guard.exact && entries[narrow]!.guard.coveredBy(entries[wide]!.guard);
  entries.forEach(({ text }, index) => {
    const before = first.get(same(text));
    if (before === undefined) first.set(same(text), index);
    else if (entries[before]!.value !== entries[index]!.value && always(index, before)) redundant.set(index, before);
  });
  const wildcards = entries
    .flatMap(({ text }, index) => (/[*?]/.test(text) && !redundant.has(index) ? [index] : []))
    .slice(0, MOST_WILDCARDS);
  entries.forEach(({ text }, index) => {
    if (redundant.has(index)) return;
    // Of two that cover each other the first stays.
    const by = wildcards.find(
      (wide) =>
        entries[wide]!.value !== entries[index]!.value &&
        covers(entries[wide]!.text, text) &&
        !(wide > index && covers(text, entries[wide]!.text)) &&
        always(index, wide),
    );
    if (by !== undefined) redundant.set(index, by);
  });
  return withoutChains(redundant);
}

/**
 * What covers a covering entry covers all that it covers, so that one finding and one fix name the entry that stays. Entries in a cycle stay: since `covers` may
 * miss that two cover each other, each could be removed on account of the next.
 */
function withoutChains(coveredBy: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const ends = new Map<number, number | undefined>();
  for (const start of coveredBy.keys()) {
    const passed = new Set<number>();
    let at = start;
    for (
      let next = coveredBy.get(at);
      next !== undefined && !ends.has(at) && !passed.has(at);
      next = coveredBy.get(at)
    ) {
      passed.add(at);
      at = next;
    }
    const end = ends.has(at) ? ends.get(at) : passed.has(at) ? undefined : at;
    for (const one of passed) ends.set(one, end);
  }
  return new Map(
    [...coveredBy.keys()]
      .sort((a, b) => a - b)
      .flatMap((index): readonly (readonly [number, number])[] => {
        const end = ends.get(index);
        return end === undefined ? [] : [[index, end]];
      }),
  );
}

/** Whether one pattern of actions covers another. Case does not matter. */
export function actionCovers(wide: string, narrow: string): boolean {
  return includes(wide === '*' ? '*' : wide.toLowerCase(), narrow.toLowerCase());
}

/**
 * Whether one resource covers another, part by part: a star in one part is not taken to stand for the next ones. What is put in covers itself
 * alone, and a star covers it. So it is with a variable of policies, and with a wildcard that is written as one: `${*}` stands for the character.
 */
export function resourceCovers(one: string, other: string): boolean {
  const [wide, narrow] = [withoutVariables(one), withoutVariables(other)];
  if (/^\*+$/.test(wide)) return true;
  if (wide.includes('?') && narrow.includes(HOLE)) return false;
  // What is below the same resource of the stack is compared from there on.
  const put = new RegExp(`^${HOLE}[^${HOLE}]+${HOLE}`).exec(wide)?.[0];
  if (put !== undefined) return narrow.startsWith(put) && includes(wide.slice(put.length), narrow.slice(put.length));
  const [theirs, own] = [partsOf(wide), partsOf(narrow)];
  return theirs.length === 6 && own.length === 6 && theirs.every((part, index) => includes(part, own[index]!));
}

/** A text with the variables of policies put in like other things: nothing in them separates parts or is a wildcard. */
function withoutVariables(text: string): string {
  return text.includes('${')
    ? withPlaceholders(
        text,
        ({ inside }) =>
          `${HOLE}$${inside.replace(/[:*?]/g, (one) => String.fromCharCode(0xe000 + one.charCodeAt(0)))}${HOLE}`,
      )
    : text;
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
