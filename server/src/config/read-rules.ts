import { flatMap } from '../base/flat-map.ts';
import type { Range, Span, Uri } from '../base/span.ts';
import { putEntry } from '../base/table.ts';
import { resolved, type Node, type Pair } from '../syntax/tree.ts';
import { RULE_LEVELS, type RuleLevel, type RuleOptionValue, type RuleSetting } from './configuration.ts';
import { didYouMean } from './nearest-name.ts';
import { settingBoolean, settingMap, pairsOf, placeOf, settingText, type ReportError } from './nodes.ts';
import { orList } from './read-choice.ts';
import { reportUnknownKey, unknownWord } from './repair.ts';

const KEYS = ['severity', 'options'] as const;

/** The settings of rules: `ID: level`, or `ID: {severity, options}`. Invalid entries are reported and ignored. */
export function readRules(node: Node, doc: Uri, say: ReportError): readonly RuleSetting[] {
  return flatMap(pairsOf(settingMap(node, '"rules"', say), say), (pair): readonly RuleSetting[] => {
    const setting = readSetting(pair, doc, say);
    return setting ? [{ selector: pair.name, at: { doc, start: pair.key.start, end: pair.key.end }, ...setting }] : [];
  });
}

type Options = Pick<RuleSetting, 'options' | 'optionsAt'>;

function readSetting(pair: Pair, doc: Uri, say: ReportError): (Pick<RuleSetting, 'level'> & Options) | undefined {
  if (resolved(pair.value)?.kind !== 'map') {
    const level = readLevel(pair, say);
    return level && { level, options: {} };
  }
  let level: RuleLevel | undefined;
  let options: Options = { options: {} };
  for (const entry of pairsOf(settingMap(pair.value, `"${pair.name}"`, say), say)) {
    if (entry.name === 'severity') level = readLevel(entry, say);
    else if (entry.name === 'options') options = readOptions(entry.value, doc, say);
    else reportUnknownKey(entry, KEYS, 'the setting of a rule', say);
  }
  return { ...(level === undefined ? {} : { level }), ...options };
}

/** A level. `true` and `false` are accepted, because other YAML readers take `on` and `off` for them. */
function readLevel(pair: Pair, say: ReportError): RuleLevel | undefined {
  const written = settingText(pair.value);
  const truth = settingBoolean(pair.value);
  const level = truth === undefined ? RULE_LEVELS.find((known) => known === written) : truth ? 'on' : 'off';
  if (!level)
    say(
      placeOf(pair),
      `Expected "${pair.name}" to be ${orList(RULE_LEVELS)}.${written === undefined ? '' : didYouMean(written, RULE_LEVELS)}`,
      written === undefined ? undefined : unknownWord(pair.value, written, RULE_LEVELS),
    );
  return level;
}

function readOptions(node: Node, doc: Uri, say: ReportError): Options {
  const options: Record<string, RuleOptionValue> = {};
  const optionsAt: Record<string, { readonly name: Span; readonly value: Span }> = {};
  const spanOf = ({ start, end }: Range): Span => ({ doc, start, end });
  for (const pair of pairsOf(settingMap(node, '"options"', say), say)) {
    const value = readOption(pair.value);
    if (value === undefined)
      say(placeOf(pair), `Expected "${pair.name}" to be a string, number, boolean or list of strings.`);
    else {
      putEntry(options, pair.name, value);
      putEntry(optionsAt, pair.name, { name: spanOf(pair.key), value: spanOf(placeOf(pair)) });
    }
  }
  return { options, optionsAt };
}

function readOption(node: Node): RuleOptionValue | undefined {
  const value = resolved(node);
  if (value?.kind === 'list') {
    const items = value.items.map((item) => settingText(item.value));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  const truth = settingBoolean(node);
  if (truth !== undefined) return truth;
  const text = settingText(node);
  if (text === undefined || value?.kind !== 'scalar') return undefined;
  return value.style === 'plain' && /^-?\d{1,9}$/.test(text) ? Number(text) : text;
}
