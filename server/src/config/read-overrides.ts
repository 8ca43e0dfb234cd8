import { flatMap } from '../base/flat-map.ts';
import type { Uri } from '../base/span.ts';
import { folderOf } from '../base/uri.ts';
import { CERTAINTIES } from '../model/finding.ts';
import { PROFILES } from '../model/profile.ts';
import type { Item, Node } from '../syntax/tree.ts';
import type { Override } from './configuration.ts';
import { settingList, settingMap, pairsOf, type ReportError } from './nodes.ts';
import { reportUnknownKey } from './repair.ts';
import { readChoice, readTexts } from './read-choice.ts';
import { readRules } from './read-rules.ts';

const KEYS = ['paths', 'profile', 'certainty', 'rules'] as const;

/** The settings for some paths. Entries without paths are reported and ignored. */
export function readOverrides(node: Node, doc: Uri, say: ReportError): readonly Override[] {
  return flatMap(settingList(node, '"overrides"', say)?.items ?? [], (item) => readEntry(item, doc, say));
}

function readEntry(item: Item, doc: Uri, say: ReportError): readonly Override[] {
  const map = settingMap(item.value, 'an entry of "overrides"', say);
  if (!map) return [];
  let entry: Omit<Override, 'paths' | 'at'> = { rules: [] };
  let patterns: readonly string[] = [];
  const pairs = pairsOf(map, say);
  for (const pair of pairs) {
    if (pair.name === 'paths') patterns = readTexts(pair, 'a path pattern', say)?.map(({ text }) => text) ?? [];
    else if (pair.name === 'profile') {
      const profile = readChoice(pair, PROFILES, say);
      if (profile) entry = { ...entry, profile };
    } else if (pair.name === 'certainty') {
      const certainty = readChoice(pair, CERTAINTIES, say);
      if (certainty) entry = { ...entry, certainty };
    } else if (pair.name === 'rules') entry = { ...entry, rules: readRules(pair.value, doc, say) };
    else reportUnknownKey(pair, KEYS, 'an entry of "overrides"', say);
  }
  if (!pairs.some(({ name }) => name === 'paths')) say(map.pairs[0]?.key ?? item, 'Missing "paths".');
  return patterns.length === 0
    ? []
    : [{ at: { doc, start: map.start, end: map.end }, paths: { folder: folderOf(doc), patterns }, ...entry }];
}
