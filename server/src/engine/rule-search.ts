/**
 * Search in the catalog of rules, by id, by the id of another tool's check or a control, by title, by keyword, by
 * property and by resource type.
 */
import { flatMap } from '../base/flat-map.ts';
import { addTo, groupedBy } from '../base/groups.ts';
import { memoize } from '../base/memoize.ts';
import { once } from '../base/once.ts';
import { nearestName } from '../config/nearest-name.ts';
import type { AnyRule } from '../rules/rule.ts';
import { namedByLongName } from './long-check-names.ts';

/** The fields that are searched. */
export type Searched = Pick<AnyRule, 'id' | 'title' | 'keywords' | 'aliases' | 'controls'> & {
  /** The paths of the properties that it reads, by resource type. */
  readonly reads?: Readonly<Record<string, readonly string[]>>;
};

/** How well a rule matches, best first: the order of search results. */
const RANKS = ['id', 'alias', 'title', 'keywords', 'properties', 'forms in title', 'forms'] as const;
type Rank = (typeof RANKS)[number];

/** The minimum length of a query without spaces and hyphens to match within words: `passrole` finds `iam:PassRole`. */
const SHORTEST_SQUASHED = 5;

/** Words of a query that do not distinguish rules, unless it has no others. */
const COMMON_WORDS: ReadonlySet<string> = new Set(
  'a an and are at be by for from in is of on or should that the to with without'.split(' '),
);

/**
 * Words and numbers. Versions, addresses and the words of a hyphenated one also count as a whole: `1.2`, `0.0.0.0/0`,
 * `hardcoded`.
 */
const WORD = /[a-z0-9*]+/g;
const NUMBER = /\d{1,4}(?:\.\d{1,4}){1,3}(?:\/\d{1,2})?/g;
const HYPHENATED = /[a-z]{1,30}(?:-[a-z]{1,30}){1,5}/g;

/** Endings of words that a search ignores: `encrypted` finds `encryption`, `publicly` finds `public`. */
const ENDING = /(?:ations?|ions?|ings?|ed|es|ly|e)$/;
const SHORTEST_STEM = 4;

/**
 * The rules that match all words of a query: the rule with exactly this id, then those with exactly this alias, then
 * matches in title or id, then matches that need a keyword or a part of an alias, then those that read a property whose
 * name begins with the query, and last those of other forms of the words: for `versioning`, rules about a `version`.
 * Rules of one rank keep their order. The query can be the name of a resource type, which stands for the `types` of
 * rules: those that read one of them are found.
 */
export function searchRules<R extends Searched>(
  query: string,
  rules: readonly R[],
  types: readonly string[] = [],
): readonly R[] {
  const readers = types.length > 0 ? readersOf(types, rules) : [];
  if (readers.length > 0) return readers;
  if (namedByLongName(query)) return rulesNamed(query, rules);
  const wanted = readQuery(query);
  if (wanted.id === '') return [];
  const ranked = flatMap(rules, (rule) => {
    const rank = rankOf(indexOf(rule), wanted);
    return rank === undefined ? [] : [{ rule, rank: RANKS.indexOf(rank) }];
  });
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ rule }) => rule);
}

/** The rules that read one of some types. */
function readersOf<R extends Searched>(types: readonly string[], rules: readonly R[]): readonly R[] {
  const wanted = new Set(types.map((type) => type.toLowerCase()));
  return rules.filter(({ reads = {} }) => Object.keys(reads).some((type) => wanted.has(type.toLowerCase())));
}

/**
 * The rule with exactly this id, otherwise those with exactly this alias or control. Case is ignored, and so is `AVD-`.
 * A long name of tfsec stands for what it names.
 */
export function rulesNamed<R extends Searched>(name: string, rules: readonly R[]): readonly R[] {
  const wanted = (namedByLongName(name) ?? [name]).map(normalId);
  const { byId, byCoveredId } = namesOf(rules);
  const own = flatMap(wanted, (id) => byId.get(id) ?? []);
  const found = new Set<Searched>(own.length > 0 ? own : flatMap(wanted, (id) => byCoveredId().get(id) ?? []));
  return found.size === 0 ? [] : rules.filter((rule) => found.has(rule));
}

/**
 * The rules of a list by what names them. A configuration names rules, so this must not read the texts of all rules,
 * which a build loads on demand.
 */
const namesOf = memoize((rules: readonly Searched[]) => ({
  byId: groupedBy(rules, ({ id }) => normalId(id)),
  byCoveredId: once(() => {
    const found = new Map<string, Searched[]>();
    for (const rule of rules) for (const id of coveredIds(rule)) addTo(found, normalId(id), rule);
    return found;
  }),
}));

/** The ids of other tools' checks and of controls that a rule covers. */
export function coveredIds({ aliases, controls }: Searched): readonly string[] {
  return [...Object.values(aliases).flat(), ...Object.values(controls).flat()];
}

/** The nearest query for one without matches: an id, an alias, or the same words in the spelling of the rules. */
export function nearestQuery(query: string, rules: readonly Searched[]): string | undefined {
  const name = /\s/.test(query.trim()) ? undefined : nearestRuleOrCheck(query, rules);
  if (name !== undefined) return name;
  const vocabulary = vocabularyOf(rules);
  const corrected = wordsOf(query)
    .map((word) => (searchRules(word, rules).length > 0 ? word : (nearestName(word, vocabulary) ?? word)))
    .join(' ');
  return searchRules(corrected, rules).length > 0 ? corrected : undefined;
}

/** The ID of a rule, or of a check or control that it covers, that is nearest to a misspelled one. */
export function nearestRuleOrCheck(name: string, rules: readonly Searched[]): string | undefined {
  return nearestName(name.trim(), [...rules.map(({ id }) => id), ...flatMap(rules, coveredIds)]);
}

/** All words of ids, titles and keywords, and the names of properties. */
function vocabularyOf(rules: readonly Searched[]): readonly string[] {
  return [
    ...new Set(
      flatMap(rules, (rule) => [
        ...flatMap([rule.id, rule.title, ...(rule.keywords ?? [])], wordsOf),
        ...indexOf(rule).properties,
      ]),
    ),
  ];
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** The versions and addresses in a text, and its hyphenated words as one word. */
function wholesIn(text: string): readonly string[] {
  const lower = text.toLowerCase();
  return [...(lower.match(NUMBER) ?? []), ...(lower.match(HYPHENATED) ?? []).map((word) => word.replaceAll('-', ''))];
}

/** The words of a query. Numbers of controls remain one word, and common words are omitted if there are others. */
function wantedWords(query: string): readonly string[] {
  const numbers = query.match(NUMBER) ?? [];
  const words = [...numbers, ...wordsOf(numbers.reduce((rest, number) => rest.replace(number, ' '), query))];
  const distinctive = words.filter((word) => !COMMON_WORDS.has(word));
  return distinctive.length > 0 ? distinctive : words;
}

/** The beginning that the forms of a word share; `unencrypted` finds `encrypted` too. */
function stem(word: string): string {
  const positive = word.startsWith('unencrypt') ? word.slice(2) : word;
  const short = singular(positive).replace(ENDING, '');
  return short.length < SHORTEST_STEM ? singular(word) : short;
}

/** Texts, as they are compared with queries. */
interface SearchText {
  /** The words, in the singular. */
  readonly words: readonly string[];
  /** Each text as one word. */
  readonly squashed: readonly string[];
}

interface Query {
  /** The query as an id. */
  readonly id: string;
  readonly words: readonly string[];
  /** The words without their endings. */
  readonly stems: readonly string[];
  /** The same of the parts of names: `PublicAccess` has `public` and `access`. */
  readonly parts: readonly string[];
  readonly squashed: string;
  /** What spaces separate, each as one word, and its words. */
  readonly names: readonly { readonly squashed: string; readonly words: readonly string[] }[];
}

/** A rule as it is compared with queries. */
const indexOf = memoize((rule: Searched) => ({
  id: normalId(rule.id),
  aliases: coveredIds(rule).map((alias) => ({ id: normalId(alias), text: searchText([alias]) })),
  title: searchText([rule.id, rule.title]),
  keywords: searchText([rule.id, rule.title, ...(rule.keywords ?? [])]),
  properties: propertiesIn(rule),
}));

/** The paths of the properties that a rule reads, and the ends of these, each as one word. */
function propertiesIn({ reads = {} }: Searched): readonly string[] {
  const paths = Object.values(reads).flat();
  const ends = flatMap(paths, (path) => path.split('.').map((_, index, names) => names.slice(index).join('.')));
  return [...new Set(ends.map((end) => wordsOf(end).join('')))];
}

function searchText(texts: readonly string[]): SearchText {
  return {
    words: [...new Set([...flatMap(texts, wordsOf).map(singular), ...flatMap(texts, wholesIn)])],
    squashed: texts.map((text) => wordsOf(text).join('')),
  };
}

function readQuery(query: string): Query {
  const words = wantedWords(query);
  return {
    id: normalId(query),
    words: words.map(singular),
    stems: words.map(stem),
    parts: wantedWords(query.replace(/([a-z])(?=[A-Z])/g, '$1 ')).map(stem),
    squashed: wordsOf(query).join(''),
    names: query
      .trim()
      .split(/\s+/)
      .map((name) => ({ squashed: wordsOf(name).join(''), words: wantedWords(name).map(singular) })),
  };
}

function rankOf(
  { id, aliases, title, keywords, properties }: ReturnType<typeof indexOf>,
  query: Query,
): Rank | undefined {
  if (id === query.id) return 'id';
  if (aliases.some((alias) => alias.id === query.id)) return 'alias';
  if (matches(query, title)) return 'title';
  if (matches(query, keywords)) return 'keywords';
  // Each alias is searched individually, because several aliases together can contain all words of one id.
  if (aliases.some(({ text }) => hasWords(query.words, text))) return 'keywords';
  if (hasProperty(query.squashed, properties)) return 'properties';
  if (query.names.every(({ squashed, words }) => hasWords(words, keywords) || hasProperty(squashed, properties)))
    return 'properties';
  if (hasWords(query.stems, title) || hasWords(query.parts, title)) return 'forms in title';
  return [keywords, ...aliases.map(({ text }) => text)].some((text) => hasWords(query.stems, text))
    ? 'forms'
    : undefined;
}

/** Whether a word is the name of a property, or a long word is a part of one. */
function hasProperty(word: string, properties: readonly string[]): boolean {
  return properties.some((one) => one === word || (word.length >= SHORTEST_SQUASHED && one.includes(word)));
}

/** Whether the texts contain each word of a query, or one text contains the query written as one word. */
function matches(query: Query, text: SearchText): boolean {
  if (hasWords(query.words, text)) return true;
  return query.squashed.length >= SHORTEST_SQUASHED && text.squashed.some((one) => one.includes(query.squashed));
}

/** Whether each word of a query begins a word of the texts. Numbers must be equal. */
function hasWords(wanted: readonly string[], { words }: SearchText): boolean {
  return (
    wanted.length > 0 &&
    wanted.every((word) => (/^\d/.test(word) ? words.includes(word) : words.some((one) => one.startsWith(word))))
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
