/** Completion in `.stackwarden.yaml`: keys, values and the ids of rules. */
import { flatMap } from '../base/flat-map.ts';
import type { Uri } from '../base/span.ts';
import { offered, type Completions } from '../completion/completion.ts';
import { cursorAt, markedTexts } from '../completion/cursor.ts';
import { textOffer, type Offer, type ValueForm } from '../completion/offer.ts';
import { MARK } from '../completion/typing.ts';
import { alternatives, settingPlace, settingValuesAt, type ConfigurationPlace } from '../config/setting-place.ts';
import type { Keys, SettingDoc, SettingValue, TextValue } from '../config/setting-value.ts';
import { RULES } from '../rules/index.ts';
import { parse } from '../syntax/parse.ts';

/** An offer, and whether the JSON Schema of the file has it too. */
type SettingOffer = Offer & { readonly inSchema?: true };

/**
 * The completions at an offset of a configuration file; undefined if there are none.
 * @param schemaHelp Whether to include offers that are also in the JSON Schema of the file.
 */
export function completeConfiguration(
  doc: Uri,
  source: string,
  offset: number,
  schemaHelp = true,
): Completions | undefined {
  const cursor = cursorAt(parse(doc, source, 'yaml'), offset);
  if (!cursor) return undefined;
  for (const attempt of markedTexts(source, cursor)) {
    const start = attempt.indexOf(MARK);
    const place = settingPlace(parse(doc, attempt, 'yaml'), { start, end: start + MARK.length });
    const offers = place ? offersAt(place).filter(({ inSchema }) => schemaHelp || !inSchema) : [];
    const found = offers.length > 0 ? offered(offers, cursor, 'plain', {}) : undefined;
    if (found) return found;
  }
  return undefined;
}

function offersAt({ path, key, beside }: ConfigurationPlace): readonly SettingOffer[] {
  const values = flatMap(settingValuesAt(path), alternatives);
  if (!key) return flatMap(values, (value) => valueOffers(value, beside, typeof path.at(-1) === 'number'));
  const has = new Set(key.map.pairs.map(({ name }) => name));
  return flatMap(values, (value): readonly SettingOffer[] => {
    if (value.kind === 'keys') return keyOffers(value, has);
    return value.kind === 'table' && value.names === 'rule' ? ruleOffers(has, true) : [];
  });
}

/** What a value can be. At an item of a list of mappings, it is the first key. */
function valueOffers(value: SettingValue, beside: readonly string[], isItem: boolean): readonly SettingOffer[] {
  switch (value.kind) {
    case 'boolean':
      return ['true', 'false'].map((name, rank) => word(name, rank));
    case 'text':
      return textOffers(value, beside);
    case 'texts':
      return textOffers(value.of, beside);
    case 'keys':
      return isItem ? keyOffers(value, new Set()) : [];
    default:
      return [];
  }
}

function textOffers({ choices = [], names }: TextValue, beside: readonly string[]): readonly SettingOffer[] {
  const words = choices
    .filter(({ name }) => !beside.includes(name))
    .map(({ name, description }, rank) => word(name, rank, description));
  return names === 'rule' ? [...words, ...ruleOffers(new Set(beside), false)] : words;
}

function word(name: string, rank: number, description?: string): SettingOffer {
  return {
    ...textOffer(name, 'word', rank, description === undefined ? {} : { documentation: description }),
    inSchema: true,
  };
}

function keyOffers({ keys }: Keys, has: ReadonlySet<string>): readonly SettingOffer[] {
  return Object.entries(keys)
    .filter(([name]) => !has.has(name))
    .map(([name, doc], rank) => ({
      label: name,
      kind: 'element' as const,
      documentation: described(name, doc),
      written: { as: 'entry' as const, name: [name], shape: shapeOf(doc) },
      rank,
      goesOn: shapeOf(doc) === 'text',
      inSchema: true,
    }));
}

function described(name: string, { description, default: fallback, example }: SettingDoc): string {
  return `${description}${fallback === undefined ? '' : `\nDefault: ${fallback}`}\nExample: ${name}: ${example}`;
}

/** The form of the value in its example. */
function shapeOf({ example }: SettingDoc): ValueForm {
  return example.startsWith('[') ? 'list' : example.startsWith('{') ? 'object' : 'text';
}

function ruleOffers(has: ReadonlySet<string>, asKey: boolean): readonly SettingOffer[] {
  return RULES.filter(({ id }) => !has.has(id)).map(({ id, title, severity, profile }) => ({
    ...textOffer(id, 'word', 100, { detail: title, documentation: `Severity ${severity}, profile ${profile}` }),
    ...(asKey ? { written: { as: 'entry' as const, name: [id], shape: 'text' as const }, goesOn: true } : {}),
  }));
}
