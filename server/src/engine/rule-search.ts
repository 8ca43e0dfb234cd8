/** Search in the catalog of rules, by id, by the id of another tool's check or a control, by title and by keyword. */
import { nearestName } from '../config/nearest-name.ts';
import type { AnyRule } from '../rules/rule.ts';

/** The fields that are searched. */
export type Searched = Pick<AnyRule, 'id' | 'title' | 'keywords' | 'aliases' | 'controls'>;

/** How well a rule matches, best first: the order of search results. */
const RANKS = ['id', 'alias', 'title', 'keywords'] as const;
type Rank = (typeof RANKS)[number];

/** The minimum length of a query without spaces and hyphens to match within words: `passrole` finds `iam:PassRole`. */
const SHORTEST_SQUASHED = 5;

/**
 * The rules that match all words of a query: the rule with exactly this id, then those with exactly this alias, then matches in
 * title or id, then matches that need a keyword or a part of an alias. Rules of one rank keep their order.
 */
export function searchRules<R extends Searched>(query: string, rules: readonly R[]): readonly R[] {
  const wanted = normalId(query);
  if (wanted === '') return [];
  const ranked = rules.flatMap((rule) => {
    const rank = rankOf(rule, query, wanted);
    return rank === undefined ? [] : [{ rule, rank: RANKS.indexOf(rank) }];
  });
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ rule }) => rule);
}

/**
 * The rule with exactly this id, otherwise those with exactly this alias or control. Case is ignored, and so is `AVD-`.
 */
export function rulesNamed<R extends Searched>(name: string, rules: readonly R[]): readonly R[] {
  const wanted = normalId(name);
  const own = rules.filter(({ id }) => normalId(id) === wanted);
  return own.length > 0 ? own : rules.filter((rule) => aliasesOf(rule).some((id) => normalId(id) === wanted));
}

/** The ids of other tools' checks and of controls that a rule covers. */
export function aliasesOf({ aliases, controls }: Searched): readonly string[] {
  return [...Object.values(aliases).flat(), ...Object.values(controls).flat()];
}

/** The nearest query for one without matches: an id, an alias, or the same words in the spelling of the rules. */
export function nearestQuery(query: string, rules: readonly Searched[]): string | undefined {
  const isName = !/\s/.test(query.trim());
  const name = isName && nearestName(query.trim(), [...rules.map(({ id }) => id), ...rules.flatMap(aliasesOf)]);
  if (name) return name;
  const vocabulary = vocabularyOf(rules);
  const corrected = wordsOf(query)
    .map((word) => (searchRules(word, rules).length > 0 ? word : (nearestName(word, vocabulary) ?? word)))
    .join(' ');
  return searchRules(corrected, rules).length > 0 ? corrected : undefined;
}

/** All words of ids, titles and keywords. */
function vocabularyOf(rules: readonly Searched[]): readonly string[] {
  return [...new Set(rules.flatMap(({ id, title, keywords = [] }) => [id, title, ...keywords].flatMap(wordsOf)))];
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9*]+/)
    .filter((word) => word !== '');
}

function rankOf(rule: Searched, query: string, wanted: string): Rank | undefined {
  if (normalId(rule.id) === wanted) return 'id';
  const aliases = aliasesOf(rule);
  if (aliases.some((alias) => normalId(alias) === wanted)) return 'alias';
  const texts = [rule.id, rule.title];
  if (matches(query, texts)) return 'title';
  if (matches(query, [...texts, ...(rule.keywords ?? [])])) return 'keywords';
  // Each alias is searched individually, because several aliases together can contain all words of one id.
  return aliases.some((alias) => hasWords(query, [alias])) ? 'keywords' : undefined;
}

/** Whether the texts contain each word of a query, or one text contains the query written as one word. */
function matches(query: string, texts: readonly string[]): boolean {
  if (hasWords(query, texts)) return true;
  const squashed = wordsOf(query).join('');
  return squashed.length >= SHORTEST_SQUASHED && texts.some((text) => wordsOf(text).join('').includes(squashed));
}

/** Whether each word of a query begins a word of the texts. Numbers must be equal. */
function hasWords(query: string, texts: readonly string[]): boolean {
  const words = [...new Set(texts.flatMap(wordsOf).map(singular))];
  const queryWords = wordsOf(query).map(singular);
  return (
    queryWords.length > 0 &&
    queryWords.every((word) => words.some((one) => (/^\d/.test(word) ? one === word : one.startsWith(word))))
  );
}

/** `policies` and `buckets` become `policy` and `bucket`; `access` is unchanged. */
function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

/** Trivy's ids are written with and without `AVD-`. */
function normalId(id: string): string {
  return id
    .trim()
    .toUpperCase()
    .replace(/^AVD-(?=AWS-)/, '');
}
