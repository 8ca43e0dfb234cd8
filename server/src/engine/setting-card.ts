/** The hover of a setting in `.stackwarden.yaml`: a key, a word of a choice, or the rules that a selector names. */
import { flatMap } from '../base/flat-map.ts';
import type { Range, Uri } from '../base/span.ts';
import { alternatives, settingDoc, settingPlace, settingValuesAt } from '../config/setting-place.ts';
import type { SettingDoc, SettingValue, TextValue } from '../config/setting-value.ts';
import { parse } from '../syntax/parse.ts';
import { selectedBy } from './configured-rules.ts';

export interface SettingCard {
  readonly range: Range;
  /** The key or word, as it is written. */
  readonly name: string;
  /** Sentences. */
  readonly lines: readonly string[];
  /** What can be written, with a label each: the values of a key, its default, an example. */
  readonly written: readonly { readonly label: string; readonly texts: readonly string[] }[];
  /** The rules that a selector names. */
  readonly rules: readonly CardRule[];
  /** The number of rules that are not listed. */
  readonly more: number;
}

export interface CardRule {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly profile: string;
}

/** The maximum number of rules in a card. */
const MOST_RULES = 10;

/** The card for an offset of a configuration file; undefined if nothing is known there. */
export function settingCard(doc: Uri, source: string, offset: number): SettingCard | undefined {
  const place = settingPlace(parse(doc, source, 'yaml'), { start: offset, end: offset });
  if (place?.node.kind !== 'scalar') return undefined;
  const { node, path, key } = place;
  const [range, name] = [{ start: node.start, end: node.end }, node.value];
  const documented = key && settingDoc(path, name);
  if (documented) return { range, name, ...keyParts(documented), rules: [], more: 0 };
  const values = flatMap(settingValuesAt(path), alternatives);
  if (values.some((value) => namesRules(value, key !== undefined))) {
    const rules = selectedBy(name);
    if (rules.length > 0) return { range, name, lines: [], written: [], ...shownRules(rules) };
  }
  const choice = key
    ? undefined
    : flatMap(values, (value) => textOf(value)?.choices ?? []).find((one) => one.name === name);
  return choice?.description === undefined
    ? undefined
    : { range, name, lines: [choice.description], written: [], rules: [], more: 0 };
}

function keyParts({
  description,
  value,
  default: fallback,
  example,
}: SettingDoc): Pick<SettingCard, 'lines' | 'written'> {
  const choices = flatMap(alternatives(value), (one) =>
    one.kind === 'boolean' ? ['true', 'false'] : (textOf(one)?.choices ?? []).map(({ name }) => name),
  );
  return {
    lines: [description],
    written: [
      { label: 'Values', texts: choices },
      { label: 'Default', texts: fallback === undefined ? [] : [fallback] },
      { label: 'Example', texts: choices.length > 0 ? [] : [example] },
    ].filter(({ texts }) => texts.length > 0),
  };
}

function namesRules(value: SettingValue, asKey: boolean): boolean {
  return asKey ? value.kind === 'table' && value.names === 'rule' : textOf(value)?.names === 'rule';
}

function textOf(value: SettingValue): TextValue | undefined {
  return value.kind === 'texts' ? value.of : value.kind === 'text' ? value : undefined;
}

function shownRules(rules: readonly CardRule[]): Pick<SettingCard, 'rules' | 'more'> {
  return {
    rules: rules.slice(0, MOST_RULES).map(({ id, title, severity, profile }) => ({ id, title, severity, profile })),
    more: Math.max(0, rules.length - MOST_RULES),
  };
}
