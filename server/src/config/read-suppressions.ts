import { flatMap } from '../base/flat-map.ts';
import type { Uri } from '../base/span.ts';
import { folderOf } from '../base/uri.ts';
import type { Suppression, SuppressionScope } from '../model/suppression.ts';
import { isDay } from '../base/today.ts';
import type { Item, Node, Pair, Tree } from '../syntax/tree.ts';
import { withoutNode } from '../suppression/removal.ts';
import type { PathPatterns } from './configuration.ts';
import { settingList, settingMap, pairsOf, placeOf, settingText, type ReportError } from './nodes.ts';
import { reportUnknownKey } from './repair.ts';
import { matchesPatterns } from './path-patterns.ts';
import { readTexts, type TextAt } from './read-choice.ts';

const KEYS = ['rule', 'rules', 'paths', 'resources', 'value', 'reason', 'until'] as const;

/**
 * The accepted findings of a configuration. Entries without rules, and with invalid dates, are reported and ignored.
 */
export function readSuppressions(node: Node, tree: Tree, say: ReportError): readonly Suppression[] {
  return flatMap(settingList(node, '"suppressions"', say)?.items ?? [], (item) => readEntry(item, tree, say));
}

function readEntry(item: Item, tree: Tree, say: ReportError): readonly Suppression[] {
  const { doc } = tree;
  const map = settingMap(item.value, 'an entry of "suppressions"', say);
  if (!map) return [];
  const pairs = new Map(pairsOf(map, say).map((pair) => [pair.name, pair]));
  for (const pair of pairs.values())
    if (!KEYS.some((name) => name === pair.name)) reportUnknownKey(pair, KEYS, 'an entry of "suppressions"', say);
  const rules = flatMap(['rule', 'rules'], (name) => readRuleNames(pairs.get(name), say));
  if (!pairs.has('rule') && !pairs.has('rules')) say(map.pairs[0]?.key ?? item, 'Missing "rules".');
  const until = readUntil(pairs.get('until'), say);
  const reason = readText(pairs.get('reason'), 'a string', say);
  const scope = readScope(pairs, folderOf(doc), say);
  if (rules.length === 0 || until === null || !scope) return [];
  return [
    {
      tool: 'stackwarden',
      kind: 'configuration',
      at: { doc, start: map.start, end: map.end },
      rules: rules.map(({ text, start, end }) => ({ name: text, at: { doc, start, end } })),
      removal: (rule) => withoutNode(tree, rules.find(({ start }) => start === rule?.at.start)?.node ?? item.value),
      scope,
      ...(reason === undefined ? {} : { reason }),
      ...(until === undefined ? {} : { until }),
    },
  ];
}

function readRuleNames(pair: Pair | undefined, say: ReportError): readonly TextAt[] {
  return pair ? (readTexts(pair, 'the ID of a rule', say) ?? []) : [];
}

/** The scope; undefined and reported if a limit of it is invalid, because without the limit it would be wider. */
function readScope(pairs: ReadonlyMap<string, Pair>, folder: Uri, say: ReportError): SuppressionScope | undefined {
  const patterns = readLimit(pairs.get('paths'), 'a path pattern', say);
  const resources = readLimit(pairs.get('resources'), 'a logical ID or a Terraform address', say);
  const value = readText(pairs.get('value'), 'a string', say);
  if (patterns === null || resources === null || (pairs.has('value') && value === undefined)) return undefined;
  const paths: PathPatterns | undefined = patterns && { folder, patterns };
  return {
    kind: 'selected',
    includes: (doc) => !paths || matchesPatterns(paths, doc),
    ...(resources ? { resources } : {}),
    ...(value === undefined ? {} : { value }),
  };
}

/** The texts that limit a scope; null and reported if there are none. */
function readLimit(pair: Pair | undefined, what: string, say: ReportError): readonly string[] | undefined | null {
  if (!pair) return undefined;
  const texts = readTexts(pair, what, say);
  if (texts && texts.length > 0) return texts.map(({ text }) => text);
  say(placeOf(pair), `Expected "${pair.name}" to be ${what}, or a list. The entry has no effect.`);
  return null;
}

/** The date; null and reported if it is invalid. */
function readUntil(pair: Pair | undefined, say: ReportError): string | undefined | null {
  if (!pair) return undefined;
  const text = settingText(pair.value);
  if (text !== undefined && isDay(text)) return text;
  say(placeOf(pair), 'Expected "until" to be a date, such as 2027-01-31.');
  return null;
}

function readText(pair: Pair | undefined, what: string, say: ReportError): string | undefined {
  if (!pair) return undefined;
  const text = settingText(pair.value);
  if (text === undefined) say(placeOf(pair), `Expected "${pair.name}" to be ${what}.`);
  return text;
}
