/** The card of a property that rules read, from the texts of the rules and the resource specification. */
import { flatMap } from '../base/flat-map.ts';
import { ownEntry } from '../base/table.ts';
import { some } from '../base/words.ts';
import type { AnyRule } from '../rules/rule.ts';
import { sourcesOf, type Source } from '../rules/sources.ts';
import { propertyHolder, type CloudFormationType } from './change-data.ts';
import { pathsRead } from './read-properties.ts';
import type { Case, Citation, PropertyCard, PropertyLine, Remark } from './ownership.ts';

/** What a card is composed from. */
export interface PropertyFacts {
  readonly type: string;
  /** The canonical path; `[]` goes through a list. */
  readonly path: string;
  /** The rules that read it, those that are about it first. */
  readonly rules: readonly AnyRule[];
  readonly isTerraform: boolean;
  /** The type in the resource specification of CloudFormation. */
  readonly specification: CloudFormationType | undefined;
  /** The folders of the service's guides on docs.aws.amazon.com. */
  readonly guides: readonly string[];
  /** The pages about the security of the service, for a property without a page. */
  readonly general: readonly Citation[];
}

/** A property card with its citations. */
export interface CitedProperty {
  readonly card: PropertyCard;
  readonly citations: Readonly<Record<string, Citation>>;
}

/** The longest text of a line. */
const LONGEST = 200;

/** The maximum number of allowed values that a line lists. */
const MOST_VALUES = 6;

const CASES: readonly Case[] = [
  { is: [null], say: 'not set' },
  { is: 'set', say: '{value}' },
];

/** The line about the value of a property. */
export function valueLine(path: string): PropertyLine {
  return { label: 'value', path, cases: CASES, unnamed: true };
}

/** The card of a property without one of its own. */
export function composedProperty(facts: PropertyFacts): CitedProperty {
  const { path, rules } = facts;
  const pages = pagesAbout(facts);
  return {
    card: {
      verdict: [{ text: verdictOf(facts), cite: pages.map(({ url }) => url) }],
      remarks: remarksOf(facts),
      here: [valueLine(path)],
    },
    citations: Object.fromEntries(
      [...pages, ...flatMap(rules, sourcesOf).map(({ url, seen }) => ({ url, checked: seen }))].map((page) => [
        page.url,
        page,
      ]),
    ),
  };
}

function verdictOf(facts: PropertyFacts): string {
  const [rule] = facts.rules;
  if (!rule) return 'its configuration is your responsibility';
  if (isAboutSecrets(rule))
    return isHolder(rule, facts)
      ? 'holds credentials; protecting and changing them is your responsibility'
      : 'a credential; protecting and changing it is your responsibility';
  return isAbout(rule, facts)
    ? `your responsibility (${rule.title})`
    : `one of the settings behind \u201C${rule.title}\u201D`;
}

/** Whether a rule reads a property only for what is in it. */
export function isHolder(rule: AnyRule, { type, path }: PropertyFacts): boolean {
  return pathsRead(rule, type).some((other) => other.startsWith(`${path}.`) || other.startsWith(`${path}[].`));
}

/** Whether a rule is about a property: the first that it reads, or any if it is about credentials. */
export function isAbout(rule: AnyRule, { type, path }: PropertyFacts): boolean {
  return pathsRead(rule, type)[0] === path || isAboutSecrets(rule);
}

function isAboutSecrets({ title }: AnyRule): boolean {
  return title.endsWith('should not be hard-coded');
}

/**
 * What is known of a property apart from a card of its own: its meaning, reasons, values and defaults. Sources are the
 * pages' addresses.
 */
export function remarksOf(facts: PropertyFacts): readonly Remark[] {
  const { type, path, rules, isTerraform } = facts;
  const [rule] = rules;
  if (!rule) return [];
  const meaning = meaningOf(facts);
  const { values, initial } = specified(facts);
  const unset = ownEntry(ownEntry(rule.unset, type), path);
  const line = (label: string, text: string | undefined, cite: readonly string[] = []): readonly Remark[] =>
    text === undefined ? [] : [{ label, text, cite }];
  return [
    ...line('Documentation', meaning && clause(meaning.claim), meaning ? [meaning.url] : []),
    ...line('Why', sentences(rule.why)),
    ...line('Recommendation', isAbout(rule, facts) ? sentences(remedyFor(facts, rule)) : undefined),
    ...line('Values', values),
    ...line('Default', initial),
    ...line(
      'If not set',
      unset === undefined || initial !== undefined || isTerraform
        ? undefined
        : (ownEntry(UNSET, unset) ?? `${unset} decides`),
    ),
  ];
}

/** The meaning of an absent setting. */
const UNSET: Readonly<Record<string, string>> = { safe: 'not reported by the rule', unsafe: 'reported by the rule' };

/** The remedy of a rule, which names the property of the first of its types. */
function remedyFor({ type, path }: PropertyFacts, rule: AnyRule): string {
  if (rule.on !== 'resource') return rule.remedy;
  const own = new Set(pathsRead(rule, type).map(lastName));
  const others = new Set(flatMap(Object.keys(rule.reads), (other) => pathsRead(rule, other).slice(0, 1).map(lastName)));
  return rule.remedy.replaceAll(/\b[A-Z]\w+\b/g, (word) =>
    others.has(word) && !own.has(word) ? lastName(path) : word,
  );
}

/** The allowed values and the default according to the resource specification. */
function specified({ path, specification, isTerraform }: PropertyFacts): {
  readonly values: string | undefined;
  readonly initial: string | undefined;
} {
  const property = ownEntry(propertyHolder(specification, path)?.properties, lastName(path));
  // The provider has defaults and allowed values of its own.
  if (typeof property !== 'object' || isTerraform) return { values: undefined, initial: undefined };
  const { values = [], default: initial } = property;
  return {
    values:
      values.length > 0 && values.length <= MOST_VALUES ? some(values.map(String), values.length, 'or') : undefined,
    initial: initial === undefined || typeof initial === 'object' ? undefined : String(initial),
  };
}

/** The claim of a page about exactly this property. */
function meaningOf({ type, path, rules, specification, guides }: PropertyFacts): Source | undefined {
  const name = new RegExp(`\\b${lastName(path)}\\b`);
  const isDistinctive = /[a-z][A-Z]/.test(lastName(path));
  const pages = flatMap(rules, sourcesOf).filter(({ claim }) => name.test(claim) && claim.length <= LONGEST);
  const reference = referenceNames(type, path, specification);
  return (
    pages.find(({ url }) => reference.includes(pageOf(url))) ??
    (isDistinctive ? pages.find(({ url }) => isInGuides(url, guides)) : undefined)
  );
}

/** The maximum number of pages about a property. */
const MOST_PAGES = 2;

/**
 * The pages about a property: of the object that holds it, of the service, of another part of the type, or about the
 * security of the service.
 */
function pagesAbout(facts: PropertyFacts): readonly Citation[] {
  const { type, path, rules, specification, guides, general } = facts;
  const [rule] = rules;
  const reference = referenceNames(type, path, specification);
  const pages = [...new Map(flatMap(rules, sourcesOf).map((page) => [pageOf(page.url), page])).values()];
  // A rule about credentials has a page for each of them.
  const others = rule && isAboutSecrets(rule) && !isHolder(rule, facts) ? pagesNaming(path, pages) : pages;
  const groups = [
    pages.filter(({ url }) => reference.includes(pageOf(url))),
    others.filter(({ url }) => isInGuides(url, guides)),
    others.filter(({ url }) => isOfType(url, type)).slice(0, 1),
  ].map((group) => group.map(({ url, seen }) => ({ url, checked: seen })));
  return (groups.find((group) => group.length > 0) ?? general).slice(0, MOST_PAGES);
}

/**
 * The pages that name a property. Many properties of a service can have the same name, so only the pages that name the
 * most of the objects around it are returned.
 */
function pagesNaming(path: string, pages: readonly Source[]): readonly Source[] {
  const names = path.split('.').map(plain);
  const scored = pages.map((page) => {
    const words = plain(`${pageOf(page.url)}${page.claim}`);
    return { page, score: words.includes(names.at(-1)!) ? names.filter((name) => words.includes(name)).length : 0 };
  });
  const best = Math.max(1, ...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score === best).map(({ page }) => page);
}

/** A name in the singular, or a text, as letters and digits only: `AccessToken` and `access token` are one. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/s$/, '');
}

/** The names of the pages of the resource reference about the object that holds a property. */
function referenceNames(type: string, path: string, specification: CloudFormationType | undefined): readonly string[] {
  const [, service = '', resource = ''] = type.toLowerCase().split('::');
  const holder = propertyHolder(specification, path)?.name;
  return holder === undefined
    ? [`aws-resource-${service}-${resource}`]
    : [`aws-properties-${service}-${resource}-${holder.toLowerCase()}`];
}

function isOfType(url: string, type: string): boolean {
  const [, service = '', resource = ''] = type.toLowerCase().split('::');
  return new RegExp(`^aws-(?:resource|properties)-${service}-${resource}(?:-|$)`).test(pageOf(url));
}

function isInGuides(url: string, guides: readonly string[]): boolean {
  return guides.some((folder) => url.startsWith(`https://docs.aws.amazon.com/${folder}/`));
}

/** The name of a page: `aws-resource-s3-bucket`. */
function pageOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1).split('.html')[0]!;
}

/** The name of a property without what contains it. */
export function lastName(path: string): string {
  return path.replaceAll('[]', '').split('.').at(-1)!;
}

/** As many whole sentences as a line has space for, without the last period. */
function sentences(text: string): string {
  const all = text.split(/(?<=[.!?]) (?=[A-Z])/);
  let kept = all[0]!;
  for (const next of all.slice(1)) {
    if (kept.length + next.length >= LONGEST) break;
    kept = `${kept} ${next}`;
  }
  return clause(kept);
}

function clause(text: string): string {
  return text.replace(/\.$/, '');
}
