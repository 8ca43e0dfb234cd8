/** Reads settings with simple values. */
import { flatMap } from '../base/flat-map.ts';
import type { Node, Pair } from '../syntax/tree.ts';
import { didYouMean } from './nearest-name.ts';
import { settingBoolean, settingList, placeOf, settingText, type ReportError } from './nodes.ts';
import { unknownWord } from './repair.ts';

/** One of several words; undefined and reported otherwise. */
export function readChoice<T extends string>(pair: Pair, choices: readonly T[], say: ReportError): T | undefined {
  const written = settingText(pair.value);
  const found = choices.find((choice) => choice === written);
  if (!found)
    say(
      placeOf(pair),
      `Expected "${pair.name}" to be ${orList(choices)}.${written === undefined ? '' : didYouMean(written, choices)}`,
      written === undefined ? undefined : unknownWord(pair.value, written, choices),
    );
  return found;
}

/** `true` or `false`; undefined and reported otherwise. */
export function readBoolean(pair: Pair, say: ReportError): boolean | undefined {
  const value = settingBoolean(pair.value);
  if (value === undefined) say(placeOf(pair), `Expected "${pair.name}" to be true or false.`);
  return value;
}

/** A list of strings, or one string. Other items are reported and left out; undefined if nothing is left. */
export function readTexts(pair: Pair, what: string, say: ReportError): readonly TextAt[] | undefined {
  const one = settingText(pair.value);
  if (one !== undefined) return [{ text: one, node: pair.value, start: pair.value.start, end: pair.value.end }];
  const list = settingList(pair.value, `"${pair.name}"`, say);
  if (!list) return undefined;
  return flatMap(list.items, (item): readonly TextAt[] => {
    const text = settingText(item.value);
    if (text !== undefined) return [{ text, node: item.value, start: item.value.start, end: item.value.end }];
    say(item, `Expected ${what}.`);
    return [];
  });
}

/** A string and its place. */
export interface TextAt {
  readonly text: string;
  readonly node: Node;
  readonly start: number;
  readonly end: number;
}

/** `a, b or c`. */
export function orList(choices: readonly string[]): string {
  return choices.length === 1 ? choices[0]! : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)!}`;
}
